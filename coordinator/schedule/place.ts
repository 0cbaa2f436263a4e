import type { JobSpec } from '../../shared/job.js';
import { formatBytes } from '../../shared/units.js';
import { showCores } from './figures.js';
import { sum } from './fit.js';
import type { Refusal, SnapshotAllocation, SnapshotNode } from './types.js';

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

/** An upper estimate of a job's bytes in a desired state: its JSON is longer than its protobuf. */
export const commandBytesOf = (spec: JobSpec): number =>
  Math.max(LEAST_COMMAND_BYTES, new TextEncoder().encode(JSON.stringify(spec)).length);

/** `unschedulableReason` of a node that is well but shut by its operator; any other reason means it is silent or not ours to steer. */
export const CORDONED = 'cordoned';
export const isSteerable = (node: SnapshotNode): boolean => node.schedulable || node.unschedulableReason === CORDONED;

export type Choice =
  | { readonly room: Room; readonly reason: string }
  | { readonly room: null; readonly refusals: readonly Refusal[] };

/** A node with what is promised there, kept as sums: thousands may be placed in one plan. */
export interface Room {
  readonly node: SnapshotNode;
  /** Allocations under control. */
  readonly count: number;
  readonly promised: Needs;
}

export const roomOf = (node: SnapshotNode, needsOf: (allocation: SnapshotAllocation) => Needs): Room => {
  const steered = node.allocations.filter(({ control }) => control === 'enforce');
  const total = (of: keyof Needs): number => sum(node.allocations.map((allocation) => needsOf(allocation)[of]));
  const promised = {
    cpuCores: sum(steered.map((allocation) => needsOf(allocation).cpuCores)),
    memoryBytes: total('memoryBytes'),
    commandBytes: total('commandBytes'),
  };
  return { node, count: steered.length, promised };
};

export const roomAfter = ({ node, count, promised }: Room, needs: Needs): Room => ({
  node,
  count: count + 1,
  promised: {
    cpuCores: promised.cpuCores + needs.cpuCores,
    memoryBytes: promised.memoryBytes + needs.memoryBytes,
    commandBytes: promised.commandBytes + needs.commandBytes,
  },
});

export interface Wanted {
  readonly spec: JobSpec;
  readonly needs: Needs;
}

/** The feasible node on which a newcomer's share of CPU is largest, ties by id; else why each node refuses. */
export function choose(wanted: Wanted, rooms: readonly Room[]): Choice {
  let best: Room | undefined;
  for (const room of rooms) {
    if (refusalsOf(wanted, room).length > 0) continue;
    if (best === undefined || isBetter(room, best)) best = room;
  }
  if (best === undefined) return { room: null, refusals: rooms.flatMap((room) => refusalsOf(wanted, room)) };
  const { allocatableCpuCores } = best.node;
  const reason = `most CPU free for a newcomer: ${showCores(shareOf(best))} of ${showCores(allocatableCpuCores)}`;
  return { room: best, reason };
}

const shareOf = ({ node, count }: Room): number => node.allocatableCpuCores / (count + 1);

function isBetter(room: Room, best: Room): boolean {
  const gain = shareOf(room) - shareOf(best);
  return gain > 0 || (gain === 0 && room.node.id < best.node.id);
}

/** Every reason why a node cannot take one more allocation; empty = feasible. CPU in cores, memory in bytes. */
export function refusalsOf({ spec, needs }: Wanted, { node, promised }: Room): readonly Refusal[] {
  return [
    ...shutRefusals(node),
    ...labelRefusals(spec, node),
    ...cpuRefusals(needs, node, promised.cpuCores),
    ...memoryRefusals(needs, node, promised.memoryBytes),
    ...commandRefusals(needs, node, promised.commandBytes),
  ];
}

function shutRefusals({ id, schedulable, unschedulableReason }: SnapshotNode): readonly Refusal[] {
  if (schedulable) return [];
  const resource = unschedulableReason === CORDONED ? 'cordon' : 'liveness';
  const message = `node ${id} takes nothing new: ${unschedulableReason}`;
  return [{ node: id, resource, requested: 'ready', used: unschedulableReason, capacity: 'ready', message }];
}

function labelRefusals(spec: JobSpec, node: SnapshotNode): readonly Refusal[] {
  return Object.entries(spec.constraints.labels).flatMap(([key, wanted]) => {
    const has = Object.hasOwn(node.labels, key) ? node.labels[key] : undefined;
    if (has === wanted) return [];
    const message = `node ${node.id} has label ${key}=${has ?? '(none)'}, ${wanted} is required`;
    return [
      {
        node: node.id,
        resource: 'label' as const,
        requested: `${key}=${wanted}`,
        used: has ?? '',
        capacity: '',
        message,
      },
    ];
  });
}

function cpuRefusals({ cpuCores: requested }: Needs, node: SnapshotNode, used: number): readonly Refusal[] {
  const capacity = node.allocatableCpuCores;
  if (used + requested <= capacity + 1e-9) return [];
  const message = `node ${node.id} has ${showCores(capacity)} CPU, ${showCores(used)} promised, ${showCores(requested)} requested`;
  return [{ node: node.id, resource: 'cpu', requested, used, capacity, message }];
}

function memoryRefusals({ memoryBytes: requested }: Needs, node: SnapshotNode, used: number): readonly Refusal[] {
  const capacity = node.allocatableMemoryBytes;
  if (requested === 0 || used + requested <= capacity) return [];
  const message = `node ${node.id} has ${formatBytes(capacity)} memory, ${formatBytes(used)} promised, ${formatBytes(requested)} requested`;
  return [{ node: node.id, resource: 'memory', requested, used, capacity, message }];
}

function commandRefusals({ commandBytes: requested }: Needs, node: SnapshotNode, used: number): readonly Refusal[] {
  const capacity = COMMAND_CAPACITY_BYTES;
  if (used + requested <= capacity) return [];
  const message = `node ${node.id} holds as much desired state as one command can carry (${formatBytes(used)} of ${formatBytes(capacity)})`;
  return [{ node: node.id, resource: 'command', requested, used, capacity, message }];
}
