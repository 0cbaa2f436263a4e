import type { DesiredAllocation } from '../../shared/command.js';
import type { GpuAssignment } from '../../shared/gpu.js';
import type { ContainerReport } from '../../shared/report.js';
import type { SnapshotAllocation } from '../schedule/types.js';
import { assignmentOf } from './gpu-snapshot.js';
import type { ClusterState, NodeRecord } from './model.js';
import { latencyOf, targetOf } from './targets.js';

/** The kernel's smallest quota at the usual period, cores. */
const MIN_CORES = 0.01;

/** A desired allocation on its node, with the container that was reported for it. */
export interface DesiredInput {
  readonly node: NodeRecord;
  readonly desired: DesiredAllocation;
  /** undefined = none was reported, or one of another origin. */
  readonly container: ContainerReport | undefined;
}

/** An allocation desired on the node, as the scheduler sees it, with the newest spec of its job. */
export function snapshotDesired(
  state: ClusterState,
  { node, desired, container }: DesiredInput,
): SnapshotAllocation {
  const spec =
    desired.spec === undefined ? undefined : (state.jobs.get(desired.job)?.spec ?? desired.spec);
  const origin = spec === undefined ? 'label' : 'dqoes';
  const bounds = spec?.resources.cpu ?? container?.cpuBounds ?? { minCores: MIN_CORES };
  return snapshotAllocation(node, {
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

/** A reported container that is not desired on the node, as the scheduler sees it. */
export const snapshotReported = (
  state: ClusterState,
  node: NodeRecord,
  container: ContainerReport,
): SnapshotAllocation =>
  snapshotAllocation(node, {
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

// An agent reports `none` for a container of ours until it has read our newest desired state, so
// only `observe` is final.
function controlOf(
  origin: 'dqoes' | 'label',
  container: ContainerReport | undefined,
): SnapshotAllocation['control'] {
  if (origin === 'label') return container?.control ?? 'none';
  return container?.state === 'running' && container.control === 'observe' ? 'observe' : 'enforce';
}

type AllocationParts = Omit<
  SnapshotAllocation,
  'node' | 'minCores' | 'maxCores' | 'latencyMs' | 'observedAtMs' | 'newestSampleAgeMs' | 'gpu'
> & {
  readonly gpu: GpuAssignment | undefined;
  readonly bounds: { readonly minCores: number; readonly maxCores?: number };
};

// Property by property: rest and spread here took a tenth of the CPU of a coordinator with a
// thousand nodes.
function snapshotAllocation(node: NodeRecord, parts: AllocationParts): SnapshotAllocation {
  const { bounds } = parts;
  const allocatable = node.report?.host.allocatableCpuCores ?? 0;
  const allocation: SnapshotAllocation = {
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
    minCores: Math.max(MIN_CORES, bounds.minCores),
    maxCores: Math.min(bounds.maxCores ?? allocatable, allocatable),
    latencyMs: latencyOf(parts.target, parts.report),
    observedAtMs: node.sent?.atMs ?? node.heardAtMs,
    newestSampleAgeMs: parts.report?.latency?.newestAgeMs ?? 0,
  };
  return parts.gpu === undefined ? allocation : { ...allocation, gpu: parts.gpu };
}
