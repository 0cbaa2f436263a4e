import { sum } from '../../coordinator/schedule/limits/fit.js';

/** One job for the oracle. */
export interface OracleJob {
  readonly id: string;
  /** Least CPU that satisfies the job, cores; Infinity = no amount does. */
  readonly demandCores: number;
  readonly weight: number;
}

/** The jobs and the CPU that they compete for. */
export interface OracleInput {
  readonly jobs: readonly OracleJob[];
  /**
   * Allocatable CPU, cores, one entry per node. Several nodes are pooled; the answer is then an
   * upper bound.
   */
  readonly capacitiesCores: readonly number[];
  /** What a job that is not satisfied keeps, cores. Default 0.01. */
  readonly floorCores?: number;
}

/** The best result with full knowledge. Ids are in the order of `jobs`. */
export interface OracleAnswer {
  /** Largest number of jobs satisfied at once, and which. */
  readonly mostJobs: number;
  readonly mostJobsIds: readonly string[];
  /** Largest weight satisfied at once, and which jobs. */
  readonly mostWeight: number;
  readonly mostWeightIds: readonly string[];
  /**
   * What runs are held against: the jobs of the largest weight; with equal weights those of the
   * largest number, which is exact, while the table of weights rounds to its grid.
   */
  readonly bestIds: readonly string[];
}

/** What a job that is not satisfied keeps, cores. */
export const FLOOR_CORES = 0.01;
const GRID_CORES = 0.01;
/**
 * Maximum number of CPU units in the dynamic programme: larger clusters get a coarser grid, so that
 * time and memory stay bounded.
 */
const MAX_UNITS = 20_000;
const EPSILON = 1e-9;

/**
 * The jobs that a scheduler with full knowledge would satisfy. Every job holds its floor; a
 * satisfied job holds its demand instead.
 *
 * - Most jobs: ascending demand, which is optimal for counts on one node.
 * - Most weight: 0/1 knapsack by dynamic programming on a grid of 0.01 core, with demands rounded
 *   up and the capacity rounded down.
 *
 * A job whose demand exceeds the largest node is out of reach. Where the floors alone exceed the
 * capacity, they shrink to equal shares.
 */
export function oracle(input: OracleInput): OracleAnswer {
  const items = itemsOf(input);
  const byCount = mostJobs(items);
  const byWeight = mostWeight(items);
  const idsOf = (chosen: ReadonlySet<number>): string[] =>
    input.jobs.flatMap(({ id }, index) => (chosen.has(index) ? [id] : []));
  const isEven = input.jobs.every(({ weight }) => weight === input.jobs[0]?.weight);
  return {
    bestIds: idsOf(isEven ? byCount : byWeight),
    mostJobs: byCount.size,
    mostJobsIds: idsOf(byCount),
    mostWeight: sum(input.jobs.map(({ weight }, index) => (byWeight.has(index) ? weight : 0))),
    mostWeightIds: idsOf(byWeight),
  };
}

interface Item {
  readonly index: number;
  /** Demand above the floor, cores. */
  readonly extraCores: number;
  readonly weight: number;
}
interface Items {
  readonly reachable: readonly Item[];
  /** Capacity above all floors, cores. */
  readonly spareCores: number;
}

function itemsOf({ jobs, capacitiesCores, floorCores = FLOOR_CORES }: OracleInput): Items {
  const capacityCores = sum(capacitiesCores);
  const largestCores = Math.max(0, ...capacitiesCores);
  const floor = Math.min(floorCores, capacityCores / Math.max(1, jobs.length));
  const reachable = jobs.flatMap(({ demandCores, weight }, index) =>
    demandCores <= largestCores + EPSILON
      ? [{ index, weight, extraCores: Math.max(0, demandCores - floor) }]
      : [],
  );
  return { reachable, spareCores: Math.max(0, capacityCores - floor * jobs.length) };
}

function mostJobs({ reachable, spareCores }: Items): ReadonlySet<number> {
  const ascending = [...reachable].sort((a, b) => a.extraCores - b.extraCores || a.index - b.index);
  const chosen = new Set<number>();
  let left = spareCores + EPSILON;
  for (const { index, extraCores } of ascending) {
    if (extraCores > left) break;
    left -= extraCores;
    chosen.add(index);
  }
  return chosen;
}

function mostWeight({ reachable, spareCores }: Items): ReadonlySet<number> {
  const unitCores = Math.max(GRID_CORES, spareCores / MAX_UNITS);
  const capacity = Math.floor((spareCores + EPSILON) / unitCores);
  const costs = reachable.map(({ extraCores }) => Math.ceil((extraCores - EPSILON) / unitCores));
  // best[u]: largest weight with u units over the items so far; taken[i]: for which u item i was
  // worth taking.
  const best = new Float64Array(capacity + 1);
  const taken = reachable.map((item, i) => takeItem(best, item.weight, costs[i] ?? 0));
  const chosen = new Set<number>();
  let left = capacity;
  for (let i = reachable.length - 1; i >= 0; i -= 1) {
    if (taken[i]?.[left] !== 1) continue;
    chosen.add(reachable[i]?.index ?? -1);
    left -= costs[i] ?? 0;
  }
  return chosen;
}

function takeItem(best: Float64Array, weight: number, cost: number): Uint8Array {
  const taken = new Uint8Array(best.length);
  for (let units = best.length - 1; units >= cost; units -= 1) {
    const withItem = (best[units - cost] ?? 0) + weight;
    if (withItem <= (best[units] ?? 0)) continue;
    best[units] = withItem;
    taken[units] = 1;
  }
  return taken;
}
