import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { sortIntoSets } from '../../../../../coordinator/schedule/policies/dqoes/sets.js';
import { floorOf, step } from '../../../../../coordinator/schedule/policies/dqoes/step.js';
import type { SnapshotAllocation } from '../../../../../coordinator/schedule/types.js';
import { allocation, target } from '../../../../unit/coordinator/build.js';

const EPSILON = 1e-6;

describe('dqoes step laws', () => {
  const members = fc.array(
    fc.record({
      latencyMs: fc.double({ min: 1, max: 1e5, noNaN: true }),
      share: fc.double({ min: 0.01, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const setUp = (parts: readonly { latencyMs: number; share: number }[], used: number) => {
    const allocatableCores = 4;
    const total = parts.reduce((sum, { share }) => sum + share, 0);
    const limitsCores = parts.map(({ share }) => (allocatableCores * used * share) / total);
    const allocations: SnapshotAllocation[] = parts.map(({ latencyMs }, i) =>
      allocation(`j${i}-1`, {
        latencyMs,
        target: target(1000),
        minCores: 0.01,
        maxCores: allocatableCores,
      }),
    );
    const sorted = sortIntoSets(allocations);
    return {
      sorted,
      limitsCores,
      allocatableCores,
      after: step({ members: sorted, limitsCores, allocatableCores, releaseRatio: 0.1 })
        .limitsCores,
    };
  };
  const used = fc.double({ min: 0.1, max: 1, noNaN: true });
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

  it('conserves CPU: with a job in B all CPU is assigned, else only floors are added', () => {
    fc.assert(
      fc.property(members, used, (parts, share) => {
        const { sorted, after, limitsCores, allocatableCores } = setUp(parts, share);
        const floors = sorted.reduce((total, { set, allocation: each }, i) => {
          const lift = floorOf(each, allocatableCores, sorted.length) - (limitsCores[i] ?? 0);
          return total + (set === 'G' ? Math.max(0, lift) : 0);
        }, 0);
        assert.ok(sum(after) <= Math.max(allocatableCores, sum(limitsCores) + floors) + EPSILON);
        const hasNeedy = sorted.some(({ set }) => set === 'B');
        const isCapped = after.some((value) => value >= allocatableCores - EPSILON);
        if (hasNeedy && !isCapped)
          assert.ok(sum(after) >= allocatableCores - EPSILON, `${sum(after)}`);
      }),
    );
  });

  it('S never moves, B never falls, G falls to its floor at most', () => {
    fc.assert(
      fc.property(members, used, (parts, share) => {
        const { sorted, after, limitsCores, allocatableCores } = setUp(parts, share);
        for (const [i, { set, allocation: each }] of sorted.entries()) {
          const [from, to] = [limitsCores[i] ?? 0, after[i] ?? 0];
          const floor = floorOf(each, allocatableCores, sorted.length);
          if (set === 'S') assert.equal(to, from);
          if (set === 'B') assert.ok(to >= from);
          if (set === 'G')
            assert.ok(to >= floor - EPSILON && to <= Math.max(from, floor) + EPSILON);
        }
      }),
    );
  });

  it('takes at most β of what G holds', () => {
    fc.assert(
      fc.property(members, used, (parts, share) => {
        const { sorted, after, limitsCores } = setUp(parts, share);
        const held = (values: readonly number[]) =>
          sum(sorted.map(({ set }, i) => (set === 'G' ? (values[i] ?? 0) : 0)));
        assert.ok(held(after) >= 0.9 * held(limitsCores) - EPSILON);
      }),
    );
  });
});
