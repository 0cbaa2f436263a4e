import type { AllocationId, JobName, NodeId } from '../../../shared/ids.js';
import { isProbeFailing, RESTARTING } from '../../../shared/report.js';
import type { AllocationSummary, NodeSummary } from '../node-summary.js';
import type { Placed, SnapshotJob } from '../types.js';
import { missingOn } from './missing-gpus.js';
import { isSteerable } from './node-budget.js';

/** A new container that does not answer within this time is taken to have failed, ms. */
export const MOVE_DEADLINE_MS = 120_000;
/**
 * The same where the old one must leave its node: the move is not made for speed, and an image may
 * be large and a model slow to load.
 */
export const LEAVE_DEADLINE_MS = 900_000;
/**
 * Who is not asked cannot answer. Where the old one must leave, a new one that runs takes over
 * after this time, ms, counted from the beginning of the move, if nobody asked the old one for as
 * long.
 */
export const IDLE_TAKEOVER_MS = 60_000;
/** The same where clients still ask the old one: they may know only its address. */
export const UNASKED_TAKEOVER_MS = 300_000;
/** A new one that nobody asks and that uses that much CPU, cores, is still starting. */
const STARTING_CORES = 0.05;
/** So is one that its limit keeps from that, throttled in this share of the periods. */
const STARTING_THROTTLED_RATIO = 0.5;

/** Looks for an allocation on its node, and for the node. */
export interface Finder {
  readonly find: (placed: Placed) => AllocationSummary | undefined;
  readonly nodeOf: (id: NodeId) => NodeSummary | undefined;
}

/** An allocation that goes, whether or not its node was heard. */
export interface Lost extends Placed {
  readonly job: JobName;
}

/** What was seen of the moves under way, by the new allocation; times in ms. */
export interface MovesSeen {
  /** When each was first seen. */
  readonly movingSinceMs: ReadonlyMap<AllocationId, number>;
  /** When the new allocation was last seen to be starting: to work though nobody asks it. */
  readonly startingAtMs: ReadonlyMap<AllocationId, number>;
}
/** The same, of those that go on. */
export interface MovesGoingOn {
  readonly movingSinceMs: Map<AllocationId, number>;
  readonly startingAtMs: Map<AllocationId, number>;
}

interface EndMovesInput extends Finder {
  readonly before: MovesSeen;
  /** Allocations that do not serve now for a change of their job. */
  readonly away: ReadonlySet<AllocationId>;
  readonly nowMs: number;
  readonly dropped: Map<AllocationId, string>;
  readonly moving: MovesGoingOn;
  readonly lost: Lost[];
}

/** Whether the node refuses the job as it is now, or has had too little since something changed. */
export const mustLeave = ({ refusedBy, leaves }: SnapshotJob, node: NodeId): boolean =>
  refusedBy?.has(node) === true || leaves?.has(node) === true;

/** What remains of a job's allocations after moves that ended, with or without success. */
export function endMoves(
  job: SnapshotJob,
  placed: readonly Placed[],
  input: EndMovesInput,
): Placed[] {
  const { dropped, moving, lost } = input;
  const there = new Map(placed.map((each) => [each.id, each]));
  for (const each of placed) {
    const old = each.replaces === undefined ? undefined : there.get(each.replaces);
    if (old === undefined || dropped.has(old.id)) continue;
    const move = moveOf(job, { each, old }, input);
    const why = whyTakesOver(move);
    const fault = why === undefined ? whyCancelled(move, each.node) : undefined;
    if (why !== undefined) dropped.set(old.id, `moved to ${each.node}: ${each.id} ${why}`);
    else if (fault !== undefined) {
      dropped.set(each.id, `move cancelled: ${fault}`);
      lost.push({ ...each, job: job.spec.name });
    } else goOn(each.id, move, moving);
  }
  return placed.filter(({ id }) => !dropped.has(id));
}

interface Move {
  readonly newcomer: AllocationSummary | undefined;
  readonly old: AllocationSummary | undefined;
  /** Its node is drained, refuses the job as it is now, has too little room, or lost its GPU. */
  readonly mustLeave: boolean;
  /** Whether the new node is heard. */
  readonly isReachable: boolean;
  /** Another allocation of the job does not serve now for a change: no two may be away at once. */
  readonly isHeldUp: boolean;
  readonly sinceMs: number;
  readonly elapsedMs: number;
  /** When the new one was last seen to be starting; undefined = never. */
  readonly startingAtMs: number | undefined;
  /** Since then, or since the move began. */
  readonly quietMs: number;
}

function moveOf(
  job: SnapshotJob,
  { each, old }: { readonly each: Placed; readonly old: Placed },
  { find, nodeOf, before, nowMs, away }: EndMovesInput,
): Move {
  const sinceMs = before.movingSinceMs.get(each.id) ?? nowMs;
  const newcomer = find(each);
  const [left, host] = [find(old), nodeOf(old.node)];
  const lacksGpu = left !== undefined && host !== undefined && missingOn(host, left) !== undefined;
  const startingAtMs = isStarting(newcomer) ? nowMs : before.startingAtMs.get(each.id);
  return {
    newcomer,
    old: left,
    mustLeave: host?.isDraining === true || mustLeave(job, old.node) || lacksGpu,
    isReachable: isReachable(nodeOf(each.node)),
    isHeldUp: job.placed.some(({ id }) => id !== each.id && id !== old.id && away.has(id)),
    sinceMs,
    elapsedMs: nowMs - sinceMs,
    startingAtMs,
    quietMs: nowMs - (startingAtMs ?? sinceMs),
  };
}

function goOn(id: AllocationId, { sinceMs, startingAtMs }: Move, moving: MovesGoingOn): void {
  moving.movingSinceMs.set(id, sinceMs);
  if (startingAtMs !== undefined) moving.startingAtMs.set(id, startingAtMs);
}

const isReachable = (node: NodeSummary | undefined): boolean =>
  node !== undefined && isSteerable(node);

function whyTakesOver(move: Move): string | undefined {
  const { newcomer, mustLeave, elapsedMs, isReachable, isHeldUp } = move;
  if (newcomer?.state !== 'running' || newcomer.report === null) return undefined;
  const { latency, reason } = newcomer.report;
  if (latency !== null) return 'answers there';
  if (isProbedInVain(move)) return undefined;
  if (!mustLeave || !isReachable || reason.startsWith(RESTARTING)) return undefined;
  if (isHeldUp) return undefined;
  const neededMs = takeoverMs(move);
  if (elapsedMs < neededMs) return undefined;
  return `runs there, and nobody asked it for ${neededMs / 1000} s`;
}

/** Its agent asks it, without the answer that the old one gives: it is not idle. */
export const isProbedInVain = ({ newcomer, old }: Pick<Move, 'newcomer' | 'old'>): boolean =>
  isProbeFailing(newcomer?.report?.reason ?? '') && isAnswering(old);

/** Whether it has answered, and no probe has failed since. */
export const isAnswering = (allocation: AllocationSummary | undefined): boolean =>
  allocation?.report?.latency != null && !isProbeFailing(allocation.report.reason);

/**
 * How long after its beginning a move ends that no answer ends, ms. `old`: the one that clients
 * know; `quietMs`: for how long the new one was not seen to be starting.
 */
export function takeoverMs({ old, quietMs }: Pick<Move, 'old' | 'quietMs'>): number {
  if (!isAsked(old)) return IDLE_TAKEOVER_MS;
  // What still loads cannot serve those who ask the old one.
  return quietMs < IDLE_TAKEOVER_MS ? LEAVE_DEADLINE_MS : UNASKED_TAKEOVER_MS;
}

/** Whether one that runs works though nobody asks it. */
export function isStarting(newcomer: AllocationSummary | undefined): boolean {
  const cpu = newcomer?.report?.cpu ?? null;
  if (newcomer?.state !== 'running' || cpu === null) return false;
  return cpu.usageCores >= STARTING_CORES || cpu.throttledRatio >= STARTING_THROTTLED_RATIO;
}

/** Whether somebody asked it within the last minute. One that is not seen may be asked. */
export function isAsked(allocation: AllocationSummary | undefined): boolean {
  if (allocation?.report == null) return true;
  const { latency } = allocation.report;
  return latency !== null && latency.newestAgeMs < IDLE_TAKEOVER_MS;
}

function whyCancelled(
  { newcomer, mustLeave, isReachable, elapsedMs }: Move,
  node: NodeId,
): string | undefined {
  const state = newcomer?.state;
  if (state === 'failed' || state === 'exited') return `${state} on ${node}`;
  const deadlineMs = mustLeave && isReachable ? LEAVE_DEADLINE_MS : MOVE_DEADLINE_MS;
  return elapsedMs < deadlineMs ? undefined : `no answer on ${node} in ${deadlineMs / 1000} s`;
}
