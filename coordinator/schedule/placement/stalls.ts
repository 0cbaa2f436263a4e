import { isSameContainer } from '../../../shared/fixed-parts.js';
import type { JobName } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import type { Rollout, Stall, StallKind } from '../plan-parts.js';
import type { Placed, SnapshotJob } from '../types.js';
import type { Finder } from './end-moves.js';
import { isSilent } from './node-budget.js';

/**
 * A change of a job that comes no further for so long stands still, ms: no wait that ends by itself
 * is longer (`LEAVE_DEADLINE_MS`).
 */
export const STALL_MS = 1_200_000;

/** How far the change of a job has come. */
export interface Progress {
  /** The newest version. */
  readonly spec: JobSpec;
  /** Which of its allocations have not had their turn, and what they wait for. */
  readonly mark: string;
  /** Since when it is so, ms. */
  readonly sinceMs: number;
}

/** What the change of a job waits for; '' = for nothing that could be said. */
export interface RolloutWait {
  readonly reason: string;
  /** The allocation that it waits for; absent = it is not one that could be named. */
  readonly stuck?: Stuck | undefined;
  /** Some container has its turn by this plan. */
  readonly isGiven: boolean;
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

/**
 * Says what changes wait for, and which have come no further for `STALL_MS`; of the last or only
 * container of a job, which nobody waits for, that alone. Another leader begins the time again.
 */
export function findStalls({ changing, waits, progress, nowMs, nodeOf }: StallsInput): Stalls {
  const rollouts: Rollout[] = [];
  const next = new Map<JobName, Progress>();
  for (const job of changing) {
    const { name } = job.spec;
    const wait = waits.get(name);
    const known = wait === undefined || wait.reason === '' ? undefined : wait;
    const { reason, stuck } = known ?? lastOf(job, nodeOf);
    const { each, kind }: Stuck = stuck ?? { each: firstOf(job), kind: 'other' };
    const mark = `${leftOf(job)}; ${each.id} ${kind}`;
    const now = progressOf(job, mark, { before: progress.get(name), nowMs });
    next.set(name, now);
    const isStill = nowMs - now.sinceMs >= STALL_MS && wait?.isGiven !== true;
    const stall: Stall = { allocation: each.id, node: each.node, kind };
    if (isStill) rollouts.push({ job: name, reason, stall });
    else if (known !== undefined) rollouts.push({ job: name, reason });
  }
  return { rollouts, progress: next };
}

const leftOf = ({ placed }: SnapshotJob): string =>
  placed.flatMap(({ id, isOutdated }) => (isOutdated === true ? id : [])).join(' ');

const firstOf = ({ placed }: SnapshotJob): Placed => placed.find(isBehind) as Placed;

interface Before {
  /** undefined = none is known. */
  readonly before: Progress | undefined;
  readonly nowMs: number;
}

function progressOf({ spec }: SnapshotJob, mark: string, { before, nowMs }: Before): Progress {
  const isSame = before?.mark === mark && isSameContainer(before.spec, spec);
  return isSame ? before : { spec, mark, sinceMs: nowMs };
}

/** Nobody waits for it, but it is not there either. */
function lastOf(job: SnapshotJob, nodeOf: Finder['nodeOf']): Pick<RolloutWait, 'reason' | 'stuck'> {
  const each = firstOf(job);
  const host = nodeOf(each.node);
  const isHeard = host !== undefined && !isSilent(host);
  const reason = `${each.id} on ${each.node} ${isHeard ? NOT_REPLACED : 'is not heard'}`;
  return { reason, stuck: { each, kind: isHeard ? 'not-replaced' : 'silent' } };
}
