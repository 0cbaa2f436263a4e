import type { AllocationId, NodeId } from '../../shared/ids.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import type { Snapshot, SnapshotAllocation, SnapshotNode } from '../schedule/types.js';
import { isAdmitted } from './admission.js';
import { placedOf, snapshotJobs } from './job-snapshot.js';
import { byId, type ClusterState, type NodeRecord } from './model.js';
import { nodeLossesOf } from './node-losses.js';
import { snapshotNode } from './node-snapshot.js';
import { hasSameJobs, hasSamePlaces, isSameNode } from './snapshot-reuse.js';
import { homesOf } from './targets.js';

/**
 * What the scheduler may see, everything in id order: equal states give equal snapshots. Nodes that
 * have not reported since the coordinator started are left out, so nothing is decided about them;
 * what is desired there counts as placed. Nodes and jobs are frozen. Lists are not: the engine goes
 * through a frozen one slowly, with an object for each step; nor allocations, which are made by the
 * thousand.
 */
export const snapshotOf = (state: ClusterState): Snapshot => snapshotAfter(null, state).snapshot;

/** A snapshot, and what the next one can reuse of it. */
export interface CachedSnapshot {
  readonly snapshot: Snapshot;
  readonly state: ClusterState;
  /** All nodes of the state in id order. */
  readonly records: readonly NodeRecord[];
  /** What the scheduler sees of each of them; undefined = it is left out. */
  readonly views: readonly (SnapshotNode | undefined)[];
  /** Whether containers of ours ran without a desired state: placement then depends on reports. */
  readonly hasUndesired: boolean;
}

/**
 * Like `snapshotOf`, but reuses the nodes and jobs that have not changed since `before`: a pass
 * then costs what changed, not what exists. `before` null = nothing to reuse.
 */
export const snapshotAfter = (before: CachedSnapshot | null, state: ClusterState): CachedSnapshot =>
  atOnce(snapshotSteps(before, state));

/** `snapshotAfter` in steps, one for each node that is looked at again. */
export function* snapshotSteps(
  before: CachedSnapshot | null,
  state: ClusterState,
): Steps<CachedSnapshot> {
  const records = recordsOf(before, state);
  const isAdmittedNow = (node: NodeRecord): boolean => isAdmitted(state, node);
  const hasUndesired = records.some((node) => runsUndesired(node) && isAdmittedNow(node));
  const mayReuse =
    before !== null &&
    !before.hasUndesired &&
    !hasUndesired &&
    before.state.incarnation === state.incarnation;
  const reusesJobs =
    mayReuse && hasSameJobs(before.state, state) && hasSamePlaces(before, { state, records });
  yield;
  const admitted = reusesJobs ? [] : records.filter(isAdmittedNow);
  const homes = homesOf(admitted);
  const taken = new Map<AllocationId, NodeId>(homes);
  const placed = placedOf(state, admitted, homes);
  const placeBefore = mayReuse ? placesOf(before.records, records) : () => undefined;
  const views: (SnapshotNode | undefined)[] = [];
  for (const node of records) {
    const { report } = node;
    if (report === null || !isAdmittedNow(node)) {
      views.push(undefined);
      continue;
    }
    const last = lastSeen(before, placeBefore(views.length));
    if (before !== null && last !== undefined && isSameNode(before.state, state, last.was, node)) {
      views.push(last.view);
      continue;
    }
    yield;
    const hasSameJobRecords = before?.state.jobs === state.jobs;
    const again = hasSameJobRecords ? lastAllocations(last, node) : undefined;
    views.push(snapshotNode(state, { node, report, taken, placed, again }));
  }
  yield;
  const known =
    before === null ? undefined : { jobs: before.snapshot.jobs, records: before.state.jobs };
  const jobs = reusesJobs
    ? before.snapshot.jobs
    : snapshotJobs(state, { placed, records: admitted, known });
  yield;
  const { lost, isFrozen } = nodeLossesOf(state);
  const snapshot = Object.freeze({
    jobs,
    nodes: views.filter((view) => view !== undefined),
    lost: keepIfEqual(before?.snapshot.lost, lost),
    isFrozen,
  });
  return { snapshot, state, records, views, hasUndesired };
}

// Sorted once for as long as the nodes are the same: a pass runs many times a second.
function recordsOf(before: CachedSnapshot | null, { nodes }: ClusterState): readonly NodeRecord[] {
  if (before?.records.length !== nodes.size) return byId(nodes.values());
  const records = before.records.map(({ id }) => nodes.get(id));
  return records.every((node) => node !== undefined) ? records : byId(nodes.values());
}

/** Where the node in each place stood before; undefined = nowhere. Nearly always in the same. */
function placesOf(
  before: readonly NodeRecord[],
  records: readonly NodeRecord[],
): (place: number) => number | undefined {
  if (records.every(({ id }, i) => id === before[i]?.id)) return (place) => place;
  const places = new Map(before.map(({ id }, place) => [id, place]));
  return (place) => {
    const id = records[place]?.id;
    return id === undefined ? undefined : places.get(id);
  };
}

/** A node as it was, and what the scheduler saw of it then. */
interface SeenNode {
  readonly was: NodeRecord;
  readonly view: SnapshotNode;
}

function lastSeen(before: CachedSnapshot | null, place: number | undefined): SeenNode | undefined {
  if (before === null || place === undefined) return undefined;
  const was = before.records[place];
  const view = before.views[place];
  return was === undefined || view === undefined ? undefined : { was, view };
}

/** What was seen of its allocations, where only the report of the node is another one. */
const lastAllocations = (
  last: SeenNode | undefined,
  { desired, report }: NodeRecord,
): readonly SnapshotAllocation[] | undefined =>
  last !== undefined &&
  last.was.desired === desired &&
  last.was.report?.host.allocatableCpuCores === report?.host.allocatableCpuCores
    ? last.view.allocations
    : undefined;

const keepIfEqual = (
  before: readonly NodeId[] = [],
  after: readonly NodeId[],
): readonly NodeId[] =>
  before.length === after.length && before.every((id, i) => id === after[i]) ? before : after;

// On a node with a desired state, a container of ours outside it is about to be removed by the
// agent. On a node without one, the reported containers are all that is known.
const runsUndesired = ({ desired, report }: NodeRecord): boolean =>
  desired === null && report?.containers.some(({ origin }) => origin === 'dqoes') === true;
