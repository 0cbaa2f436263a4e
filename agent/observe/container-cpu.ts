import type { CpuReport } from '../../shared/report.js';
import type { CgroupCounters } from '../ports/cgroup.js';
import { data, noData, type Reading } from './reading.js';

/** Counters with the monotonic time at which they were read, ms. */
export interface StampedCounters {
  readonly atMs: number;
  readonly counters: CgroupCounters;
}

/** Shorter intervals are not used, because the kernel's counters advance in ticks, ms. */
const MIN_INTERVAL_MS = 50;
/** True when the two readings are far enough apart to make an interval. */
export const isInterval = (before: StampedCounters, after: StampedCounters): boolean =>
  after.atMs - before.atMs >= MIN_INTERVAL_MS;

/**
 * CPU of one container between two readings of one life: usage, throttling and pressure. A counter
 * that fell means a new life, of which there is no data yet.
 */
export function cpuBetween(
  before: StampedCounters | null,
  after: StampedCounters | null,
): Reading<CpuReport> {
  if (after === null) return noData('the cgroup could not be read');
  if (before === null) return noData('first reading: an interval needs two');
  if (!isInterval(before, after)) return noData('too soon after the last reading');
  const elapsedSeconds = (after.atMs - before.atMs) / 1000;
  const usage = after.counters.cpuUsageSeconds - before.counters.cpuUsageSeconds;
  const periods = after.counters.periods - before.counters.periods;
  const throttled = after.counters.throttledPeriods - before.counters.throttledPeriods;
  if (usage < 0 || periods < 0 || throttled < 0)
    return noData('a counter went backwards: the container was restarted');
  return data({
    usageCores: usage / elapsedSeconds,
    usageTotalSeconds: after.counters.cpuUsageSeconds,
    throttledRatio: periods === 0 ? 0 : Math.min(1, throttled / periods),
    pressureRatio: pressureBetween(before.counters, after.counters, elapsedSeconds),
  });
}

function pressureBetween(
  before: CgroupCounters,
  after: CgroupCounters,
  elapsedSeconds: number,
): number | null {
  if (before.pressureTotalUs === null || after.pressureTotalUs === null) return null;
  const waitedSeconds = (after.pressureTotalUs - before.pressureTotalUs) / 1e6;
  return waitedSeconds < 0 ? null : Math.min(1, waitedSeconds / elapsedSeconds);
}
