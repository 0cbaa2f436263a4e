import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { Steps } from '../../shared/steps.js';
import type { SnapshotAllocation, SnapshotNode } from '../schedule/types.js';
import { isAdmitted } from './admission.js';
import type { PlacedByJob } from './job-snapshot.js';
import { byId, type ClusterState, type NodeRecord } from './model.js';
import { snapshotNode } from './node-snapshot.js';
import { isSameNode } from './snapshot-reuse.js';

/** What the scheduler sees of the nodes of a state, and what the next look can reuse of it. */
export interface SeenNodes {
  readonly state: ClusterState;
  /** All nodes of the state in id order. */
  readonly records: readonly NodeRecord[];
  /** What the scheduler sees of each of them; undefined = it is left out. */
  readonly views: readonly (SnapshotNode | undefined)[];
  /** Whether containers of ours ran without a desired state: placement then depends on reports. */
  readonly hasUndesired: boolean;
}

/** Nodes that are to be looked at. */
export interface NodesToSee extends Pick<SeenNodes, 'state' | 'records' | 'hasUndesired'> {
  /** Whether what was seen before may be reused where it has not changed. */
  readonly mayReuse: boolean;
}

/** All nodes of a state; `before` null = nothing to reuse. */
export function nodesToSee(before: SeenNodes | null, state: ClusterState): NodesToSee {
  const records = recordsOf(before, state);
  const hasUndesired = records.some((node) => runsUndesired(node) && isAdmitted(state, node));
  const mayReuse =
    before !== null &&
    !before.hasUndesired &&
    !hasUndesired &&
    before.state.incarnation === state.incarnation;
  return { state, records, hasUndesired, mayReuse };
}

/** Where allocations are: containers of ours without a desired state are added. */
export interface KnownPlaces {
  readonly taken: Map<AllocationId, NodeId>;
  readonly placed: PlacedByJob;
}

/** What is seen of each, one step for each node that is looked at again. */
export function* viewsSteps(
  before: SeenNodes | null,
  { state, records, mayReuse }: NodesToSee,
  { taken, placed }: KnownPlaces,
): Steps<SeenNodes['views']> {
  const placeBefore =
    mayReuse && before !== null ? placesOf(before.records, records) : () => undefined;
  const views: (SnapshotNode | undefined)[] = [];
  for (const node of records) {
    const { report } = node;
    if (report === null || !isAdmitted(state, node)) {
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
  return views;
}

/**
 * What is seen of some nodes of a cluster by themselves. A container of ours without a desired
 * state is seen even where another node, which is not among these, has its allocation.
 */
export function* seenNodesSteps(before: SeenNodes | null, state: ClusterState): Steps<SeenNodes> {
  const nodes = nodesToSee(before, state);
  const views = yield* viewsSteps(before, nodes, { taken: new Map(), placed: new Map() });
  const { records, hasUndesired } = nodes;
  return { state, records, views, hasUndesired };
}

// Sorted once for as long as the nodes are the same: a pass runs many times a second.
function recordsOf(before: SeenNodes | null, { nodes }: ClusterState): readonly NodeRecord[] {
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

function lastSeen(before: SeenNodes | null, place: number | undefined): SeenNode | undefined {
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

// On a node with a desired state, a container of ours outside it is about to be removed by the
// agent. On a node without one, the reported containers are all that is known.
const runsUndesired = ({ desired, report }: NodeRecord): boolean =>
  desired === null && report?.containers.some(({ origin }) => origin === 'dqoes') === true;
