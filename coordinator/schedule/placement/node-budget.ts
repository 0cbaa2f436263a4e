import type { GpuAssignment } from '../../../shared/gpu.js';
import type { NodeId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import type { NodeForecast } from '../forecast.js';
import { assignGpus, type GpuBudget, gpuBudgetsOf, takeGpus } from '../gpu/gpu-budget.js';
import { sum } from '../limits/fit.js';
import type { SnapshotAllocation, SnapshotNode } from '../types.js';

/** What an allocation is taken to need. */
export interface ResourceRequest {
  readonly cpuCores: number;
  readonly memoryBytes: number;
  /** Its part of the node's desired state on the wire; 0 when it is not ours. */
  readonly commandBytes: number;
}
/** A desired state is at most 128 KiB and 400 allocations (docs/wire.md); the rest is margin. */
export const COMMAND_CAPACITY_BYTES = 120 * 1024;
/** Least share of one allocation, so that 400 of them fill the capacity. */
const MIN_COMMAND_BYTES = COMMAND_CAPACITY_BYTES / 400;

export const requestOfJob = (spec: JobSpec): ResourceRequest => ({
  cpuCores: spec.resources.cpu.minCores,
  memoryBytes: spec.resources.memoryBytes ?? 0,
  commandBytes: commandBytesOf(spec),
});

/** An upper estimate of a job's bytes in a desired state: its JSON is longer than its protobuf. */
export const commandBytesOf = (spec: JobSpec): number =>
  Math.max(MIN_COMMAND_BYTES, new TextEncoder().encode(JSON.stringify(spec)).length);

/**
 * `unschedulableReason` of a node that is well but shut by its operator; any other reason means it
 * is silent or not ours to steer.
 */
export const CORDONED = 'cordoned';
/**
 * The same of a node whose agent obeys another store: it may be told what it has to keep, and no
 * more.
 */
export const OTHER_STORE = 'the agent still obeys another store (incarnation)';
export const isSteerable = (node: SnapshotNode): boolean =>
  node.schedulable || node.unschedulableReason === CORDONED;

/** Kept free of what is counted as room, as a ratio: what is known of needs is never exact. */
export const CPU_HEADROOM = 0.03;

/**
 * A node with what is promised and asked for there, kept as sums: thousands may be placed in one
 * plan.
 */
export interface NodeBudget {
  readonly node: SnapshotNode;
  /** Allocations under control. */
  readonly count: number;
  readonly promised: ResourceRequest;
  /** What can really be given out, cores. */
  readonly capacityCores: number;
  /**
   * What the targets of all that are there take, cores; who has shown nothing yet counts with an
   * equal share.
   */
  readonly demandedCores: number;
  /** As the policy saw the node last; undefined = it foresees nothing. */
  readonly forecast: NodeForecast | undefined;
  /** What is left of its GPUs. */
  readonly gpus: readonly GpuBudget[];
  readonly requestOf: (allocation: SnapshotAllocation) => ResourceRequest;
}

export function nodeBudgetOf(
  node: SnapshotNode,
  requestOf: (allocation: SnapshotAllocation) => ResourceRequest,
  forecast?: NodeForecast,
): NodeBudget {
  const steered = node.allocations.filter(({ control }) => control === 'enforce');
  const total = (of: keyof ResourceRequest): number =>
    sum(node.allocations.map((allocation) => requestOf(allocation)[of]));
  const promised = {
    cpuCores: sum(steered.map((allocation) => requestOf(allocation).cpuCores)),
    memoryBytes: total('memoryBytes'),
    commandBytes: total('commandBytes'),
  };
  const capacityCores = forecast === undefined ? node.allocatableCpuCores : forecast.capacityCores;
  const demandedCores = sum(demandsOf(steered, capacityCores, forecast));
  const gpus = gpuBudgetsOf(node);
  return {
    node,
    count: steered.length,
    promised,
    capacityCores,
    demandedCores,
    forecast,
    gpus,
    requestOf,
  };
}

function demandsOf(
  steered: readonly SnapshotAllocation[],
  capacityCores: number,
  forecast: NodeForecast | undefined,
): readonly number[] {
  const demands = new Map(
    forecast?.demands.map((allocationDemand) => [
      allocationDemand.allocation,
      allocationDemand.aimCores,
    ]),
  );
  return steered.map(({ id, minCores, maxCores }) => {
    const aimCores = demands.get(id) ?? null;
    if (aimCores === null) return capacityCores / steered.length;
    return Number.isFinite(aimCores) ? Math.min(maxCores, Math.max(minCores, aimCores)) : minCores;
  });
}

/**
 * GPUs that a newcomer would get there; undefined = it asks for none. Only where it is feasible.
 */
export function gpuFor(spec: JobSpec, { gpus }: NodeBudget): GpuAssignment | undefined {
  const request = spec.resources.gpu;
  return request === undefined ? undefined : (assignGpus(request, gpus) ?? undefined);
}

export const budgetAfter = (
  budget: NodeBudget,
  resources: ResourceRequest,
  plannedCores: number,
  gpu?: GpuAssignment,
): NodeBudget => ({
  ...budget,
  gpus: takeGpus(budget.gpus, gpu),
  count: budget.count + 1,
  demandedCores: budget.demandedCores + plannedCores,
  promised: {
    cpuCores: budget.promised.cpuCores + resources.cpuCores,
    memoryBytes: budget.promised.memoryBytes + resources.memoryBytes,
    commandBytes: budget.promised.commandBytes + resources.commandBytes,
  },
});

/** CPU that a target takes, cores; Infinity = no CPU does it. */
export interface CpuDemand {
  readonly aimCores: number;
  readonly edgeCores: number;
}

export interface PlacementRequest {
  readonly spec: JobSpec;
  readonly resources: ResourceRequest;
  /** What its target would take on a node; null = nothing is known of its workload. */
  readonly demandOn: (node: NodeId) => CpuDemand | null;
}
