import type { DesiredAllocation } from '../../shared/command.js';
import { type AllocationId, allocationIdOf, type NodeId } from '../../shared/ids.js';
import type { ContainerReport, NodeReport } from '../../shared/report.js';
import { CORDONED } from '../schedule/place.js';
import type { Snapshot, SnapshotAllocation, SnapshotJob, SnapshotNode } from '../schedule/types.js';
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
  const nodes = records.flatMap((node) =>
    node.report === null ? [] : [viewNode(state, { node, report: node.report, taken })],
  );
  const jobs = [...state.jobs.values()]
    .sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1))
    .map((job) => viewJob(job, taken));
  return Object.freeze({ jobs: Object.freeze(jobs), nodes: Object.freeze(nodes) });
}

function viewJob({ spec }: JobRecord, taken: ReadonlyMap<AllocationId, NodeId>): SnapshotJob {
  const placed = Array.from({ length: spec.replicas }, (_, i) => allocationIdOf(spec.name, i + 1)).flatMap((id) => {
    const node = taken.get(id);
    return node === undefined ? [] : [Object.freeze({ id, node })];
  });
  return Object.freeze({ spec, placed: Object.freeze(placed) });
}

interface NodeView {
  readonly node: NodeRecord;
  readonly report: NodeReport;
  /** Grows by the containers of ours that run without being desired anywhere. */
  readonly taken: Map<AllocationId, NodeId>;
}

function viewNode(state: ClusterState, { node, report, taken }: NodeView): SnapshotNode {
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
    }
    allocations.set(container.allocation, viewReported(state, node, container));
  }
  const unschedulableReason = whyShut(state, node, report);
  return Object.freeze({
    id: node.id,
    schedulable: unschedulableReason === '',
    unschedulableReason,
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
  return node.cordoned ? CORDONED : '';
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
