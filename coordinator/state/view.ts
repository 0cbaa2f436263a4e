import type { DesiredAllocation, DesiredState } from '../../shared/command.js';
import type { GpuAssignment } from '../../shared/gpu.js';
import { type AllocationId, type JobName, type NodeId, ordinalOf } from '../../shared/ids.js';
import type { ContainerReport, NodeReport } from '../../shared/report.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import { CORDONED, OTHER_STORE } from '../schedule/placement/node-budget.js';
import type {
  Placed,
  Snapshot,
  SnapshotAllocation,
  SnapshotJob,
  SnapshotNode,
} from '../schedule/types.js';
import { assignmentOf, snapshotGpus } from './gpus.js';
import { lossesOf } from './lost.js';
import { byId, type ClusterState, type JobRecord, type NodeRecord } from './model.js';
import { containersOf, homesOf, latencyOf, targetOf } from './targets.js';

/** The kernel's least quota at the usual period, cores. */
const LEAST_CORES = 0.01;

/**
 * What the scheduler may see, deeply frozen but for the reports inside, everything in id order: the
 * same state gives the same snapshot, however it came about. Nodes that have not reported since the
 * coordinator started are left out: nothing is decided about them, but what is desired there counts
 * as placed.
 */
export const viewOf = (state: ClusterState): Snapshot => viewAfter(null, state).snapshot;

/** A snapshot and what the next one can take over from it. */
export interface View {
  readonly snapshot: Snapshot;
  readonly state: ClusterState;
  readonly nodes: ReadonlyMap<NodeId, SnapshotNode>;
  /** Containers of ours ran that nobody desires: what is placed then depends on all reports. */
  readonly hasLoose: boolean;
}

/**
 * The same as `viewOf`, but nodes and jobs of which nothing has changed since `before` are taken
 * over: a pass costs what is new, not what there is.
 */
export const viewAfter = (before: View | null, state: ClusterState): View =>
  atOnce(viewSteps(before, state));

/** The same in steps, one for each node. */
export function* viewSteps(before: View | null, state: ClusterState): Steps<View> {
  const records = byId(state.nodes.values());
  const hasLoose = records.some(isLoose);
  const mayKeep =
    before !== null && !before.hasLoose && !hasLoose && isSameGround(before.state, state);
  const keepsJobs = mayKeep && hasSamePlaces(before.state, state);
  yield;
  const homes = homesOf(keepsJobs ? [] : records);
  const taken = new Map<AllocationId, NodeId>(homes);
  const placed = placedOf(keepsJobs ? [] : records, homes);
  const nodes = new Map<NodeId, SnapshotNode>();
  for (const node of records) {
    if (node.report === null) continue;
    yield;
    const known =
      mayKeep && before.state.nodes.get(node.id) === node ? before.nodes.get(node.id) : undefined;
    const view = known ?? viewNode(state, { node, report: node.report, taken, placed });
    nodes.set(node.id, view);
  }
  yield;
  const jobs = keepsJobs ? before.snapshot.jobs : Object.freeze(viewJobs(state, placed));
  yield;
  const { lost, isFrozen } = lossesOf(state);
  const snapshot = Object.freeze({
    jobs,
    nodes: Object.freeze([...nodes.values()]),
    lost: keptSame(before?.snapshot.lost, lost),
    isFrozen,
  });
  return { snapshot, state, nodes, hasLoose };
}

const viewJobs = (state: ClusterState, placed: PlacedByJob): SnapshotJob[] =>
  [...state.jobs.values()]
    .sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1))
    .map((job) => viewJob(job, placed));

const keptSame = (before: readonly NodeId[] = [], after: readonly NodeId[]): readonly NodeId[] =>
  before.length === after.length && before.every((id, i) => id === after[i])
    ? before
    : Object.freeze(after);

const isSameGround = (a: ClusterState, b: ClusterState): boolean =>
  a.jobs === b.jobs && a.incarnation === b.incarnation;

function hasSamePlaces(a: ClusterState, b: ClusterState): boolean {
  if (a.nodes.size !== b.nodes.size) return false;
  for (const [id, { desired }] of b.nodes) {
    const before = a.nodes.get(id);
    if (before === undefined || !isSamePlaces(before.desired, desired)) return false;
  }
  return true;
}

// Most new desired states change limits only.
function isSamePlaces(a: DesiredState | null, b: DesiredState | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.allocations.length !== b.allocations.length) return false;
  return a.allocations.every(({ id, job, spec, replaces }, i) => {
    const other = b.allocations[i];
    const isSameKind = (spec === undefined) === (other?.spec === undefined);
    return id === other?.id && job === other.job && replaces === other.replaces && isSameKind;
  });
}

// Where something is desired, a container of ours that is not is about to be removed by its agent;
// where nothing is, it is all we know of.
const isLoose = ({ desired, report }: NodeRecord): boolean =>
  desired === null && report?.containers.some(({ origin }) => origin === 'dqoes') === true;

/** Allocations of ours by job. */
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

function viewJob({ spec, workload }: JobRecord, placed: PlacedByJob): SnapshotJob {
  const mine = placed.get(spec.name) ?? [];
  return Object.freeze({
    spec,
    workload,
    placed: Object.freeze(mine.sort((a, b) => ordinalOf(a.id) - ordinalOf(b.id))),
  });
}

interface NodeView {
  readonly node: NodeRecord;
  readonly report: NodeReport;
  /** Grows by the containers of ours that run without being desired anywhere. */
  readonly taken: Map<AllocationId, NodeId>;
  readonly placed: PlacedByJob;
}

function viewNode(state: ClusterState, { node, report, taken, placed }: NodeView): SnapshotNode {
  const containers = containersOf(node);
  const { capacityCpuCores, allocatableCpuCores, allocatableMemoryBytes, cpuUtilisationRatio } =
    report.host;
  const allocations = new Map<AllocationId, SnapshotAllocation>();
  for (const desired of node.desired?.allocations ?? []) {
    const container = containers.get(desired.id);
    const isSame = container?.origin === (desired.spec === undefined ? 'label' : 'dqoes');
    allocations.set(
      desired.id,
      viewDesired(state, { node, desired, container: isSame ? container : undefined }),
    );
  }
  for (const container of containers.values()) {
    if (allocations.has(container.allocation)) continue;
    if (container.origin === 'dqoes') {
      if (node.desired !== null || taken.has(container.allocation)) continue;
      taken.set(container.allocation, node.id);
      addPlaced(placed, container.job, { id: container.allocation, node: node.id });
    }
    allocations.set(container.allocation, viewReported(state, node, container));
  }
  const unschedulableReason = whyShut(state, node, report);
  return Object.freeze({
    id: node.id,
    schedulable: unschedulableReason === '',
    unschedulableReason,
    isDraining: node.scheduling === 'draining',
    labels: report.labels,
    allocatableCpuCores,
    allocatableMemoryBytes,
    idleCpuCores:
      cpuUtilisationRatio === null ? null : capacityCpuCores * (1 - cpuUtilisationRatio),
    reportIntervalMs: report.intervalMs,
    ...snapshotGpus(report, node.desired),
    allocations: Object.freeze(byId(allocations.values())),
  });
}

function whyShut(state: ClusterState, node: NodeRecord, report: NodeReport): string {
  if (node.liveness !== 'ready') return `the node is ${node.liveness}`;
  const held = report.holds.incarnation;
  if (held !== '' && held !== state.incarnation) return OTHER_STORE;
  return node.scheduling === 'open' ? '' : CORDONED;
}

interface DesiredView {
  readonly node: NodeRecord;
  readonly desired: DesiredAllocation;
  readonly container: ContainerReport | undefined;
}

function viewDesired(
  state: ClusterState,
  { node, desired, container }: DesiredView,
): SnapshotAllocation {
  const spec =
    desired.spec === undefined ? undefined : (state.jobs.get(desired.job)?.spec ?? desired.spec);
  const origin = spec === undefined ? 'label' : 'dqoes';
  const bounds = spec?.resources.cpu ?? container?.cpuBounds ?? { minCores: LEAST_CORES };
  return common(node, {
    id: desired.id,
    job: desired.job,
    origin,
    containerId: container?.containerId ?? desired.containerId ?? null,
    state: container?.state ?? 'pending',
    control: controlOf(origin, container),
    target: spec?.target ?? container?.target ?? null,
    weight: spec?.weight ?? container?.weight ?? 1,
    bounds,
    limit: desired.limit,
    report: container ?? null,
    gpu: desired.gpu,
  });
}

const viewReported = (
  state: ClusterState,
  node: NodeRecord,
  container: ContainerReport,
): SnapshotAllocation =>
  common(node, {
    id: container.allocation,
    job: container.job,
    origin: container.origin,
    containerId: container.containerId,
    state: container.state,
    control: controlOf(container.origin, container),
    target: targetOf(state.jobs, container),
    weight: container.weight,
    bounds:
      (container.origin === 'dqoes'
        ? state.jobs.get(container.job)?.spec.resources.cpu
        : undefined) ?? container.cpuBounds,
    limit: null,
    report: container,
    gpu: assignmentOf(container, state.jobs.get(container.job)?.spec),
  });

// An agent says `none` of a container of ours until it has read our newest desired state; only
// `observe` is its last word.
function controlOf(
  origin: 'dqoes' | 'label',
  container: ContainerReport | undefined,
): SnapshotAllocation['control'] {
  if (origin === 'label') return container?.control ?? 'none';
  return container?.state === 'running' && container.control === 'observe' ? 'observe' : 'enforce';
}

type Parts = Omit<
  SnapshotAllocation,
  'node' | 'minCores' | 'maxCores' | 'latencyMs' | 'observedAtMs' | 'newestSampleAgeMs' | 'gpu'
> & {
  readonly gpu: GpuAssignment | undefined;
  readonly bounds: { readonly minCores: number; readonly maxCores?: number };
};

// One by one: with rest and spread this was a tenth of all that a coordinator of a thousand nodes
// does.
function common(node: NodeRecord, parts: Parts): SnapshotAllocation {
  const { bounds } = parts;
  const allocatable = node.report?.host.allocatableCpuCores ?? 0;
  const view: SnapshotAllocation = {
    id: parts.id,
    job: parts.job,
    origin: parts.origin,
    containerId: parts.containerId,
    state: parts.state,
    control: parts.control,
    target: parts.target,
    weight: parts.weight,
    limit: parts.limit,
    report: parts.report,
    node: node.id,
    minCores: Math.max(LEAST_CORES, bounds.minCores),
    maxCores: Math.min(bounds.maxCores ?? allocatable, allocatable),
    latencyMs: latencyOf(parts.target, parts.report),
    observedAtMs: node.sent?.atMs ?? node.heardAtMs,
    newestSampleAgeMs: parts.report?.latency?.newestAgeMs ?? 0,
  };
  return Object.freeze(parts.gpu === undefined ? view : { ...view, gpu: parts.gpu });
}
