import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { threadsAt } from '../../../../lab/foreign/threads.js';

describe('threadsAt', () => {
  const step = (loadRatio: number) => ({ atMs: 100, loadRatio, memoryRatio: 0 });

  it('has threads awake all the time, and one for its share of each 10 ms', () => {
    // Three quarters of two cores: one thread, and half of a second one.
    for (const cycleMs of [100, 110, 990]) {
      const at = (ms: number) => threadsAt(step(0.75), 2, cycleMs + ms);
      assert.deepEqual(at(0), { threads: 2, fresh: 1, untilMs: cycleMs + 1.4 });
      assert.deepEqual(at(1.4), { threads: 2, fresh: 0, untilMs: cycleMs + 5 });
      assert.deepEqual(at(5), { threads: 1, fresh: 0, untilMs: cycleMs + 10 });
    }
  });

  it('does not change during a step of whole cores, or of none', () => {
    const never = Number.POSITIVE_INFINITY;
    assert.deepEqual(threadsAt(step(0.5), 2, 123), { threads: 1, fresh: 0, untilMs: never });
    assert.deepEqual(threadsAt(step(0), 2, 123), { threads: 0, fresh: 0, untilMs: never });
    assert.deepEqual(threadsAt(undefined, 2, 0), { threads: 0, fresh: 0, untilMs: never });
  });

  it('wants what the step says, on average', () => {
    for (const loadRatio of [0.03, 0.31, 0.5, 0.77, 1]) {
      let [sumMs, nowMs] = [0, 100];
      while (nowMs < 1100) {
        const { threads, untilMs } = threadsAt(step(loadRatio), 3, nowMs);
        assert.ok(untilMs > nowMs);
        const endMs = Math.min(untilMs, 1100);
        sumMs += threads * (endMs - nowMs);
        nowMs = endMs;
      }
      assert.ok(Math.abs(sumMs / 1000 - 3 * loadRatio) < 1e-9, `${sumMs} at ${loadRatio}`);
    }
  });
});
