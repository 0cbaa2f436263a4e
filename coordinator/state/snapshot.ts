import type { DesiredAllocation } from '../../shared/command.js';
import { type AllocationId, type JobName, type NodeId, ordinalOf } from '../../shared/ids.js';
import { type JobSpec, secretsOf } from '../../shared/job.js';
import type { NodeReport } from '../../shared/report.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import { CORDONED, OTHER_STORE } from '../schedule/placement/node-budget.js';
import type {
  Placed,
  Snapshot,
  SnapshotAllocation,
  SnapshotJob,
  SnapshotNode,
} from '../schedule/types.js';
import { allocatableOf, isAdmitted } from './admission.js';
import { type DesiredInput, snapshotDesired, snapshotReported } from './allocation-snapshot.js';
import { snapshotGpus } from './gpu-snapshot.js';
import { type RefusedJobs, refusedJobs } from './host-refusals.js';
import { byId, type ClusterState, type JobRecord, type NodeRecord, type Secrets } from './model.js';
import { nodeLossesOf } from './node-losses.js';
import { nodesWithoutKey, secretsAwaited } from './secrets.js';
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
  /** Whether containers of ours ran without a desired state: placement then depends on reports. */
  readonly hasUndesired: boolean;
}

/**
 * Like `snapshotOf`, but reuses the nodes and jobs that have not changed since `before`: a pass
 * then costs what changed, not what exists. `before` null = nothing to reuse.
 */
export const snapshotAfter = (before: CachedSnapshot | null, state: ClusterState): CachedSnapshot =>
  atOnce(snapshotSteps(before, state));

/** `snapshotAfter` in steps, one for each node. */
export function* snapshotSteps(
  before: CachedSnapshot | null,
  state: ClusterState,
): Steps<CachedSnapshot> {
  const records = byId(state.nodes.values()).filter((node) => isAdmitted(state, node));
  const hasUndesired = records.some(runsUndesired);
  const mayReuse =
    before !== null && !before.hasUndesired && !hasUndesired && hasSameJobs(before.state, state);
  const reusesJobs = mayReuse && hasSamePlaces(before.state, state);
  yield;
  const homes = homesOf(reusesJobs ? [] : records);
  const taken = new Map<AllocationId, NodeId>(homes);
  const placed = placedOf(reusesJobs ? [] : records, homes);
  const nodes = new Map<NodeId, SnapshotNode>();
  for (const node of records) {
    if (node.report === null) continue;
    yield;
    const known =
      mayReuse && isSameNode(before.state.nodes.get(node.id), node)
        ? before.nodes.get(node.id)
        : undefined;
    const view = known ?? snapshotNode(state, { node, report: node.report, taken, placed });
    nodes.set(node.id, view);
  }
  yield;
  const jobs = reusesJobs ? before.snapshot.jobs : snapshotJobs(state, { placed, records });
  yield;
  const { lost, isFrozen } = nodeLossesOf(state);
  const snapshot = Object.freeze({
    jobs,
    nodes: [...nodes.values()],
    lost: keepIfEqual(before?.snapshot.lost, lost),
    isFrozen,
  });
  return { snapshot, state, nodes, hasUndesired };
}

function snapshotJobs(
  state: ClusterState,
  { placed, records }: { readonly placed: PlacedByJob; readonly records: readonly NodeRecord[] },
): SnapshotJob[] {
  const refused = refusedJobs(state, records);
  const context = { placed, refused, secrets: state.secrets, keyless: nodesWithoutKey(records) };
  return [...state.jobs.values()]
    .sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1))
    .map((job) => snapshotJob(job, context));
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

/** Where allocations of ours are placed, by job. */
type PlacedByJob = Map<JobName, Placed[]>;

function placedOf(
  records: readonly NodeRecord[],
  homes: ReadonlyMap<AllocationId, NodeId>,
): PlacedByJob {
  const placed: PlacedByJob = new Map();
  for (const { id: node, desired } of records)
    for (const { id, job, spec, replaces } of desired?.allocations ?? [])
      if (spec !== undefined && homes.get(id) === node)
        addPlaced(placed, job, { id, node, ...(replaces === undefined ? {} : { replaces }) });
  return placed;
}

function addPlaced(placed: PlacedByJob, job: JobName, each: Placed): void {
  const known = placed.get(job);
  if (known === undefined) placed.set(job, [Object.freeze(each)]);
  else known.push(Object.freeze(each));
}

interface JobContext {
  readonly placed: PlacedByJob;
  readonly refused: RefusedJobs;
  readonly secrets: Secrets;
  /** Nodes that get no secrets. */
  readonly keyless: ReadonlyMap<NodeId, string>;
}

function snapshotJob({ spec, workload }: JobRecord, context: JobContext): SnapshotJob {
  const own = context.placed.get(spec.name) ?? [];
  const refused = context.refused.get(spec.name);
  const { keyless } = context;
  const refusedBy =
    spec.secretEnv === undefined || keyless.size === 0
      ? refused
      : new Map([...keyless, ...(refused ?? [])]);
  return Object.freeze({
    spec,
    workload,
    placed: own.sort((a, b) => ordinalOf(a.id) - ordinalOf(b.id)),
    ...(refusedBy === undefined ? {} : { refusedBy }),
    ...secretPartOf(spec, context.secrets),
  });
}

/** Of each secret beside its box: name, revision and key, with their names in JSON. */
const BESIDE_BOX_BYTES = 160;

function secretPartOf(
  spec: JobSpec,
  secrets: Secrets,
): Pick<SnapshotJob, 'waitsFor' | 'secretBytes'> {
  if (spec.secretEnv === undefined) return {};
  const waitsFor = secretsAwaited(spec, secrets);
  const secretBytes = secretsOf(spec).reduce(
    (total, name) => total + (secrets.get(name)?.box.length ?? 0) + BESIDE_BOX_BYTES,
    0,
  );
  return { secretBytes, ...(waitsFor === undefined ? {} : { waitsFor }) };
}

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
      snapshotDesiredOn(state, node, { desired: each, container: containers[i] }),
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
    snapshotDesiredOn(state, node, { desired: each, container: containers.get(each.id) }),
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
    allocations.set(desired.id, snapshotDesiredOn(state, node, { desired, container }));
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
function snapshotDesiredOn(
  state: ClusterState,
  node: NodeRecord,
  { desired, container }: Pick<DesiredInput, 'desired' | 'container'>,
): SnapshotAllocation {
  const isSame = container?.origin === (desired.spec === undefined ? 'label' : 'dqoes');
  return snapshotDesired(state, { node, desired, container: isSame ? container : undefined });
}

function unschedulableReasonOf(state: ClusterState, node: NodeRecord, report: NodeReport): string {
  if (node.liveness !== 'ready') return `the node is ${node.liveness}`;
  const held = report.holds.incarnation;
  if (held !== '' && held !== state.incarnation) return OTHER_STORE;
  return node.scheduling === 'open' ? '' : CORDONED;
}
