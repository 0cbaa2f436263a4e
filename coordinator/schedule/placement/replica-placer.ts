import type { AllocationId, NodeId } from '../../../shared/ids.js';
import type { Steps } from '../../../shared/steps.js';
import type {
  Decision,
  Pending,
  Preempted,
  SnapshotAllocation,
  SnapshotJob,
  SnapshotNode,
} from '../types.js';
import { Newcomers } from './newcomers.js';
import { type Choice, choose, chooseBy } from './choose-node.js';
import { makeWay } from './preempt.js';
import { Refused } from './refusal-cache.js';
import type { Surroundings } from './reconcile-replicas.js';
import { gpuFor, needsOfJob, type Room, roomAfter, type Wanted } from './node-budget.js';

export interface Placed {
  readonly nodes: readonly SnapshotNode[];
  readonly decisions: readonly Decision[];
  readonly pending: readonly Pending[];
  readonly preempted: readonly Preempted[];
  readonly removed: readonly Decision[];
}

type Taken = Exclude<Choice, { readonly room: null }>;

/** Rooms that fill while missing replicas are placed. */
export class Placing {
  readonly #rooms: Room[];
  readonly #places: ReadonlyMap<NodeId, number>;
  readonly #around: Surroundings;
  readonly #decisions: Decision[] = [];
  readonly #pending: Pending[] = [];
  readonly #preempted: Preempted[] = [];
  readonly #newcomers = new Newcomers();
  readonly #refused = new Refused();
  /** Newcomers of the job that is being placed, by node. */
  #ofJob = new Map<NodeId, number>();

  constructor(rooms: Room[], around: Surroundings) {
    this.#rooms = rooms;
    this.#places = new Map(rooms.map(({ node }, i) => [node.id, i]));
    this.#around = around;
  }

  *placeAll(job: SnapshotJob, ids: readonly AllocationId[]): Steps<void> {
    const { spec } = job;
    this.#ofJob = new Map();
    const wanted: Wanted = { spec, needs: needsOfJob(spec), needOn: this.#around.needOf(job) };
    for (const [i, id] of ids.entries()) {
      if (i > 0) yield;
      const refusals = this.#refused.refusalsOf(wanted) ?? this.#tryToPlace(wanted, id);
      if (refusals === null) continue;
      // Nodes only get fuller: what refuses one replica refuses the rest.
      for (const allocation of ids.slice(i))
        this.#pending.push({ job: spec.name, allocation, refusals });
      return;
    }
  }

  /** null = it has a place. */
  #tryToPlace(wanted: Wanted, id: AllocationId): Pending['refusals'] | null {
    const choice = this.#choose(wanted);
    if (choice.room !== null) {
      this.#place(wanted, id, choice);
      return null;
    }
    const way = makeWay(wanted, this.#rooms);
    if (way === undefined) {
      this.#refused.add(wanted, choice.refusals);
      return choice.refusals;
    }
    this.#preempted.push(...way.preempted);
    this.#place(wanted, id, { room: way.room, askCores: 0, reason: way.reason });
    return null;
  }

  #choose(wanted: Wanted): Choice {
    const { rule } = this.#around;
    if (rule === undefined) return choose(wanted, this.#rooms);
    const isOfJob = ({ job }: { readonly job: SnapshotAllocation['job'] }): boolean =>
      job === wanted.spec.name;
    const ofJobOn = ({ node }: Room): number =>
      node.allocations.filter(isOfJob).length + (this.#ofJob.get(node.id) ?? 0);
    return chooseBy({ rule, ofJobOn }, wanted, this.#rooms);
  }

  result(kept: readonly SnapshotNode[]): Placed {
    const preempted = this.#preempted;
    const removed = preempted.map((each): Decision => ({ kind: 'remove', ...each }));
    const nodes = this.#newcomers.on(kept, new Set(preempted.map(({ allocation }) => allocation)));
    return { nodes, decisions: this.#decisions, pending: this.#pending, preempted, removed };
  }

  #place({ spec, needs }: Wanted, id: AllocationId, { room, askCores, reason }: Taken): void {
    const gpu = gpuFor(spec, room);
    const given = gpu === undefined ? {} : { gpu };
    const node = room.node.id;
    this.#decisions.push({ kind: 'place', allocation: id, job: spec.name, node, reason, ...given });
    this.#newcomers.add(room.node, spec, id, gpu);
    this.#ofJob.set(node, (this.#ofJob.get(node) ?? 0) + 1);
    const at = this.#places.get(node);
    if (at !== undefined) this.#rooms[at] = roomAfter(room, needs, askCores, gpu);
  }
}
