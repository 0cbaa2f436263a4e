import type { CpuLimit } from '../../shared/command.js';
import type { StampedCounters } from './container-cpu.js';
import { data, noData, type Reading } from './reading.js';

/** The CPU limit the kernel enforces now, with its burst where there is one. */
export function limitIn(after: StampedCounters | null): Reading<CpuLimit> {
  if (after === null) return noData('the cgroup could not be read');
  const { limit, burstUs } = after.counters;
  return data(burstUs === null || burstUs === 0 ? limit : { ...limit, burstUs });
}
