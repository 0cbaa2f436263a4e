import type { DesiredAllocation } from '../../shared/command.js';
import { type AllocationId, type JobName, type NodeId, ordinalOf } from '../../shared/ids.js';
import type { ContainerReport, NodeReport } from '../../shared/report.js';
import { CORDONED } from '../schedule/room.js';
import type { Placed, Snapshot, SnapshotAllocation, SnapshotJob, SnapshotNode } from '../schedule/types.js';
import { byId, type ClusterState, type JobRecord, type NodeRecord } from './model.js';
import { containersOf, homesOf, latencyOf, targetOf } from './targets.js';

/** The kernel's least quota at the usual period, cores. */
const LEAST_CORES = 0.01;

/**
 * What the scheduler may see, deeply frozen but for the reports inside, everything in id order: the same state gives the same snapshot,
 * however it came about. Nodes that have not reported since the coordinator started are left out: nothing is decided about them, but what is desired there counts as placed.
 */
export function viewOf(state: ClusterState): Snapshot {
  const records = byId(state.nodes.values());
  const homes = homesOf(records);
  const taken = new Map<AllocationId, NodeId>(homes);
  const placed = placedOf(records, homes);
  const nodes = records.flatMap((node) =>
    node.report === null ? [] : [viewNode(state, { node, report: node.report, taken, placed })],
  );
  const jobs = [...state.jobs.values()]
    .sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1))
    .map((job) => viewJob(job, placed));
  return Object.freeze({ jobs: Object.freeze(jobs), nodes: Object.freeze(nodes) });
}

/** Allocations of ours by job. */
type PlacedByJob = Map<JobName, Placed[]>;

function placedOf(records: readonly NodeRecord[], homes: ReadonlyMap<AllocationId, NodeId>): PlacedByJob {
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
  const { capacityCpuCores, allocatableCpuCores, allocatableMemoryBytes, cpuUtilisationRatio } = report.host;
  const allocations = new Map<AllocationId, SnapshotAllocation>();
  for (const desired of node.desired?.allocations ?? []) {
    const container = containers.get(desired.id);
    const isSame = container?.origin === (desired.spec === undefined ? 'label' : 'dqoes');
    allocations.set(desired.id, viewDesired(state, { node, desired, container: isSame ? container : undefined }));
  }
  for (const container of containers.values()) {
    if (allocations.has(container.allocation)) continue;
    if (container.origin === 'dqoes') {
      if (taken.has(container.allocation)) continue;
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
    idleCpuCores: cpuUtilisationRatio === null ? null : capacityCpuCores * (1 - cpuUtilisationRatio),
    reportIntervalMs: report.intervalMs,
    allocations: Object.freeze(byId(allocations.values())),
  });
}

function whyShut(state: ClusterState, node: NodeRecord, report: NodeReport): string {
  if (node.liveness !== 'ready') return `the node is ${node.liveness}`;
  const held = report.holds.incarnation;
  if (held !== '' && held !== state.incarnation) return 'the agent still obeys another store (incarnation)';
  return node.scheduling === 'open' ? '' : CORDONED;
}

interface DesiredView {
  readonly node: NodeRecord;
  readonly desired: DesiredAllocation;
  readonly container: ContainerReport | undefined;
}

function viewDesired(state: ClusterState, { node, desired, container }: DesiredView): SnapshotAllocation {
  const spec = desired.spec === undefined ? undefined : (state.jobs.get(desired.job)?.spec ?? desired.spec);
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
  });
}

const viewReported = (state: ClusterState, node: NodeRecord, container: ContainerReport): SnapshotAllocation =>
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
      (container.origin === 'dqoes' ? state.jobs.get(container.job)?.spec.resources.cpu : undefined) ??
      container.cpuBounds,
    limit: null,
    report: container,
  });

// An agent says `none` of a container of ours until it has read our newest desired state; only `observe` is its last word.
function controlOf(origin: 'dqoes' | 'label', container: ContainerReport | undefined): SnapshotAllocation['control'] {
  if (origin === 'label') return container?.control ?? 'none';
  return container?.state === 'running' && container.control === 'observe' ? 'observe' : 'enforce';
}

type Parts = Omit<
  SnapshotAllocation,
  'node' | 'minCores' | 'maxCores' | 'latencyMs' | 'observedAtMs' | 'newestSampleAgeMs'
> & {
  readonly bounds: { readonly minCores: number; readonly maxCores?: number };
};

function common(node: NodeRecord, { bounds, ...parts }: Parts): SnapshotAllocation {
  const allocatable = node.report?.host.allocatableCpuCores ?? 0;
  return Object.freeze({
    ...parts,
    node: node.id,
    minCores: Math.max(LEAST_CORES, bounds.minCores),
    maxCores: Math.min(bounds.maxCores ?? allocatable, allocatable),
    latencyMs: latencyOf(parts.target, parts.report),
    observedAtMs: node.heardAtMs,
    newestSampleAgeMs: parts.report?.latency?.newestAgeMs ?? 0,
  });
}
