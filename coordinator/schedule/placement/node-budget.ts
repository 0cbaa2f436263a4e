import type { GpuAssignment } from '../../../shared/gpu.js';
import type { NodeId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import type { NodeOutlook } from '../forecast.js';
import { assignGpus, type GpuRoom, gpuRoomsOf, takeGpus } from '../gpu/gpu-budget.js';
import { sum } from '../limits/fit.js';
import type { SnapshotAllocation, SnapshotNode } from '../types.js';

/** What an allocation is taken to need. */
export interface Needs {
  readonly cpuCores: number;
  readonly memoryBytes: number;
  /** Its part of the node's desired state on the wire; 0 when it is not ours. */
  readonly commandBytes: number;
}
/** A desired state is at most 128 KiB and 400 allocations (docs/wire.md); the rest is margin. */
export const COMMAND_CAPACITY_BYTES = 120 * 1024;
/** Least share of one allocation, so that 400 of them fill the capacity. */
const LEAST_COMMAND_BYTES = COMMAND_CAPACITY_BYTES / 400;

export const needsOfJob = (spec: JobSpec): Needs => ({
  cpuCores: spec.resources.cpu.minCores,
  memoryBytes: spec.resources.memoryBytes ?? 0,
  commandBytes: commandBytesOf(spec),
});

/** An upper estimate of a job's bytes in a desired state: its JSON is longer than its protobuf. */
export const commandBytesOf = (spec: JobSpec): number =>
  Math.max(LEAST_COMMAND_BYTES, new TextEncoder().encode(JSON.stringify(spec)).length);

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
export const ROOM_MARGIN = 0.03;

/**
 * A node with what is promised and asked for there, kept as sums: thousands may be placed in one
 * plan.
 */
export interface Room {
  readonly node: SnapshotNode;
  /** Allocations under control. */
  readonly count: number;
  readonly promised: Needs;
  /** What can really be given out, cores. */
  readonly capacityCores: number;
  /**
   * What the targets of all that are there take, cores; who has shown nothing yet counts with an
   * equal share.
   */
  readonly askedCores: number;
  /** As the policy saw the node last; undefined = it foresees nothing. */
  readonly outlook: NodeOutlook | undefined;
  /** What is left of its GPUs. */
  readonly gpus: readonly GpuRoom[];
  readonly needsOf: (allocation: SnapshotAllocation) => Needs;
}

export function roomOf(
  node: SnapshotNode,
  needsOf: (allocation: SnapshotAllocation) => Needs,
  outlook?: NodeOutlook,
): Room {
  const steered = node.allocations.filter(({ control }) => control === 'enforce');
  const total = (of: keyof Needs): number =>
    sum(node.allocations.map((allocation) => needsOf(allocation)[of]));
  const promised = {
    cpuCores: sum(steered.map((allocation) => needsOf(allocation).cpuCores)),
    memoryBytes: total('memoryBytes'),
    commandBytes: total('commandBytes'),
  };
  const capacityCores = outlook === undefined ? node.allocatableCpuCores : outlook.capacityCores;
  const askedCores = sum(askedOf(steered, capacityCores, outlook));
  const gpus = gpuRoomsOf(node);
  return {
    node,
    count: steered.length,
    promised,
    capacityCores,
    askedCores,
    outlook,
    gpus,
    needsOf,
  };
}

function askedOf(
  steered: readonly SnapshotAllocation[],
  capacityCores: number,
  outlook: NodeOutlook | undefined,
): readonly number[] {
  const asks = new Map(outlook?.asks.map((ask) => [ask.allocation, ask.aimCores]));
  return steered.map(({ id, minCores, maxCores }) => {
    const aimCores = asks.get(id) ?? null;
    if (aimCores === null) return capacityCores / steered.length;
    return Number.isFinite(aimCores) ? Math.min(maxCores, Math.max(minCores, aimCores)) : minCores;
  });
}

/**
 * GPUs that a newcomer would get there; undefined = it asks for none. Only where it is feasible.
 */
export function gpuFor(spec: JobSpec, { gpus }: Room): GpuAssignment | undefined {
  const request = spec.resources.gpu;
  return request === undefined ? undefined : (assignGpus(request, gpus) ?? undefined);
}

export const roomAfter = (
  room: Room,
  needs: Needs,
  askCores: number,
  gpu?: GpuAssignment,
): Room => ({
  ...room,
  gpus: takeGpus(room.gpus, gpu),
  count: room.count + 1,
  askedCores: room.askedCores + askCores,
  promised: {
    cpuCores: room.promised.cpuCores + needs.cpuCores,
    memoryBytes: room.promised.memoryBytes + needs.memoryBytes,
    commandBytes: room.promised.commandBytes + needs.commandBytes,
  },
});

/** CPU that a target takes, cores; Infinity = no CPU does it. */
export interface Need {
  readonly aimCores: number;
  readonly edgeCores: number;
}

export interface Wanted {
  readonly spec: JobSpec;
  readonly needs: Needs;
  /** What its target would take on a node; null = nothing is known of its workload. */
  readonly needOn: (node: NodeId) => Need | null;
}
