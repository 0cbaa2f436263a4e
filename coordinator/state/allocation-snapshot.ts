import type { DesiredAllocation } from '../../shared/command.js';
import type { CpuBounds } from '../../shared/job.js';
import type { ContainerReport } from '../../shared/report.js';
import type { SnapshotAllocation } from '../schedule/types.js';
import { assignmentOf } from './gpu-snapshot.js';
import type { ClusterState, NodeRecord } from './model.js';
import { latencyOf, targetOf } from './targets.js';

/** The kernel's smallest quota at the usual period, cores. */
const MIN_CORES = 0.01;

/**
 * An allocation desired on the node, as the scheduler sees it, with the newest spec of its job.
 * `reported`: the container of that id; one of another origin is another container.
 */
export function snapshotDesired(
  state: ClusterState,
  node: NodeRecord,
  desired: DesiredAllocation,
  reported: ContainerReport | undefined,
): SnapshotAllocation {
  const spec =
    desired.spec === undefined ? undefined : (state.jobs.get(desired.job)?.spec ?? desired.spec);
  const origin = spec === undefined ? 'label' : 'dqoes';
  const container = reported?.origin === origin ? reported : null;
  const bounds = spec?.resources.cpu ?? container?.cpuBounds;
  const target = spec?.target ?? container?.target ?? null;
  // Straight from its sources: this is done for each allocation of each report.
  const allocation: SnapshotAllocation = {
    id: desired.id,
    job: desired.job,
    origin,
    containerId: container?.containerId ?? desired.containerId ?? null,
    state: container?.state ?? 'pending',
    control: controlOf(origin, container),
    target,
    weight: spec?.weight ?? container?.weight ?? 1,
    limit: desired.limit,
    report: container,
    node: node.id,
    minCores: minCoresOf(bounds),
    maxCores: maxCoresOf(bounds, node),
    latencyMs: latencyOf(target, container),
    observedAtMs: node.sent?.atMs ?? node.heardAtMs,
    newestSampleAgeMs: container?.latency?.newestAgeMs ?? 0,
  };
  return desired.gpu === undefined ? allocation : { ...allocation, gpu: desired.gpu };
}

/**
 * The same with a newer report of its node, where neither what is desired, nor the jobs, nor the
 * CPU of the node have changed since: nearly always, and nothing has to be looked up then. Only of
 * allocations of ours without GPUs.
 */
export function snapshotAgain(
  before: SnapshotAllocation,
  node: NodeRecord,
  desired: DesiredAllocation,
  reported: ContainerReport | undefined,
): SnapshotAllocation {
  const { origin, target } = before;
  const container = reported?.origin === origin ? reported : null;
  return {
    id: before.id,
    job: before.job,
    origin,
    containerId: container?.containerId ?? desired.containerId ?? null,
    state: container?.state ?? 'pending',
    control: controlOf(origin, container),
    target,
    weight: before.weight,
    limit: before.limit,
    report: container,
    node: before.node,
    minCores: before.minCores,
    maxCores: before.maxCores,
    latencyMs: latencyOf(target, container),
    observedAtMs: node.sent?.atMs ?? node.heardAtMs,
    newestSampleAgeMs: container?.latency?.newestAgeMs ?? 0,
  };
}

/** A reported container that is not desired on the node, as the scheduler sees it. */
export function snapshotReported(
  { jobs }: ClusterState,
  node: NodeRecord,
  container: ContainerReport,
): SnapshotAllocation {
  const { job, origin, latency } = container;
  const spec = origin === 'dqoes' ? jobs.get(job)?.spec : undefined;
  const bounds = spec?.resources.cpu ?? container.cpuBounds;
  const target = targetOf(jobs, container);
  const gpu = assignmentOf(container, jobs.get(job)?.spec);
  const allocation: SnapshotAllocation = {
    id: container.allocation,
    job,
    origin,
    containerId: container.containerId,
    state: container.state,
    control: controlOf(origin, container),
    target,
    weight: container.weight,
    limit: null,
    report: container,
    node: node.id,
    minCores: minCoresOf(bounds),
    maxCores: maxCoresOf(bounds, node),
    latencyMs: latencyOf(target, container),
    observedAtMs: node.sent?.atMs ?? node.heardAtMs,
    newestSampleAgeMs: latency?.newestAgeMs ?? 0,
  };
  return gpu === undefined ? allocation : { ...allocation, gpu };
}

const minCoresOf = (bounds: CpuBounds | undefined): number =>
  Math.max(MIN_CORES, bounds?.minCores ?? MIN_CORES);

function maxCoresOf(bounds: CpuBounds | undefined, { report }: NodeRecord): number {
  const allocatable = report?.host.allocatableCpuCores ?? 0;
  return Math.min(bounds?.maxCores ?? allocatable, allocatable);
}

// An agent reports `none` for a container of ours until it has read our newest desired state, so
// only `observe` is final.
function controlOf(
  origin: 'dqoes' | 'label',
  container: ContainerReport | null,
): SnapshotAllocation['control'] {
  if (origin === 'label') return container?.control ?? 'none';
  return container?.state === 'running' && container.control === 'observe' ? 'observe' : 'enforce';
}
