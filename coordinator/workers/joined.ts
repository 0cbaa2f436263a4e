import type { AllocationId } from '../../shared/ids.js';
import { NO_LIMITS_MEMORY } from '../schedule/limits-of-nodes.js';
import { joinedMemories } from '../schedule/node-memories.js';
import type { PlacesMemory } from '../schedule/places.js';
import type { SchedulerMemory } from '../schedule/schedule.js';
import type { Unreachable } from '../schedule/types.js';
import type { ClusterState } from '../state/model.js';
import type { WorkerRecords } from './messages.js';

/** The whole cluster, as one coordinator would know it. */
export interface Joined {
  readonly state: ClusterState;
  /** Without what is only kept to decide faster. */
  readonly memory: SchedulerMemory;
}

/**
 * The cluster by what is known beside its nodes and by what all workers say of theirs. For those
 * who read, and for one who decides without workers from now on: the next plan is the same.
 */
export function joined(
  cluster: ClusterState,
  places: PlacesMemory,
  all: readonly WorkerRecords[],
): Joined {
  const nodes = new Map(all.flatMap((its) => [...its.nodes]));
  const requesters = new Map(all.flatMap((its) => [...its.requesters]));
  const total = (of: keyof ClusterState['counts']): number =>
    all.reduce((sum, { counts }) => sum + counts[of], 0);
  return {
    state: {
      ...cluster,
      nodes,
      unreachable: unreachableIn(nodes, all),
      conditions: new Map(all.flatMap(({ conditions }) => [...conditions])),
      requesters: { ...cluster.requesters, nodes: requesters },
      counts: { reports: total('reports'), acks: total('acks') },
    },
    memory: {
      ...NO_LIMITS_MEMORY,
      ...places,
      policy: all[0]?.memory.policy ?? NO_LIMITS_MEMORY.policy,
      nodes: joinedMemories(all.map(({ memory }) => memory.nodes)),
      gpus: new Map(all.flatMap(({ memory }) => [...memory.gpus])),
    },
  };
}

/** In node order. What the newest plan says of an allocation goes before what an older one said. */
function unreachableIn(
  nodes: ClusterState['nodes'],
  all: readonly WorkerRecords[],
): ClusterState['unreachable'] {
  const isOld = ({ node }: Unreachable): boolean => nodes.get(node)?.liveness !== 'ready';
  const found = all
    .flatMap(({ unreachable }) => [...unreachable.values()])
    .sort((a, b) => Number(isOld(b)) - Number(isOld(a)) || (a.node < b.node ? -1 : 1));
  return new Map(found.map((each): [AllocationId, Unreachable] => [each.allocation, each]));
}
