import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { largestThat, SearchBudget } from '../../../../coordinator/planning/search-budget.js';
import { atOnce, type Steps } from '../../../../shared/steps.js';

function* counted(steps: number): Steps<string> {
  for (let i = 0; i < steps; i += 1) yield;
  return 'done';
}

describe('search: what may be spent', () => {
  it('ends a search that takes too many steps, and lets others end', () => {
    const budget = new SearchBudget({ maxSteps: 10 });
    assert.equal(atOnce(budget.within(counted(6))), 'done');
    assert.equal(budget.isSpent, false);
    assert.equal(atOnce(budget.within(counted(6))), undefined);
    assert.equal(budget.isSpent, true);
    assert.equal(atOnce(budget.within(counted(0))), undefined);
  });

  it('ends it where time is up', () => {
    let asked = 0;
    const isOver = (): boolean => {
      asked += 1;
      return asked > 3;
    };
    const budget = new SearchBudget({ maxSteps: 1000, isOver });
    assert.equal(atOnce(budget.within(counted(100))), undefined);
    assert.equal(asked, 4);
  });
});

describe('search: the largest number that holds', () => {
  /** Numbers up to `limit` hold; what is asked is noted. */
  const search = (limit: number, guess: number, { max = 1000, answers = 1000 } = {}) => {
    const asked: number[] = [];
    const holds = function* (value: number): Steps<boolean | undefined> {
      yield;
      asked.push(value);
      return asked.length > answers ? undefined : value <= limit;
    };
    return { ...atOnce(largestThat(holds, { max, guess })), asked };
  };

  it('is found from any guess, each number asked once', () => {
    for (const limit of [0, 1, 2, 3, 7, 64, 500, 999])
      for (const guess of [0, 1, 2, 6, 8, 100, 2000]) {
        const { largest, isExact, asked } = search(limit, guess);
        assert.deepEqual([largest, isExact], [limit, true], `${limit} from ${guess}`);
        assert.equal(new Set(asked).size, asked.length);
        assert.ok(asked.every((value) => value >= 1 && value <= 1000));
        assert.ok(asked.length <= 22, `${asked}`);
      }
  });

  it('takes two questions where the guess is right', () => {
    assert.deepEqual(search(37, 37).asked, [37, 38]);
  });

  it('is no more than asked for, and then not known to be the largest', () => {
    const { largest, isExact } = search(5000, 3);
    assert.deepEqual([largest, isExact], [1000, false]);
    assert.deepEqual(search(3, 1, { max: 0 }).asked, []);
  });

  it('is the best that is known where it cannot tell any more', () => {
    const { largest, isExact } = search(500, 1, { answers: 4 });
    assert.ok(largest >= 4 && largest < 500, `${largest}`);
    assert.equal(isExact, false);
  });
});
