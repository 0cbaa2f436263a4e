import { releaseGpus } from '../gpu/gpu-budget.js';
import { sum } from '../limits/fit.js';
import type { Preempted, SnapshotAllocation } from '../types.js';
import { isFeasible, refusalsOf } from './refusals.js';
import type { Needs, Room, Wanted } from './node-budget.js';

/** A node on which lighter jobs make way for a heavier one. */
export interface Way {
  /** As it is without those that make way. */
  readonly room: Room;
  readonly preempted: readonly Preempted[];
  readonly reason: string;
}

/** What more of helps: a label or a cordon is not to be had by taking somebody's place. */
const CURABLE: ReadonlySet<string> = new Set(['cpu', 'memory', 'gpu', 'command']);

/**
 * Where an allocation that fits nowhere may take the place of lighter ones of ours: on the node
 * where the least weight has to go, the lightest first; undefined = nowhere. Never those of the
 * same weight or more, so that two jobs cannot drive each other out.
 */
export function makeWay(wanted: Wanted, rooms: readonly Room[]): Way | undefined {
  let best: { readonly way: Way; readonly weight: number } | undefined;
  for (const room of rooms) {
    const victims = victimsOn(wanted, room);
    if (victims === undefined) continue;
    const weight = sum(victims.map(({ weight: each }) => each));
    if (best === undefined || weight < best.weight)
      best = { way: wayOf(wanted, room, victims), weight };
  }
  return best?.way;
}

function victimsOn(wanted: Wanted, room: Room): readonly SnapshotAllocation[] | undefined {
  const lighter = room.node.allocations
    .filter(
      ({ origin, weight, control }) =>
        origin === 'dqoes' && control === 'enforce' && weight < wanted.spec.weight,
    )
    .sort((a, b) => a.weight - b.weight || (a.id < b.id ? -1 : 1));
  // Words last: this is asked of every node for every job that fits nowhere.
  if (lighter.length === 0) return undefined;
  if (refusalsOf(wanted, room).some(({ resource }) => !CURABLE.has(resource))) return undefined;
  const victims: SnapshotAllocation[] = [];
  for (const allocation of lighter) {
    victims.push(allocation);
    if (isFeasible(wanted, without(room, victims))) return spared(wanted, room, victims);
  }
  return undefined;
}

// The last one taken may have made some before it needless.
function spared(
  wanted: Wanted,
  room: Room,
  victims: readonly SnapshotAllocation[],
): readonly SnapshotAllocation[] {
  let needed = victims;
  for (const victim of [...victims].reverse()) {
    const fewer = needed.filter((each) => each !== victim);
    if (isFeasible(wanted, without(room, fewer))) needed = fewer;
  }
  return needed;
}

function without(room: Room, gone: readonly SnapshotAllocation[]): Room {
  const less = (of: keyof Needs): number =>
    room.promised[of] - sum(gone.map((each) => room.needsOf(each)[of]));
  return {
    ...room,
    count: room.count - gone.length,
    gpus: releaseGpus(room.gpus, gone),
    promised: {
      cpuCores: less('cpuCores'),
      memoryBytes: less('memoryBytes'),
      commandBytes: less('commandBytes'),
    },
    node: {
      ...room.node,
      allocations: room.node.allocations.filter((each) => !gone.includes(each)),
    },
  };
}

function wayOf({ spec }: Wanted, room: Room, victims: readonly SnapshotAllocation[]): Way {
  const preempted = victims.map(
    ({ id, job, weight }): Preempted => ({
      allocation: id,
      job,
      node: room.node.id,
      reason:
        `made way for ${spec.name} (weight ${spec.weight}, its own is ${weight}), which fits ` +
        'nowhere else',
    }),
  );
  const names = victims.map(({ id }) => id).join(', ');
  return {
    room: without(room, victims),
    preempted,
    reason: `takes the place of ${names}: lighter, and it fits nowhere else`,
  };
}
