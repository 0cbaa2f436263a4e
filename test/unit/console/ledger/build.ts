import type { AllocationMinute, MinuteRecord } from '../../../../proto/schemas/view.js';
import type { Prices } from '../../../../shared/prices.js';
import { allocationId, jobName, nodeId } from '../../coordinator/build.js';

export const EUR: Prices = { currency: 'EUR', cpuCoreHour: 0.6, memoryGibHour: 0.06, gpuHour: 0 };

/** A minute of one of a job's allocations: half a core of one, ten requests, all at target. */
export const ran = (id: string, change: Partial<AllocationMinute> = {}): AllocationMinute => ({
  id: allocationId(id),
  job: jobName(id.replace(/-\d+$/, '')),
  requests: 10,
  meanMs: 50,
  worstMs: 80,
  seconds: 60,
  observedSeconds: 60,
  atTargetSeconds: 60,
  notSlowerSeconds: 60,
  reservedCpuSeconds: 60,
  usedCpuSeconds: 30,
  throttledRatio: 0,
  energyJoules: null,
  reservedMemoryGibSeconds: 120,
  reservedGpuSeconds: 0,
  ...change,
});

/** A whole minute of a node with four cores for containers, at the prices above. */
export const recordOf = (
  node: string,
  minute: number,
  allocations: readonly AllocationMinute[],
  change: Partial<MinuteRecord> = {},
): MinuteRecord => ({
  schema: 1,
  node: nodeId(node),
  minute,
  epoch: 1,
  seconds: 60,
  allocatableCores: 4,
  prices: EUR,
  allocations,
  ...change,
});
