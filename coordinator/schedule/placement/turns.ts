import type { AllocationId, ContainerId, JobName, NodeId } from '../../../shared/ids.js';
import { isProbeFailing, RESTARTING } from '../../../shared/report.js';
import type { AllocationSummary } from '../node-summary.js';
import type { StallKind, StoredTimes } from '../plan-parts.js';
import type { Placed, SnapshotJob } from '../types.js';
import {
  type Finder,
  IDLE_TAKEOVER_MS,
  isAnswering,
  isAsked,
  isProbedInVain,
  isStarting,
  LEAVE_DEADLINE_MS,
  takeoverMs,
} from './end-moves.js';
import { isDown, isSilent } from './node-budget.js';
import { NOT_REPLACED, type Progress } from './stalls.js';
import { NO_STORED_TIMES } from './stored-times.js';

/** What is remembered of the turns of allocations whose job is not yet the newest everywhere. */
export interface RolloutMemory {
  /** When the first plan was made, ms; null = none was. */
  readonly sinceMs: number | null;
  readonly turns: ReadonlyMap<AllocationId, Turn>;
  /** Those that did not serve in the last plan, or were about to stop, for a change of the job. */
  readonly away: ReadonlySet<AllocationId>;
  /** How far changes of jobs have come. */
  readonly progress: ReadonlyMap<JobName, Progress>;
  /** By what was stored before the first plan; nothing once that is long ago. */
  readonly stored: StoredTimes;
}
/** Memory before the first plan. */
export const NO_ROLLOUTS: RolloutMemory = {
  sinceMs: null,
  turns: new Map(),
  away: new Set(),
  progress: new Map(),
  stored: NO_STORED_TIMES,
};

/** The turn of one allocation to be started again. Times in ms. */
export interface Turn {
  readonly job: JobName;
  readonly node: NodeId;
  /** When it was given. */
  readonly atMs: number;
  /** The container that is replaced; null = there was none, or it is not known. */
  readonly was: ContainerId | null;
  /** When another one was first seen to run; undefined = not yet. */
  readonly runsSinceMs?: number;
  /** When that was last seen to be starting; undefined = never. */
  readonly startingAtMs?: number;
  /** Another leader gave it, some time before ours began. */
  readonly isInherited?: true;
}

/** What turns are followed with. */
export interface TurnContext extends Finder {
  readonly nowMs: number;
  readonly memory: RolloutMemory;
  /** An allocation of a job where it is; undefined = it is nowhere, or the job is gone. */
  readonly placeOf: (id: AllocationId, job: JobName) => Placed | undefined;
}

/** Whether the container is not yet seen to be another one. */
export const isUnfinished = ({ runsSinceMs }: Turn): boolean => runsSinceMs === undefined;

/** Whether it runs, and is not about to be started again by the engine. */
export const isUp = (allocation: AllocationSummary | undefined): boolean =>
  allocation?.state === 'running' && allocation.report?.reason.startsWith(RESTARTING) !== true;

/** A turn that is given now. */
export const newTurn = (each: Placed, job: JobName, { find, nowMs }: TurnContext): Turn => ({
  job,
  node: each.node,
  atMs: nowMs,
  was: find(each)?.containerId ?? null,
});

/** What is known by now of the turn of an updated allocation. */
export function turnNow(each: Placed, job: JobName, context: TurnContext): Turn {
  const { find, nowMs, memory } = context;
  const known = memory.turns.get(each.id);
  const its = { job, node: each.node, ...(waits(each, context) ? { atMs: nowMs } : {}) };
  if (known === undefined && isUp(find(each)) && each.isPrevious !== true) {
    const atMs = memory.sinceMs ?? nowMs;
    return { ...its, atMs, was: null, runsSinceMs: atMs, isInherited: true };
  }
  return followed({ ...(known ?? { atMs: nowMs, was: null }), ...its }, each, context);
}

/** Whether its agent says now that it waits to start it again: its time begins when it can. */
function waits({ node, isHeldBack }: Placed, { nodeOf }: Finder): boolean {
  const host = isHeldBack === true ? nodeOf(node) : undefined;
  return host !== undefined && !isSilent(host);
}

function followed(turn: Turn, each: Placed, { find, nowMs }: TurnContext): Turn {
  const allocation = find({ id: each.id, node: turn.node });
  const { job, node, atMs, was, runsSinceMs = nowMs } = turn;
  if (!isUp(allocation) || each.isPrevious === true) return { job, node, atMs, was };
  if (was !== null && allocation?.containerId === was) return turn;
  return { ...turn, runsSinceMs, ...(isStarting(allocation) ? { startingAtMs: nowMs } : {}) };
}

/**
 * The turns that are not over though nothing of their job waits any more, or it was changed again:
 * who has one may be about to stop its container, or to start another.
 */
export function lastTurns(
  others: ReadonlyMap<AllocationId, Turn>,
  context: TurnContext,
): ReadonlyMap<AllocationId, Turn> {
  const { memory, nowMs, find, placeOf } = context;
  const left = new Map<AllocationId, Turn>();
  for (const [id, before] of memory.turns) {
    const each = others.has(id) ? undefined : placeOf(id, before.job);
    if (each === undefined) continue;
    if (waits(each, context)) left.set(id, { ...before, atMs: nowMs });
    if (left.has(id) || nowMs - before.atMs >= LEAVE_DEADLINE_MS) continue;
    const turn = followed(before, each, context);
    const { runsSinceMs, startingAtMs = runsSinceMs } = turn;
    const report = find({ id, node: turn.node })?.report;
    const answers = report?.latency != null;
    const isIdle = startingAtMs !== undefined && nowMs - startingAtMs >= IDLE_TAKEOVER_MS;
    const isQuiet = isIdle && !isProbeFailing(report?.reason ?? '');
    if (isUnfinished(turn) || !(answers || isQuiet)) left.set(id, turn);
  }
  return left;
}

/** A job that is being rolled out, in one plan. */
export interface JobTurns extends TurnContext {
  /** Of its updated allocations, as they are now. */
  readonly turns: ReadonlyMap<AllocationId, Turn>;
  readonly job: SnapshotJob;
  /** Its allocations that are not the newest version. */
  readonly old: readonly Placed[];
  readonly lost: ReadonlySet<NodeId>;
}

/** Why an allocation does not count as one that serves. */
export interface Unsettled {
  readonly why: string;
  readonly kind: StallKind;
  /** It may not serve now, or is about to stop. */
  readonly isAway: boolean;
}

/** The same of one of the newest version; undefined = it counts as one that serves. */
export function whyUnsettled(each: Placed, input: JobTurns): Unsettled | undefined {
  const { nodeOf, find, lost, job } = input;
  const node = nodeOf(each.node);
  if (lost.has(each.node) || hasServed(each, input)) return undefined;
  if (node === undefined || isSilent(node))
    return { why: 'is not heard', kind: 'silent', isAway: mayBeStopping(each, input) };
  const allocation = find(each);
  const refusal = job.refusedBy?.get(each.node);
  // What runs there as an older version runs on.
  if (refusal !== undefined)
    return { why: `is refused there: ${refusal}`, kind: 'refused', isAway: !isUp(allocation) };
  if (allocation?.report == null && node.leavesOut === true)
    return isLongAgo(each, input) ? undefined : { why: LEFT_UNSAID, kind: 'other', isAway: true };
  const why =
    allocation !== undefined && isUp(allocation)
      ? whyNotReady(allocation, each, input)
      : whyNotUp(allocation);
  if (why === undefined) return undefined;
  return { why, kind: why === NOT_REPLACED ? 'not-replaced' : 'fails', isAway: true };
}

/**
 * Whether it ran and answered as the newest version before its node went down, and two others of
 * the job run: so the version is no reason to stop, and one runs while the next is started again.
 */
function hasServed(each: Placed, { nodeOf, find, turns, job }: JobTurns): boolean {
  const node = nodeOf(each.node);
  if (node === undefined || !isDown(node) || each.isPrevious === true || each.isHeldBack === true)
    return false;
  const turn = turns.get(each.id);
  if (turn === undefined || isUnfinished(turn) || turn.isInherited === true) return false;
  const last = find(each);
  if (!isUp(last) || !isAnswering(last)) return false;
  const isServing = (other: Placed): boolean => {
    const host = nodeOf(other.node);
    // The new one of a move does not serve yet.
    const isHeard = host !== undefined && !isSilent(host) && other.replaces === undefined;
    return isHeard && isUp(find(other));
  };
  return job.placed.filter(isServing).length >= 2;
}

function whyNotUp(allocation: AllocationSummary | undefined): string {
  const said = allocation?.report?.reason ?? '';
  const state = allocation?.state ?? 'pending';
  return state === 'pending'
    ? `does not run yet${said === '' ? '' : ` (${said})`}`
    : `does not run as it is now (${said === '' ? state : said})`;
}

const LEFT_UNSAID =
  'is left out of the reports of its agent, which are full: the next is started 15 min after it';

/** Whether no word of its turn comes any more. */
function isLongAgo({ id }: Placed, { turns, nowMs }: JobTurns): boolean {
  const turn = turns.get(id);
  return turn === undefined || nowMs - turn.atMs >= LEAVE_DEADLINE_MS;
}

/** What fell silent in its turn may stop yet; after it, nothing says that it does not serve. */
function mayBeStopping({ id }: Placed, { turns, nowMs }: JobTurns): boolean {
  const turn = turns.get(id);
  return turn !== undefined && isUnfinished(turn) && nowMs - turn.atMs < LEAVE_DEADLINE_MS;
}

function whyNotReady(
  allocation: AllocationSummary,
  { isHeldBack, isPrevious }: Placed,
  { turns, nowMs, old, find, job }: JobTurns,
): string | undefined {
  const turn = turns.get(allocation.id);
  if (turn === undefined) return undefined;
  const { atMs, runsSinceMs, startingAtMs, isInherited } = turn;
  if (isHeldBack === true || isPrevious === true) return NOT_REPLACED;
  const isOther = allocation.report?.image !== job.spec.image;
  if (isInherited === true) {
    if (nowMs - atMs < IDLE_TAKEOVER_MS) return 'may be starting';
    // It may still fetch its image. An image is not always listed by the name that was asked for.
    if (isOther && nowMs - atMs < LEAVE_DEADLINE_MS) return NOT_REPLACED;
  }
  if (runsSinceMs === undefined)
    // A store that lost its last writes may ask for what runs there already.
    return nowMs - atMs < LEAVE_DEADLINE_MS || isOther ? NOT_REPLACED : undefined;
  const others = old.map(find);
  // It is asked, so it is not idle; and others show that the probe is a good one.
  if (others.some((other) => isProbedInVain({ newcomer: allocation, old: other })))
    return `does not answer its probe (${allocation.report?.reason ?? ''})`;
  if (allocation.report?.latency != null) return undefined;
  const asked = others.find(isAsked) ?? others[0];
  const quietMs = nowMs - (startingAtMs ?? runsSinceMs);
  return nowMs - runsSinceMs < takeoverMs({ old: asked, quietMs })
    ? 'has not answered yet'
    : undefined;
}
