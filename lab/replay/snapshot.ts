import type {
  Snapshot,
  SnapshotAllocation,
  SnapshotJob,
  SnapshotNode,
} from '../../coordinator/schedule/types.js';
import { allocationIdOf } from '../../shared/ids.js';
import { DEFAULT_LOG_PATTERN, type JobSpec } from '../../shared/job.js';
import type { Target } from '../../shared/qoe.js';
import type { ContainerReport } from '../../shared/report.js';
import { statisticOf } from '../../shared/samples.js';
import type {
  DesiredLine,
  RecordedContainer,
  RecordedDesired,
  ReportLine,
} from '../recording/types.js';

/** Minimum quota of the kernel at the usual period, cores. */
const MIN_CORES = 0.01;

/** The recorded state of one node at one moment. */
export interface SnapshotInput {
  readonly report: ReportLine;
  /** When `report` was received, on the clock of the decisions, ms. */
  readonly heardAtMs: number;
  /** The desired state at the time of the decision; null = none yet. */
  readonly desired: DesiredLine | null;
  /**
   * What the jobs of the cluster wanted on the node at that time; more than `desired` = to be
   * placed, less = to be removed.
   */
  readonly wanted: readonly RecordedDesired[];
}

/**
 * The snapshot that the scheduler saw of one node, rebuilt from the recording. The rest of the
 * cluster is left out; memory and labels are not recorded.
 */
export function snapshotOf({ report, heardAtMs, desired, wanted }: SnapshotInput): Snapshot {
  const { host, node } = report;
  const containers = new Map(
    report.containers.map((container) => [container.allocation, container]),
  );
  const held = new Set(desired?.allocations.map(({ id }) => id));
  // The newest specification of a job counts, even where the desired state does not contain it yet.
  const newest = new Map(wanted.map(({ id, spec }) => [id, spec]));
  const allocations = [
    ...(desired?.allocations ?? []).map((each) =>
      allocationOf({
        report,
        heardAtMs,
        desired: { ...each, spec: newest.get(each.id) ?? each.spec },
        container: containers.get(each.id),
      }),
    ),
    ...report.containers
      .filter(({ allocation, origin }) => origin === 'label' && !held.has(allocation))
      .map((container) => allocationOf({ report, heardAtMs, desired: undefined, container })),
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
  const view: SnapshotNode = {
    id: node,
    schedulable: true,
    unschedulableReason: '',
    labels: {},
    allocatableCpuCores: host.allocatableCpuCores,
    allocatableMemoryBytes: host.allocatableMemoryBytes,
    idleCpuCores:
      host.cpuUtilisationRatio === null
        ? null
        : host.capacityCpuCores * (1 - host.cpuUtilisationRatio),
    reportIntervalMs: report.intervalMs,
    allocations,
  };
  return { jobs: jobsOf(wanted, { node, held }), nodes: [view] };
}

// Replicas that are not wanted here count as placed elsewhere, so that nothing is placed that the
// recording did not place.
function jobsOf(
  wanted: readonly RecordedDesired[],
  { node, held }: { readonly node: ReportLine['node']; readonly held: ReadonlySet<string> },
): readonly SnapshotJob[] {
  const jobs = new Map<string, SnapshotJob>();
  for (const { job, spec } of wanted) {
    if (spec === null || jobs.has(job)) continue;
    const here = wanted.filter((each) => each.job === job).map(({ id }) => id);
    const names = Array.from({ length: spec.replicas }, (_, i) => allocationIdOf(job, i + 1));
    const elsewhere = names
      .filter((id) => !here.includes(id))
      .slice(0, Math.max(0, spec.replicas - here.length));
    const placed = [...here.filter((id) => held.has(id)), ...elsewhere].map((id) => ({ id, node }));
    jobs.set(job, { spec: specOf(job, spec), workload: job, placed });
  }
  return [...jobs.values()].sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1));
}

const specOf = (name: JobSpec['name'], spec: NonNullable<RecordedDesired['spec']>): JobSpec => ({
  name,
  image: 'recorded',
  command: [],
  env: {},
  target: spec.target,
  weight: spec.weight,
  replicas: spec.replicas,
  // A recording does not hold it: the placement is that of the recording, whatever the memory.
  resources: { cpu: spec.cpu, memoryBytes: 0 },
  latency: { source: 'log', pattern: DEFAULT_LOG_PATTERN, unit: 'ms' },
  constraints: { labels: {} },
  onLoss: 'reschedule',
  ports: [],
});

interface AllocationInput {
  readonly report: ReportLine;
  readonly heardAtMs: number;
  readonly desired: RecordedDesired | undefined;
  readonly container: RecordedContainer | undefined;
}

function allocationOf({
  report,
  heardAtMs,
  desired,
  container,
}: AllocationInput): SnapshotAllocation {
  const { host, node } = report;
  const spec = desired?.spec ?? null;
  const origin = desired === undefined || spec === null ? 'label' : 'dqoes';
  const target = spec?.target ?? container?.target ?? null;
  const bounds = spec?.cpu ?? container?.cpuBounds ?? { minCores: MIN_CORES };
  const held = container ?? null;
  const id = desired?.id ?? container?.allocation;
  const job = desired?.job ?? container?.job;
  if (id === undefined || job === undefined)
    throw new Error('an allocation is desired or reported');
  return {
    id,
    job,
    node,
    origin,
    containerId: null,
    state: held?.state ?? 'pending',
    control: controlOf(origin, held),
    target,
    weight: spec?.weight ?? held?.weight ?? 1,
    minCores: Math.max(MIN_CORES, bounds.minCores),
    maxCores: Math.min(bounds.maxCores ?? host.allocatableCpuCores, host.allocatableCpuCores),
    limit: desired?.limit ?? null,
    latencyMs: latencyOf(target, held),
    observedAtMs: heardAtMs,
    newestSampleAgeMs: held?.latency?.newestAgeMs ?? 0,
    report: held === null ? null : containerReport(held),
  };
}

// As in coordinator/state/snapshot.ts.
function controlOf(
  origin: 'dqoes' | 'label',
  container: RecordedContainer | null,
): SnapshotAllocation['control'] {
  if (origin === 'label') return container?.control ?? 'none';
  return container?.state === 'running' && container.control === 'observe' ? 'observe' : 'enforce';
}

function latencyOf(target: Target | null, container: RecordedContainer | null): number | null {
  const window = container?.latency?.window;
  return target === null || window === undefined ? null : statisticOf(window, target.statistic);
}

const containerReport = (container: RecordedContainer): ContainerReport => ({
  ...container,
  containerId: null,
  name: '',
  reason: '',
  memory: null,
  ports: {},
});
