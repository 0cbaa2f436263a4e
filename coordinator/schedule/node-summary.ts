import type { GpuLadder, GpuReport } from '../../shared/gpu.js';
import type {
  ContainerReport,
  CpuReport,
  LatencyReport,
  MemoryReport,
} from '../../shared/report.js';
import type { Snapshot, SnapshotAllocation, SnapshotGpu, SnapshotNode } from './types.js';

/**
 * What placement and moves may see of one node: a `SnapshotNode` is one, and so is what `summaryOf`
 * makes of it. Limits are decided from the whole node.
 */
export interface NodeSummary
  extends Pick<
    SnapshotNode,
    | 'id'
    | 'schedulable'
    | 'unschedulableReason'
    | 'isDraining'
    | 'labels'
    | 'allocatableCpuCores'
    | 'allocatableMemoryBytes'
  > {
  /** Absent = none. */
  readonly gpus?: readonly GpuSummary[];
  /** In id order. */
  readonly allocations: readonly AllocationSummary[];
}

/** The same of one of its GPUs. */
export interface GpuSummary {
  readonly report: Pick<
    GpuReport,
    | 'id'
    | 'index'
    | 'vendor'
    | 'isKnown'
    | 'reason'
    | 'isMig'
    | 'memoryTotalBytes'
    | 'memoryUsedBytes'
  > & { readonly ladder: Pick<GpuLadder, 'share'> };
}

/** The same of one allocation there. */
export interface AllocationSummary
  extends Pick<
    SnapshotAllocation,
    | 'id'
    | 'job'
    | 'node'
    | 'origin'
    | 'containerId'
    | 'state'
    | 'control'
    | 'target'
    | 'weight'
    | 'minCores'
    | 'maxCores'
    | 'limit'
    | 'latencyMs'
    | 'gpu'
  > {
  /** null when not reported. */
  readonly report: ContainerSummary | null;
}

/** The same of its container. */
export interface ContainerSummary extends Pick<ContainerReport, 'image' | 'reason' | 'ports'> {
  readonly cpu: Pick<CpuReport, 'usageCores' | 'throttledRatio'> | null;
  readonly memory: Pick<MemoryReport, 'workingSetBytes'> | null;
  readonly latency: Pick<LatencyReport, 'newestAgeMs'> | null;
}

/** What placement and moves may see of the cluster: a `Snapshot` is one. */
export interface ClusterSummary extends Omit<Snapshot, 'nodes'> {
  readonly nodes: readonly NodeSummary[];
}

/** The summary of a node with nothing beside it, as it is sent to where places are decided. */
export function summaryOf(node: SnapshotNode): NodeSummary {
  const { id, schedulable, unschedulableReason, isDraining, labels } = node;
  const { allocatableCpuCores, allocatableMemoryBytes, gpus, allocations } = node;
  return {
    ...{ id, schedulable, unschedulableReason, labels },
    ...(isDraining === undefined ? {} : { isDraining }),
    ...{ allocatableCpuCores, allocatableMemoryBytes },
    ...(gpus === undefined ? {} : { gpus: gpus.map(gpuSummaryOf) }),
    allocations: allocations.map(allocationSummaryOf),
  };
}

function gpuSummaryOf({ report }: SnapshotGpu): GpuSummary {
  const { id, index, vendor, isKnown, reason, isMig, memoryTotalBytes, memoryUsedBytes } = report;
  const facts = { id, index, vendor, isKnown, reason, isMig, memoryTotalBytes, memoryUsedBytes };
  return { report: { ...facts, ladder: { share: report.ladder.share } } };
}

function allocationSummaryOf(allocation: SnapshotAllocation): AllocationSummary {
  const { newestSampleAgeMs: _, observedAtMs: __, report, ...rest } = allocation;
  return { ...rest, report: report === null ? null : containerSummaryOf(report) };
}

const containerSummaryOf = ({
  image,
  reason,
  ports,
  cpu,
  memory,
  latency,
}: ContainerReport): ContainerSummary => ({
  ...{ image, reason, ports },
  cpu: cpu === null ? null : { usageCores: cpu.usageCores, throttledRatio: cpu.throttledRatio },
  memory: memory === null ? null : { workingSetBytes: memory.workingSetBytes },
  latency: latency === null ? null : { newestAgeMs: latency.newestAgeMs },
});
