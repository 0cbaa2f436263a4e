import type { HostReport } from '../../shared/report.js';
import type { HostInfo, HostReader } from '../ports.js';

/** Kept back for the engine, the agent and the host itself. */
export interface Reserved {
  readonly cpuCores: number;
  readonly memoryBytes: number;
}

const NOT_KNOWN = { cpuUtilisationRatio: null, memoryUsedBytes: null, cpuPressureRatio: null } as const;

/** Capacity, allocatable and usage of the host; usage that cannot be read is null. Never rejects. */
export async function collectHost(host: HostReader, info: HostInfo, reserved: Reserved): Promise<HostReport> {
  const usage = await host.usage().catch(() => NOT_KNOWN);
  return { ...capacityOf(info, reserved), ...usage };
}

/** Allocatable = capacity − reserved, never below zero. */
export function capacityOf(info: HostInfo, reserved: Reserved): Omit<HostReport, keyof typeof NOT_KNOWN> {
  return {
    capacityCpuCores: info.cpuCores,
    capacityMemoryBytes: info.memoryBytes,
    allocatableCpuCores: Math.max(0, info.cpuCores - reserved.cpuCores),
    allocatableMemoryBytes: Math.max(0, info.memoryBytes - reserved.memoryBytes),
  };
}
