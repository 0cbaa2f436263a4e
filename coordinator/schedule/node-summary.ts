import type { GpuLadder, GpuReport } from '../../shared/gpu.js';
import type {
  ContainerReport,
  CpuReport,
  LatencyReport,
  MemoryReport,
} from '../../shared/report.js';
import type { Snapshot, SnapshotAllocation, SnapshotNode } from './types.js';

/**
 * What placement and moves may see of one node: a `SnapshotNode` is one, and so is what is made of
 * its facts and figures elsewhere (`summaryFrom`). Limits are decided from the whole node.
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
    | 'leavesOut'
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
    | 'latencyMs'
    | 'gpu'
  > {
  /** null = none is desired yet. Which one it is matters to limits only. */
  readonly limit: object | null;
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
