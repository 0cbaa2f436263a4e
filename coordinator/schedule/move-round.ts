import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import { formatDurationMs } from '../../shared/units.js';
import { showCores } from './figures.js';
import type { Ask } from './foresight.js';
import { freeIdOf } from './keepers.js';
import { choose } from './place.js';
import { isFeasible } from './refusals.js';
import { needsOfJob } from './replicas.js';
import { type Need, ROOM_MARGIN, type Room, roomAfter, type Wanted } from './room.js';
import type { Decision, Placed, SnapshotAllocation, SnapshotJob } from './types.js';

export type Placement = Extract<Decision, { kind: 'place' }>;

/** Somebody who should be elsewhere. */
export interface Wish {
  readonly kind: 'drain' | 'unmet';
  readonly allocation: SnapshotAllocation;
}

export interface RoundInput {
  readonly jobs: readonly SnapshotJob[];
  /** All nodes with what is promised and asked for there. */
  readonly rooms: () => readonly Room[];
  readonly nowMs: number;
  /** What an allocation that runs would take elsewhere. */
  readonly needOf: (allocation: SnapshotAllocation, node: NodeId) => Need | null;
}

/** Both grow by the moves that begin. */
export interface Ledger {
  readonly movedAtMs: Map<JobName, number>;
  readonly countedAtMs: number[];
  /** Moves for targets that may still begin. */
  readonly budget: number;
}

/** One look at everything that wants to move: rooms fill as moves are decided. */
export class Round {
  readonly #input: RoundInput;
  readonly #jobs: ReadonlyMap<JobName, SnapshotJob>;
  readonly #movedAtMs: Map<JobName, number>;
  readonly #countedAtMs: number[];
  readonly #rooms: Map<NodeId, Room>;
  /** Nodes that somebody leaves in this round: what it frees shows in a later one. */
  readonly #left = new Set<NodeId>();
  /** Jobs that begin a move in this round. */
  readonly #begun = new Set<JobName>();
  #budget: number;

  constructor(input: RoundInput, { movedAtMs, countedAtMs, budget }: Ledger) {
    const { jobs, rooms } = input;
    this.#countedAtMs = countedAtMs;
    this.#budget = budget;
    this.#input = input;
    this.#jobs = new Map(jobs.map((job) => [job.spec.name, job]));
    this.#movedAtMs = movedAtMs;
    this.#rooms = new Map(rooms().map((room) => [room.node.id, room]));
  }

  tryWish({ kind, allocation }: Wish): readonly Placement[] {
    const room = this.#rooms.get(allocation.node);
    if (room === undefined) return [];
    if (kind === 'drain') return this.#drain(room, allocation);
    if (this.#budget <= 0 || this.#left.has(room.node.id) || this.#isAtIt(allocation)) return [];
    const moved = this.#toWhereItIsMet(room, allocation) ?? this.#awayForIt(room, allocation);
    if (moved === undefined) return [];
    this.#budget -= 1;
    this.#countedAtMs.push(this.#input.nowMs);
    this.#left.add(room.node.id);
    return [moved];
  }

  #drain(room: Room, allocation: SnapshotAllocation): readonly Placement[] {
    const job = this.#movable(allocation);
    if (job === undefined) return [];
    const others = [...this.#rooms.values()].filter(({ node }) => node.id !== room.node.id);
    const choice = choose(this.#wanted(job, allocation), others);
    if (choice.room === null) return [];
    return [
      this.#move({
        job,
        allocation,
        to: choice.room,
        askCores: choice.askCores,
        why: `${room.node.id} is drained; ${choice.reason}`,
      }),
    ];
  }

  #toWhereItIsMet(room: Room, allocation: SnapshotAllocation): Placement | undefined {
    const job = this.#movable(allocation);
    const found = job === undefined ? undefined : this.#bestRoom(job, allocation, room);
    if (job === undefined || found === undefined) return undefined;
    const target = formatDurationMs(job.spec.target.latencyMs);
    const why = `${target} cannot be met on ${room.node.id}; here ${showCores(found.askCores)} CPU meet it, ${showCores(found.freeCores)} of ${showCores(found.to.capacityCores)} are free`;
    return this.#move({ job, allocation, to: found.to, askCores: found.askCores, why });
  }

  // The neighbour that asks least, of those whose leaving frees enough: it loses nothing, the other gains its target.
  #awayForIt(room: Room, allocation: SnapshotAllocation): Placement | undefined {
    const ask = askOf(room, allocation.id);
    if (ask?.aimCores == null || !Number.isFinite(ask.aimCores)) return undefined;
    const metCores = room.outlook?.asks.reduce((sum, each) => sum + (each.isMet ? (each.aimCores ?? 0) : 0), 0) ?? 0;
    const missingCores = metCores + ask.aimCores - room.capacityCores * (1 - ROOM_MARGIN);
    const neighbours = room.node.allocations
      .filter(({ id, origin }) => id !== allocation.id && origin === 'dqoes' && askOf(room, id)?.isMet === true)
      .map((each) => ({ each, aimCores: askOf(room, each.id)?.aimCores ?? 0 }))
      .filter(({ aimCores }) => Number.isFinite(aimCores) && aimCores >= missingCores)
      .sort((a, b) => a.aimCores - b.aimCores || (a.each.id < b.each.id ? -1 : 1));
    for (const { each } of neighbours) {
      const job = this.#movedAtMs.has(each.job) ? undefined : this.#movable(each);
      const found = job === undefined ? undefined : this.#bestRoom(job, each, room);
      if (job === undefined || found === undefined) continue;
      const why = `makes room for ${allocation.id} on ${room.node.id}; here ${showCores(found.askCores)} CPU meet its target, ${showCores(found.freeCores)} of ${showCores(found.to.capacityCores)} are free`;
      return this.#move({ job, allocation: each, to: found.to, askCores: found.askCores, why });
    }
    return undefined;
  }

  #bestRoom(job: SnapshotJob, allocation: SnapshotAllocation, from: Room) {
    const wanted = this.#wanted(job, allocation);
    let best: { readonly to: Room; readonly askCores: number; readonly freeCores: number } | undefined;
    for (const to of this.#rooms.values()) {
      if (to.node.id === from.node.id || to.node.isDraining === true) continue;
      const need = wanted.needOn(to.node.id);
      const freeCores = to.capacityCores * (1 - ROOM_MARGIN) - to.askedCores;
      if (need === null || need.aimCores > freeCores || !isFeasible(wanted, to)) continue;
      if (best === undefined || freeCores - need.aimCores < best.freeCores - best.askCores)
        best = { to, askCores: need.aimCores, freeCores };
    }
    return best;
  }

  #wanted({ spec }: SnapshotJob, allocation: SnapshotAllocation): Wanted {
    return { spec, needs: needsOfJob(spec), needOn: (node) => this.#input.needOf(allocation, node) };
  }

  // It has just been moved, or is on its way: what comes of that is seen first.
  #isAtIt({ job: name }: SnapshotAllocation): boolean {
    return this.#movedAtMs.has(name) || this.#jobs.get(name)?.placed.some(isMove) === true;
  }

  // Undefined: not ours to move, or not now.
  #movable({ id, job: name }: SnapshotAllocation): SnapshotJob | undefined {
    const job = this.#jobs.get(name);
    if (job === undefined || job.spec.moves === 'never') return undefined;
    if (this.#begun.has(name) || job.placed.some(isMove)) return undefined;
    return job.placed.some((each) => each.id === id) ? job : undefined;
  }

  #move({
    job,
    allocation,
    to,
    askCores,
    why,
  }: {
    readonly job: SnapshotJob;
    readonly allocation: SnapshotAllocation;
    readonly to: Room;
    readonly askCores: number;
    readonly why: string;
  }): Placement {
    const { name } = job.spec;
    this.#movedAtMs.set(name, this.#input.nowMs);
    this.#begun.add(name);
    this.#rooms.set(to.node.id, roomAfter(to, needsOfJob(job.spec), askCores));
    return {
      kind: 'place',
      allocation: freeIdOf(job),
      job: name,
      node: to.node.id,
      replaces: allocation.id,
      reason: `moves from ${allocation.node}: ${why}`,
    };
  }
}

const isMove = ({ replaces }: Placed): boolean => replaces !== undefined;

const askOf = ({ outlook }: Room, id: AllocationId): Ask | undefined =>
  outlook?.asks.find(({ allocation }) => allocation === id);
