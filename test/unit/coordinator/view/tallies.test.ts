import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Tallies } from '../../../../coordinator/view/tallies.js';
import { tallyWith } from '../../../../coordinator/view/tally.js';
import { At, nothingCounted, UNKNOWN } from '../../../../coordinator/view/tally-fields.js';

const tally = (totalCount: number, requests = 1) =>
  tallyWith({ life: `life-${totalCount}`, job: 'a' }, { totalCount, totalMs: null, requests });

describe('tallies of a node', () => {
  it('are found where they stand, and elsewhere by their names', () => {
    const tallies = new Tallies(
      new Map([
        ['a-1', tally(1)],
        ['b-1', tally(2)],
      ]),
    );
    const places = [tallies.find('a-1', 0), tallies.find('b-1', 0), tallies.find('c-1', 2)];
    assert.deepEqual(places, [0, 1, -1]);
    assert.deepEqual([tallies.lifeAt(1), tallies.lifeAt(2)], ['life-2', undefined]);
    assert.deepEqual([tallies.tallyAt(1), tallies.tallyAt(-1)], [tally(2), undefined]);
    assert.deepEqual(
      [tallies.valueAt(1, 'totalCount'), tallies.valueAt(1, 'totalMs')],
      [2, UNKNOWN],
    );
  });

  it('take the next place or that of another one, however many come', () => {
    const tallies = new Tallies();
    const expected = Array.from({ length: 40 }, (_, i) => [`${i}-1`, tally(i)] as const);
    for (const [id, each] of expected) tallies.put(tallies.find(id, 0), id, each);
    assert.deepEqual(tallies.entries(), expected);
    tallies.put(tallies.find('7-1', 7), '7-1', tally(70));
    assert.deepEqual(tallies.entries()[7], ['7-1', tally(70)]);
    assert.equal(tallies.size, 40);
  });

  it('are counted in copies of their numbers, and begin again but for their counters', () => {
    const tallies = new Tallies(
      new Map([
        ['a-1', tally(1, 5)],
        ['b-1', tally(2, 6)],
      ]),
    );
    const counted = nothingCounted();
    tallies.load(1, counted);
    counted[At.requests] += 4;
    assert.equal(tallies.valueAt(1, 'requests'), 6);
    tallies.store(1, counted);
    assert.deepEqual(
      [0, 1].map((place) => tallies.valueAt(place, 'requests')),
      [5, 10],
    );
    tallies.reset();
    assert.deepEqual(tallies.entries(), [
      ['a-1', tally(1, 0)],
      ['b-1', tally(2, 0)],
    ]);
  });
});
