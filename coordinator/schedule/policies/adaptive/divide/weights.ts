import { type CpuLimit, DEFAULT_PERIOD_US } from '../../../../../shared/command.js';
import type { Member } from '../member.js';
import type { AllocationGoal } from './allocation-goal.js';
import type { NodePlan } from './node-plan.js';

/**
 * Weight of a service with open arrivals, or of a band with its quota, relative to containers that
 * take any CPU there is (closed loops without a quota). The former take no more than their requests
 * or their quota need, so putting them first costs the latter nothing on average.
 */
const SERVICE_WEIGHT_FACTOR = 16;
/**
 * The same for a quota with a burst, which can wait: after services, before containers that take
 * all.
 */
const BURST_WEIGHT_FACTOR = 4;

/** What the weight of a quota is proportional to, cores, beside containers that have no quota. */
export function quotaWeight({ cpuCores, burstUs = 0 }: CpuLimit, isContested: boolean): number {
  const first = burstUs > 0 ? BURST_WEIGHT_FACTOR : SERVICE_WEIGHT_FACTOR;
  return rounded((isContested ? first : 1) * (cpuCores ?? 0));
}

/** Factor for queues that come before other queues, where not all can be kept short. */
const CROWDED_WEIGHT_FACTOR = 32;
/**
 * Weight of every ceiling without contention, cores; also the tail quota whose weight equals it.
 */
const BASE_WEIGHT_CORES = 0.5;

/** What the CPU is short for. */
export type Crowd = Pick<NodePlan, 'isCrowded'> & {
  /** Something takes all the CPU there is (contention.ts). */
  readonly isContested: boolean;
};

/**
 * What the weight of a ceiling is proportional to, cores. Open arrivals: the same for all, as under
 * plain Docker, without contention. With contention the geometric mean of the quota that its tail
 * would take and an equal part: tight targets come before loose ones, but a large and tight one
 * does not come before all others. Closed loops, and queues that cannot be served as asked: what is
 * guaranteed.
 */
export function weightOf(
  { kind, cores, tailCores }: AllocationGoal,
  { isCrowded, isContested }: Crowd,
): number {
  if (tailCores === undefined) return cores;
  if (kind !== 'atTarget') return SERVICE_WEIGHT_FACTOR * cores;
  if (!isCrowded && !isContested) return BASE_WEIGHT_CORES;
  const factor = isCrowded ? CROWDED_WEIGHT_FACTOR : SERVICE_WEIGHT_FACTOR;
  return factor * Math.sqrt(BASE_WEIGHT_CORES * tailCores);
}

// Hundredths of a core: finer differences of a weight or a guarantee are not worth an update.
const rounded = (cores: number): number => Math.max(0.01, Math.round(cores * 100) / 100);

/**
 * A limit without a quota but with a guarantee and a weight: the container takes all idle CPU, and
 * its share where the host is full. A maximum that its owner wrote is still a quota.
 */
export function weightLimit(
  { allocation, maxCores, isBoundedByOwner }: Member,
  {
    guaranteeCores,
    weightCores,
  }: { readonly guaranteeCores: number; readonly weightCores: number },
): CpuLimit {
  const quota = isBoundedByOwner
    ? Math.floor(maxCores * DEFAULT_PERIOD_US) / DEFAULT_PERIOD_US
    : null;
  const periodUs = allocation.limit?.periodUs ?? DEFAULT_PERIOD_US;
  return {
    cpuCores: quota,
    periodUs: quota === null ? DEFAULT_PERIOD_US : periodUs,
    // Rounded down to whole thousandths, because it counts in a sum.
    guaranteeCores: Math.floor(guaranteeCores * 1000) / 1000,
    weightCores: rounded(weightCores),
  };
}

/** Smaller changes of a guarantee and of a weight are not worth an update, as a ratio. */
const DEAD_BAND = { below: 0.1, above: 0.5, weight: 0.4 } as const;
const MIN_CHANGE_CORES = 0.01;

/**
 * Whether a limit by weight is near enough to the planned one to be kept. A guarantee that is too
 * large is harmless while there is room for it, which the caller checks.
 */
export function isNearWeight(held: CpuLimit, wanted: CpuLimit): boolean {
  const [guarantee, weight] = [held.guaranteeCores ?? 0, held.weightCores ?? 0];
  const [least, assigned] = [wanted.guaranteeCores ?? 0, wanted.weightCores ?? 0];
  return (
    held.cpuCores === wanted.cpuCores &&
    guarantee >= least - Math.max(MIN_CHANGE_CORES, DEAD_BAND.below * least) &&
    guarantee <= least + Math.max(MIN_CHANGE_CORES, DEAD_BAND.above * least) &&
    isSameWeight(weight, assigned)
  );
}

/** Whether two weights are so near that a change is not worth an update, cores. */
export const isSameWeight = (held: number, wanted: number): boolean =>
  Math.abs(held - wanted) <= Math.max(MIN_CHANGE_CORES, DEAD_BAND.weight * Math.max(held, wanted));
