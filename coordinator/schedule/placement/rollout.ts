import type { AllocationId, JobName, NodeId } from '../../../shared/ids.js';
import { cutText } from '../../../shared/text.js';
import type { AllocationSummary } from '../node-summary.js';
import type { Placed, Plan, SnapshotJob } from '../types.js';
import { isAnswering } from './end-moves.js';
import { isSteerable } from './node-budget.js';
import { findStalls, isBeginning, type RolloutWait, type Stuck } from './stalls.js';
import { NO_STORED_TIMES } from './stored-times.js';
import {
  isUnfinished,
  isUp,
  type JobTurns,
  lastTurns,
  newTurn,
  type RolloutMemory,
  type Turn,
  type TurnContext,
  turnNow,
  whyUnsettled,
} from './turns.js';

/** What turns are given from. */
export interface RolloutInput extends TurnContext {
  /** Those that may have outdated allocations. */
  readonly jobs: readonly SnapshotJob[];
  /** Those of which some container is not of the newest version, whether or not it waits. */
  readonly changing: readonly SnapshotJob[];
  /** Allocations that go now. */
  readonly dropped: ReadonlyMap<AllocationId, string>;
  /** Jobs of which an allocation is placed now, or leaves to be placed elsewhere. */
  readonly placing: ReadonlySet<JobName>;
  /** Why one that runs would have to leave its node in its turn; undefined = it would not. */
  readonly whyLeaves: (each: Placed, job: SnapshotJob) => string | undefined;
  /** Why the newest version could not run there now; undefined = nothing is known against it. */
  readonly whyBlocked: (each: Placed, job: SnapshotJob) => string | undefined;
  /** Whether one of a draining node is about to move to another, which makes it the newest. */
  readonly movesAway: (each: Placed, job: SnapshotJob) => boolean;
  /** Jobs of which an allocation has no place. */
  readonly pending: ReadonlySet<JobName>;
  readonly lost: ReadonlySet<NodeId>;
  readonly isFrozen: boolean;
}

/** Whose turn it is, what still waits, and the memory for the next plan. */
export interface Rollouts {
  /** Nothing where no job is being rolled out. */
  readonly planned: Pick<Plan, 'turns' | 'rollouts'>;
  readonly memory: RolloutMemory;
}

/**
 * Gives the allocations of a changed job their turns to be started again: of those that run one at
 * a time, the next when the last runs and answers, or has run as long as a move waits for an
 * answer. Those that do not run have nothing to lose and all have theirs at once, and so has the
 * only one of a job, but where it is about to move. Where the newest version does not run, no other
 * container is taken for it, and none while the job moves, nor for what could not run there. Where
 * one has no place, none that runs is taken from its node. Nodes that are not heard wait, since
 * nobody knows what runs there.
 */
export function planRollouts(input: RolloutInput): Rollouts {
  const { nowMs } = input;
  const sinceMs = input.memory.sinceMs ?? nowMs;
  const context = { ...input, memory: { ...input.memory, sinceMs } };
  const turns = new Map<AllocationId, Turn>();
  const given: AllocationId[] = [];
  const away = new Set<AllocationId>();
  const waits = new Map<JobName, RolloutWait>();
  for (const job of input.jobs) {
    if (!job.placed.some(isOld)) continue;
    const found = rolloutOf(job, context);
    for (const [id, turn] of found.turns) turns.set(id, turn);
    for (const id of found.away) away.add(id);
    for (const { id } of found.next) given.push(id);
    const reason = cutText(found.reason, MAX_REASON);
    waits.set(job.spec.name, { reason, stuck: found.stuck, given: found.next[0] });
  }
  const { progress: before, stored } = input.memory;
  const times = { begunAtMs: sinceMs, nowMs };
  const known = { ...input, ...times, stored, waits, progress: before };
  const { rollouts, progress } = findStalls(known);
  const last = lastTurns(turns, context);
  const planned = given.length + rollouts.length === 0 ? {} : { turns: given, rollouts };
  const memory = {
    sinceMs,
    turns: last.size === 0 ? turns : new Map([...last, ...turns]),
    away: new Set([...away, ...given, ...last.keys()]),
    progress,
    stored: isBeginning(times) ? stored : NO_STORED_TIMES,
  };
  return { planned, memory };
}

const MAX_REASON = 1000;
const isOld = ({ isOutdated }: Placed): boolean => isOutdated === true;

interface JobRollout {
  readonly turns: ReadonlyMap<AllocationId, Turn>;
  readonly away: readonly AllocationId[];
  readonly next: readonly Placed[];
  /** What waits, and for what; '' = nothing does. */
  readonly reason: string;
  /** The allocation that it waits for. Absent = it cannot be named. */
  readonly stuck?: Stuck | undefined;
}

function rolloutOf(job: SnapshotJob, input: RolloutInput): JobRollout {
  const { name, replicas } = job.spec;
  const there = job.placed.filter(({ id }) => !input.dropped.has(id));
  const [old, updated] = [there.filter(isOld), there.filter((each) => !isOld(each))];
  const turns = new Map(
    old.length === 0 ? [] : updated.map((each) => [each.id, turnNow(each, name, input)] as const),
  );
  const give = (next: readonly Placed[]): void => {
    for (const each of next) turns.set(each.id, newTurn(each, name, input));
  };
  // The only one of a job would be waited for in vain.
  const isAlone = replicas === 1 && there.length === 1;
  const moves = isAlone ? old.find((each) => runsAndMoves(each, job, input)) : undefined;
  if (moves !== undefined) {
    const reason = `${moves.id} waits to be started again: it moves off ${moves.node} first`;
    return { turns, away: [], next: [], reason };
  }
  const blocked = isAlone ? old.flatMap((each) => blockedOf(each, job, input) ?? []) : [];
  if ((isAlone && blocked.length === 0) || old.length === 0) {
    give(old);
    return { turns, away: [], next: old, reason: '' };
  }
  const missing = Math.max(0, replicas - updated.length);
  const known: KnownTurns = { ...input, turns, job, old, there, missing };
  const unsettled = updated.flatMap((each) => {
    const found = whyUnsettled(each, known);
    return found === undefined ? [] : [{ each, ...found }];
  });
  const away = unsettled.flatMap(({ each, isAway }) => (isAway ? each.id : []));
  const [first] = unsettled;
  const why =
    first === undefined ? undefined : `${first.each.id} on ${first.each.node} ${first.why}`;
  const stuckAt = first === undefined ? undefined : { each: first.each, kind: first.kind };
  const { next, reason, stuck = stuckAt } = nextTurns(why, known);
  give(next);
  const waiting =
    missing === 0
      ? `${old.map(({ id }) => id).join(', ')} runs on until another has its place`
      : `${old.length} of ${there.length} containers wait to be started again`;
  return { turns, away, next, reason: `${waiting}: ${reason}`, stuck };
}

interface KnownTurns extends RolloutInput, JobTurns {
  /** Its allocations that stay. */
  readonly there: readonly Placed[];
  /** How many of the newest version there are too few. */
  readonly missing: number;
}

type NextTurns = Pick<JobRollout, 'next' | 'reason' | 'stuck'>;

/** `why`: for what of the newest version all others wait; undefined = all of it serves. */
function nextTurns(why: string | undefined, input: KnownTurns): NextTurns {
  const { job, old, there, missing, find, nodeOf, placing, isFrozen } = input;
  const heard = old.filter(({ node }) => {
    const host = nodeOf(node);
    return host !== undefined && isSteerable(host) && job.refusedBy?.has(node) !== true;
  });
  const runs = (each: Placed): boolean => mayRun(find(each));
  const down = missing === 0 ? [] : heard.filter((each) => !runs(each));
  const wait = (reason: string): NextTurns => ({ next: down, reason });
  if (why !== undefined) return wait(why);
  const [first] = down;
  if (first !== undefined) return wait(`${first.id} on ${first.node} did not run and is first`);
  if (missing === 0) return wait('it is stopped next');
  if (placing.has(job.spec.name)) return wait('another container of the job is placed first');
  const moving = there.find(({ replaces }) => replaces !== undefined);
  if (moving !== undefined) return wait(`${moving.replaces} moves to ${moving.node} first`);
  if (isFrozen) return wait('too many nodes are silent');
  return nextOfRunning(heard.filter(runs), input);
}

function nextOfRunning(up: readonly Placed[], input: KnownTurns): NextTurns {
  const { job, old, pending, memory } = input;
  const isStuck = pending.has(job.spec.name);
  const whyStays = (each: Placed): string | undefined => {
    const why = isStuck ? input.whyLeaves(each, job) : undefined;
    if (why !== undefined) return `another container has no place, and ${each.id} ${why}`;
    return blockedOf(each, job, input);
  };
  const running = up
    .filter((each) => whyStays(each) === undefined)
    .sort((a, b) => lossOf(a, input) - lossOf(b, input));
  // One whose turn was not stored, or is not done, has it again, so that no two have it.
  const hasTurn = ({ id }: Placed): boolean => {
    const turn = memory.turns.get(id);
    return turn !== undefined && isUnfinished(turn);
  };
  const next = running.find(hasTurn) ?? running[0];
  if (next !== undefined)
    return { next: [next], reason: `${next.id} on ${next.node} is started again` };
  const [stays] = up;
  if (stays !== undefined) return { next: [], reason: whyStays(stays) ?? '' };
  const [refused] = old.flatMap((each): NextTurns[] => {
    const why = job.refusedBy?.get(each.node);
    if (why === undefined) return [];
    const reason = `${each.node} refuses it: ${why}`;
    return [{ next: [], reason, stuck: { each, kind: 'refused' } }];
  });
  if (refused !== undefined) return refused;
  const hosts = [...new Set(old.map(({ node }) => node))];
  const [each] = old;
  const stuck = each === undefined ? undefined : ({ each, kind: 'silent' } as const);
  return { next: [], reason: `${hosts.join(', ')} cannot be told`, stuck };
}

const runsAndMoves = (each: Placed, job: SnapshotJob, input: RolloutInput): boolean =>
  mayRun(input.find(each)) && input.movesAway(each, job);

/** Why one that runs is not stopped for the newest version; undefined = it may be. */
function blockedOf(each: Placed, job: SnapshotJob, input: RolloutInput): string | undefined {
  const why = mayRun(input.find(each)) ? input.whyBlocked(each, job) : undefined;
  return why === undefined ? undefined : `${each.id} runs on as it was: ${why}`;
}

/** What is lost while one that runs is started again: those that do not answer are first. */
function lossOf(each: Placed, { find, nodeOf }: TurnContext): number {
  const answers = isAnswering(find(each));
  // A move off its node would update it, too.
  const isLeaving = nodeOf(each.node)?.isDraining === true;
  return (answers ? 2 : 0) + (isLeaving ? 1 : 0);
}

/** Whether it has something to lose. One that a full report leaves out may run. */
export const mayRun = (allocation: AllocationSummary | undefined): boolean =>
  allocation?.report == null || isUp(allocation);

/**
 * Whether an allocation gets what its job asks for now only in its turn: it runs, it is not the
 * newest version, and it is one of several.
 */
export const waitsForTurn = (
  allocation: AllocationSummary,
  { spec, placed }: SnapshotJob,
): boolean =>
  (spec.replicas > 1 || placed.length > 1) &&
  mayRun(allocation) &&
  placed.some((each) => each.id === allocation.id && isOld(each));
