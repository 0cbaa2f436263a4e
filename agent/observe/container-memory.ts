import type { MemoryReport } from '../../shared/report.js';
import type { StampedCounters } from './container-cpu.js';
import { data, noData, type Reading } from './reading.js';

/** Memory of one container as last read. */
export function memoryIn(after: StampedCounters | null): Reading<MemoryReport> {
  if (after === null) return noData('the cgroup could not be read');
  return after.counters.memory === null
    ? noData('the kernel offers no memory counters')
    : data(after.counters.memory);
}
