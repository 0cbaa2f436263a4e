import type { AllocationMinute, MinuteRecord } from '../../../../proto/schemas/view.js';
import { allocationId, jobName, nodeId } from '../../coordinator/build.js';

/** What one allocation did in a minute. */
export const row = (id: string, change: Partial<AllocationMinute> = {}): AllocationMinute => ({
  id: allocationId(id),
  job: jobName('a'),
  requests: 10,
  meanMs: 50,
  worstMs: 80,
  seconds: 60,
  observedSeconds: 40,
  atTargetSeconds: 30,
  notSlowerSeconds: 40,
  reservedCpuSeconds: 60,
  usedCpuSeconds: 30,
  energyJoules: null,
  throttledRatio: 0.5,
  ...change,
});
/** What the host h1 wrote of a minute. */
export const minute = (at: number, ...allocations: AllocationMinute[]): MinuteRecord => ({
  schema: 1,
  node: nodeId('h1'),
  minute: at,
  epoch: 1,
  seconds: 60,
  allocations,
});
