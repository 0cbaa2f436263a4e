import { Field } from '../../model/allocation-model.js';
import { bareSeconds } from '../../model/latency-law.js';
import type { Member } from './member.js';

/**
 * How far all jobs of a host are off their predictions together: decayed sums of the mean
 * residual, of its distance from their mean, and of the variance that the jobs' own noise gives it.
 */
export interface CommonNoise {
  readonly weight: number;
  readonly sum: number;
  readonly distance: number;
  readonly ownVariance: number;
  /** When the newest report was made that is in it, ms; 0 = none. */
  readonly atMs: number;
}

/** Nothing seen yet: the host is taken to be even. */
export const NO_COMMON_NOISE: CommonNoise = {
  weight: 0,
  sum: 0,
  distance: 0,
  ownVariance: 0,
  atMs: 0,
};

/** The sums cover about this number of intervals. */
const MEMORY_INTERVALS = 12;
/** Fewer jobs cannot tell what they have in common from what is their own. */
const MIN_JOBS = 3;
/** One residual counts at most this much: a queue or a restart is no noise. */
const MAX_RESIDUAL = 0.3;

/** A window of response times holds at least this many (agent/observe/windows). */
const MIN_JUDGED = 5;

/** Requests of a closed loop that it is judged by in an interval, each of `requestSeconds`. */
export const judgedRequests = (intervalSeconds: number, requestSeconds: number): number =>
  Math.max(MIN_JUDGED, intervalSeconds / requestSeconds);

/**
 * Folds the newest reports of a node's closed loops into the common noise: ln(measured ÷ predicted
 * under the limit held), where the whole window lies under that limit.
 */
export function foldCommonNoise(
  before: CommonNoise,
  members: readonly Member[],
  intervalMs: number,
): CommonNoise {
  let atMs = 0;
  for (const { allocation } of members) atMs = Math.max(atMs, allocation.observedAtMs);
  if (atMs <= before.atMs) return before;
  let count = 0;
  let total = 0;
  let own = 0;
  for (const member of members) {
    const seconds = predictedSeconds(member);
    if (seconds === null) continue;
    const meanMs = member.allocation.report?.latency?.window.meanMs ?? 0;
    if (meanMs <= 0) continue;
    count += 1;
    total += Math.max(-MAX_RESIDUAL, Math.min(MAX_RESIDUAL, Math.log(meanMs / 1000 / seconds)));
    own += member.model[Field.noiseRatio] ** 2 / judgedRequests(intervalMs / 1000, seconds);
  }
  if (count < MIN_JOBS) return { ...before, atMs };
  const keep =
    before.atMs === 0 ? 0 : Math.exp(-(atMs - before.atMs) / (MEMORY_INTERVALS * intervalMs));
  const mean = total / count;
  const expected = before.weight === 0 ? mean : before.sum / before.weight;
  return {
    weight: before.weight * keep + 1,
    sum: before.sum * keep + mean,
    distance: before.distance * keep + Math.abs(mean - expected),
    ownVariance: before.ownVariance * keep + own / (count * count),
    atMs,
  };
}

/** Of a normal variable, the standard deviation ÷ the mean distance from the mean. */
const SPREAD_PER_DISTANCE = Math.sqrt(Math.PI / 2);

/**
 * Standard deviation of what all jobs of the host have in common in one interval, relative. From
 * mean distances, because a few bad intervals say little of the others.
 */
export function commonSpread({ weight, distance, ownVariance }: CommonNoise): number {
  if (weight === 0) return 0;
  const spread = (SPREAD_PER_DISTANCE * distance) / weight;
  return Math.sqrt(Math.max(0, spread * spread - ownVariance / weight));
}

// The mean that the law expects under the limit held; null where the newest window tells nothing.
function predictedSeconds({ allocation, goal, isWeighted, isStale, heldCores }: Member) {
  const latency = allocation.report?.latency;
  if (goal === null || isWeighted || isStale || heldCores === null || latency == null) return null;
  if (goal.law.ratePerSecond > 0 || latency.sinceChangeCount < latency.window.count) return null;
  return bareSeconds(goal.law, heldCores);
}
