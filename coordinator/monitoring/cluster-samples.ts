import type { AllocationStatus, JobStatus } from '../../proto/schemas/status.js';
import { guaranteedCores } from '../../shared/command.js';
import type { Samples } from '../../shared/monitoring/samples.js';
import { isSatisfied, QOE_CLASSES, type QoeClass } from '../../shared/qoe.js';
import { isProbeFailing, unansweredMs } from '../../shared/report.js';
import { jobStatuses } from '../state/job-status.js';
import type { ClusterState } from '../state/model.js';
import { nodeLossesOf } from '../state/node-losses.js';

/** What is exported of the cluster, and how much of it. */
export interface ClusterSampling {
  readonly state: ClusterState;
  readonly nowMs: number;
  readonly cluster: string;
  /** Most allocations that have series of their own; beyond it only their jobs have. */
  readonly maxAllocations: number;
}

const SECOND_MS = 1000;
const CLASSES = [...QOE_CLASSES, 'unknown'] as const;
const STATES = ['pending', 'running', 'partial', 'failed'] as const;
const REFUSED_BY = [
  ...['cpu', 'memory', 'gpu', 'command', 'port', 'label'],
  ...['cordon', 'liveness', 'rules', 'secret', 'none'],
] as const;

/** Adds the facts about jobs and allocations. The cost grows with their number. */
export function clusterSamples(samples: Samples, sampling: ClusterSampling): void {
  const { state, nowMs, cluster, maxAllocations } = sampling;
  const jobs = jobStatuses(state, nowMs).map((job) => ({
    ...job,
    allocations: job.allocations.map((each) => asKnownNow(each, state)),
  }));
  const allocations = jobs.flatMap((job) => job.allocations);
  samples.add('dqoes_cluster_info', 1, { cluster, policy: state.policy });
  samples.flag('dqoes_cluster_frozen', nodeLossesOf(state).isFrozen);
  countJobs(samples, jobs, allocations);
  countPending(samples, state);
  for (const job of jobs) jobSamples(samples, job);
  const isDropped = allocations.length > maxAllocations;
  samples.flag('dqoes_allocation_series_dropped', isDropped);
  if (!isDropped) for (const each of allocations) allocationSamples(samples, each);
}

/** An allocation without what a node that is down said last. What was granted stays. */
function asKnownNow(each: AllocationStatus, { nodes }: ClusterState): AllocationStatus {
  const { node } = each;
  if (node === null || nodes.get(node)?.liveness !== 'down') return each;
  return { ...each, latencyMs: null, qoeClass: null, container: null };
}

function countJobs(
  samples: Samples,
  jobs: readonly JobStatus[],
  allocations: readonly AllocationStatus[],
): void {
  const byClass = tally(CLASSES, jobs.map(classOfJob));
  for (const [name, count] of byClass) samples.add('dqoes_jobs', count, { class: name });
  const byState = tally(
    STATES,
    jobs.map(({ state }) => state),
  );
  for (const [state, count] of byState) samples.add('dqoes_jobs_in_state', count, { state });
  samples.add('dqoes_jobs_at_target', jobs.filter(isAtTarget).length);
  const each = tally(
    CLASSES,
    allocations.map(({ qoeClass }) => qoeClass ?? 'unknown'),
  );
  for (const [name, count] of each) samples.add('dqoes_allocations', count, { class: name });
}

/** Every name has a count: what is not there is 0, as it was counted. */
function tally<T extends string>(names: readonly T[], found: readonly T[]): Map<T, number> {
  const counts = new Map(names.map((name) => [name, 0]));
  for (const name of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** The class of the slowest allocation: one slow replica makes a job slow. */
function classOfJob({ allocations }: JobStatus): QoeClass | 'unknown' {
  const classes = new Set(allocations.flatMap(({ qoeClass }) => qoeClass ?? []));
  return (['slower', 'within', 'faster'] as const).find((one) => classes.has(one)) ?? 'unknown';
}

interface Known extends AllocationStatus {
  readonly target: NonNullable<AllocationStatus['target']>;
  readonly qoeClass: QoeClass;
}
const isKnown = (each: AllocationStatus): each is Known =>
  each.target !== null && each.qoeClass !== null;

/** All its allocations that answer do so as its target asks, and one does. */
export function isAtTarget({ allocations }: Pick<JobStatus, 'allocations'>): boolean {
  const known = allocations.filter(isKnown);
  return known.length > 0 && known.every(({ target, qoeClass }) => isSatisfied(target, qoeClass));
}

function countPending(samples: Samples, { pending }: ClusterState): void {
  const found = [...pending.values()].flatMap((refusals) =>
    refusals.length === 0 ? ['none'] : [...new Set(refusals.map(({ resource }) => resource))],
  );
  for (const [reason, count] of tally<string>(REFUSED_BY, found))
    samples.add('dqoes_allocations_pending', count, { reason });
}

function jobSamples(samples: Samples, { spec, allocations }: JobStatus): void {
  const job = { job_name: spec.name };
  const { latencyMs, statistic, mode } = spec.target;
  const known = allocations.filter(isKnown);
  const share = (of: readonly Known[]): number | null =>
    known.length === 0 ? null : of.length / known.length;
  samples.add('dqoes_job_latency_seconds', seconds(largest(allocations, (one) => one.latencyMs)), {
    ...job,
  });
  samples.add('dqoes_job_target_seconds', seconds(latencyMs), { ...job, statistic, mode });
  const satisfied = known.filter(({ target, qoeClass }) => isSatisfied(target, qoeClass));
  const notSlower = known.filter(({ qoeClass }) => qoeClass !== 'slower');
  samples.add('dqoes_job_at_target_ratio', share(satisfied), job);
  samples.add('dqoes_job_not_slower_ratio', share(notSlower), job);
  samples.add('dqoes_job_replicas', spec.replicas, job);
  const running = allocations.filter(({ container }) => container?.state === 'running');
  samples.add('dqoes_job_running', running.length, job);
  const unreachable = allocations.filter((one) => one.unreachable !== undefined);
  samples.add('dqoes_job_unreachable', unreachable.length, job);
  samples.add('dqoes_job_unanswered', allocations.filter(isUnanswered).length, job);
  samples.add('dqoes_job_cpu_limit_cores', total(allocations, limitOf), job);
  samples.add('dqoes_job_cpu_usage_cores', total(allocations, usageOf), job);
  samples.add('dqoes_job_cpu_throttled_ratio', largest(allocations, throttledOf), job);
}

/** Share of a core, or of a lower limit, that is not used by who only waits to be asked. */
const BUSY_RATIO = 0.5;
/** Asked, and without a new answer: its probe fails, or it works on something. */
function isUnanswered(each: AllocationStatus): boolean {
  const { container } = each;
  if (container?.state !== 'running') return false;
  if (isProbeFailing(container.reason)) return true;
  if (unansweredMs(each) === null) return false;
  return (usageOf(each) ?? 0) >= BUSY_RATIO * Math.min(1, limitOf(each) ?? 1);
}

function allocationSamples(samples: Samples, each: AllocationStatus): void {
  if (each.node === null) return;
  const labels = { job_name: each.job, allocation: each.id, node: each.node };
  samples.add('dqoes_allocation_latency_seconds', seconds(each.latencyMs), labels);
  samples.add('dqoes_allocation_cpu_limit_cores', limitOf(each), labels);
  samples.add('dqoes_allocation_cpu_usage_cores', usageOf(each), labels);
  samples.add('dqoes_allocation_cpu_throttled_ratio', throttledOf(each), labels);
}

type Field = (each: AllocationStatus) => number | null;
const limitOf: Field = ({ desired }) => (desired === null ? null : guaranteedCores(desired));
const usageOf: Field = ({ container }) => container?.cpu?.usageCores ?? null;
const throttledOf: Field = ({ container }) => container?.cpu?.throttledRatio ?? null;

const valuesOf = (allocations: readonly AllocationStatus[], field: Field): readonly number[] =>
  allocations.flatMap((each) => field(each) ?? []);

/** null where it is known of none. */
function largest(allocations: readonly AllocationStatus[], field: Field): number | null {
  const values = valuesOf(allocations, field);
  return values.length === 0 ? null : Math.max(...values);
}

/** Of those that are known; null where none is. */
function total(allocations: readonly AllocationStatus[], field: Field): number | null {
  const values = valuesOf(allocations, field);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

const seconds = (ms: number | null): number | null => (ms === null ? null : ms / SECOND_MS);
