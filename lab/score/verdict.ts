import { classify, isSatisfied } from '../../shared/qoe.js';
import type { IntervalRecord, JobInterval } from '../types.js';

/**
 * The latency of one job against its target. All false for a job without a latency (not running, or
 * no request).
 */
export interface JobVerdict {
  /** Within o(1 ± α). */
  readonly atTarget: boolean;
  /** At most o(1+α). */
  readonly notSlower: boolean;
  /** What the mode of the job asks: `band` within, `ceiling` not slower. */
  readonly satisfied: boolean;
}

const NO_VERDICT: JobVerdict = { atTarget: false, notSlower: false, satisfied: false };

/** Judges one job in one interval by its target at the end of the interval. */
export function judgeJob({ target, latencyMs }: JobInterval): JobVerdict {
  if (latencyMs === null || !Number.isFinite(latencyMs)) return NO_VERDICT;
  const qoeClass = classify(target, latencyMs);
  return {
    atTarget: qoeClass === 'within',
    notSlower: qoeClass !== 'slower',
    satisfied: isSatisfied(target, qoeClass),
  };
}

/** Number of jobs in an interval, by verdict. */
export interface IntervalCounts {
  readonly atTarget: number;
  readonly notSlower: number;
  readonly satisfied: number;
}

/** Counts the verdicts of one interval. */
export function countInterval({ jobs }: IntervalRecord): IntervalCounts {
  const verdicts = jobs.map(judgeJob);
  const count = (key: keyof JobVerdict): number =>
    verdicts.filter((verdict) => verdict[key]).length;
  return {
    atTarget: count('atTarget'),
    notSlower: count('notSlower'),
    satisfied: count('satisfied'),
  };
}

/**
 * Number of times a satisfied job was not satisfied in the next interval although the scenario did
 * not change. An interval without a latency is no exit, as it shows nothing.
 */
export function countBandExits(intervals: readonly IntervalRecord[]): number {
  let exits = 0;
  for (const [k, interval] of intervals.entries()) {
    const before = intervals[k - 1];
    if (before === undefined || interval.changes.length > 0) continue;
    const satisfiedBefore = new Set(
      before.jobs.filter((job) => judgeJob(job).satisfied).map(({ id }) => id),
    );
    exits += interval.jobs.filter(
      (job) => job.latencyMs !== null && satisfiedBefore.has(job.id) && !judgeJob(job).satisfied,
    ).length;
  }
  return exits;
}
