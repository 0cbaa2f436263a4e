import { Field } from '../../../model/allocation-model.js';
import { arrivalRateOf } from '../../../model/fitted-law.js';
import { latencySeconds } from '../../../model/latency-law.js';
import type { LatencyGoal } from '../latency-goal.js';
import type { Member } from '../member.js';

/** A queue that has built up should be gone after this time, s. */
const DRAIN_SECONDS = 1;
/**
 * Answers that took this many times as long as the limit explains come from a queue, not from
 * chance.
 */
const BACKLOG_RATIO = 2;
/**
 * Without an answer for so long, and for as long as the last ones waited, no queue is left, s. Many
 * metrics endpoints tell of answers every ten or fifteen seconds only.
 */
const MIN_QUIET_SECONDS = 20;

/**
 * CPU beyond its limit that drains a queue which has built up (after a restart, a flash crowd, a
 * slow model load), cores; 0 = there is none. The last answers waited L, so about λ·L requests of W
 * each are under way (Little's law).
 */
export function drainCores(
  { model, allocation }: Member,
  goal: LatencyGoal,
  cores: number,
): number {
  const rate = arrivalRateOf(model);
  const waitedSeconds = model[Field.lastMeanSeconds];
  if (rate === 0 || waitedSeconds <= goal.slowSeconds) return 0;
  // A queue answers all the time: who waited behind the last one has been served.
  if (allocation.newestSampleAgeMs > 1000 * Math.max(MIN_QUIET_SECONDS, waitedSeconds)) return 0;
  if (
    waitedSeconds <=
    BACKLOG_RATIO * latencySeconds({ ...goal.law, quantile: 0, tailRatio: 1 }, cores)
  )
    return 0;
  return (rate * (waitedSeconds - goal.targetSeconds) * goal.law.workSeconds) / DRAIN_SECONDS;
}
