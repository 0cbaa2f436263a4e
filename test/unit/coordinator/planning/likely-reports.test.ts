import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { quote } from '../../../../coordinator/planning/quote.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import type { JobSpec } from '../../../../shared/job.js';
import type { Statistic } from '../../../../shared/qoe.js';
import { type Random, seededRandom } from '../../../../shared/random.js';
import { statisticOf } from '../../../../shared/samples.js';
import { jobName, PARAMS, target } from '../build.js';
import { like, ToyCluster } from '../schedule/toy-cluster.js';
import { ToyNoise, type ToyNoiseOptions } from '../schedule/toy-noise.js';

/** One report: where the quote saw it, as logarithms of ratios to what was expected. */
interface Seen {
  readonly offLog: number;
  readonly lowLog: number;
  readonly highLog: number;
}

interface Kind extends Omit<ToyNoiseOptions, 'random'> {
  readonly statistic: Statistic;
}

const SEEDS = Array.from({ length: 8 }, (_, i) => i + 1);
const LEARN_SECONDS = 300;
const ROUNDS = 3;
const SETTLE_SECONDS = 15;
const MEASURE_SECONDS = 20;
const REST_SECONDS = 60;

/** As `npm run bench:quote` does: each job gets a target of its own quote, settles, is measured. */
function playedReports(seed: number, { statistic, ...noise }: Kind): readonly Seen[] {
  const random = seededRandom(seed);
  const toy = new ToyNoise({ random, ...noise });
  const cluster = new ToyCluster(['h1'], (name) => (name.startsWith('face') ? 0.1 : 0.05));
  cluster.serve = toy.serve;
  const asks = (ms: number) => ({ target: target(ms, { statistic }) });
  const jobs = [['face1', 400] as const, ['word1', 250] as const, ['sign1', 200] as const];
  cluster.submit(...jobs.map(([name, ms]) => like(name, ms, asks(ms))));
  cluster.run(LEARN_SECONDS);
  return Array.from({ length: ROUNDS }, () => {
    const quoted = jobs.map(([name]) => ({ name, step: chosenStep(cluster, name, random) }));
    cluster.run(SETTLE_SECONDS);
    const seen: Seen[] = [];
    for (let second = 0; second < MEASURE_SECONDS; second += 1) {
      cluster.run(1);
      for (const { name, step } of quoted) {
        const window = toy.latest(`${name}-1`)?.window;
        if (step === undefined || window === undefined) continue;
        const logOf = (ms: number) => Math.log(ms / step.expectedMs);
        seen.push({
          offLog: logOf(statisticOf(window, statistic) ?? Number.NaN),
          lowLog: logOf(step.lowMs),
          highLog: logOf(step.highMs),
        });
      }
    }
    cluster.run(REST_SECONDS);
    return seen;
  }).flat();
}

/** Gives a job one of the targets of its quote that can be had at nobody's expense. */
function chosenStep(cluster: ToyCluster, name: string, random: Random) {
  const job = specOf(cluster, name);
  const { state, memory, nowMs } = cluster;
  const how = { state, memory, nowMs, params: PARAMS, policy: POLICIES.adaptive };
  const steps = quote({ ...how, job }).steps.filter(
    ({ verdict, effects }) => verdict === 'met' && effects.length === 0,
  );
  const step = steps[Math.floor(random() * steps.length)];
  const { expectedMs, expectedLowMs: lowMs, expectedHighMs: highMs } = step ?? {};
  if (step === undefined || expectedMs == null || lowMs === undefined || highMs === undefined)
    return undefined;
  cluster.submit({ ...job, target: { ...job.target, latencyMs: step.targetMs } });
  return { expectedMs, lowMs, highMs };
}

function specOf({ state }: ToyCluster, name: string): JobSpec {
  const known = state.jobs.get(jobName(name));
  assert.ok(known !== undefined, name);
  return known.spec;
}

const at = (sorted: readonly number[], quantile: number): number =>
  sorted[Math.floor(quantile * (sorted.length - 1))] ?? Number.NaN;
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Share of the reports in their ranges, and how wide these are ÷ what really was. */
function judged(kind: Kind): { readonly covered: number; readonly widthRatio: number } {
  const seen = SEEDS.flatMap((seed) => playedReports(seed, kind));
  assert.ok(seen.length > 1000, String(seen.length));
  const inside = seen.filter(
    ({ offLog, lowLog, highLog }) => offLog >= lowLog && offLog <= highLog,
  );
  const sorted = seen.map(({ offLog }) => offLog).sort((a, b) => a - b);
  const span = at(sorted, 0.95) - at(sorted, 0.05);
  const width = meanOf(seen.map(({ lowLog, highLog }) => highLog - lowLog));
  return { covered: inside.length / seen.length, widthRatio: width / span };
}

describe('the likely range of a quote, held against simulated reports', function () {
  this.timeout(60_000);
  const drifting = { driftRatio: 0.06, driftSeconds: 40 };
  // The less there is to be seen, the longer the guess of before counts.
  const kinds: readonly (readonly [about: string, kind: Kind, maxWidthRatio: number])[] = [
    ['a drifting host', { ...drifting, statistic: 'mean', noiseRatio: 0.08 }, 2],
    ['a drifting host, by p95', { ...drifting, statistic: 'p95', noiseRatio: 0.15 }, 2],
    ['noisy requests', { statistic: 'mean', noiseRatio: 0.3 }, 2.2],
    ['an even host', { statistic: 'mean', noiseRatio: 0.05 }, 5],
  ];
  for (const [about, kind, maxWidthRatio] of kinds)
    it(`holds nine of ten, and is not much wider than needed: ${about}`, () => {
      const { covered, widthRatio } = judged(kind);
      const said = `${(100 * covered).toFixed(1)} % in ranges ${widthRatio.toFixed(2)} as wide`;
      assert.ok(covered >= 0.85, said);
      assert.ok(widthRatio <= maxWidthRatio, said);
    });
});
