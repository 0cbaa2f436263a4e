import type { ExpectedCpu, KernelCpu } from '../containers/limits.js';
import { weightHolds } from '../containers/weight.js';
import { EPSILON_CORES } from './budget.js';

/** Relative slack for a quota rounded to whole µs. */
const SLACK = 1e-3;

/**
 * Whether the kernel holds the cores that were written. The systemd cgroup driver rounds a quota up
 * to 1 % of a core (10 ms in a second), which counts as held.
 */
export function holds(expectedCores: number | null, observedCores: number | null): boolean {
  if (sameCores(expectedCores, observedCores)) return true;
  if (expectedCores === null || observedCores === null) return false;
  return same(Math.ceil(expectedCores * 100 - 1e-9) / 100, observedCores);
}

/** What was read back after a write, with what had been expected. */
export interface Confirmed {
  readonly expected: ExpectedCpu;
  readonly seen: KernelCpu;
}

/**
 * Whether cores, period, weight and burst are as a write wants them. What the kernel does not tell
 * counts as held. So does a period or weight that the same write left there before (`confirmed`),
 * because writing again would not change it.
 */
export function isInForce(expected: ExpectedCpu, seen: KernelCpu, confirmed?: Confirmed): boolean {
  return (
    coresHold(expected, seen, confirmed) &&
    periodHolds(expected, seen, confirmed) &&
    sharesHold(expected, seen, confirmed) &&
    burstHolds(expected, seen, confirmed)
  );
}

/**
 * Whether the cores are no more than is wanted, and less only by rounding, or as the same write
 * left them: systemd knows only the rounded quota and brings it into force when its units are
 * reloaded (moby#41233), where the sum of limits may then be too large.
 */
function coresHold(
  { expectedCores }: ExpectedCpu,
  { cores }: KernelCpu,
  before?: Confirmed,
): boolean {
  if (roundedDown(expectedCores, cores)) return true;
  if (before === undefined || !holds(expectedCores, cores)) return false;
  const { expected, seen } = before;
  const isSameWrite =
    roundedDown(expected.expectedCores, expectedCores) &&
    roundedDown(expectedCores, expected.expectedCores);
  return isSameWrite && roundedDown(seen.cores, cores);
}

/** Whether the second is the first but for rounding, and no more than that. */
const roundedDown = (most: number | null, cores: number | null): boolean =>
  sameCores(most, cores) && (cores ?? 0) <= (most ?? 0) + EPSILON_CORES;

/** Whether the period is as a write wants it; as `isInForce`. */
export function periodHolds(
  { expectedPeriodUs }: ExpectedCpu,
  { periodUs }: KernelCpu,
  before?: Confirmed,
): boolean {
  if (expectedPeriodUs === null || periodUs === null || expectedPeriodUs === periodUs) return true;
  return (
    before?.expected.expectedPeriodUs === expectedPeriodUs && before.seen.periodUs === periodUs
  );
}

function sharesHold(
  { expectedShares }: ExpectedCpu,
  { weight }: KernelCpu,
  before?: Confirmed,
): boolean {
  if (expectedShares === null || weight === null || weightHolds(expectedShares, weight))
    return true;
  return (
    before?.expected.expectedShares === expectedShares && before.seen.weight?.value === weight.value
  );
}

/** Whether the burst is as a write wants it; as `isInForce`. */
export function burstHolds(
  { expectedBurstUs }: ExpectedCpu,
  { burstUs }: KernelCpu,
  before?: Confirmed,
): boolean {
  if (expectedBurstUs === null || burstUs === null || expectedBurstUs === burstUs) return true;
  return before?.expected.expectedBurstUs === expectedBurstUs && before.seen.burstUs === burstUs;
}

const same = (a: number, b: number): boolean => Math.abs(a - b) <= SLACK * Math.min(a, b) + 1e-9;

/** Whether two limits are the same but for rounding; null = no limit. */
export const sameCores = (a: number | null, b: number | null): boolean =>
  a === null || b === null ? a === b : same(a, b);
