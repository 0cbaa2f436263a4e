import type { AllocationStatus } from '../../../proto/schemas/status.js';
import type { AllocationId, ContainerId, JobName, NodeId } from '../../../shared/ids.js';
import type { ContainerReport } from '../../../shared/report.js';

/** A running, controlled container with a good report. */
export function containerReport(more: Partial<ContainerReport> = {}): ContainerReport {
  return {
    containerId: 'abc123'.padEnd(64, '0') as ContainerId,
    lifeId: 'abc123@1',
    allocation: 'a-0' as AllocationId,
    job: 'a' as JobName,
    origin: 'dqoes',
    name: 'dqoes-a-0',
    image: 'dqoes/tiny:1',
    state: 'running',
    reason: '',
    control: 'enforce',
    target: { latencyMs: 800, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
    weight: 1,
    cpuBounds: { minCores: 0.01 },
    applied: { cpuCores: 0.5, periodUs: 100_000 },
    observed: { cpuCores: 0.5, periodUs: 100_000 },
    cpu: { usageCores: 0.4, usageTotalSeconds: 12, throttledRatio: 0.1, pressureRatio: null },
    memory: null,
    latency: null,
    ports: {},
    ...more,
  };
}

/** A line of `dqoes ps`. */
export function allocationStatus(more: Partial<AllocationStatus> = {}): AllocationStatus {
  const container = containerReport();
  return {
    id: container.allocation,
    job: container.job,
    node: 'h1' as NodeId,
    target: container.target,
    latencyMs: 790,
    qoeClass: 'within',
    desired: { cpuCores: 0.5, periodUs: 100_000 },
    reason: '',
    container,
    ageMs: 400,
    ...more,
  };
}
