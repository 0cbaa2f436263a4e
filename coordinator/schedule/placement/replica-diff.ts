import { type AllocationId, allocationIdOf, type NodeId, ordinalOf } from '../../../shared/ids.js';
import type { ClusterSummary, NodeSummary } from '../node-summary.js';
import type { Placed, SnapshotJob } from '../types.js';
import {
  endMoves,
  type Finder,
  type Lost,
  type MovesGoingOn,
  type MovesSeen,
  mustLeave,
} from './end-moves.js';
import { isSilent } from './node-budget.js';
import { isBehind } from './stalls.js';
import { NO_ROLLOUTS, type RolloutMemory } from './turns.js';

/**
 * The difference between what jobs want and what is placed: which allocations stay, which go and
 * why, and which are missing.
 */
export interface ReplicaDiff {
  /** Node of each allocation that stays, of jobs that are not settled. */
  readonly keep: ReadonlyMap<AllocationId, NodeId>;
  readonly settled: SettledJobs;
  /** Why an allocation that a job had is dropped. */
  readonly dropped: ReadonlyMap<AllocationId, string>;
  /** Of those, the ones that go though their node may be silent: it failed or never answered. */
  readonly lost: readonly Lost[];
  readonly missing: readonly { readonly job: SnapshotJob; readonly ids: readonly AllocationId[] }[];
  /** The moves under way. */
  readonly moving: MovesSeen;
}

/** What the previous pass found, and the time of this one. */
export interface PreviousPass {
  readonly moving: MovesSeen;
  readonly settled: SettledJobs;
  /** The turns of jobs that are being changed. Absent = none were given. */
  readonly rollouts?: RolloutMemory;
  readonly nowMs: number;
}

/**
 * Jobs with as many allocations as they want and no move: nearly all, nearly always. Computed again
 * only when jobs or places change.
 */
export interface SettledJobs {
  readonly jobs: readonly SnapshotJob[];
  readonly lost: readonly NodeId[];
  readonly homes: ReadonlyMap<AllocationId, NodeId>;
  readonly others: readonly SnapshotJob[];
  /** Of all jobs, those of which some container is not of the newest version. */
  readonly changing: readonly SnapshotJob[];
  /** Of all jobs, those that some hosts refuse, or that have to leave some for want of room. */
  readonly refused: readonly SnapshotJob[];
  /** Whether any of all jobs asks for a GPU. */
  readonly asksForGpu: boolean;
}
/** Nothing computed yet. */
export const NO_SETTLED_JOBS: SettledJobs = {
  jobs: [],
  lost: [],
  homes: new Map(),
  others: [],
  changing: [],
  refused: [],
  asksForGpu: false,
};

function settledOf(
  { jobs, lost = NO_SETTLED_JOBS.lost }: ClusterSummary,
  before: SettledJobs,
): SettledJobs {
  if (before.jobs === jobs && before.lost === lost) return before;
  const gone = new Set(lost);
  const homes = new Map<AllocationId, NodeId>();
  const others: SnapshotJob[] = [];
  for (const job of jobs) {
    if (isSettled(job) && !job.placed.some((each) => isLost(job, each, gone)))
      for (const { id, node } of job.placed) homes.set(id, node);
    else others.push(job);
  }
  const asksForGpu = jobs.some(({ spec }) => spec.resources.gpu !== undefined);
  const refused = jobs.filter(
    ({ refusedBy, leaves }) => refusedBy !== undefined || leaves !== undefined,
  );
  const changing = jobs.filter(({ placed }) => placed.some(isBehind));
  return { jobs, lost, homes, others, changing, refused, asksForGpu };
}

const isLost = ({ spec }: SnapshotJob, { node }: Placed, gone: ReadonlySet<NodeId>): boolean =>
  spec.onLoss === 'reschedule' && gone.has(node);

const isSettled = ({ spec, placed, refusedBy, waitsFor }: SnapshotJob): boolean =>
  waitsFor === undefined &&
  placed.length === spec.replicas &&
  placed.every(
    ({ replaces, node, isOutdated }) =>
      replaces === undefined && isOutdated === undefined && refusedBy?.has(node) !== true,
  );

/**
 * Compares each job's allocations with its replicas. A move is a pair that counts once: the old
 * allocation stays until the new one answers, and a new one that does not answer in time is dropped
 * (`end-moves.ts`). Of too many, desired ones stay before others, running ones before others, those
 * on nodes that are heard before others, those that may stay where they are before others, those of
 * the newest version before others, older ordinals before newer ones. Where one is left of several
 * and is to be started again, another serves until it does. Missing allocations get the lowest free
 * ordinals.
 */
export function diffReplicas(
  snapshot: ClusterSummary,
  { moving: before, nowMs, settled: known, rollouts = NO_ROLLOUTS }: PreviousPass,
): ReplicaDiff {
  const settled = settledOf(snapshot, known);
  const gone = new Set(settled.lost);
  const lost: Lost[] = [];
  const keep = new Map<AllocationId, NodeId>();
  const dropped = new Map<AllocationId, string>();
  const missing: { job: SnapshotJob; ids: readonly AllocationId[] }[] = [];
  const moving: MovesGoingOn = { movingSinceMs: new Map(), startingAtMs: new Map() };
  const { movingSinceMs } = moving;
  const finder = finderOf(snapshot.nodes);
  const { find } = finder;
  for (const job of settled.others) {
    const there = job.placed.filter((each) => {
      const refusal = job.refusedBy?.get(each.node);
      // What runs there already, as an older version of the job, runs on until it is moved.
      if (refusal !== undefined && find(each)?.state !== 'running') {
        dropped.set(each.id, `refused by ${each.node}: ${refusal}`);
        return false;
      }
      // What runs has what it waits for already, and is not created again.
      if (job.waitsFor !== undefined && find(each)?.state === 'pending') {
        dropped.set(each.id, job.waitsFor);
        return false;
      }
      if (!isLost(job, each, gone)) return true;
      lost.push({ ...each, job: job.spec.name });
      dropped.set(each.id, `${each.node} is down: restarted on another node`);
      return false;
    });
    const { away } = rollouts;
    const left = endMoves(job, there, { ...finder, before, away, nowMs, dropped, moving, lost });
    const pairs = new Set(left.filter(({ id }) => movingSinceMs.has(id)).map(({ id }) => id));
    const ranked = left.filter(({ id }) => !pairs.has(id)).sort(byRank(job, finder));
    const stays = new Set(staysOf(job, ranked, { ...finder, rollouts }));
    for (const each of ranked)
      if (!stays.has(each)) dropped.set(each.id, 'no job asks for this allocation any more');
    for (const { id, node, replaces } of left) {
      if (replaces !== undefined && pairs.has(id) && dropped.has(replaces))
        dropped.set(id, 'no job asks for this allocation any more');
      if (!dropped.has(id)) keep.set(id, node);
    }
    const ids = freeIds(job, job.spec.replicas - ranked.length);
    if (ids.length > 0) missing.push({ job, ids });
  }
  return { keep, settled, dropped, lost, missing, moving };
}

/** Looks for allocations; the nodes are put in order when the first is asked for. */
export function finderOf(nodes: readonly NodeSummary[]): Finder {
  let index: ReadonlyMap<NodeId, NodeSummary> | undefined;
  const nodeOf = (id: NodeId): NodeSummary | undefined => {
    index ??= new Map(nodes.map((each) => [each.id, each]));
    return index.get(id);
  };
  return {
    nodeOf,
    find: ({ id, node }) => nodeOf(node)?.allocations.find((allocation) => allocation.id === id),
  };
}

const byRank =
  (job: SnapshotJob, finder: Finder) =>
  (a: Placed, b: Placed): number =>
    rankOf(job, a, finder) - rankOf(job, b, finder) || ordinalOf(a.id) - ordinalOf(b.id);

// The reasons to go, the weightiest first. An allocation on a node that has not reported counts as
// running, as one does on a node that fell silent.
function rankOf(job: SnapshotJob, each: Placed, { find, nodeOf }: Finder): number {
  const [allocation, node] = [find(each), nodeOf(each.node)];
  const reasons = [
    allocation?.limit === null,
    allocation !== undefined && allocation.state !== 'running',
    node === undefined || isSilent(node),
    node?.isDraining === true || mustLeave(job, each.node),
    each.isOutdated === true,
  ];
  return reasons.reduce((rank, isReason) => 2 * rank + (isReason ? 1 : 0), 0);
}

/** Those of a job that stay, of all but the new ones of moves, the last to go first. */
function staysOf(
  { spec: { replicas } }: SnapshotJob,
  ranked: readonly Placed[],
  { find, nodeOf, rollouts: { sinceMs, away } }: Finder & { readonly rollouts: RolloutMemory },
): readonly Placed[] {
  const old = ranked.filter(({ isOutdated }) => isOutdated === true);
  if (replicas !== 1 || ranked.length < 2 || old.length === 0) return ranked.slice(0, replicas);
  const newest = ranked.filter(({ isOutdated }) => isOutdated !== true);
  const runs = (each: Placed): boolean => find(each)?.state === 'running';
  const serves = (each: Placed): boolean => {
    const node = nodeOf(each.node);
    const isHeard = node !== undefined && !isSilent(node);
    return sinceMs !== null && isHeard && runs(each) && !away.has(each.id);
  };
  const ready = newest.find(serves);
  if (ready !== undefined) return [ready];
  const running = old.filter(runs);
  // What runs alone is not taken for the change while there is another for it.
  const down = running.length === 1 ? old.find((each) => !runs(each)) : undefined;
  const first = newest[0] ?? down ?? ranked[0];
  const spare = running.find((each) => each !== first);
  return [first, spare].filter((each) => each !== undefined);
}

function freeIds(
  { spec, placed }: SnapshotJob,
  count: number,
  others: Iterable<AllocationId> = [],
): readonly AllocationId[] {
  const ids: AllocationId[] = [];
  const taken = new Set(others);
  for (const { id } of placed) taken.add(id);
  for (let ordinal = 1; ids.length < count; ordinal += 1) {
    const id = allocationIdOf(spec.name, ordinal);
    if (!taken.has(id)) ids.push(id);
  }
  return ids;
}

/** The id with the lowest ordinal that no allocation of the job has, nor one of the others. */
export const freeIdOf = (job: SnapshotJob, others: Iterable<AllocationId>): AllocationId =>
  freeIds(job, 1, others)[0] as AllocationId;
