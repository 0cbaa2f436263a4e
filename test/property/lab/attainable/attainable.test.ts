import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { attainableOf } from '../../../../lab/attainable/attainable.js';
import { type Choice, chooseBest } from '../../../../lab/attainable/choose.js';
import { oraclePolicy } from '../../../../lab/bench/oracle-policy.js';
import { withForeign } from '../../../../lab/foreign/levels.js';
import { boundsOf, oraclePerInterval } from '../../../../lab/sim/bound.js';
import { Judge } from '../../../../lab/sim/judge.js';
import type { Scenario } from '../../../../lab/types.js';
import { seededRandom } from '../../../../shared/random.js';
import { judgedRun } from '../../../unit/lab/attainable/build.js';
import { model, scenario, simJob } from '../../../unit/lab/sim/build.js';

const POLICIES = ['default', 'equal', 'dqoes', 'adaptive', 'pi'];

/** Closed loops that together need 0.7 to 1.3 of two cores. */
function loops(seed: number, noiseRatio: number): Scenario {
  const random = seededRandom(seed);
  const asked = 2 * (0.7 + 0.6 * random());
  const parts = Array.from({ length: 4 + Math.floor(7 * random()) }, () => 0.3 + random());
  const all = parts.reduce((sum, part) => sum + part, 0);
  const jobs = parts.map((part, i) => {
    const cores = Math.min(0.9, (asked * part) / all);
    const targetMs = 150 + 1200 * random() ** 2;
    const workSeconds = (targetMs / 1000) * cores;
    return simJob(`j${i}`, { targetMs, model: model({ workSeconds, noiseRatio }) });
  });
  return scenario(jobs, { seed, durationMs: 100_000 });
}

const total = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);
/** One job in one interval is within or not; few have a chance far from 0 and 1. */
const chanceIn = (most: number): number => 3 * Math.sqrt(0.1 * most);
const SEEDS = [1, 2, 3];

describe('what is attainable', () => {
  it('is, known at once, never less than known one interval before', () => {
    for (const seed of SEEDS)
      for (const level of ['idle', 'rough'] as const) {
        const { intervals } = judgedRun(withForeign(loops(seed, 0.15), level), 'adaptive');
        const { before, atOnce } = attainableOf(intervals, 5000);
        for (const [k, value] of atOnce.entries())
          assert.ok(value >= (before[k] ?? 0), `seed ${seed}, ${level}, interval ${k}`);
        assert.ok(total(before) > 0.5 * total(atOnce), `seed ${seed}: ${total(before)}`);
      }
  });

  it('is at least what any policy had, up to the chance in the samples', () => {
    for (const seed of SEEDS)
      for (const policy of POLICIES) {
        const { intervals, satisfied } = judgedRun(loops(seed, 0.15), policy);
        const { atOnce } = attainableOf(intervals, 5000);
        const had = total(satisfied.slice(5));
        const most = total(atOnce.slice(5));
        assert.ok(had <= most + chanceIn(most), `seed ${seed}, ${policy}: ${had} of ${most}`);
      }
  });

  it('can be had: by limits that suit what each job needs', () => {
    for (const seed of SEEDS)
      for (const noiseRatio of [0.05, 0.3]) {
        const world = loops(seed, noiseRatio);
        const jobs = new Map(world.jobs.map((job) => [job.id, job]));
        const right = oraclePolicy((id, latencyMs) => {
          const { workSeconds = Number.POSITIVE_INFINITY } = jobs.get(id)?.model ?? {};
          return (1000 * workSeconds) / latencyMs;
        });
        const { intervals, satisfied } = judgedRun(world, right);
        const { before } = attainableOf(intervals, 5000);
        const had = total(satisfied.slice(5));
        const most = total(before.slice(5));
        const what = `seed ${seed}, noise ${noiseRatio}: ${had} of ${most}`;
        assert.ok(had >= 0.95 * most - chanceIn(most), what);
      }
  });

  it('is the oracle on a simulated host without noise', () => {
    for (const seed of SEEDS)
      for (const policy of ['equal', 'adaptive']) {
        const quiet = loops(seed, 0);
        const { intervals } = judgedRun(quiet, policy);
        const oracle = oraclePerInterval(quiet, boundsOf(quiet, new Judge()));
        const { atOnce } = attainableOf(intervals, 5000);
        const [most, known] = [atOnce.slice(8), oracle.slice(8)].map(total);
        assert.ok(
          Math.abs((most ?? 0) - (known ?? 0)) <= 0.03 * (known ?? 0),
          `seed ${seed}, ${policy}: ${most} for an oracle of ${known}`,
        );
      }
  });
});

describe('the best limits', () => {
  const choices: fc.Arbitrary<Choice> = fc.record({
    cores: fc.integer({ min: 1, max: 100 }).map((cents) => cents / 100),
    chance: fc.integer({ min: 0, max: 100 }).map((cents) => cents / 100),
  });

  function bestOfAll(
    jobs: readonly (readonly Choice[])[],
    capacity: number,
    floor: number,
  ): number {
    const [first, ...rest] = jobs;
    if (first === undefined) return capacity >= -1e-9 ? 0 : Number.NEGATIVE_INFINITY;
    const values = first.map(
      ({ cores, chance }) => chance + bestOfAll(rest, capacity - Math.max(floor, cores), floor),
    );
    return Math.max(bestOfAll(rest, capacity - floor, floor), ...values);
  }

  it('are the best of all that fit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(choices, { maxLength: 3 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 20 }),
        (jobs, tenths) => {
          const floor = 0.01;
          // Capacities above all floors that are whole units of both grids.
          const capacity = tenths / 10 + floor * jobs.length;
          const chosen = chooseBest(jobs, capacity, floor);
          const cores = total(chosen.map((each) => Math.max(floor, each?.cores ?? floor)));
          assert.ok(cores <= capacity + 1e-6, `${cores} of ${capacity}`);
          const found = total(chosen.map((each) => each?.chance ?? 0));
          // Rounding up to units may cost what fits to the last thousandth.
          const least = bestOfAll(jobs, capacity - 0.001 * (jobs.length + 1), floor);
          assert.ok(found >= least - 1e-9, `${found} of ${least}`);
          assert.ok(found <= bestOfAll(jobs, capacity, floor) + 1e-9);
        },
      ),
    );
  });
});
