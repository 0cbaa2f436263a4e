import { classify, isSatisfied } from '../../shared/qoe.js';
import type { IntervalRecord, JobInterval } from '../types.js';

/**
 * What one job's judged latency says of its target. A job with nothing to judge (not running,
 * nothing seen) is none of the three.
 */
export interface JobVerdict {
  /** Within o(1 ± α). */
  readonly atTarget: boolean;
  /** At most o(1+α). */
  readonly notSlower: boolean;
  /** What the job's own mode asks: `band` within, `ceiling` not slower. */
  readonly satisfied: boolean;
}

const NO_VERDICT: JobVerdict = { atTarget: false, notSlower: false, satisfied: false };

/** Judges one job in one interval by the target it had at the interval's end. */
export function judgeJob({ target, latencyMs }: JobInterval): JobVerdict {
  if (latencyMs === null || !Number.isFinite(latencyMs)) return NO_VERDICT;
  const qoeClass = classify(target, latencyMs);
  return {
    atTarget: qoeClass === 'within',
    notSlower: qoeClass !== 'slower',
    satisfied: isSatisfied(target, qoeClass),
  };
}

/** How many jobs of an interval earn each verdict. */
export interface IntervalCounts {
  readonly atTarget: number;
  readonly notSlower: number;
  readonly satisfied: number;
}

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
 * Times a satisfied job was seen outside what its mode asks in the next interval, where nothing
 * changed in the scenario in that interval. An interval without a judged latency is no exit: it
 * tells nothing.
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
