import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  isNearWeight,
  weightOf,
} from '../../../../../../coordinator/schedule/policies/adaptive/divide/weights.js';
import { container, latency, target } from '../../../build.js';
import { member } from './build.js';

describe('adaptive weights in overload', () => {
  /** What a service that shows this part of its target weighs in the end. */
  const weightAfter = (ratio: number, rounds: number, weightCores = 16): number => {
    const crowd = { isCrowded: true, isOverloaded: true, isContested: true };
    const assigned = { kind: 'atTarget', cores: 0.1, tailCores: 0.5 } as const;
    let held = { cpuCores: null, periodUs: 100_000, guaranteeCores: 0.1, weightCores };
    for (let round = 0; round < rounds; round += 1) {
      const window = latency(100 * ratio);
      const its = member('a-1', {
        allocation: {
          limit: held,
          latencyMs: 100 * ratio,
          target: target(100, { statistic: 'p95', mode: 'ceiling' }),
          report: container('a-1', { latency: window }),
        },
      });
      const wanted = { ...held, weightCores: weightOf(its, assigned, crowd) };
      // As a decision does: a weight that is near enough is not written.
      if (!isNearWeight(held, wanted)) held = wanted;
    }
    return held.weightCores;
  };

  it('fall, round by round, while one is much faster than its target, and come back', () => {
    assert.equal(weightAfter(0.6, 5), 16);
    assert.ok(weightAfter(0.3, 1) < 16 * 0.6, `${weightAfter(0.3, 1)}`);
    assert.ok(weightAfter(0.3, 4) < 2, `${weightAfter(0.3, 4)}`);
    assert.ok(weightAfter(0.9, 4, 1) > 10, `${weightAfter(0.9, 4, 1)}`);
    assert.ok(weightAfter(0.9, 20, 1) <= 16);
  });
});
