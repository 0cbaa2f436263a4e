import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Statistic, Target } from '../../shared/qoe.js';
import { type ContainerReport, isOutdated, type Seeing } from '../../shared/report.js';
import { statisticOf } from '../../shared/samples.js';
import type { ClusterState, NodeRecord } from './model.js';

/**
 * The response time of a container by the statistic of its target, ms; null = no target, or nothing
 * observed (never 0).
 */
export const latencyOf = (
  target: Target | null,
  container: ContainerReport | null,
): number | null => (target === null ? null : observedMs(target.statistic, container));

/** The same by a statistic. */
export function observedMs(statistic: Statistic, container: ContainerReport | null): number | null {
  const window = container?.latency?.window;
  if (window === undefined || window.count === 0) return null;
  const latencyMs = statisticOf(window, statistic);
  return Number.isFinite(latencyMs) ? latencyMs : null;
}

/** The same as of now: null, too, where the newest answer says nothing of now. */
export function latencyNow(
  target: Target | null,
  container: ContainerReport | null,
  seeing: (container: ContainerReport) => Seeing,
): number | null {
  const latencyMs = latencyOf(target, container);
  if (container === null) return latencyMs;
  return isOutdated(container.latency, latencyMs, () => seeing(container)) ? null : latencyMs;
}

/** How the answers of a container are seen; what labels say of that is in no report. */
export const seeingOf = (
  { jobs }: Pick<ClusterState, 'jobs'>,
  { report }: NodeRecord,
  { origin, job }: ContainerReport,
): Seeing => ({
  windowMs: report?.windowMs,
  source: origin === 'dqoes' ? jobs.get(job)?.spec.latency.source : undefined,
});

/** The target of a container: of our own from the job, of adopted ones from the report. */
export const targetOf = (jobs: ClusterState['jobs'], container: ContainerReport): Target | null =>
  container.origin === 'dqoes'
    ? (jobs.get(container.job)?.spec.target ?? container.target)
    : container.target;

/** The spec of a job as it is stored; undefined = it is not known. */
export const specOf = (state: ClusterState, job: JobName): JobSpec | undefined =>
  state.jobs.get(job)?.spec;

/** The reported containers by allocation; of two with one id the running one, else the first. */
export function containersOf({
  report,
}: Pick<NodeRecord, 'report'>): ReadonlyMap<AllocationId, ContainerReport> {
  const found = new Map<AllocationId, ContainerReport>();
  for (const container of report?.containers ?? []) {
    const known = found.get(container.allocation);
    if (known === undefined || (known.state !== 'running' && container.state === 'running'))
      found.set(container.allocation, container);
  }
  return found;
}

/** The node on which each allocation is desired; of two nodes the first of the list. */
export function homesOf(nodes: readonly NodeRecord[]): ReadonlyMap<AllocationId, NodeId> {
  const homes = new Map<AllocationId, NodeId>();
  for (const node of nodes)
    for (const { id } of node.desired?.allocations ?? [])
      if (!homes.has(id)) homes.set(id, node.id);
  return homes;
}
