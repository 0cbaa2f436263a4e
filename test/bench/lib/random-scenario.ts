import type { Disturbance } from '../../../lab/disturbance.js';
import type { ArrivalProcess, JobModel, Scenario, ScenarioJob } from '../../../lab/types.js';
import { seededRandom } from '../../../shared/random.js';
import { type CeilingKind, ceilingScenario, isCeilingKind } from './random-ceilings.js';
import { type Draw, randomDraw } from './random-draw.js';

/**
 * Kinds of random scenarios on one host. `within`, `around`, `above`: closed loops that ask for 0.5
 * to 0.9, 0.9 to 1.1 and 1.2 to 2.5 of its CPU; `threads`: up to eight cores a request;
 * `percentiles`, `modes`, `weights` say it; `changing`: work and targets change, CPU is stolen;
 * `mixed`: half of the jobs have open arrivals; `sparse`: all have, one in two to twenty seconds.
 */
export const PLAIN_KINDS = [
  'within',
  'around',
  'above',
  'threads',
  'percentiles',
  'modes',
  'weights',
  'changing',
  'mixed',
  'sparse',
] as const;
/** One of the kinds without ceilings. */
export type PlainKind = (typeof PLAIN_KINDS)[number];
/** Any kind of random scenario. */
export type ScenarioKind = PlainKind | CeilingKind;

const DURATION_MS = 400_000;
const INTERVAL_MS = 5000;
const NODE = 'h1';
/** Standard deviations above the mean. */
const DEVIATES = { mean: 0, p50: 0, p90: 1.28, p95: 1.64, p99: 2.33 } as const;
const PERCENTILES = ['p50', 'p90', 'p95', 'p99'] as const;

/** Same kind and seed, same scenario. */
export function randomScenario(kind: ScenarioKind, seed: number): Scenario {
  if (isCeilingKind(kind)) return ceilingScenario(kind, seed);
  const draw = randomDraw(seededRandom(seed * 1000 + PLAIN_KINDS.indexOf(kind)));
  const cpuCores = kind === 'threads' ? draw.whole(8, 16) : draw.whole(2, 8);
  const count = draw.whole(3, 14);
  const asked = cpuCores * 0.95 * loadOf(kind, draw);
  const parts = Array.from({ length: count }, () => draw.scaled(1, 6));
  const all = parts.reduce((sum, part) => sum + part, 0);
  const jobs = parts.map((part, i) =>
    jobOf(kind, draw, { id: `j${i + 1}`, cores: (asked * part) / all }),
  );
  return {
    name: `${kind}-${seed}`,
    seed,
    intervalMs: INTERVAL_MS,
    durationMs: DURATION_MS,
    nodes: [{ id: NODE, cpuCores }],
    jobs,
    disturbances: kind === 'changing' ? changesOf(draw, jobs, cpuCores) : [],
  };
}

function loadOf(kind: PlainKind, draw: Draw): number {
  if (kind === 'around') return draw.between(0.9, 1.1);
  return kind === 'above' ? draw.between(1.2, 2.5) : draw.between(0.5, 0.9);
}

/** A job that needs about `cores` at its target. */
function jobOf(
  kind: PlainKind,
  draw: Draw,
  { id, cores: asked }: { readonly id: string; readonly cores: number },
): ScenarioJob {
  const parallelism = kind === 'threads' ? 2 ** draw.whole(0, 3) : Math.max(1, Math.ceil(asked));
  const cores = Math.min(asked, 0.95 * parallelism);
  const workSeconds = draw.scaled(0.01, 1) * parallelism;
  const busySeconds = workSeconds / cores;
  const overheadSeconds = busySeconds * (draw.chance(0.5) ? 0.02 : draw.between(0, 0.4));
  const noiseRatio = draw.between(0.02, 0.2);
  const serviceSeconds = busySeconds + overheadSeconds;
  const arrivals = arrivalsOf(kind, draw, serviceSeconds);
  const statistic = kind === 'percentiles' ? (PERCENTILES[draw.whole(0, 3)] ?? 'p95') : 'mean';
  const spread = 1 + (DEVIATES[statistic] * noiseRatio * busySeconds) / serviceSeconds;
  const model: JobModel = { workSeconds, overheadSeconds, parallelism, noiseRatio, arrivals };
  return {
    id,
    atMs: draw.chance(0.5) ? 0 : draw.whole(0, 100) * 1000,
    untilMs: null,
    demandRatio: null,
    workload: null,
    targetMs:
      Math.round(1e6 * serviceSeconds * spread * queuedRatio(arrivals, serviceSeconds)) / 1000,
    toleranceRatio: 0.1,
    weight: kind === 'weights' ? draw.scaled(0.2, 5) : 1,
    mode: kind === 'modes' && draw.chance(0.5) ? 'ceiling' : 'band',
    statistic,
    model,
  };
}

function arrivalsOf(kind: PlainKind, draw: Draw, serviceSeconds: number): ArrivalProcess {
  const isOpen = kind === 'sparse' || (kind === 'mixed' && draw.chance(0.5));
  if (!isOpen) return { kind: 'closed' };
  const busy = draw.between(0.1, 0.7);
  const ratePerSecond =
    kind === 'sparse'
      ? Math.min(busy / serviceSeconds, draw.scaled(0.05, 0.5))
      : busy / serviceSeconds;
  return { kind: 'open', ratePerSecond };
}

/** Mean response over service time of even work that queues (Pollaczek–Khinchine). */
function queuedRatio(arrivals: ArrivalProcess, serviceSeconds: number): number {
  if (arrivals.kind === 'closed') return 1;
  const busy = arrivals.ratePerSecond * serviceSeconds;
  return 1 + busy / (2 * (1 - busy));
}

function changesOf(
  draw: Draw,
  jobs: readonly ScenarioJob[],
  cpuCores: number,
): readonly Disturbance[] {
  const when = (): number => draw.whole(20, 50) * INTERVAL_MS;
  const [one, two, three] = [0, 0, 0].map(() => jobs[draw.whole(0, jobs.length - 1)]);
  if (one === undefined || two === undefined || three === undefined) return [];
  return [
    { kind: 'workFactor', atMs: when(), forMs: null, job: one.id, factor: draw.between(0.6, 1.6) },
    {
      kind: 'workFactor',
      atMs: when(),
      forMs: 60_000,
      job: two.id,
      factor: draw.between(0.6, 1.6),
    },
    {
      kind: 'target',
      atMs: when(),
      job: three.id,
      targetMs: three.targetMs * draw.between(0.7, 1.8),
    },
    {
      kind: 'stolenCpu',
      atMs: when(),
      forMs: 60_000,
      node: NODE,
      cores: cpuCores * draw.between(0.1, 0.4),
    },
  ];
}
