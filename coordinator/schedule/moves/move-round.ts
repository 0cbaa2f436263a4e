import type { AllocationId, JobName, NodeId } from '../../../shared/ids.js';
import { formatDurationMs } from '../../../shared/units.js';
import type { Ask } from '../forecast.js';
import { formatCores } from '../limits/format.js';
import { freeIdOf } from '../placement/replica-diff.js';
import { choose } from '../placement/choose-node.js';
import { isFeasible } from '../placement/refusals.js';
import {
  gpuFor,
  type Need,
  needsOfJob,
  ROOM_MARGIN,
  type Room,
  roomAfter,
  type Wanted,
} from '../placement/node-budget.js';
import type { Decision, Placed, SnapshotAllocation, SnapshotJob } from '../types.js';
import {
  avoidedBy,
  gainOf,
  isResting,
  type LastMove,
  mayBeUndone,
  nearnessOf,
  startMsOf,
} from './move-gain.js';

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
  readonly lastMoves: Map<JobName, LastMove>;
  readonly countedAtMs: number[];
  /** Moves for targets that may still begin. */
  readonly budget: number;
}

/** One look at everything that wants to move: rooms fill as moves are decided. */
export class Round {
  readonly #input: RoundInput;
  readonly #jobs: ReadonlyMap<JobName, SnapshotJob>;
  readonly #lastMoves: Map<JobName, LastMove>;
  readonly #countedAtMs: number[];
  readonly #rooms: Map<NodeId, Room>;
  /** Nodes that somebody leaves in this round: what it frees shows in a later one. */
  readonly #left = new Set<NodeId>();
  /** Jobs that begin a move in this round. */
  readonly #begun = new Set<JobName>();
  #budget: number;

  constructor(input: RoundInput, { lastMoves, countedAtMs, budget }: Ledger) {
    const { jobs, rooms } = input;
    this.#countedAtMs = countedAtMs;
    this.#budget = budget;
    this.#input = input;
    this.#jobs = new Map(jobs.map((job) => [job.spec.name, job]));
    this.#lastMoves = lastMoves;
    this.#rooms = new Map(rooms().map((room) => [room.node.id, room]));
  }

  tryWish({ kind, allocation }: Wish): readonly Placement[] {
    const room = this.#rooms.get(allocation.node);
    if (room === undefined) return [];
    if (kind === 'drain') return this.#drain(room, allocation);
    if (this.#budget <= 0 || this.#left.has(room.node.id) || this.#isOnItsWay(allocation))
      return [];
    const moved = this.#isResting(allocation)
      ? this.#back(allocation)
      : (this.#toWhereItIsMet(room, allocation) ??
        this.#awayForIt(room, allocation) ??
        this.#back(allocation));
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
        kind: 'drain',
        why: `${room.node.id} is drained; ${choice.reason}`,
      }),
    ];
  }

  #toWhereItIsMet(room: Room, allocation: SnapshotAllocation): Placement | undefined {
    const job = this.#movable(allocation);
    const found = job === undefined ? undefined : this.#bestRoom(job, allocation, room);
    const startMs = this.#startMsOf(allocation);
    const gain = gainOf({ weight: allocation.weight, before: 0, after: 1, startMs });
    if (job === undefined || found === undefined || gain <= 0) return undefined;
    const target = formatDurationMs(job.spec.target.latencyMs);
    const why =
      `${target} cannot be met on ${room.node.id}; here ${formatCores(found.askCores)} CPU ` +
      `meet it, ${freeIn(found)}; ${startWords(startMs)}`;
    return this.#move({
      job,
      allocation,
      to: found.to,
      askCores: found.askCores,
      kind: 'target',
      why,
    });
  }

  // The neighbour whose start costs least, then the one that asks least, of those whose leaving
  // frees enough: it loses its target while it starts, the other gains its own.
  #awayForIt(room: Room, allocation: SnapshotAllocation): Placement | undefined {
    const ask = askOf(room, allocation.id);
    if (ask?.aimCores == null || !Number.isFinite(ask.aimCores)) return undefined;
    const metCores =
      room.outlook?.asks.reduce((sum, each) => sum + (each.isMet ? (each.aimCores ?? 0) : 0), 0) ??
      0;
    const missingCores = metCores + ask.aimCores - room.capacityCores * (1 - ROOM_MARGIN);
    const neighbours = room.node.allocations
      .filter(
        ({ id, origin }) =>
          id !== allocation.id && origin === 'dqoes' && askOf(room, id)?.isMet === true,
      )
      .map((each) => ({
        ...{ each, aimCores: askOf(room, each.id)?.aimCores ?? 0 },
        gain: this.#gainOfLeaving(each, allocation),
      }))
      .filter(
        ({ aimCores, gain }) => Number.isFinite(aimCores) && aimCores >= missingCores && gain > 0,
      )
      .sort(
        (a, b) => b.gain - a.gain || a.aimCores - b.aimCores || (a.each.id < b.each.id ? -1 : 1),
      );
    for (const { each } of neighbours) {
      const job = this.#isResting(each) ? undefined : this.#movable(each);
      const found = job === undefined ? undefined : this.#bestRoom(job, each, room);
      if (job === undefined || found === undefined) continue;
      const why =
        `makes room for ${allocation.id} on ${room.node.id}; here ` +
        `${formatCores(found.askCores)} CPU meet its target, ${freeIn(found)}; ` +
        `${startWords(this.#startMsOf(each))}`;
      return this.#move({
        job,
        allocation: each,
        to: found.to,
        askCores: found.askCores,
        kind: 'target',
        why,
      });
    }
    return undefined;
  }

  #gainOfLeaving(neighbour: SnapshotAllocation, { weight }: SnapshotAllocation): number {
    const startMs = this.#startMsOf(neighbour);
    return (
      gainOf({ weight, before: 0, after: 1, startMs }) +
      gainOf({ weight: neighbour.weight, before: 1, after: 1, startMs })
    );
  }

  // Where it came from, if it was moved and that did not help: neither place meets its target, that
  // one comes nearer.
  #back(allocation: SnapshotAllocation): Placement | undefined {
    const { nowMs } = this.#input;
    const last = this.#lastMoves.get(allocation.job);
    if (!mayBeUndone(last, allocation, nowMs)) return undefined;
    const [to, job, before] = [
      this.#rooms.get(last.from),
      this.#movable(allocation),
      nearnessOf(allocation),
    ];
    if (to === undefined || to.node.isDraining === true || job === undefined || before === null)
      return undefined;
    if (!isFeasible(this.#wanted(job, allocation), to)) return undefined;
    // What it showed there itself says more than what is known of the workload elsewhere.
    const { tookCores } = last;
    const askCores = Math.min(tookCores, freeOf(to));
    const after = askCores / tookCores;
    if (gainOf({ weight: allocation.weight, before, after, startMs: startMsOf(last) }) <= 0)
      return undefined;
    const { latencyMs } = job.spec.target;
    const why =
      `${formatDurationMs(latencyMs)} is not met there either, ` +
      `${formatDurationMs(nowMs - last.beganAtMs)} after it came from here; here are ` +
      `${formatCores(askCores)} of the ${formatCores(tookCores)} CPU it took`;
    return this.#move({ job, allocation, to, askCores, kind: 'undo', why });
  }

  #bestRoom(job: SnapshotJob, allocation: SnapshotAllocation, from: Room) {
    const wanted = this.#wanted(job, allocation);
    const avoided = avoidedBy(this.#lastMoves.get(job.spec.name));
    let best: Found | undefined;
    for (const to of this.#rooms.values()) {
      if (to.node.id === from.node.id || to.node.id === avoided || to.node.isDraining === true)
        continue;
      const need = wanted.needOn(to.node.id);
      const freeCores = freeOf(to);
      if (need === null || need.aimCores > freeCores || !isFeasible(wanted, to)) continue;
      if (best === undefined || freeCores - need.aimCores < best.freeCores - best.askCores)
        best = { to, askCores: need.aimCores, freeCores };
    }
    return best;
  }

  #tookCores({ id, node }: SnapshotAllocation): number | null {
    const room = this.#rooms.get(node);
    const cores = room === undefined ? null : (askOf(room, id)?.aimCores ?? null);
    return cores !== null && cores > 0 && Number.isFinite(cores) ? cores : null;
  }

  #wanted({ spec }: SnapshotJob, allocation: SnapshotAllocation): Wanted {
    return {
      spec,
      needs: needsOfJob(spec),
      needOn: (node) => this.#input.needOf(allocation, node),
    };
  }

  #isOnItsWay({ job: name }: SnapshotAllocation): boolean {
    return this.#begun.has(name) || this.#jobs.get(name)?.placed.some(isMove) === true;
  }

  #isResting({ job: name }: SnapshotAllocation): boolean {
    return isResting(this.#lastMoves.get(name), this.#input.nowMs);
  }

  #startMsOf({ job: name }: SnapshotAllocation): number {
    return startMsOf(this.#lastMoves.get(name));
  }

  // Undefined: not ours to move, or not now.
  #movable({ id, job: name }: SnapshotAllocation): SnapshotJob | undefined {
    const job = this.#jobs.get(name);
    if (job === undefined || job.spec.moves === 'never') return undefined;
    if (this.#begun.has(name) || job.placed.some(isMove)) return undefined;
    return job.placed.some((each) => each.id === id) ? job : undefined;
  }

  #move({ job, allocation, to, askCores, kind, why }: Move): Placement {
    const { name } = job.spec;
    const [from, id] = [allocation.node, freeIdOf(job)];
    const its = {
      allocation: id,
      from,
      to: to.node.id,
      beganAtMs: this.#input.nowMs,
      why: kind,
      startMs: null,
    };
    this.#lastMoves.set(name, { ...its, tookCores: this.#tookCores(allocation) });
    this.#begun.add(name);
    const gpu = gpuFor(job.spec, to);
    this.#rooms.set(to.node.id, roomAfter(to, needsOfJob(job.spec), askCores, gpu));
    return {
      kind: 'place',
      allocation: id,
      job: name,
      node: to.node.id,
      replaces: allocation.id,
      ...(gpu === undefined ? {} : { gpu }),
      reason: `moves from ${from}: ${why}`,
    };
  }
}

interface Move {
  readonly job: SnapshotJob;
  readonly allocation: SnapshotAllocation;
  readonly to: Room;
  readonly askCores: number;
  readonly kind: LastMove['why'];
  readonly why: string;
}

interface Found {
  readonly to: Room;
  readonly askCores: number;
  readonly freeCores: number;
}

const freeOf = ({ capacityCores, askedCores }: Room): number =>
  Math.max(0, capacityCores * (1 - ROOM_MARGIN) - askedCores);
const startWords = (startMs: number): string =>
  `a start takes about ${formatDurationMs(Math.ceil(startMs / 1000) * 1000)}`;
const freeIn = ({ to, freeCores }: Found): string =>
  `${formatCores(freeCores)} of ${formatCores(to.capacityCores)} are free`;

const isMove = ({ replaces }: Placed): boolean => replaces !== undefined;

const askOf = ({ outlook }: Room, id: AllocationId): Ask | undefined =>
  outlook?.asks.find(({ allocation }) => allocation === id);
