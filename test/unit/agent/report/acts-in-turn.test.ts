import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ActsInTurn } from '../../../../agent/report/acts-in-turn.js';

const acts = [1, 2, 3].map((number) => ({
  ...{ number, after: number - 1, timeMs: number },
  ...{ verb: 'restore', who: 'root', what: 'restored face' },
}));

describe('the acts of a host in its reports', () => {
  it('come one at a time, six a minute, in order and again from the first', () => {
    const turn = new ActsInTurn(acts);
    const said: (number | undefined)[] = [];
    for (let nowMs = 1000; nowMs <= 61_000; nowMs += 1000) said.push(turn.next(nowMs)?.number);
    assert.equal(said[0], 1, 'the first report says one');
    assert.equal(said[1], undefined);
    assert.deepEqual(
      said.filter((number) => number !== undefined),
      [1, 2, 3, 1, 2, 3, 1],
    );
  });

  it('are none where nothing was done', () => {
    assert.equal(new ActsInTurn([]).next(0), undefined);
  });
});
