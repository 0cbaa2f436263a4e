import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type FallBackState,
  NO_FALL_BACK,
  updateFallBack,
} from '../../../../../../coordinator/schedule/policies/adaptive/fall-back.js';
import type { CpuLimit } from '../../../../../../shared/command.js';
import { container, latency, node, target } from '../../../build.js';
import { goal, member } from './build.js';

const QUOTA: CpuLimit = { cpuCores: 0.5, periodUs: 100_000 };
const NONE: CpuLimit = { cpuCores: null, periodUs: 100_000 };

/** A job that was slow and is, on a host that holds what `applied` and `observed` say. */
function slow(applied: CpuLimit | null, observed: CpuLimit | null) {
  const its = target(1000);
  const seen = latency(3000, { window: { ...latency(3000).window, count: 20 } });
  const report = container('a-1', { target: its, latency: seen, applied, observed });
  const allocation = { target: its, latencyMs: 3000, limit: NONE, report };
  return member('a-1', { goal: goal({ law: { workSeconds: 1 } }), heldCores: 0.5, allocation });
}

describe('a fall-back on a host', () => {
  const only = [{ id: 'a-1', latencyMs: 3000, cores: 0.5 }];
  const fallen: FallBackState = { ...NO_FALL_BACK, level: 1, only, violationBefore: 1 };
  const look = (before: FallBackState, nowMs: number, its: ReturnType<typeof slow>) => {
    const allocation = { ...its.allocation, observedAtMs: nowMs };
    const after = updateFallBack(before, {
      node: { ...node('h1', { allocatableCpuCores: 4 }), allocations: [allocation] },
      members: [{ ...its, allocation }],
      capacityCores: 4,
      nowMs,
      intervalMs: 5000,
      fairness: 'weighted',
    });
    return [after.level, after.only?.map(({ id }) => id) ?? null];
  };

  it('is not judged while the host goes on holding the quotas, for a minute at most', () => {
    const last: FallBackState = { ...fallen, level: 2, only: null };
    const held = slow(QUOTA, QUOTA);
    assert.deepEqual(look(fallen, 12_000, held), [1, ['a-1']]);
    assert.deepEqual(look(last, 12_000, held), [2, null], 'no trial has shown anything');
    assert.deepEqual(look(fallen, 60_000, held), [1, null]);
    assert.deepEqual(look(last, 60_000, held), [0, null]);
  });

  it('is judged where the kernel holds none, or one that the container came with', () => {
    for (const dropped of [slow(QUOTA, NONE), slow(NONE, QUOTA), slow(null, QUOTA)])
      assert.deepEqual(look(fallen, 12_000, dropped), [1, null]);
  });
});
