import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  chooseSatisfied,
  type KnapsackItem,
} from '../../../../../../coordinator/schedule/model/knapsack.js';
import {
  bareSeconds,
  demandCores,
  latencySeconds,
  loopSeconds,
  quantileRatio,
} from '../../../../../../coordinator/schedule/model/latency-law.js';
import {
  coresAt,
  latencyGoalOf,
  secondsAt,
  slowCoresOf,
} from '../../../../../../coordinator/schedule/policies/adaptive/latency-goal.js';
import { STATISTICS, TARGET_MODES } from '../../../../../../shared/qoe.js';
import { limit, target } from '../../../../../unit/coordinator/build.js';
import { model } from '../../../../../unit/coordinator/schedule/policies/adaptive/build.js';
import { between, closedLaw, EPSILON, lawHolds, magnitude, openLaw, sum } from './arbitraries.js';

const anyLaw = fc.oneof(closedLaw, openLaw([0]), openLaw([0.5, 0.9, 0.95, 0.99]));
const factor = magnitude(0.05, 50);

describe('adaptive law: laws', () => {
  it('of a closed loop needs no queue, to the last bit', () => {
    lawHolds(
      fc.property(closedLaw, magnitude(1e-4, 100), (its, cores) => {
        assert.ok(Object.is(loopSeconds(its, cores), bareSeconds(its, cores)));
      }),
    );
  });

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
        assert.ok(
          isAtCliff || latencySeconds(its, less) > seconds * (1 - 1e-9),
          `${less} would do`,
        );
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
      fc.property(
        between(0.001, 0.95),
        between(0.5, 0.98),
        between(0, 0.019),
        (utilisation, quantile, more) => {
          const shape = (q: number) =>
            quantileRatio({ quantile: q, queueing: 0.5, ratePerSecond: 1 }, utilisation);
          assert.ok(shape(quantile + more) >= shape(quantile) - EPSILON);
          const waiting = 1 + (0.5 * utilisation) / (1 - utilisation);
          assert.ok(shape(quantile) * waiting >= 1 - EPSILON);
        },
      ),
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
        const its = latencyGoalOf(
          model({ ...rest, workCount, workSeconds: work * workCount, arrivedSeconds: 100 }),
          { ...target(1), ...wanted },
          limit(0.5),
        );
        assert.ok(its !== null);
        assert.ok(its.fastSeconds < its.aimSeconds && its.aimSeconds <= its.edgeSeconds);
        assert.ok(its.edgeSeconds <= its.slowSeconds);
        assert.ok(
          slowCoresOf(its) <= its.edgeCores * (1 + 1e-6) &&
            its.edgeCores <= its.aimCores * (1 + 1e-6),
        );
        const eases = [0, 0.3, 1, 1.5, 2];
        for (const [i, bandSlack] of eases.entries()) {
          if (i === 0) continue;
          const before = eases[i - 1] ?? 0;
          assert.ok(secondsAt(its, bandSlack) >= secondsAt(its, before));
          assert.ok(coresAt(its, bandSlack) <= coresAt(its, before) * (1 + 1e-6));
        }
      }),
    );
  });
});

describe('adaptive choice: laws', () => {
  const candidate = (weights: readonly number[]): fc.Arbitrary<KnapsackItem> =>
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
  const costOf = (candidates: readonly KnapsackItem[], chosen: readonly boolean[]) =>
    sum(
      candidates.map(({ cores, floorCores }, i) =>
        chosen[i] ? Math.max(cores, floorCores) : floorCores,
      ),
    );
  const worthOf = (candidates: readonly KnapsackItem[], chosen: readonly boolean[]) =>
    sum(candidates.map(({ weight }, i) => (chosen[i] ? weight : 0)));

  function best(candidates: readonly KnapsackItem[], capacityCores: number, cellCores = 0): number {
    let most = 0;
    for (let set = 0; set < 2 ** candidates.length; set += 1) {
      const chosen = candidates.map((_, i) => (set & (1 << i)) !== 0);
      const rounded = candidates.map((each) => ({
        ...each,
        cores:
          cellCores === 0
            ? each.cores
            : each.floorCores +
              Math.ceil(Math.max(0, each.cores - each.floorCores) / cellCores - EPSILON) *
                cellCores,
      }));
      if (costOf(rounded, chosen) <= capacityCores + EPSILON)
        most = Math.max(most, worthOf(candidates, chosen));
    }
    return most;
  }

  it('as many as any choice could satisfy, where all weigh the same', () => {
    lawHolds(
      fc.property(pool([1]), capacity, (candidates, capacityCores) => {
        const chosen = chooseSatisfied(candidates, capacityCores);
        const floors = sum(candidates.map(({ floorCores }) => floorCores));
        if (floors <= capacityCores)
          assert.equal(worthOf(candidates, chosen), best(candidates, capacityCores));
      }),
      60,
    );
  });

  it('as much weight as any choice on a 0.01-core grid, incumbents counting 10 % more', () => {
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
        for (const [i, { cores }] of candidates.entries())
          if (chosen[i]) assert.ok(Number.isFinite(cores));
        const floors = sum(candidates.map(({ floorCores }) => floorCores));
        assert.ok(costOf(candidates, chosen) <= Math.max(capacityCores, floors) + 1e-6);
      }),
    );
  });

  it('an incumbent is left out only for more jobs, or for one more than a tenth cheaper', () => {
    lawHolds(
      fc.property(pool([1]), capacity, (candidates, capacityCores) => {
        const chosen = chooseSatisfied(candidates, capacityCores);
        const extra = ({ cores, floorCores }: KnapsackItem) => Math.max(0, cores - floorCores);
        const newest = candidates.filter(({ isIncumbent }, i) => !isIncumbent && chosen[i]);
        const incumbents = candidates.filter(({ isIncumbent }) => isIncumbent);
        const favoured = candidates.map((each) => ({ ...each, isIncumbent: false }));
        fc.pre(
          worthOf(candidates, chooseSatisfied(favoured, capacityCores)) ===
            worthOf(candidates, chosen),
        );
        for (const [i, each] of candidates.entries()) {
          if (!each.isIncumbent || chosen[i] || incumbents.length > 1) continue;
          const swapped = newest.filter((other) => extra(other) >= extra(each));
          assert.equal(
            swapped.length,
            0,
            'it would have fitted in the place of one that was not there before',
          );
        }
      }),
    );
  });
});
