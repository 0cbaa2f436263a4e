import {
  DEFAULT_PARAMS,
  type PolicyParams,
  type Snapshot,
  type SnapshotAllocation,
  type SnapshotJob,
  type SnapshotNode,
} from '../../../coordinator/schedule/types.js';
import type { AllocationId, ContainerId, JobName, NodeId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import type { Target } from '../../../shared/qoe.js';
import type { ContainerReport, LatencyReport, NodeReport } from '../../../shared/report.js';
import { workloadKeyOf } from '../../../shared/workload.js';

/** Builders: a valid value with what a test cares about replaced. */
export const nodeId = (text: string): NodeId => text as NodeId;
export const jobName = (text: string): JobName => text as JobName;
export const allocationId = (text: string): AllocationId => text as AllocationId;
export const containerIdOf = (text: string): ContainerId =>
  Buffer.from(text).toString('hex').padEnd(64, '0').slice(0, 64) as ContainerId;

export const PARAMS: PolicyParams = DEFAULT_PARAMS;

/** Of a coordinator of the cluster that tests have in memory. */
export const SETTINGS = {
  cluster: 'test',
  name: 'c1',
  policy: 'dqoes',
  params: PARAMS,
  leaseMs: 10_000,
  replicas: 1,
  acceptLost: [],
} as const;

export const target = (latencyMs: number, change: Partial<Target> = {}): Target => ({
  latencyMs,
  statistic: 'mean',
  toleranceRatio: 0.1,
  mode: 'band',
  ...change,
});

export const job = (name: string, change: Partial<JobSpec> = {}): JobSpec => ({
  name: jobName(name),
  image: 'dqoes/tiny:1',
  command: ['sleep', '60'],
  env: {},
  target: target(1000),
  weight: 1,
  replicas: 1,
  resources: { cpu: { minCores: 0.05 } },
  latency: { source: 'log', pattern: '"ms":(?<value>[0-9.]+)', unit: 'ms' },
  constraints: { labels: {} },
  onLoss: 'reschedule',
  ports: [],
  ...change,
});

export const latency = (meanMs: number, change: Partial<LatencyReport> = {}): LatencyReport => ({
  window: {
    count: 5,
    meanMs,
    p50Ms: meanMs,
    p90Ms: meanMs,
    p95Ms: meanMs,
    p99Ms: meanMs,
    minMs: meanMs,
    maxMs: meanMs,
  },
  newestAgeMs: 10,
  sinceChangeCount: 5,
  totalCount: 5,
  totalMs: meanMs * 5,
  rejectedCount: 0,
  ...change,
});

export function container(
  allocation: string,
  change: Partial<ContainerReport> = {},
): ContainerReport {
  const id = containerIdOf(allocation);
  return {
    containerId: id,
    lifeId: `${id}@2024-01-01T00:00:00Z`,
    allocation: allocationId(allocation),
    job: jobName(allocation.replace(/-\d+$/, '')),
    origin: 'dqoes',
    name: `dqoes-${allocation}`,
    image: 'dqoes/tiny:1',
    state: 'running',
    reason: '',
    control: 'enforce',
    target: target(1000),
    weight: 1,
    cpuBounds: { minCores: 0.05 },
    applied: null,
    observed: null,
    cpu: null,
    memory: null,
    latency: null,
    ports: {},
    ...change,
  };
}

export const report = (node: string, change: Partial<NodeReport> = {}): NodeReport => ({
  schema: 1,
  node: nodeId(node),
  incarnation: '',
  bootId: 'boot-1',
  sequence: 1,
  sentAtMs: 1000,
  validForMs: 15_000,
  agentVersion: '0.1.0',
  intervalMs: 1000,
  labels: {},
  holds: { incarnation: '', epoch: 0, revision: 0 },
  host: {
    capacityCpuCores: 2,
    capacityMemoryBytes: 2 ** 40,
    allocatableCpuCores: 2,
    allocatableMemoryBytes: 2 ** 40,
    cpuUtilisationRatio: 0.5,
    memoryUsedBytes: 2 ** 30,
    cpuPressureRatio: null,
  },
  containers: [],
  warnings: [],
  ...change,
});

export function allocation(
  id: string,
  change: Partial<SnapshotAllocation> = {},
): SnapshotAllocation {
  return {
    id: allocationId(id),
    job: jobName(id.replace(/-\d+$/, '')),
    node: nodeId('h1'),
    origin: 'dqoes',
    containerId: containerIdOf(id),
    state: 'running',
    control: 'enforce',
    target: target(1000),
    weight: 1,
    minCores: 0.05,
    maxCores: 2,
    limit: null,
    latencyMs: null,
    observedAtMs: 0,
    newestSampleAgeMs: 0,
    report: container(id),
    ...change,
  };
}

export const limit = (cpuCores: number | null) => ({ cpuCores, periodUs: 100_000 });

export const node = (id: string, change: Partial<SnapshotNode> = {}): SnapshotNode => ({
  id: nodeId(id),
  schedulable: true,
  unschedulableReason: '',
  labels: {},
  allocatableCpuCores: 2,
  allocatableMemoryBytes: 2 ** 40,
  idleCpuCores: null,
  reportIntervalMs: 1000,
  allocations: [],
  ...change,
});

export const wantedJob = (
  spec: JobSpec,
  ...placed: readonly (readonly [id: string, node: string])[]
): SnapshotJob => ({
  spec,
  workload: workloadKeyOf(spec),
  placed: placed.map(([id, where]) => ({ id: allocationId(id), node: nodeId(where) })),
});

export const snapshot = (
  nodes: readonly SnapshotNode[],
  jobs: readonly SnapshotJob[] = [],
): Snapshot => ({
  nodes,
  jobs,
});
