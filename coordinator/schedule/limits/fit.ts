import { type CpuLimit, DEFAULT_PERIOD_US } from '../../../shared/command.js';

/** The kernel's minimum quota, µs. */
const MIN_QUOTA_US = 1000;
const LONG_PERIOD_US = 1_000_000;
/** The smallest limit possible, cores: the minimum quota in the longest period. */
export const MIN_LIMIT_CORES = MIN_QUOTA_US / LONG_PERIOD_US;

/**
 * One claim on a node's CPU, cores. Where `floorCores` > `wantCores` the floor counts as wanted.
 */
export interface CpuClaim {
  readonly wantCores: number;
  readonly floorCores: number;
}

/** `value` within `low`..`high`; where they cross, `high` wins. */
export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
/** Plain sum, left to right, so that results are the same on every run. */
export function sum(values: readonly number[]): number {
  let total = 0;
  // By index: the iterator of an array of doubles allocates one number per step, and this is the
  // most called function here.
  for (let i = 0; i < values.length; i += 1) total += values[i] ?? 0;
  return total;
}

/** The same of what `of` says of each, without a list of it. */
export function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}

/**
 * Fits claims into `capacityCores`. If all that is wanted fits, each gets what it wants. Else all
 * are scaled by one common factor, but none below its floor; where even the floors do not fit, the
 * floors are scaled instead. The sum never exceeds the capacity (up to rounding of doubles). Cores,
 * same order as `claims`.
 */
export function fitClaims(claims: readonly CpuClaim[], capacityCores: number): readonly number[] {
  const wants = claims.map((claim) => Math.max(claim.wantCores, claim.floorCores));
  if (sum(wants) <= capacityCores) return wants;
  const floors = claims.map((claim) => claim.floorCores);
  const floorSum = sum(floors);
  if (floorSum >= capacityCores) {
    const factor = floorSum === 0 ? 0 : Math.max(0, capacityCores) / floorSum;
    return floors.map((floor) => floor * factor);
  }
  return scaleAboveFloors(wants, floors, capacityCores);
}

// Each round pins the claims that the factor would push below their floor; at most one round per
// claim.
function scaleAboveFloors(
  wants: readonly number[],
  floors: readonly number[],
  capacityCores: number,
): number[] {
  const pinned = new Set<number>();
  for (;;) {
    const free = wants.map((want, i) => (pinned.has(i) ? 0 : want));
    const left = capacityCores - sum(floors.filter((_, i) => pinned.has(i)));
    const factor = Math.min(1, left / sum(free));
    const sinking = wants.flatMap((want, i) =>
      !pinned.has(i) && want * factor < (floors[i] ?? 0) ? [i] : [],
    );
    if (sinking.length === 0)
      return wants.map((want, i) => (pinned.has(i) ? (floors[i] ?? 0) : want * factor));
    for (const i of sinking) pinned.add(i);
  }
}

/**
 * Cores → a limit the kernel can hold exactly (Documentation/scheduler/sched-bwc.rst): rounded down
 * to whole µs of quota, so that rounding never adds CPU. Where the quota would fall below the
 * kernel's minimum of 1 ms, the period becomes 100 ms, or else 1 s.
 */
export function limitOf(cores: number, periodUs: number = DEFAULT_PERIOD_US): CpuLimit {
  // The tiny bias keeps 0.29 × 100000 = 28999.999… at 29000.
  const quotaUs = Math.floor(cores * periodUs + 1e-6);
  if (quotaUs >= MIN_QUOTA_US) return { cpuCores: quotaUs / periodUs, periodUs };
  if (periodUs < DEFAULT_PERIOD_US) return limitOf(cores);
  const longQuotaUs = Math.max(MIN_QUOTA_US, Math.floor(cores * LONG_PERIOD_US + 1e-6));
  return { cpuCores: longQuotaUs / LONG_PERIOD_US, periodUs: LONG_PERIOD_US };
}

/** No quota: what plain Docker sets. */
export const UNLIMITED: CpuLimit = { cpuCores: null, periodUs: DEFAULT_PERIOD_US };
