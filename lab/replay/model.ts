import type { CpuLimit } from '../../shared/command.js';
import type { LongRuns } from '../host/long-runs.js';
import type { JobModel } from '../types.js';
import type { Stretch } from './stretches.js';

/** Means over all clean stretches under one limit. */
interface Bin {
  readonly limit: CpuLimit;
  readonly isFree: boolean;
  readonly count: number;
  readonly latencySeconds: number;
  readonly workSeconds: number;
  readonly ratePerSecond: number;
  readonly usageCores: number;
}

/** What overhead and parallelism are fitted to. */
export interface ModelInput {
  readonly stretches: readonly Stretch[];
  /** null = open arrivals. */
  readonly clients: number | null;
  readonly noiseRatio: number;
  /** CPU of the node, cores. */
  readonly maxCores: number;
  readonly runs: LongRuns;
}

/** Time that CPU does not shorten, s, and cores that one request can use at once. */
export interface ModelShape {
  readonly overheadSeconds: number;
  readonly parallelism: number;
}

const MAX_BINS = 6;
const MIN_COUNT = 3;
/** A process has at least one thread. */
const MIN_CORES = 1;
const LADDER = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];
/** Shares of the shortest response time that are tried as overhead. */
const OVERHEADS = [0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9];
const REFINED = 6;
/**
 * Among equal explanations the simpler one wins. More than the fewest cores, fractions of cores, or
 * an overhead are accepted only where they explain more than chance (this number of squared
 * standard errors) and more than the exactness of the model (squared relative error); then less
 * overhead is better.
 */
const PREFER = { chance: 6, exactness: 2e-5, few: 1e-7, little: 1e-6 } as const;

/**
 * The overhead and parallelism that explain the response times best. For each candidate the host
 * model itself (`LongRuns`) computes the long-run mean under every limit that was seen, so that
 * effects of the CFS period are included. Where nothing tells candidates apart (always bound by one
 * quota), the answer is one core, or as many as were used, and the least overhead; also where the
 * host never delivered what the limit allowed, for then the waiting is due to the host.
 */
export function fitShape(input: ModelInput): ModelShape {
  const bins = binsOf(input.stretches);
  const shortest = Math.min(...bins.map(({ latencySeconds }) => latencySeconds));
  if (!Number.isFinite(shortest)) return { overheadSeconds: 0, parallelism: MIN_CORES };
  const usedCores = Math.max(MIN_CORES, ...bins.map(({ usageCores }) => usageCores * 0.98));
  let best = bestOf(
    OVERHEADS.map((share) => share * shortest),
    { ...input, bins, usedCores, shortest },
  );
  const at = OVERHEADS.findIndex((share) => share * shortest >= best.overheadSeconds - 1e-12);
  const low = (OVERHEADS[at - 1] ?? 0) * shortest;
  const high = (OVERHEADS[at + 1] ?? 0.98) * shortest;
  const finer = Array.from(
    { length: REFINED },
    (_, i) => low + ((high - low) * (i + 1)) / (REFINED + 1),
  );
  const second = bestOf([...finer, best.overheadSeconds], { ...input, bins, usedCores, shortest });
  if (second.cost < best.cost) best = second;
  return { overheadSeconds: best.overheadSeconds, parallelism: best.parallelism };
}

interface Search extends ModelInput {
  readonly bins: readonly Bin[];
  readonly usedCores: number;
  readonly shortest: number;
}
interface CostedShape extends ModelShape {
  readonly cost: number;
}

function bestOf(overheads: readonly number[], search: Search): CostedShape {
  let best: CostedShape = { overheadSeconds: 0, parallelism: 1, cost: Number.POSITIVE_INFINITY };
  for (const shape of [
    ...overheads.flatMap((overhead) => shapesWith(overhead, search)),
    ...wholeShapes(search),
  ]) {
    const cost = costOf(shape, search);
    if (cost < best.cost) best = { ...shape, cost };
  }
  return best;
}

const freeBin = ({ bins, clients }: Search): Bin | undefined =>
  clients === null ? undefined : bins.find(({ isFree }) => isFree);

// Without throttling a closed loop shows overhead + work ÷ cores, so each overhead implies a number
// of cores.
function shapesWith(overheadSeconds: number, search: Search): readonly ModelShape[] {
  const free = freeBin(search);
  const whole = ladderOf(search).map((parallelism) => ({ overheadSeconds, parallelism }));
  if (free === undefined) return whole;
  const parallelism =
    ((search.clients ?? 1) * free.workSeconds) / (free.latencySeconds - overheadSeconds);
  const fits = parallelism >= search.usedCores && parallelism <= search.maxCores * 1.05;
  return fits ? [...whole, { overheadSeconds, parallelism }] : whole;
}

function wholeShapes(search: Search): readonly ModelShape[] {
  const free = freeBin(search);
  if (free === undefined) return [];
  return ladderOf(search).flatMap((parallelism) => {
    const overheadSeconds =
      free.latencySeconds - ((search.clients ?? 1) * free.workSeconds) / parallelism;
    // Through noise a request may look a little faster than its work allows.
    return overheadSeconds > -0.03 * free.latencySeconds
      ? [{ overheadSeconds: Math.max(0, overheadSeconds), parallelism }]
      : [];
  });
}

function ladderOf({ usedCores, maxCores }: Search): readonly number[] {
  const fitting = LADDER.filter(
    (cores) => cores >= usedCores * 0.97 && cores <= Math.max(1, maxCores),
  );
  return fitting.length > 0 ? fitting : [usedCores];
}

function costOf({ overheadSeconds, parallelism }: ModelShape, search: Search): number {
  const { bins, clients, noiseRatio, runs, shortest } = search;
  let cost = 0;
  let count = 0;
  for (const bin of bins) {
    const model: JobModel = {
      workSeconds: bin.workSeconds * (clients ?? 1),
      overheadSeconds,
      parallelism,
      noiseRatio,
      arrivals:
        clients === null ? { kind: 'open', ratePerSecond: bin.ratePerSecond } : { kind: 'closed' },
    };
    cost += bin.count * Math.log(runs.of(model, bin.limit).mean / 1000 / bin.latencySeconds) ** 2;
    count += bin.count;
  }
  const isFewest = parallelism === ladderOf(search)[0];
  const special =
    (isFewest ? 0 : Number.isInteger(parallelism) ? 1 : 2) + (overheadSeconds > 0 ? 1 : 0);
  const price = (PREFER.chance * noiseRatio ** 2) / count + PREFER.exactness;
  return (
    cost / count +
    special * price +
    PREFER.few * parallelism +
    (PREFER.little * overheadSeconds) / shortest
  );
}

function binsOf(stretches: readonly Stretch[]): readonly Bin[] {
  const good = stretches.filter(({ isClean, regime }) => isClean && regime !== 'starved');
  const delivered = stretches.filter(({ regime }) => regime !== 'starved');
  const used =
    [good, delivered].find(
      (each) => each.reduce((sum, { count }) => sum + count, 0) >= MIN_COUNT,
    ) ?? [];
  const groups = new Map<string, Stretch[]>();
  for (const stretch of used) {
    const { limit, regime } = stretch;
    const key = `${limit.cpuCores} ${limit.periodUs} ${regime === 'free'}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(stretch);
  }
  return [...groups.values()]
    .map(binOf)
    .filter(({ count }) => count >= MIN_COUNT)
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_BINS);
}

function binOf(stretches: readonly Stretch[]): Bin {
  let [count, waitedMs, cpuSeconds, spanMs] = [0, 0, 0, 0];
  for (const stretch of stretches) {
    count += stretch.count;
    waitedMs += stretch.waitedMs;
    cpuSeconds += stretch.cpuSeconds;
    spanMs += stretch.toMs - stretch.fromMs;
  }
  const [first] = stretches;
  return {
    limit: first?.limit ?? { cpuCores: null, periodUs: 100_000 },
    isFree: first?.regime === 'free',
    count,
    latencySeconds: waitedMs / 1000 / count,
    workSeconds: cpuSeconds / count,
    ratePerSecond: (1000 * count) / spanMs,
    usageCores: (1000 * cpuSeconds) / spanMs,
  };
}
