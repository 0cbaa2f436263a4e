import type { AllocationStatus } from '../../proto/schemas/status.js';
import type { JobName } from '../../shared/ids.js';
import { classify, type QoeClass, type Target } from '../../shared/qoe.js';

/** Counters of one job at one moment; the difference of two is what happened between them. */
export interface JobCounters {
  readonly requests: number;
  readonly latencyMs: number;
  readonly cpuSeconds: number;
}
/** The state of the cluster at one look. */
export interface DemoLook {
  /** Since the phase began, ms. */
  readonly atMs: number;
  readonly jobs: ReadonlyMap<JobName, JobLook>;
  /** CPU that everything but the containers of the demo uses, cores; null = not known. */
  readonly othersCores: number | null;
}
/** One job at one look. */
export interface JobLook {
  readonly counters: JobCounters;
  readonly target: Target | null;
  /** Statistic over the report's window; null = no observation. */
  readonly latencyMs: number | null;
  readonly qoeClass: QoeClass | null;
  readonly limitCores: number | null;
}

/** One look at the cluster, from the statuses of its allocations. */
export function lookAt(
  statuses: readonly AllocationStatus[],
  { atMs, othersCores }: Pick<DemoLook, 'atMs' | 'othersCores'>,
): DemoLook {
  const jobs = new Map<JobName, JobLook>();
  for (const status of statuses) {
    const { container } = status;
    jobs.set(status.job, {
      counters: {
        requests: container?.latency?.totalCount ?? 0,
        latencyMs: container?.latency?.totalMs ?? 0,
        cpuSeconds: container?.cpu?.usageTotalSeconds ?? 0,
      },
      target: status.target,
      latencyMs: status.latencyMs,
      qoeClass: status.qoeClass,
      limitCores: container?.observed?.cpuCores ?? null,
    });
  }
  return { atMs, jobs, othersCores };
}

/** CPU-seconds of one request between two looks; null = fewer than `leastRequests` requests. */
export function workSeconds(
  from: JobLook | undefined,
  to: JobLook | undefined,
  leastRequests = 3,
): number | null {
  if (from === undefined || to === undefined) return null;
  const requests = to.counters.requests - from.counters.requests;
  if (requests < leastRequests) return null;
  return (to.counters.cpuSeconds - from.counters.cpuSeconds) / requests;
}

/** Mean response time between two looks, ms; null when no request ended in between. */
export function meanLatencyMs(from: JobLook | undefined, to: JobLook | undefined): number | null {
  if (from === undefined || to === undefined) return null;
  const requests = to.counters.requests - from.counters.requests;
  return requests > 0 ? (to.counters.latencyMs - from.counters.latencyMs) / requests : null;
}

/** How one job did over the last third of a phase; null = nothing measured. */
export interface JobScore {
  readonly latencyMs: number | null;
  readonly qoeClass: QoeClass | null;
  readonly limitCores: number | null;
  /** CPU-seconds of one request; null = fewer than three requests. */
  readonly workSeconds: number | null;
}
/** How all jobs did over the last third of a phase. */
export interface PhaseResult {
  readonly jobs: ReadonlyMap<JobName, JobScore>;
  /** Jobs whose mean over the last third lies in their band. */
  readonly atTarget: number;
  /** Jobs whose mean over the last third is within or above. */
  readonly notSlower: number;
  /** Mean over the last third; null = not known. */
  readonly othersCores: number | null;
}

/** Scores a phase over its last third: the mean of all requests that ended there, per job. */
export function scorePhase(looks: readonly DemoLook[]): PhaseResult {
  const last = looks.at(-1);
  const jobs = new Map<JobName, JobScore>();
  if (last === undefined) return { jobs, atTarget: 0, notSlower: 0, othersCores: null };
  const from =
    [...looks].reverse().find((look) => look.atMs <= (last.atMs * 2) / 3) ?? looks[0] ?? last;
  for (const [name, now] of last.jobs) {
    const latencyMs = meanLatencyMs(from.jobs.get(name), now);
    const qoeClass =
      latencyMs === null || now.target === null ? null : classify(now.target, latencyMs);
    const work = workSeconds(from.jobs.get(name), now);
    jobs.set(name, { latencyMs, qoeClass, limitCores: now.limitCores, workSeconds: work });
  }
  const classes = [...jobs.values()].map((job) => job.qoeClass);
  return {
    jobs,
    atTarget: classes.filter((qoeClass) => qoeClass === 'within').length,
    notSlower: classes.filter((qoeClass) => qoeClass === 'within' || qoeClass === 'faster').length,
    othersCores: meanOf(
      looks.filter(({ atMs }) => atMs >= from.atMs).map(({ othersCores }) => othersCores),
    ),
  };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0
    ? null
    : known.reduce((total, value) => total + value, 0) / known.length;
}

/** Jobs within their band at one look. */
export const atTargetNow = (look: DemoLook): number =>
  [...look.jobs.values()].filter((job) => job.qoeClass === 'within').length;

/**
 * Seconds from the start of the phase until 90 % of `possible` jobs are at target for the first
 * time; null = never.
 */
export function secondsToSettle(looks: readonly DemoLook[], possible: number): number | null {
  const settled = looks.find((look) => atTargetNow(look) >= 0.9 * possible);
  return settled === undefined ? null : settled.atMs / 1000;
}
