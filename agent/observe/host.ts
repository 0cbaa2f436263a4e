import type { HostReport } from '../../shared/report.js';
import type { HostReader } from '../ports/host.js';
import type { HostCapacity } from './capacity.js';

const NOT_KNOWN = {
  cpuUtilisationRatio: null,
  memoryUsedBytes: null,
  cpuPressureRatio: null,
} as const;

/** Capacity and usage of the host; usage that cannot be read is null. Never rejects. */
export async function collectHost(host: HostReader, capacity: HostCapacity): Promise<HostReport> {
  const usage = await host.usage().catch(() => NOT_KNOWN);
  return { ...capacity, ...usage };
}
