import type { Statistic } from '../../../shared/qoe.js';
import { type AllocationModel, Field } from './allocation-model.js';
import { type LatencyLaw, savedSeconds } from './latency-law.js';
import { normalDeviateOf, quantileOf } from './tail.js';

/**
 * What was known before any request ended, in requests: a first guess yields to the first real
 * measurement.
 */
export const GUESS_WEIGHT = 0.5;
/**
 * A margin that is wider costs more jobs than it saves: the rate of arrivals is taken to be known
 * from so many more, requests.
 */
const RATE_PRIOR = 250;
/**
 * The residual is taken to be zero with this weight, requests: of a queue only many answers tell
 * anything, of a server that is mostly idle each tells as much as one of a closed loop.
 */
const OVERHEAD_PRIOR = { closed: 0.3, idle: 1, queue: 800 } as const;
/** From so many requests under way on average an open server has a queue. */
const QUEUE_FROM = 2 / 3;
/**
 * Variance that requests under way at the ends of a report add to the work of its requests, in
 * squares of the work of one: 0.28 to 0.42 simulated at four to nine requests a report, and a
 * little more than that.
 */
const STRADDLING = 0.5;
/**
 * Weight of the tail that is expected (normal noise, or the law of the queue), requests: windows
 * are few and alike, and the long answers of a queue come in bursts.
 */
const TAIL_PRIOR = { closed: 15, open: 2000 } as const;

/** λ of open arrivals, requests per second; 0 = closed loop or not known. */
export const arrivalRateOf = (model: AllocationModel): number =>
  model[Field.isOpen] && model[Field.arrivedSeconds] > 0
    ? model[Field.arrivedCount] / model[Field.arrivedSeconds]
    : 0;

/** Each of n clients waits for the requests of all: their latency is that of n times the work. */
export const clientsOf = (model: AllocationModel): number => Math.max(1, model[Field.clients]);

// What a queue adds grows about with the fourth power of the requests that are under way (Little's
// law).
function overheadPriorOf(model: AllocationModel): number {
  if (!model[Field.isOpen]) return OVERHEAD_PRIOR.closed;
  const underWay =
    model[Field.elapsedSeconds] > 0
      ? model[Field.waitingSeconds] / model[Field.elapsedSeconds]
      : QUEUE_FROM;
  return Math.max(
    OVERHEAD_PRIOR.idle,
    OVERHEAD_PRIOR.queue * Math.min(1, underWay / QUEUE_FROM) ** 4,
  );
}

/** What is known, as a law of the statistic; null before any request has ended. */
export function fittedLaw(model: AllocationModel, statistic: Statistic): LatencyLaw | null {
  if (model[Field.workCount] === 0) return null;
  const workSeconds = clientsOf(model) * workOf(model, statistic);
  const kind = model[Field.isOpen] ? 'open' : 'closed';
  const tailWeight = model[Field.tailWeight] + TAIL_PRIOR[kind];
  const expected = model[Field.isOpen]
    ? 1
    : 1 + normalDeviateOf(statistic) * model[Field.noiseRatio];
  return {
    workSeconds,
    overheadSeconds:
      model[Field.overheadSeconds] / (model[Field.overheadWeight] + overheadPriorOf(model)),
    ratePerSecond: arrivalRateOf(model),
    queueing: (1 + dispersionOf(model)) / 2,
    savedSeconds: 0,
    minSeconds: model[Field.freeCores] > 0 ? workSeconds / model[Field.freeCores] : 0,
    quantile: quantileOf(statistic),
    tailRatio:
      statistic === 'mean'
        ? 1
        : Math.max(1e-3, (model[Field.tailSum] + TAIL_PRIOR[kind] * expected) / tailWeight),
  };
}

// The tail of a queue is made while requests are dear: where their work has just grown it is not
// waited until the mean of many has followed.
function workOf(model: AllocationModel, statistic: Statistic): number {
  const meanSeconds = model[Field.workSeconds] / model[Field.workCount];
  return model[Field.isOpen] && statistic !== 'mean'
    ? Math.max(meanSeconds, model[Field.recentWork])
    : meanSeconds;
}

// σ² of the work. What a request under way at either end of a report has used already is counted in
// the wrong one, which makes work look less even, the more so the fewer requests there are.
const dispersionOf = (model: AllocationModel): number =>
  Math.max(
    0,
    model[Field.noiseRatio] ** 2 - STRADDLING / Math.max(1, model[Field.requestsPerReport]),
  );

/** The law under one limit and period. */
export const lawUnderLimit = (law: LatencyLaw, cores: number, periodUs: number): LatencyLaw => ({
  ...law,
  savedSeconds: savedSeconds(law, cores, periodUs),
});

/** Relative standard error of the latency that the law predicts. */
export function errorRatioOf(model: AllocationModel): number {
  const work = model[Field.noiseRatio] / Math.sqrt(Math.max(GUESS_WEIGHT, model[Field.workCount]));
  const queue = model[Field.isOpen] ? 1 / Math.sqrt(model[Field.arrivedCount] + RATE_PRIOR) : 0;
  return Math.hypot(work, queue);
}
