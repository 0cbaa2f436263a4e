import type { JobModel, Scenario, ScenarioJob } from '../../../lab/types.js';
import type { Statistic } from '../../../shared/qoe.js';
import { seededRandom } from '../../../shared/random.js';
import { type Draw, randomDraw } from './random-draw.js';
import { quotaForTail } from './tail-quota.js';

/**
 * Kinds of hosts as most people run them: services whose clients come when they come and want p90,
 * p95 or p99 at most somewhere, 2.5 to 8 times what a request takes alone. `ceilings`: 3 to 12 of
 * them use 30 to 90 % of the host, though the quotas that their tails take exceed it;
 * `ceilings-over`: they use 90 to 120 %; `ceilings-noisy`: beside one to three closed loops with
 * loose ceilings; `ceilings-mixed`: beside bands and a job in the background.
 */
export const CEILING_KINDS = [
  'ceilings',
  'ceilings-over',
  'ceilings-noisy',
  'ceilings-mixed',
] as const;
/** One of the kinds with ceilings. */
export type CeilingKind = (typeof CEILING_KINDS)[number];
/** Whether the text names one of the kinds with ceilings. */
export const isCeilingKind = (kind: string): kind is CeilingKind =>
  CEILING_KINDS.some((each) => each === kind);

/** Shorter than other kinds: hundreds of seeds are looked at. */
const DURATION_MS = 120_000;
const INTERVAL_MS = 5000;
const TARGET_FACTOR = { least: 2.5, most: 8 } as const;
/**
 * A request of a service takes this share of its cores' time at most, so that plain Docker has a
 * queue that ends.
 */
const MAX_BUSY_RATIO = 0.6;
/** Name of the job whose client wants nothing in particular. */
export const BACKGROUND = 'background';

/** Same kind and seed, same scenario. */
export function ceilingScenario(kind: CeilingKind, seed: number): Scenario {
  const draw = randomDraw(seededRandom(seed * 1000 + 500 + CEILING_KINDS.indexOf(kind)));
  const count = kind === 'ceilings-mixed' ? draw.whole(3, 6) : draw.whole(3, 12);
  const cpuCores = draw.whole(2, Math.max(2, Math.min(8, Math.floor(count / 2))));
  const bands = kind === 'ceilings-mixed' ? bandsOf(draw, cpuCores) : [];
  const used =
    kind === 'ceilings-over'
      ? draw.between(0.9, 1.2)
      : draw.between(0.3, kind === 'ceilings-mixed' ? 0.5 : 0.9);
  const models = servicesUsing(draw, used * cpuCores, count);
  const services = withTargets(draw, models, cpuCores);
  return {
    name: `${kind}-${seed}`,
    seed,
    intervalMs: INTERVAL_MS,
    durationMs: DURATION_MS,
    disturbances: [],
    nodes: [{ id: 'h1', cpuCores }],
    jobs: [...services, ...bands, ...(kind === 'ceilings-noisy' ? neighboursOf(draw) : [])],
  };
}

/** Services with open arrivals that use `usedCores` together. */
function servicesUsing(draw: Draw, usedCores: number, count: number): readonly JobModel[] {
  const parts = Array.from({ length: count }, () => draw.scaled(1, 6));
  const all = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => {
    const cores = (usedCores * part) / all;
    const parallelism = Math.max(1, Math.ceil(cores / MAX_BUSY_RATIO));
    const workSeconds = draw.scaled(0.005, 0.2) * parallelism;
    const overheadSeconds = draw.chance(0.5)
      ? 0
      : (draw.between(0, 0.2) * workSeconds) / parallelism;
    const arrivals = { kind: 'open', ratePerSecond: cores / workSeconds } as const;
    return {
      workSeconds,
      overheadSeconds,
      parallelism,
      noiseRatio: draw.between(0.02, 0.3),
      arrivals,
    };
  });
}

interface Wanted {
  readonly statistic: Statistic;
  readonly factor: number;
}
const aloneSeconds = ({ workSeconds, overheadSeconds, parallelism }: JobModel): number =>
  overheadSeconds + workSeconds / parallelism;

/**
 * Targets as drawn, all tightened alike until the quotas they take exceed the host, as far as they
 * may be tightened.
 */
function withTargets(
  draw: Draw,
  models: readonly JobModel[],
  cpuCores: number,
): readonly ScenarioJob[] {
  const { least, most } = TARGET_FACTOR;
  const wanted = models.map((): Wanted => {
    const chance = draw.between(0, 1);
    const statistic = chance < 0.6 ? 'p95' : chance < 0.8 ? 'p99' : 'p90';
    return { statistic, factor: draw.scaled(least, most) };
  });
  for (let tightness = 0; ; tightness += 0.25) {
    const jobs = models.map((model, i): ScenarioJob => {
      const { statistic = 'p95', factor = least } = wanted[i] ?? {};
      const targetMs = 1000 * aloneSeconds(model) * (factor + tightness * (least - factor));
      return jobOf(`s${i + 1}`, model, { statistic, targetMs, mode: 'ceiling' });
    });
    const asked = jobs.reduce((sum, job) => sum + quotaForTail(job), 0);
    if (asked > cpuCores || tightness >= 1) return jobs;
  }
}

function jobOf(
  id: string,
  model: JobModel,
  target: Pick<ScenarioJob, 'statistic' | 'targetMs' | 'mode'>,
): ScenarioJob {
  const always = {
    atMs: 0,
    untilMs: null,
    demandRatio: null,
    workload: null,
    toleranceRatio: 0.1,
    weight: 1,
  };
  return { ...always, id, model, ...target, targetMs: Math.round(target.targetMs * 1000) / 1000 };
}

const closed = (draw: Draw): JobModel => ({
  workSeconds: draw.scaled(0.05, 0.5),
  overheadSeconds: 0,
  parallelism: 1,
  noiseRatio: draw.between(0.02, 0.2),
  arrivals: { kind: 'closed' },
});

/**
 * Closed loops that take a core each where nothing bounds them, under a ceiling of some times what
 * they take alone.
 */
function neighboursOf(draw: Draw): readonly ScenarioJob[] {
  return Array.from({ length: draw.whole(1, 3) }, (_, i) => {
    const model = closed(draw);
    const targetMs = 1000 * model.workSeconds * draw.scaled(2.5, 5);
    return jobOf(`near${i + 1}`, model, { statistic: 'mean', targetMs, mode: 'ceiling' });
  });
}

/**
 * One to three closed loops that want 8 to 15 % of the host each, and one that takes what there is.
 */
function bandsOf(draw: Draw, cpuCores: number): readonly ScenarioJob[] {
  const bands = Array.from({ length: draw.whole(1, 3) }, (_, i) => {
    const model = closed(draw);
    const cores = Math.min(0.9, cpuCores * draw.between(0.08, 0.15));
    const targetMs = (1000 * model.workSeconds) / cores;
    return jobOf(`band${i + 1}`, model, { statistic: 'mean', targetMs, mode: 'band' });
  });
  const model = closed(draw);
  const patience = jobOf(BACKGROUND, model, {
    statistic: 'mean',
    targetMs: 1e5 * model.workSeconds,
    mode: 'ceiling',
  });
  return [...bands, { ...patience, weight: 0.1 }];
}
