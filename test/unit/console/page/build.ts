import type { AllocationStatus, JobStatus, NodeStatus } from '../../../../proto/schemas/status.js';
import type { ContainerReport } from '../../../../shared/report.js';
import { allocationId, container, job, jobName, nodeId, target } from '../../coordinator/build.js';

/** What the API says of an allocation that runs on h1 and is at its target. */
export function allocation(id: string, change: Partial<AllocationStatus> = {}): AllocationStatus {
  return {
    id: allocationId(id),
    job: jobName(id.replace(/-\d+$/, '')),
    node: nodeId('h1'),
    target: target(100),
    latencyMs: 100,
    qoeClass: 'within',
    desired: { cpuCores: 0.5, periodUs: 100_000 },
    reason: 'holds its target',
    container: container(id),
    ageMs: 1000,
    ...change,
  };
}

/** A container that is not as it should be. */
export const containerIn = (id: string, change: Partial<ContainerReport>): ContainerReport =>
  container(id, change);

/** A job with one allocation, changed as said. */
export function jobStatus(
  name: string,
  change: Partial<AllocationStatus> = {},
  its: Partial<JobStatus> = {},
): JobStatus {
  return {
    spec: job(name, { target: target(100) }),
    origin: 'dqoes',
    state: 'running',
    reasons: [],
    allocations: [allocation(`${name}-1`, change)],
    ...its,
  };
}

/** A host that was heard a second ago. */
export const nodeStatus = (id: string, change: Partial<NodeStatus> = {}): NodeStatus => ({
  id: nodeId(id),
  liveness: 'ready',
  ageMs: 1000,
  host: {
    capacityCpuCores: 4,
    capacityMemoryBytes: 8e9,
    allocatableCpuCores: 2,
    allocatableMemoryBytes: 7e9,
    cpuUtilisationRatio: 0.4,
    memoryUsedBytes: 3e9,
    cpuPressureRatio: 0.1,
  },
  labels: {},
  agentVersion: '0.1.0',
  desired: null,
  holds: { incarnation: 'i', epoch: 1, revision: 1 },
  limitedCpuCores: 1,
  containers: 2,
  warnings: [],
  ...change,
});
