import type {
  AllocationSummary,
  ContainerSummary,
  GpuSummary,
  NodeSummary,
} from './node-summary.js';
import type { SnapshotAllocation, SnapshotNode } from './types.js';

/**
 * What of the summary of a node changes seldom. The rest are its figures: numbers that are other
 * ones with nearly every report.
 */
export interface SummaryFacts extends Omit<NodeSummary, 'gpus' | 'allocations'> {
  /** How much of their memory is used is not known by these. Absent = none. */
  readonly gpus?: readonly GpuSummary[];
  /** In id order. */
  readonly allocations: readonly AllocationFacts[];
}

/** The same of one allocation there. */
export interface AllocationFacts extends Omit<AllocationSummary, 'latencyMs' | 'report'> {
  readonly report: ContainerFacts | null;
}

/** The same of its container. That something was measured is a fact; how much is a figure. */
export interface ContainerFacts extends Pick<ContainerSummary, 'image' | 'reason' | 'ports'> {
  readonly hasCpu: boolean;
  readonly hasMemory: boolean;
  readonly hasLatency: boolean;
}

/** Of a limit it is seen only that there is one. */
const SOME_LIMIT = Object.freeze({});

/** The facts of a node. */
export function factsOf(node: SnapshotNode): SummaryFacts {
  const { id, schedulable, unschedulableReason, isDraining, labels } = node;
  const { allocatableCpuCores, allocatableMemoryBytes, leavesOut, gpus, allocations } = node;
  return {
    ...{ id, schedulable, unschedulableReason, labels },
    ...(isDraining === undefined ? {} : { isDraining }),
    ...{ allocatableCpuCores, allocatableMemoryBytes },
    ...(leavesOut === undefined ? {} : { leavesOut }),
    ...(gpus === undefined ? {} : { gpus: gpus.map(gpuFactsOf) }),
    allocations: allocations.map(allocationFactsOf),
  };
}

/** The facts of a GPU. */
export function gpuFactsOf({ report }: GpuSummary): GpuSummary {
  const { id, index, vendor, isKnown, reason, isMig, memoryTotalBytes, ladder } = report;
  const facts = { id, index, vendor, isKnown, reason, isMig, memoryTotalBytes };
  return { report: { ...facts, memoryUsedBytes: null, ladder: { share: ladder.share } } };
}

function allocationFactsOf(allocation: SnapshotAllocation): AllocationFacts {
  const { id, job, node, origin, containerId, state, control } = allocation;
  const { target, weight, minCores, maxCores, limit, report, gpu } = allocation;
  return {
    ...{ id, job, node, origin, containerId, state, control },
    ...{ target, weight, minCores, maxCores },
    limit: limit === null ? null : SOME_LIMIT,
    ...(gpu === undefined ? {} : { gpu }),
    report: report === null ? null : containerFactsOf(report),
  };
}

const containerFactsOf = ({
  image,
  reason,
  ports,
  cpu,
  memory,
  latency,
}: ContainerSummary): ContainerFacts => ({
  ...{ image, reason, ports },
  hasCpu: cpu !== null,
  hasMemory: memory !== null,
  hasLatency: latency !== null,
});
