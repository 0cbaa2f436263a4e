import type { AllocationId, ContainerId, JobName, NodeId } from '../../../shared/ids.js';
import { RESTARTING } from '../../../shared/report.js';
import { cutText } from '../../../shared/text.js';
import type { Rollout } from '../plan-parts.js';
import type { Placed, Plan, SnapshotAllocation, SnapshotJob } from '../types.js';
import {
  type Finder,
  IDLE_TAKEOVER_MS,
  isAsked,
  isStarting,
  LEAVE_DEADLINE_MS,
  takeoverMs,
} from './end-moves.js';
import { isSilent, isSteerable } from './node-budget.js';

/** What is remembered of the turns of allocations whose job is not yet the newest everywhere. */
export interface RolloutMemory {
  /** When the first plan was made, ms; null = none was. */
  readonly sinceMs: number | null;
  readonly turns: ReadonlyMap<AllocationId, Turn>;
}
/** Memory before the first plan. */
export const NO_ROLLOUTS: RolloutMemory = { sinceMs: null, turns: new Map() };

/** Times in ms. */
interface Turn {
  /** When it was given. */
  readonly atMs: number;
  /** The container that is replaced; null = there was none. */
  readonly was: ContainerId | null;
  /** When another one was first seen to run; undefined = not yet. */
  readonly runsSinceMs?: number;
  /** When that was last seen to be starting; undefined = never. */
  readonly startingAtMs?: number;
}

/** What turns are given from. */
export interface RolloutInput extends Finder {
  /** Those that may have outdated allocations. */
  readonly jobs: readonly SnapshotJob[];
  /** Allocations that go now. */
  readonly dropped: ReadonlyMap<AllocationId, string>;
  /** Jobs of which an allocation is placed now. */
  readonly placing: ReadonlySet<JobName>;
  /** Why one that runs would have to leave its node in its turn; undefined = it would not. */
  readonly whyLeaves: (each: Placed, job: SnapshotJob) => string | undefined;
  /** Jobs of which an allocation has no place. */
  readonly pending: ReadonlySet<JobName>;
  readonly lost: ReadonlySet<NodeId>;
  readonly isFrozen: boolean;
  readonly nowMs: number;
  readonly memory: RolloutMemory;
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
 * answer. Those that do not run have nothing to lose and all have theirs at once. Where the newest
 * version does not run, no other container is taken for it. Where one has no place, none that runs
 * is taken from its node. Nodes that are not heard wait, since nobody knows what runs there.
 */
export function planRollouts(input: RolloutInput): Rollouts {
  const { nowMs } = input;
  const sinceMs = input.memory.sinceMs ?? nowMs;
  const turns = new Map<AllocationId, Turn>();
  const given: AllocationId[] = [];
  const rollouts: Rollout[] = [];
  for (const job of input.jobs) {
    if (job.spec.replicas === 1 || !job.placed.some(isOld)) continue;
    const there = job.placed.filter(({ id }) => !input.dropped.has(id));
    const old = there.filter(isOld);
    if (old.length === 0) continue;
    const updated = there.filter((each) => !isOld(each));
    for (const each of updated) {
      const turn = turnNow(each, input);
      if (turn !== undefined) turns.set(each.id, turn);
    }
    const { next, reason } = nextTurns(updated, { ...input, sinceMs, turns, job, old });
    for (const each of next) {
      given.push(each.id);
      turns.set(each.id, { atMs: nowMs, was: input.find(each)?.containerId ?? null });
    }
    const waiting = `${old.length} of ${there.length} containers wait to be started again`;
    rollouts.push({ job: job.spec.name, reason: cutText(`${waiting}: ${reason}`, MAX_REASON) });
  }
  const planned = rollouts.length === 0 ? {} : { turns: given, rollouts };
  return { planned, memory: { sinceMs, turns: withUnfinished(turns, input) } };
}

// Who has a turn that is not done is about to stop its container, also where its job is asked for
// nothing else now, or is changed once more before that.
function withUnfinished(
  turns: ReadonlyMap<AllocationId, Turn>,
  { memory, nowMs }: RolloutInput,
): ReadonlyMap<AllocationId, Turn> {
  const left = [...memory.turns].filter(
    ([id, turn]) => !turns.has(id) && isUnfinished(turn) && nowMs - turn.atMs < LEAVE_DEADLINE_MS,
  );
  return left.length === 0 ? turns : new Map([...left, ...turns]);
}

const isUnfinished = ({ runsSinceMs }: Turn): boolean => runsSinceMs === undefined;

const MAX_REASON = 1000;
const isOld = ({ isOutdated }: Placed): boolean => isOutdated === true;

/** What is known by now of the turn of an updated allocation; undefined = nothing is. */
function turnNow(each: Placed, { find, nowMs, memory }: RolloutInput): Turn | undefined {
  const known = memory.turns.get(each.id);
  const allocation = find(each);
  if (!isUp(allocation)) return { atMs: known?.atMs ?? nowMs, was: known?.was ?? null };
  if (known === undefined || allocation?.containerId === known.was) return known;
  const { runsSinceMs = nowMs } = known;
  const starting = isStarting(allocation) ? { startingAtMs: nowMs } : {};
  return { ...known, runsSinceMs, ...starting };
}

interface JobRollout extends RolloutInput {
  readonly sinceMs: number;
  /** As they are now. */
  readonly turns: ReadonlyMap<AllocationId, Turn>;
  readonly job: SnapshotJob;
  readonly old: readonly Placed[];
}

interface NextTurns {
  readonly next: readonly Placed[];
  /** What the others wait for. */
  readonly reason: string;
}

function nextTurns(updated: readonly Placed[], input: JobRollout): NextTurns {
  const { job, old, find, nodeOf, placing, isFrozen, memory, pending } = input;
  const heard = old.filter(({ node }) => {
    const host = nodeOf(node);
    return host !== undefined && isSteerable(host) && job.refusedBy?.has(node) !== true;
  });
  const runs = (each: Placed): boolean => mayRun(find(each));
  const down = heard.filter((each) => !runs(each));
  const wait = (reason: string): NextTurns => ({ next: down, reason });
  for (const each of updated) {
    const why = whyUnsettled(each, input);
    if (why !== undefined) return wait(`${each.id} on ${each.node} ${why}`);
  }
  const [first] = down;
  if (first !== undefined) return wait(`${first.id} on ${first.node} did not run and is first`);
  if (placing.has(job.spec.name)) return wait('another container of the job is placed first');
  if (isFrozen) return wait('too many nodes are silent');
  // One whose turn was not stored, or is not done, has it again, so that no two have it.
  const up = heard.filter(runs);
  const isStuck = pending.has(job.spec.name);
  const whyStays = (each: Placed): string | undefined =>
    isStuck ? input.whyLeaves(each, job) : undefined;
  const running = up.filter((each) => whyStays(each) === undefined);
  const hasTurn = ({ id }: Placed): boolean => {
    const turn = memory.turns.get(id);
    return turn !== undefined && isUnfinished(turn);
  };
  const next = running.find(hasTurn) ?? running[0];
  if (next !== undefined)
    return { next: [next], reason: `${next.id} on ${next.node} is started again` };
  const [stays] = up;
  if (stays !== undefined)
    return wait(`another container has no place, and ${stays.id} ${whyStays(stays)}`);
  const hosts = [...new Set(old.map(({ node }) => node))].join(', ');
  return wait(`${hosts} cannot be told`);
}

/** Whether it has something to lose. One that a full report leaves out may run. */
export const mayRun = (allocation: SnapshotAllocation | undefined): boolean =>
  allocation?.report == null || isUp(allocation);

/**
 * Whether an allocation gets what its job asks for now only in its turn: it runs, it is not the
 * newest version, and it is one of several.
 */
export const waitsForTurn = (
  allocation: SnapshotAllocation,
  { spec, placed }: SnapshotJob,
): boolean =>
  spec.replicas > 1 &&
  mayRun(allocation) &&
  placed.some((each) => each.id === allocation.id && isOld(each));

const isUp = (allocation: SnapshotAllocation | undefined): boolean =>
  allocation?.state === 'running' && allocation.report?.reason.startsWith(RESTARTING) !== true;

/** Why an allocation of the newest version does not count as one that serves; undefined = does. */
function whyUnsettled(each: Placed, input: JobRollout): string | undefined {
  const { nodeOf, find, lost, job } = input;
  const node = nodeOf(each.node);
  if (lost.has(each.node)) return undefined;
  if (node === undefined || isSilent(node)) return 'is not heard';
  const refusal = job.refusedBy?.get(each.node);
  if (refusal !== undefined) return `is refused there: ${refusal}`;
  const allocation = find(each);
  if (allocation === undefined || !isUp(allocation)) {
    const said = allocation?.report?.reason ?? '';
    const state = allocation?.state ?? 'pending';
    return state === 'pending'
      ? `does not run yet${said === '' ? '' : ` (${said})`}`
      : `does not run as it is now (${said === '' ? state : said})`;
  }
  return whyNotReady(allocation, input);
}

function whyNotReady(
  allocation: SnapshotAllocation,
  { turns, sinceMs, nowMs, old, find, job }: JobRollout,
): string | undefined {
  const turn = turns.get(allocation.id);
  // It had its turn from another leader, which is over some time after ours began.
  if (turn === undefined) {
    const ledMs = nowMs - sinceMs;
    if (ledMs < IDLE_TAKEOVER_MS) return 'may be starting';
    // It may still fetch its image. An image is not always listed by the name that was asked for.
    const isOther = allocation.report?.image !== job.spec.image;
    return isOther && ledMs < LEAVE_DEADLINE_MS ? 'is not started again yet' : undefined;
  }
  const { runsSinceMs, startingAtMs } = turn;
  if (runsSinceMs === undefined)
    // A store that lost its last writes may ask for what runs there already.
    return nowMs - turn.atMs < LEAVE_DEADLINE_MS || allocation.report?.image !== job.spec.image
      ? 'is not started again yet'
      : undefined;
  if (allocation.report?.latency != null) return undefined;
  const others = old.map(find);
  const asked = others.find(isAsked) ?? others[0];
  const quietMs = nowMs - (startingAtMs ?? runsSinceMs);
  return nowMs - runsSinceMs < takeoverMs({ old: asked, quietMs })
    ? 'has not answered yet'
    : undefined;
}
