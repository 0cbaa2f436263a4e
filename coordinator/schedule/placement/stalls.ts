import { isSameContainer } from '../../../shared/fixed-parts.js';
import type { JobName } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import type { Rollout, Stall, StallKind, StoredTimes } from '../plan-parts.js';
import type { Placed, SnapshotJob } from '../types.js';
import type { Finder } from './end-moves.js';
import { isSilent } from './node-budget.js';
import { unchangedSince } from './stored-times.js';

/**
 * A change of a job that comes no further for so long stands still, ms: no wait that ends by itself
 * is longer (`LEAVE_DEADLINE_MS`).
 */
export const STALL_MS = 1_200_000;

/**
 * So long a leader has begun only, ms. Until then it hears one node after the other, and takes what
 * runs for what may be starting (`IDLE_TAKEOVER_MS`): another reason to wait is no progress, and
 * nothing stands still yet.
 */
export const BEGINNING_MS = 90_000;

/** How far the change of a job has come. */
export interface Progress {
  /** The newest version. */
  readonly spec: JobSpec;
  /** Which of its allocations have not had their turn. */
  readonly left: string;
  /** What they wait for. */
  readonly waitsFor: string;
  /** Since when it is so, ms. */
  readonly sinceMs: number;
}

/** What the change of a job waits for; '' = for nothing that could be said. */
export interface RolloutWait {
  readonly reason: string;
  /** The allocation that it waits for; absent = it is not one that could be named. */
  readonly stuck?: Stuck | undefined;
  /** The first that has its turn by this plan; absent = none has. */
  readonly given?: Placed | undefined;
}

/** An allocation that a change waits for. */
export interface Stuck {
  readonly each: Placed;
  readonly kind: StallKind;
}

/** Its turn has come, and what runs is still the container before. */
export const NOT_REPLACED = 'is not started again yet';

/** What stands still is found from. */
export interface StallsInput extends Pick<Finder, 'nodeOf'> {
  /** Jobs of which some container is not of the newest version. */
  readonly changing: readonly SnapshotJob[];
  readonly waits: ReadonlyMap<JobName, RolloutWait>;
  /** By the plan before. */
  readonly progress: ReadonlyMap<JobName, Progress>;
  /** By what was stored before this leader began. */
  readonly stored: StoredTimes;
  /** When this leader began, ms. */
  readonly begunAtMs: number;
  readonly nowMs: number;
}

/** What is said of jobs that are being changed, and how far each has come. */
export interface Stalls {
  readonly rollouts: readonly Rollout[];
  readonly progress: ReadonlyMap<JobName, Progress>;
}

/** Whether what runs, as its agent says, is not what its job asks for, or has not had its turn. */
export const isBehind = ({ isOutdated, isPrevious, isHeldBack }: Placed): boolean =>
  isOutdated === true || isPrevious === true || isHeldBack === true;

/** Whether this leader has just begun. */
export const isBeginning = ({
  begunAtMs,
  nowMs,
}: Pick<StallsInput, 'begunAtMs' | 'nowMs'>): boolean => nowMs - begunAtMs < BEGINNING_MS;

/**
 * Says what changes wait for, and which have come no further for `STALL_MS`; of the last or only
 * container of a job, which nobody waits for, that alone. Another leader goes on from what is
 * stored, where that says since when; else it begins the time again.
 */
export function findStalls(input: StallsInput): Stalls {
  const { changing, waits, nowMs, nodeOf } = input;
  const rollouts: Rollout[] = [];
  const next = new Map<JobName, Progress>();
  for (const job of changing) {
    const { name } = job.spec;
    const wait = waits.get(name);
    const known = wait === undefined || wait.reason === '' ? undefined : wait;
    const { reason, stuck } = notStored(wait) ?? known ?? lastOf(job, nodeOf);
    const { each, kind }: Stuck = stuck ?? { each: firstOf(job), kind: 'other' };
    const now = progressOf(job, `${each.id} ${kind}`, input);
    next.set(name, now);
    const isStill = nowMs - now.sinceMs >= STALL_MS && !isBeginning(input);
    const stall: Stall = { allocation: each.id, node: each.node, kind };
    if (isStill) rollouts.push({ job: name, reason, stall });
    else if (known !== undefined) rollouts.push({ job: name, reason: known.reason });
  }
  return { rollouts, progress: next };
}

/**
 * What has its turn by this plan is another version in the next one, unless it could not be stored.
 */
function notStored(wait: RolloutWait | undefined): Pick<RolloutWait, 'reason' | 'stuck'> | null {
  const each = wait?.given;
  if (each === undefined) return null;
  const reason = `${each.id} on ${each.node} has its turn, which could not be stored`;
  return { reason, stuck: { each, kind: 'not-stored' } };
}

const leftOf = ({ placed }: SnapshotJob): string =>
  placed.flatMap(({ id, isOutdated }) => (isOutdated === true ? id : [])).join(' ');

const firstOf = ({ placed }: SnapshotJob): Placed => placed.find(isBehind) as Placed;

function progressOf(job: SnapshotJob, waitsFor: string, input: StallsInput): Progress {
  const { spec } = job;
  const { progress, stored, nowMs } = input;
  const left = leftOf(job);
  const before = progress.get(spec.name);
  const isSame = before?.left === left && isSameContainer(before.spec, spec);
  if (isSame && before.waitsFor === waitsFor) return before;
  if (isSame && isBeginning(input)) return { ...before, waitsFor };
  const isFirst = before === undefined && isBeginning(input);
  const sinceMs = isFirst ? unchangedSince(job, stored) : undefined;
  return { spec, left, waitsFor, sinceMs: sinceMs ?? nowMs };
}

/** Nobody waits for it, but it is not there either. */
function lastOf(job: SnapshotJob, nodeOf: Finder['nodeOf']): Pick<RolloutWait, 'reason' | 'stuck'> {
  const each = firstOf(job);
  const host = nodeOf(each.node);
  const isHeard = host !== undefined && !isSilent(host);
  const reason = `${each.id} on ${each.node} ${isHeard ? NOT_REPLACED : 'is not heard'}`;
  return { reason, stuck: { each, kind: isHeard ? 'not-replaced' : 'silent' } };
}
