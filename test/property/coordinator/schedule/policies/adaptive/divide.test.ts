import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { latencySeconds } from '../../../../../../coordinator/schedule/model/latency-law.js';
import { capacityOf } from '../../../../../../coordinator/schedule/policies/adaptive/capacity.js';
import {
  type BestEffortClaim,
  shareBestEffort,
} from '../../../../../../coordinator/schedule/policies/adaptive/divide/best-effort.js';
import { keepHeldLimits } from '../../../../../../coordinator/schedule/policies/adaptive/divide/hysteresis.js';
import { withPeriod } from '../../../../../../coordinator/schedule/policies/adaptive/divide/period.js';
import { boundSteps } from '../../../../../../coordinator/schedule/policies/adaptive/divide/step-bound.js';
import { coresAt } from '../../../../../../coordinator/schedule/policies/adaptive/latency-goal.js';
import { node } from '../../../../../unit/coordinator/build.js';
import {
  goal,
  law,
  member,
} from '../../../../../unit/coordinator/schedule/policies/adaptive/build.js';
import { between, closedLaw, EPSILON, lawHolds, magnitude, openLaw, sum } from './arbitraries.js';
import { members, withinBounds } from './member-arbitraries.js';

describe('adaptive share: laws', () => {
  const claim: fc.Arbitrary<BestEffortClaim> = fc.record({
    law: fc.oneof(
      { weight: 5, arbitrary: closedLaw },
      { weight: 2, arbitrary: openLaw([0, 0.95]) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    aimSeconds: magnitude(0.02, 20),
    weight: fc.constantFrom(0.5, 1, 3),
    floorCores: between(0, 0.1),
    maxCores: between(0.2, 4),
  });
  const left = between(0.05, 8);
  const latenessOf = ({ law: its, aimSeconds, weight }: BestEffortClaim, cores: number) =>
    ((its?.workSeconds ?? 0) / cores / aimSeconds) * weight;

  it('the sum is at most what is left, or the floors; everybody within its bounds', () => {
    lawHolds(
      fc.property(fc.array(claim, { maxLength: 8 }), left, (claims, leftCores) => {
        const cores = shareBestEffort(claims, leftCores);
        const floors = sum(claims.map(({ floorCores }) => floorCores));
        assert.ok(
          sum(cores) <= Math.max(leftCores, floors) + 1e-3,
          `${sum(cores)} of ${leftCores}`,
        );
        for (const [i, { floorCores, maxCores }] of claims.entries())
          assert.ok(
            (cores[i] ?? 0) >= floorCores - EPSILON && (cores[i] ?? 0) <= maxCores + EPSILON,
          );
      }),
    );
  });

  it('the largest lateness is least: nobody between its bounds is better off than another', () => {
    const closed = fc
      .record({ claim, workSeconds: magnitude(0.01, 5) })
      .map(({ claim: its, workSeconds }) => ({
        ...its,
        law: law({ workSeconds }),
        // No target is out of reach.
        maxCores: Math.max(its.maxCores, workSeconds / its.aimSeconds),
      }));
    lawHolds(
      fc.property(fc.array(closed, { minLength: 1, maxLength: 8 }), left, (claims, leftCores) => {
        const cores = shareBestEffort(claims, leftCores);
        fc.pre(sum(claims.map(({ floorCores }) => floorCores)) < leftCores);
        const its = claims.map((each, i) => ({
          ...each,
          cores: cores[i] ?? 0,
          late: latenessOf(each, cores[i] ?? 0),
        }));
        const between = its.filter(
          (each) => each.cores > each.floorCores + 1e-6 && each.cores < each.maxCores - 1e-6,
        );
        const common = between[0]?.late;
        if (common === undefined) return;
        for (const { late } of between)
          assert.ok(Math.abs(late / common - 1) < 1e-4, `${late} and ${common}`);
        for (const each of its.filter(({ cores: its, floorCores }) => its <= floorCores + 1e-6))
          assert.ok(each.late <= common * 1.001);
        for (const each of its.filter(({ cores: its, maxCores }) => its >= maxCores - 1e-6))
          assert.ok(each.late >= common * 0.999);
        if (common > 1.001) assert.ok(sum(cores) >= leftCores * (1 - 1e-6), 'all of it is shared');
      }),
    );
  });

  it('a target far out of reach has more than its even part only where all others are met', () => {
    const closed = fc
      .record({ claim, workSeconds: magnitude(0.01, 5) })
      .map(({ claim: its, workSeconds }) => ({ ...its, law: law({ workSeconds }) }));
    lawHolds(
      fc.property(fc.array(closed, { minLength: 2, maxLength: 8 }), left, (claims, leftCores) => {
        const cores = shareBestEffort(claims, leftCores);
        const weights = sum(claims.map(({ weight }) => weight));
        const neededCores = claims.map((each) => each.law.workSeconds / each.aimSeconds);
        const takesMore = claims.some(
          ({ floorCores, maxCores, weight }, i) =>
            (neededCores[i] ?? 0) > 2 * maxCores &&
            (cores[i] ?? 0) > Math.max(floorCores, (leftCores * weight) / weights) + 1e-6,
        );
        if (!takesMore) return;
        for (const [i, { floorCores, maxCores, weight }] of claims.entries()) {
          if ((neededCores[i] ?? 0) > maxCores) continue;
          const wishCores = Math.min(maxCores, weight * (neededCores[i] ?? 0));
          assert.ok((cores[i] ?? 0) >= Math.max(floorCores, wishCores) - 1e-6);
        }
      }),
    );
  });
});

describe('adaptive keep: laws', () => {
  it('the sum stays within what is left, and each keeps its limit or gets its plan', () => {
    const aimed = fc.array(
      fc.record({ work: magnitude(0.05, 2), held: fc.option(between(0.8, 1.25), { nil: null }) }),
      { maxLength: 10 },
    );
    lawHolds(
      fc.property(
        aimed,
        between(0.2, 1.5),
        fc.constantFrom(0, 0.5, 1),
        (list, share, bandSlack) => {
          const its = list.map(({ work, held }, i) => {
            const made = goal({ law: { workSeconds: work } });
            const cores = coresAt(made, bandSlack);
            return {
              member: member(`j${i}-1`, { heldCores: held === null ? null : held * cores }),
              goal: made,
              cores,
            };
          });
          const planned = its.map(({ cores }) => cores);
          const wished = sum(planned);
          const kept = keepHeldLimits(its, planned, { leftCores: share * wished, bandSlack });
          assert.ok(sum(kept) <= Math.max(share * wished, wished) + 1e-6);
          for (const [i, { cores, member: each, goal: made }] of its.entries()) {
            assert.ok(kept[i] === cores || kept[i] === each.heldCores);
            const seconds = latencySeconds(made.law, kept[i] ?? 0);
            assert.ok(
              seconds >= made.fastSeconds && seconds <= made.slowSeconds,
              'whoever keeps its limit is in its band',
            );
          }
        },
      ),
    );
  });
});

describe('adaptive step: laws', () => {
  const allocationGoals = fc.array(between(0.001, 4), { minLength: 10, maxLength: 10 });

  it('a factor of four at most, and always towards the wish', () => {
    lawHolds(
      fc.property(members, allocationGoals, between(0.1, 8), (list, raw, capacity) => {
        const { its, wished } = withinBounds(list, raw);
        for (const [i, to] of boundSteps(its, wished, capacity).entries()) {
          const [held, wish] = [its[i]?.heldCores ?? null, wished[i] ?? 0];
          if (held === null) continue;
          assert.ok(to <= held * 4 + EPSILON && to >= held / 4 - EPSILON);
          const [low, high] = [Math.min(held, wish), Math.max(held, wish)];
          assert.ok(to >= low - EPSILON && to <= high + EPSILON, `${held} → ${to}, wished ${wish}`);
        }
      }),
    );
  });

  it('the sum is at most the capacity or the wishes, or what is held where nobody grows', () => {
    lawHolds(
      fc.property(members, allocationGoals, between(0.1, 8), (list, raw, capacity) => {
        const { its, wished } = withinBounds(list, raw);
        const steps = boundSteps(its, wished, capacity);
        const grown = sum(
          its.map(({ heldCores }, i) => Math.max(0, (steps[i] ?? 0) - (heldCores ?? 0))),
        );
        assert.ok(sum(steps) <= Math.max(capacity, sum(wished)) + 1e-6 || grown < 1e-6);
      }),
    );
  });
});

describe('adaptive period: laws', () => {
  it('5 to 100 ms with 1 ms of quota or more, longer only for tiny limits; never more CPU', () => {
    lawHolds(
      fc.property(
        magnitude(0.001, 64),
        magnitude(1, 1e5),
        fc.option(magnitude(1e-4, 10), { nil: null }),
        (cores, targetMs, openWorkSeconds) => {
          const { cpuCores, periodUs } = withPeriod({ cores, targetMs, openWorkSeconds });
          assert.ok(cpuCores !== null && cpuCores <= Math.max(cores, 0.001) + 1e-9);
          assert.ok(cpuCores * periodUs >= 1000 - 1e-6);
          assert.ok(periodUs >= 5000 && (periodUs <= 100_000 || cores * 100_000 < 1001));
          assert.equal(periodUs % 1000, 0);
          if (targetMs >= 2000 && openWorkSeconds === null && cores > 0.0101)
            assert.equal(periodUs, 100_000);
        },
      ),
    );
  });
});

describe('adaptive capacity: laws', () => {
  it('between nothing and allocatable; never falls while nobody is starved', () => {
    const idle = fc.option(between(0, 8), { nil: null });
    lawHolds(
      fc.property(
        between(0.1, 8),
        idle,
        between(0, 8),
        between(0, 1),
        between(0, 1),
        (allocatable, idleCpuCores, limits, starvedShare, use) => {
          const starvedLimitsCores = limits * starvedShare;
          const delivery = {
            limitsCores: limits,
            starvedLimitsCores,
            starvedUseCores: starvedLimitsCores * use,
            usedCores: 0,
            unboundUseCores: 0,
          };
          const its = node('h1', { allocatableCpuCores: allocatable, idleCpuCores });
          for (const before of [0, allocatable / 2, allocatable, 2 * allocatable]) {
            const how = { beforeCores: before, isShortLasting: idleCpuCores !== null };
            const cores = capacityOf(its, delivery, how);
            assert.ok(cores >= 0 && cores <= allocatable + EPSILON);
            const calm = capacityOf(
              its,
              { ...delivery, starvedLimitsCores: 0, starvedUseCores: 0, usedCores: 0 },
              how,
            );
            assert.ok(calm >= Math.min(before, allocatable) - EPSILON);
          }
        },
      ),
    );
  });
});
