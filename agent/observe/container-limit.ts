import type { CpuLimit } from '../../shared/command.js';
import type { StampedCounters } from './container-cpu.js';
import { data, noData, type Reading } from './reading.js';

/** The CPU limit the kernel enforces now. */
export function limitIn(after: StampedCounters | null): Reading<CpuLimit> {
  return after === null ? noData('the cgroup could not be read') : data(after.counters.limit);
}
