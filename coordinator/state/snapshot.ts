import type { DesiredAllocation } from '../../shared/command.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { NodeReport } from '../../shared/report.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import { CORDONED, OTHER_STORE } from '../schedule/placement/node-budget.js';
import type { Snapshot, SnapshotAllocation, SnapshotNode } from '../schedule/types.js';
import { allocatableOf, isAdmitted } from './admission.js';
import { type DesiredInput, snapshotDesired, snapshotReported } from './allocation-snapshot.js';
import { snapshotGpus } from './gpu-snapshot.js';
import { addPlaced, type PlacedByJob, placedOf, snapshotJobs } from './job-snapshot.js';
import { byId, type ClusterState, type NodeRecord } from './model.js';
import { nodeLossesOf } from './node-losses.js';
import { hasSameJobs, hasSamePlaces, isSameNode } from './snapshot-reuse.js';
import { containersOf, homesOf } from './targets.js';

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
  readonly nodes: ReadonlyMap<NodeId, SnapshotNode>;
  /** All nodes of the state, those that are left out included, in id order. */
  readonly order: readonly NodeId[];
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
  const order = orderOf(before, state);
  const records = recordsOf(state, order);
  const hasUndesired = records.some(runsUndesired);
  const mayReuse =
    before !== null &&
    !before.hasUndesired &&
    !hasUndesired &&
    before.state.incarnation === state.incarnation;
  const reusesJobs =
    mayReuse && hasSameJobs(before.state, state) && hasSamePlaces(before.state, state);
  yield;
  const homes = homesOf(reusesJobs ? [] : records);
  const taken = new Map<AllocationId, NodeId>(homes);
  const placed = placedOf(reusesJobs ? [] : records, homes);
  const nodes = new Map<NodeId, SnapshotNode>();
  for (const node of records) {
    if (node.report === null) continue;
    const seen =
      mayReuse && isSameNode(before.state, state, node) ? before.nodes.get(node.id) : undefined;
    if (seen === undefined) yield;
    const view = seen ?? snapshotNode(state, { node, report: node.report, taken, placed });
    nodes.set(node.id, view);
  }
  yield;
  const known =
    before === null ? undefined : { jobs: before.snapshot.jobs, records: before.state.jobs };
  const jobs = reusesJobs ? before.snapshot.jobs : snapshotJobs(state, { placed, records, known });
  yield;
  const { lost, isFrozen } = nodeLossesOf(state);
  const snapshot = Object.freeze({
    jobs,
    nodes: [...nodes.values()],
    lost: keepIfEqual(before?.snapshot.lost, lost),
    isFrozen,
  });
  return { snapshot, state, nodes, order, hasUndesired };
}

// Sorted once for as long as the nodes are the same: a pass runs many times a second.
function orderOf(before: CachedSnapshot | null, { nodes }: ClusterState): readonly NodeId[] {
  const known = before?.order;
  if (known?.length === nodes.size && known.every((id) => nodes.has(id))) return known;
  return byId(nodes.values()).map(({ id }) => id);
}

function recordsOf(state: ClusterState, order: readonly NodeId[]): readonly NodeRecord[] {
  const records: NodeRecord[] = [];
  for (const id of order) {
    const node = state.nodes.get(id);
    if (node !== undefined && isAdmitted(state, node)) records.push(node);
  }
  return records;
}

const keepIfEqual = (
  before: readonly NodeId[] = [],
  after: readonly NodeId[],
): readonly NodeId[] =>
  before.length === after.length && before.every((id, i) => id === after[i]) ? before : after;

// On a node with a desired state, a container of ours outside it is about to be removed by the
// agent. On a node without one, the reported containers are all that is known.
const runsUndesired = ({ desired, report }: NodeRecord): boolean =>
  desired === null && report?.containers.some(({ origin }) => origin === 'dqoes') === true;

interface NodeInput {
  readonly node: NodeRecord;
  readonly report: NodeReport;
  /** Where each allocation is; containers of ours without a desired state are added. */
  readonly taken: Map<AllocationId, NodeId>;
  readonly placed: PlacedByJob;
}

function snapshotNode(
  state: ClusterState,
  { node, report, taken, placed }: NodeInput,
): SnapshotNode {
  const { capacityCpuCores, cpuUtilisationRatio } = report.host;
  const unschedulableReason = unschedulableReasonOf(state, node, report);
  return Object.freeze({
    id: node.id,
    schedulable: unschedulableReason === '',
    unschedulableReason,
    isDraining: node.scheduling === 'draining',
    labels: report.labels,
    ...allocatableOf(state, node, report.host),
    idleCpuCores:
      cpuUtilisationRatio === null ? null : capacityCpuCores * (1 - cpuUtilisationRatio),
    reportIntervalMs: report.intervalMs,
    ...snapshotGpus(report, node.desired),
    allocations: desiredAlone(state, node) ?? allAllocations(state, { node, taken, placed }),
  });
}

/**
 * What is desired on the node, where that is in id order and nothing else runs there: nearly
 * always, and then nothing needs to be sorted. null = it is not so.
 */
function desiredAlone(state: ClusterState, node: NodeRecord): SnapshotAllocation[] | null {
  const desired = node.desired?.allocations ?? [];
  if (desired.length === 0) return null;
  if (areInOrder(desired, node)) {
    const { containers = [] } = node.report ?? {};
    return desired.map((each, i) =>
      snapshotDesiredOn(state, { node, desired: each, container: containers[i] }),
    );
  }
  const containers = containersOf(node);
  let seen = 0;
  let last = '';
  for (const { id } of desired) {
    if (id <= last) return null;
    last = id;
    if (containers.has(id)) seen += 1;
  }
  if (seen < containers.size) return null;
  return desired.map((each) =>
    snapshotDesiredOn(state, { node, desired: each, container: containers.get(each.id) }),
  );
}

/** Whether each is there once, in id order, and reported in the same order, as on most nodes. */
function areInOrder(desired: readonly DesiredAllocation[], { report }: NodeRecord): boolean {
  if (report?.containers.length !== desired.length) return false;
  let last = '';
  for (let i = 0; i < desired.length; i += 1) {
    const id = desired[i]?.id ?? '';
    if (id <= last || report.containers[i]?.allocation !== id) return false;
    last = id;
  }
  return true;
}

function allAllocations(
  state: ClusterState,
  { node, taken, placed }: Omit<NodeInput, 'report'>,
): SnapshotAllocation[] {
  const containers = containersOf(node);
  const allocations = new Map<AllocationId, SnapshotAllocation>();
  for (const desired of node.desired?.allocations ?? []) {
    const container = containers.get(desired.id);
    allocations.set(desired.id, snapshotDesiredOn(state, { node, desired, container }));
  }
  for (const container of containers.values()) {
    if (allocations.has(container.allocation)) continue;
    if (container.origin === 'dqoes') {
      if (node.desired !== null || taken.has(container.allocation)) continue;
      taken.set(container.allocation, node.id);
      addPlaced(placed, container.job, { id: container.allocation, node: node.id });
    }
    allocations.set(container.allocation, snapshotReported(state, node, container));
  }
  return byId(allocations.values());
}

// A container of the other origin is another container.
function snapshotDesiredOn(state: ClusterState, input: DesiredInput): SnapshotAllocation {
  const origin = input.desired.spec === undefined ? 'label' : 'dqoes';
  const isSame = input.container?.origin === origin;
  return snapshotDesired(state, isSame ? input : { ...input, container: undefined });
}

function unschedulableReasonOf(state: ClusterState, node: NodeRecord, report: NodeReport): string {
  if (node.liveness !== 'ready') return `the node is ${node.liveness}`;
  const held = report.holds.incarnation;
  if (held !== '' && held !== state.incarnation) return OTHER_STORE;
  return node.scheduling === 'open' ? '' : CORDONED;
}
