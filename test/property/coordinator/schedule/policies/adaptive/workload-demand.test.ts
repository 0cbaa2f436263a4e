import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Prior } from '../../../../../../coordinator/schedule/forecast.js';
import { arrivalRateOf } from '../../../../../../coordinator/schedule/model/fitted-law.js';
import { pooledSeconds } from '../../../../../../coordinator/schedule/model/pool.js';
import { latencyGoalOf } from '../../../../../../coordinator/schedule/policies/adaptive/latency-goal.js';
import {
  demandOf,
  modelFrom,
} from '../../../../../../coordinator/schedule/policies/adaptive/workload-profile.js';
import type { Target } from '../../../../../../shared/qoe.js';
import { anyProfile, anyTarget } from '../../placement/arbitraries.js';
import { lawHolds, magnitude } from './arbitraries.js';

const NONE = { aimCores: Number.POSITIVE_INFINITY, edgeCores: Number.POSITIVE_INFINITY };

/** By the model that a container on that node would start with, made for each node. */
function demandByModel(prior: Prior, target: Target) {
  const model = modelFrom(prior, target.statistic);
  const goal = latencyGoalOf(model, target, null);
  if (goal === null) return NONE;
  const useCores = arrivalRateOf(model) * goal.law.workSeconds;
  if (target.mode !== 'ceiling' || useCores === 0)
    return { aimCores: goal.aimCores, edgeCores: goal.edgeCores };
  if (pooledSeconds(goal, useCores, Math.max(1, 2 * useCores)) > goal.slowSeconds) return NONE;
  return { aimCores: useCores / 0.8, edgeCores: useCores / 0.9 };
}

describe('demand of a workload', () => {
  it('is on each node what the model says that a container there starts with, bit by bit', () => {
    let finite = 0;
    const speeds = fc.array(fc.oneof(fc.constant(1), magnitude(0.1, 10)), {
      minLength: 1,
      maxLength: 5,
    });
    lawHolds(
      fc.property(anyProfile, anyTarget, speeds, (profile, target, ratios) => {
        const demand = demandOf(profile, target);
        for (const speedRatio of ratios) {
          const aimCores = demand.aimCores(speedRatio);
          const edgeCores = demand.edgeCores(speedRatio);
          const expected = demandByModel({ profile, speedRatio }, target);
          assert.deepEqual({ aimCores, edgeCores }, expected);
          if (Number.isFinite(aimCores)) finite += 1;
        }
      }),
      2000,
    );
    assert.ok(finite > 1000, `${finite}`);
  });
});
