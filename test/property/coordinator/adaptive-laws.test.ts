import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { capacityOf } from '../../../coordinator/schedule/adaptive/capacity.js';
import { type Candidate, chooseSatisfied } from '../../../coordinator/schedule/adaptive/choose.js';
import { coresAt, goalOf, secondsAt } from '../../../coordinator/schedule/adaptive/goal.js';
import { keepComfortable } from '../../../coordinator/schedule/adaptive/keep.js';
import { demandCores, type Law, latencySeconds, shapeOf } from '../../../coordinator/schedule/adaptive/law.js';
import { withPeriod } from '../../../coordinator/schedule/adaptive/period.js';
import { planNode } from '../../../coordinator/schedule/adaptive/plan.js';
import { type Sharer, shareLeftover } from '../../../coordinator/schedule/adaptive/share.js';
import { boundSteps } from '../../../coordinator/schedule/adaptive/step.js';
import { FAIRNESS } from '../../../coordinator/schedule/types.js';
import { STATISTICS, TARGET_MODES } from '../../../shared/qoe.js';
import { goal, known, law, member } from '../../unit/coordinator/adaptive-build.js';
import { limit, node, target } from '../../unit/coordinator/build.js';
import { lawHolds } from './adaptive-seed.js';

const EPSILON = 1e-9;
const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Evenly over orders of magnitude. */
const magnitude = (min: number, max: number) => between(Math.log(min), Math.log(max)).map(Math.exp);

const closedLaw: fc.Arbitrary<Law> = fc
  .record({
    workSeconds: magnitude(1e-3, 10),
    overhead: between(0, 2),
    most: between(0.1, 8),
    tailRatio: between(0.8, 3),
  })
  .chain(({ workSeconds, overhead, most, tailRatio }) =>
    fc.constantFrom(
      law({ workSeconds }),
      law({ workSeconds, overheadSeconds: overhead * workSeconds }),
      law({ workSeconds, leastSeconds: workSeconds / most }),
      law({ workSeconds, overheadSeconds: overhead * workSeconds, quantile: 0.95, tailRatio }),
    ),
  );
/** `utilisation` at one core. */
const openLaw = (quantiles: readonly number[]): fc.Arbitrary<Law> =>
  fc
    .record({
      workSeconds: magnitude(1e-3, 10),
      utilisation: between(0.01, 3),
      quantile: fc.constantFrom(...quantiles),
      tailRatio: between(0.9, 1.5),
    })
    .map(({ workSeconds, utilisation, quantile, tailRatio }) =>
      law({
        workSeconds,
        ratePerSecond: utilisation / workSeconds,
        quantile,
        tailRatio: quantile === 0 ? 1 : tailRatio,
      }),
    );
const anyLaw = fc.oneof(closedLaw, openLaw([0]), openLaw([0.5, 0.9, 0.95, 0.99]));
const factor = magnitude(0.05, 50);

describe('adaptive law: laws', () => {
  it('demand is the least CPU at which the latency is met', () => {
    lawHolds(
      fc.property(anyLaw, factor, (its, times) => {
        const seconds = times * its.workSeconds;
        const cores = demandCores(its, seconds);
        if (!Number.isFinite(cores)) {
          for (const huge of [1, 100, 1e4])
            assert.ok(
              latencySeconds(its, huge) > seconds * (1 - 1e-6),
              `${huge} cores give ${latencySeconds(its, huge)}`,
            );
          return;
        }
        assert.ok(latencySeconds(its, cores) <= seconds * (1 + 1e-6));
        const less = cores * (1 - 1e-3);
        const isAtCliff = (its.ratePerSecond * its.workSeconds) / less > 0.9;
        assert.ok(isAtCliff || latencySeconds(its, less) > seconds * (1 - 1e-9), `${less} would do`);
      }),
    );
  });

  it('latency falls, or stays, as CPU grows; demand as the latency asked for does', () => {
    lawHolds(
      fc.property(anyLaw, magnitude(1e-3, 10), between(1, 3), (its, cores, more) => {
        assert.ok(latencySeconds(its, cores * more) <= latencySeconds(its, cores) * (1 + EPSILON));
        const seconds = its.workSeconds / cores;
        assert.ok(demandCores(its, seconds * more) <= demandCores(its, seconds) * (1 + 1e-6));
      }),
    );
  });

  it('a higher quantile is slower, and none is under the service time', () => {
    lawHolds(
      fc.property(between(0.001, 0.95), between(0.5, 0.98), between(0, 0.019), (utilisation, quantile, more) => {
        const shape = (q: number) => shapeOf({ quantile: q, ratePerSecond: 1 }, utilisation);
        assert.ok(shape(quantile + more) >= shape(quantile) - EPSILON);
        const waiting = 1 + (0.5 * utilisation) / (1 - utilisation);
        assert.ok(shape(quantile) * waiting >= 1 - EPSILON);
      }),
    );
  });
});

describe('adaptive goal: laws', () => {
  const fields = fc.record({
    workCount: magnitude(0.5, 1000),
    noiseRatio: between(0.02, 1),
    overheadSeconds: between(-0.02, 5),
    overheadWeight: between(0, 60),
    isOpen: fc.constantFrom(0, 1),
    arrivedCount: between(1, 500),
    freeCores: fc.constantFrom(0, 0, 1),
  });
  it('aim ≤ edge ≤ slow in seconds, the other way round in CPU, within the band', () => {
    const targets = fc.record({
      latencyMs: magnitude(20, 20_000),
      statistic: fc.constantFrom(...STATISTICS),
      toleranceRatio: between(0.01, 0.5),
      mode: fc.constantFrom(...TARGET_MODES),
    });
    lawHolds(
      fc.property(fields, magnitude(1e-3, 5), targets, ({ workCount, ...rest }, work, wanted) => {
        const its = goalOf(
          known({ ...rest, workCount, workSeconds: work * workCount, arrivedSeconds: 100 }),
          { ...target(1), ...wanted },
          limit(0.5),
        );
        assert.ok(its !== null);
        assert.ok(its.fastSeconds < its.aimSeconds && its.aimSeconds <= its.edgeSeconds);
        assert.ok(its.edgeSeconds <= its.slowSeconds);
        assert.ok(its.slowCores <= its.edgeCores * (1 + 1e-6) && its.edgeCores <= its.aimCores * (1 + 1e-6));
        const eases = [0, 0.3, 1, 1.5, 2];
        for (const [i, ease] of eases.entries()) {
          if (i === 0) continue;
          const before = eases[i - 1] ?? 0;
          assert.ok(secondsAt(its, ease) >= secondsAt(its, before));
          assert.ok(coresAt(its, ease) <= coresAt(its, before) * (1 + 1e-6));
        }
      }),
    );
  });
});

describe('adaptive choice: laws', () => {
  const candidate = (weights: readonly number[]): fc.Arbitrary<Candidate> =>
    fc.record({
      // Whole cells, so that the grid is exact.
      cores: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 1, max: 80 }).map((cells) => cells / 64) },
        { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
      ),
      floorCores: fc.constantFrom(0, 1 / 64, 4 / 64),
      weight: fc.constantFrom(...weights),
      isIncumbent: fc.boolean(),
    });
  const pool = (weights: readonly number[]) => fc.array(candidate(weights), { maxLength: 10 });
  const capacity = fc.integer({ min: 0, max: 320 }).map((cells) => cells / 64);
  const costOf = (candidates: readonly Candidate[], chosen: readonly boolean[]) =>
    sum(candidates.map(({ cores, floorCores }, i) => (chosen[i] ? Math.max(cores, floorCores) : floorCores)));
  const worthOf = (candidates: readonly Candidate[], chosen: readonly boolean[]) =>
    sum(candidates.map(({ weight }, i) => (chosen[i] ? weight : 0)));

  function best(candidates: readonly Candidate[], capacityCores: number, cellCores = 0): number {
    let most = 0;
    for (let set = 0; set < 2 ** candidates.length; set += 1) {
      const chosen = candidates.map((_, i) => (set & (1 << i)) !== 0);
      const rounded = candidates.map((each) => ({
        ...each,
        cores:
          cellCores === 0
            ? each.cores
            : each.floorCores + Math.ceil(Math.max(0, each.cores - each.floorCores) / cellCores - EPSILON) * cellCores,
      }));
      if (costOf(rounded, chosen) <= capacityCores + EPSILON) most = Math.max(most, worthOf(candidates, chosen));
    }
    return most;
  }

  it('as many as any choice could satisfy, where all weigh the same', () => {
    lawHolds(
      fc.property(pool([1]), capacity, (candidates, capacityCores) => {
        const chosen = chooseSatisfied(candidates, capacityCores);
        const floors = sum(candidates.map(({ floorCores }) => floorCores));
        if (floors <= capacityCores) assert.equal(worthOf(candidates, chosen), best(candidates, capacityCores));
      }),
      60,
    );
  });

  it('as much weight as any choice on a 0.01-core grid could, an incumbent counting a tenth more', () => {
    lawHolds(
      fc.property(pool([0.5, 1, 2, 3]), capacity, (candidates, capacityCores) => {
        const floors = sum(candidates.map(({ floorCores }) => floorCores));
        if (floors > capacityCores) return;
        const value = worthOf(candidates, chooseSatisfied(candidates, capacityCores));
        const bound = best(candidates, capacityCores, 0.0101);
        const isNew = candidates.every(({ isIncumbent }) => !isIncumbent);
        assert.ok(value >= bound / (isNew ? 1 : 1.1) - EPSILON, `${value} of ${bound}`);
      }),
      60,
    );
  });

  it('never above capacity, never what no CPU satisfies', () => {
    lawHolds(
      fc.property(fc.oneof(pool([1]), pool([0.5, 1, 4])), capacity, (candidates, capacityCores) => {
        const chosen = chooseSatisfied(candidates, capacityCores);
        assert.equal(chosen.length, candidates.length);
        for (const [i, { cores }] of candidates.entries()) if (chosen[i]) assert.ok(Number.isFinite(cores));
        const floors = sum(candidates.map(({ floorCores }) => floorCores));
        assert.ok(costOf(candidates, chosen) <= Math.max(capacityCores, floors) + 1e-6);
      }),
    );
  });

  it('an incumbent is left out only for more jobs, or for one more than a tenth cheaper', () => {
    lawHolds(
      fc.property(pool([1]), capacity, (candidates, capacityCores) => {
        const chosen = chooseSatisfied(candidates, capacityCores);
        const extra = ({ cores, floorCores }: Candidate) => Math.max(0, cores - floorCores);
        const newest = candidates.filter(({ isIncumbent }, i) => !isIncumbent && chosen[i]);
        const incumbents = candidates.filter(({ isIncumbent }) => isIncumbent);
        const favoured = candidates.map((each) => ({ ...each, isIncumbent: false }));
        fc.pre(worthOf(candidates, chooseSatisfied(favoured, capacityCores)) === worthOf(candidates, chosen));
        for (const [i, each] of candidates.entries()) {
          if (!each.isIncumbent || chosen[i] || incumbents.length > 1) continue;
          const swapped = newest.filter((other) => extra(other) >= extra(each));
          assert.equal(swapped.length, 0, 'it would have fitted in the place of one that was not there before');
        }
      }),
    );
  });
});

describe('adaptive share: laws', () => {
  const sharer: fc.Arbitrary<Sharer> = fc.record({
    law: fc.oneof(
      { weight: 5, arbitrary: closedLaw },
      { weight: 2, arbitrary: openLaw([0, 0.95]) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    aimSeconds: magnitude(0.02, 20),
    weight: fc.constantFrom(0.5, 1, 3),
    floorCores: between(0, 0.1),
    mostCores: between(0.2, 4),
  });
  const left = between(0.05, 8);

  it('the sum is at most what is left, or the floors; everybody within its bounds', () => {
    lawHolds(
      fc.property(fc.array(sharer, { maxLength: 8 }), left, (sharers, leftCores) => {
        const cores = shareLeftover(sharers, leftCores);
        const floors = sum(sharers.map(({ floorCores }) => floorCores));
        assert.ok(sum(cores) <= Math.max(leftCores, floors) + 1e-6, `${sum(cores)} of ${leftCores}`);
        for (const [i, { floorCores, mostCores }] of sharers.entries())
          assert.ok((cores[i] ?? 0) >= floorCores - EPSILON && (cores[i] ?? 0) <= mostCores + EPSILON);
      }),
    );
  });

  it('the largest lateness is least: nobody between its bounds is better off than another', () => {
    const closed = fc.record({ sharer, workSeconds: magnitude(0.01, 5) }).map(({ sharer: its, workSeconds }) => ({
      ...its,
      law: law({ workSeconds }),
    }));
    lawHolds(
      fc.property(fc.array(closed, { minLength: 1, maxLength: 8 }), left, (sharers, leftCores) => {
        const cores = shareLeftover(sharers, leftCores);
        fc.pre(sum(sharers.map(({ floorCores }) => floorCores)) < leftCores);
        const lateness = sharers.map(
          ({ law: its, aimSeconds, weight }, i) => (its.workSeconds / (cores[i] ?? 1) / aimSeconds) * weight,
        );
        const ofRest = sharers.flatMap(({ floorCores, mostCores }, i) =>
          (cores[i] ?? 0) > floorCores + 1e-6 && (cores[i] ?? 0) < mostCores - 1e-6 ? [lateness[i] ?? 0] : [],
        );
        const common = ofRest[0];
        if (common === undefined) return;
        for (const ratio of ofRest) assert.ok(Math.abs(ratio / common - 1) < 1e-4, `${ofRest}`);
        for (const [i, { floorCores, mostCores }] of sharers.entries()) {
          if ((cores[i] ?? 0) <= floorCores + 1e-6) assert.ok((lateness[i] ?? 0) <= common * 1.001);
          if ((cores[i] ?? 0) >= mostCores - 1e-6) assert.ok((lateness[i] ?? 0) >= common * 0.999);
        }
        if (common > 1.001) assert.ok(sum(cores) >= leftCores * (1 - 1e-6), 'all of it is shared');
      }),
    );
  });
});

/** Members with a closed loop each, some held, some new, some stale. */
const members = fc
  .array(
    fc.record({
      work: magnitude(0.01, 3),
      overhead: fc.constantFrom(0, 0, 0.3, 2),
      held: fc.option(between(0.02, 2), { nil: null, freq: 4 }),
      kind: fc.constantFrom('seeker', 'seeker', 'seeker', 'seeker', 'new', 'stale'),
      floorCores: between(0.001, 0.05),
      mostCores: between(0.3, 4),
      weight: fc.constantFrom(1, 1, 2),
      isChosen: fc.constantFrom(0, 1),
      chosenAtMs: fc.constantFrom(0, 990_000, 500_000),
    }),
    { maxLength: 10 },
  )
  .map((list) =>
    list.map(({ work, overhead, held, kind, weight, isChosen, chosenAtMs, ...bounds }, i) =>
      member(`j${i}-1`, {
        ...bounds,
        heldCores: held,
        isStale: kind === 'stale' && held !== null,
        goal: kind === 'new' ? null : goal({ law: { workSeconds: work, overheadSeconds: overhead } }),
        known: { isChosen, chosenAtMs },
        allocation: { weight },
      }),
    ),
  );

describe('adaptive keep: laws', () => {
  it('the sum is never above what is left or wished, and everybody keeps its limit or gets its wish', () => {
    const aimed = fc.array(
      fc.record({ work: magnitude(0.05, 2), held: fc.option(between(0.8, 1.25), { nil: null }) }),
      { maxLength: 10 },
    );
    lawHolds(
      fc.property(aimed, between(0.2, 1.5), fc.constantFrom(0, 0.5, 1), (list, share, ease) => {
        const its = list.map(({ work, held }, i) => {
          const made = goal({ law: { workSeconds: work } });
          const cores = coresAt(made, ease);
          return { member: member(`j${i}-1`, { heldCores: held === null ? null : held * cores }), goal: made, cores };
        });
        const wished = sum(its.map(({ cores }) => cores));
        const kept = keepComfortable(its, share * wished, ease);
        assert.ok(sum(kept) <= Math.max(share * wished, wished) + 1e-6);
        for (const [i, { cores, member: each, goal: made }] of its.entries()) {
          assert.ok(kept[i] === cores || kept[i] === each.heldCores);
          const seconds = latencySeconds(made.law, kept[i] ?? 0);
          assert.ok(
            seconds >= made.fastSeconds && seconds <= made.slowSeconds,
            'whoever keeps its limit is in its band',
          );
        }
      }),
    );
  });
});

describe('adaptive step: laws', () => {
  it('a factor of four at most, towards the wish, never above the sum where that can be', () => {
    lawHolds(
      fc.property(
        members,
        fc.array(between(0.001, 4), { minLength: 10, maxLength: 10 }),
        between(0.1, 8),
        (list, wishes, capacity) => {
          const inBounds = list.filter(
            ({ heldCores, floorCores, mostCores }) =>
              heldCores === null || (heldCores >= floorCores && heldCores <= mostCores),
          );
          const wished = inBounds.map(({ floorCores, mostCores }, i) =>
            Math.min(mostCores, Math.max(floorCores, wishes[i] ?? 0)),
          );
          const steps = boundSteps(inBounds, wished, capacity);
          for (const [i, { heldCores }] of inBounds.entries()) {
            const [to, wish] = [steps[i] ?? 0, wished[i] ?? 0];
            if (heldCores === null) continue;
            assert.ok(to <= heldCores * 4 + EPSILON && to >= heldCores / 4 - EPSILON);
            const [low, high] = [Math.min(heldCores, wish), Math.max(heldCores, wish)];
            assert.ok(to >= low - EPSILON && to <= high + EPSILON, `${heldCores} → ${to}, wished ${wish}`);
          }
          const leastSum = sum(
            inBounds.map(({ heldCores }, i) => Math.min(wished[i] ?? 0, Math.max(heldCores ?? 0, 0))),
          );
          const forced = sum(
            inBounds.map(({ heldCores }, i) =>
              heldCores === null ? 0 : Math.max(0, heldCores / 4 - (wished[i] ?? 0)),
            ),
          );
          assert.ok(sum(steps) <= Math.max(capacity, sum(wished), leastSum + forced) + 1e-6);
        },
      ),
    );
  });
});

describe('adaptive period: laws', () => {
  it('5 to 100 ms with at least 1 ms of quota, or longer where the limit is that small; never more CPU', () => {
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
          if (targetMs >= 2000 && openWorkSeconds === null && cores > 0.0101) assert.equal(periodUs, 100_000);
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
          const delivery = { limitsCores: limits, starvedLimitsCores, starvedUseCores: starvedLimitsCores * use };
          const its = node('h1', { allocatableCpuCores: allocatable, idleCpuCores });
          for (const before of [0, allocatable / 2, allocatable, 2 * allocatable]) {
            const cores = capacityOf(its, delivery, before);
            assert.ok(cores >= 0 && cores <= allocatable + EPSILON);
            const calm = capacityOf(its, { ...delivery, starvedLimitsCores: 0, starvedUseCores: 0 }, before);
            assert.ok(calm >= Math.min(before, allocatable) - EPSILON);
          }
        },
      ),
    );
  });
});

describe('adaptive plan: laws', () => {
  it('the sum is at most the capacity, or what nobody may take away', () => {
    lawHolds(
      fc.property(members, between(0.2, 6), fc.constantFrom(...FAIRNESS), (list, capacityCores, fairness) => {
        const { wishes, ease, demandCores: demand } = planNode({ members: list, capacityCores, fairness, nowMs: 1e6 });
        assert.equal(wishes.length, list.length);
        const fixed = sum(
          list.map(({ floorCores }, i) =>
            ['hold', 'start'].includes(wishes[i]?.part ?? '') ? (wishes[i]?.cores ?? 0) : floorCores,
          ),
        );
        const total = sum(wishes.map(({ cores }) => cores));
        assert.ok(total <= Math.max(capacityCores, fixed) + 1e-6, `${total} of ${capacityCores}, ${fixed} fixed`);
        assert.ok(ease >= 0 && ease <= 2 && Number.isFinite(demand));
        for (const [i, { part, cores }] of wishes.entries()) {
          const each = list[i];
          assert.ok(each !== undefined);
          if (part === 'aim') {
            assert.ok(each.goal !== null && latencySeconds(each.goal.law, cores) <= each.goal.slowSeconds * (1 + 1e-6));
            assert.ok(cores <= each.mostCores + EPSILON && cores >= each.floorCores - EPSILON);
          }
          if (part === 'hold') assert.ok(each.isStale);
          if (part === 'start') assert.equal(each.goal, null);
        }
      }),
    );
  });

  it('with maxmin, all that can be met are, or none', () => {
    lawHolds(
      fc.property(members, between(0.2, 6), (list, capacityCores) => {
        const { wishes } = planNode({ members: list, capacityCores, fairness: 'maxmin', nowMs: 1e6 });
        const reachable = wishes.filter(
          (_, i) => (list[i]?.goal?.edgeCores ?? Number.POSITIVE_INFINITY) <= (list[i]?.mostCores ?? 0),
        );
        const aimed = reachable.filter(({ part }) => part === 'aim').length;
        const seekers = reachable.filter(({ part }) => part === 'aim' || part === 'left').length;
        assert.ok(aimed === 0 || aimed === seekers, `${aimed} of ${seekers}`);
      }),
    );
  });
});
