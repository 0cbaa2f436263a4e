import { type AllocationModel, Field } from '../../../model/allocation-model.js';
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
/** Arrivals of the rate that is known which weigh against those that seem to be more. */
const RATE_PRIOR = 5;
/**
 * Without an answer for so long, and for as long as the last ones waited, no queue is left, s. Many
 * metrics endpoints tell of answers every ten or fifteen seconds only.
 */
const MIN_QUIET_SECONDS = 20;

/**
 * CPU beyond its limit that drains a queue which has built up (after a restart, a flash crowd, a
 * slow model load), cores; 0 = there is none. The last answers waited L, so about λ·L requests of W
 * each are under way (Little's law). A mean has what its limit leaves beside its arrivals for that:
 * nearly all queues are gone before a new limit is in force.
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
  const { workSeconds, quantile } = goal.law;
  const wanted = (rate * (waitedSeconds - goal.targetSeconds) * workSeconds) / DRAIN_SECONDS;
  // The tail of a queue is made by single long ones.
  if (quantile > 0) return wanted;
  return Math.max(0, wanted - Math.max(0, cores - likelyRate(model, rate) * workSeconds));
}

// λ as it may be by now, where more requests came lately than are known to come.
function likelyRate(model: AllocationModel, rate: number): number {
  const count = model[Field.moreCount] + RATE_PRIOR;
  return Math.max(rate, count / (model[Field.moreSeconds] + RATE_PRIOR / rate));
}
