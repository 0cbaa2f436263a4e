import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { drainCores } from '../../../../../../coordinator/schedule/policies/adaptive/divide/backlog.js';
import { type Fields, goal, member, near } from './build.js';

describe('adaptive backlog of a mean', () => {
  /** 5/s of 0.03 CPU-s use 0.15 of 0.4 CPU, and 0.1 s are asked for. */
  const drain = (model: Partial<Fields>): number => {
    const its = goal({ law: { workSeconds: 0.03, ratePerSecond: 5 }, seconds: 0.1 });
    const open = { isOpen: 1, arrivedCount: 500, arrivedSeconds: 100 };
    return drainCores(member('a-1', { goal: its, model: { ...open, ...model } }), its, 0.4);
  };

  it('is drained in a second, also by what the limit leaves beside the arrivals', () => {
    near(drain({ lastMeanSeconds: 2.1 }), 5 * 2 * 0.03 - 0.25, 1e-9);
    near(drain({ lastMeanSeconds: 9.1 }), 5 * 9 * 0.03 - 0.25, 1e-9);
  });

  it('takes no more CPU where its limit has drained it within a second', () => {
    assert.equal(drain({ lastMeanSeconds: 0.3 }), 0);
    assert.equal(drain({ lastMeanSeconds: 1.7 }), 0);
  });

  it('is not left to a limit that has become too small for its arrivals', () => {
    const more = { moreCount: 60, moreSeconds: 4 };
    assert.equal(drain({ lastMeanSeconds: 1 }), 0);
    near(drain({ lastMeanSeconds: 1, ...more }), 5 * 0.9 * 0.03 - (0.4 - 13 * 0.03), 1e-9);
  });
});
