import { clamp } from '../limits/fit.js';
import { type AllocationModel, Field } from './allocation-model.js';

/** Waits that requests of a server with open arrivals spend beside each other. */
export interface Beside {
  /** B: how long one is, s; 0 = none. */
  readonly seconds: number;
  /**
   * Share of the time without CPU that is taken to be spent beside the others, 0..1; the rest
   * occupies the server.
   */
  readonly ratio: number;
}

/** Nothing is known to wait beside the queue. */
export const NOTHING_BESIDE: Beside = { seconds: 0, ratio: 0 };

/** From this share of the mean response on, all time without CPU is taken to be such waits. */
const CLEAR_RATIO = 0.1;
/**
 * One server is occupied by one request at a time. Where more than one waits at any time, not all
 * of them occupy it; where it is two, none does.
 */
const WAITING_AT_ONCE = { from: 1, sure: 2 } as const;
/**
 * Weight of the least that reports show, in requests, where nearly all of the response is a queue.
 * The error of a mean comes from the queue, so the weight falls with the square of its share of the
 * response.
 */
const LEAST_WEIGHT = 800;
/**
 * The mean of waits is at most this times the least that reports show: uneven ones have a mean
 * above their median (exponential ones 1.4 times), and what is more comes from elsewhere.
 */
export const MAX_MEAN_RATIO = 3;

/** The least wait that reports showed, s; 0 = none, or not known yet. */
export const leastWaitOf = (model: AllocationModel): number =>
  model[Field.leastWaitCount] > 0
    ? Math.min(model[Field.leastWaitBefore], model[Field.leastWaitNow])
    : model[Field.leastWaitBefore];

/** 0 up to `from`, 1 from `sure` on, even between. */
export const sureness = (value: number, { from, sure }: { from: number; sure: number }): number =>
  clamp((value - from) / (sure - from), 0, 1);

/**
 * How long requests wait beside each other: what reports show at least, corrected by means as far
 * as these are known. Nothing, unless more requests wait than one server can be occupied by, or the
 * mean is too short for waits that occupy it. `ratePerSecond`: of arrivals; 0 = a closed loop,
 * where nothing is beside.
 */
export function besideOf(model: AllocationModel, ratePerSecond: number): Beside {
  const least = ratePerSecond === 0 ? 0 : leastWaitOf(model);
  if (least === 0) return NOTHING_BESIDE;
  const sure = Math.max(
    sureness(ratePerSecond * least, WAITING_AT_ONCE),
    model[Field.besideByMeans],
  );
  if (sure === 0) return NOTHING_BESIDE;
  // Little's law.
  const responseSeconds =
    model[Field.waitingSeconds] / Math.max(model[Field.elapsedSeconds], 1e-9) / ratePerSecond;
  const share = responseSeconds > 0 ? Math.min(1, least / responseSeconds) : 1;
  const prior = LEAST_WEIGHT * (1 - share) ** 2;
  const weight = model[Field.meanWaitWeight] + prior;
  const seconds = weight > 0 ? (model[Field.meanWaitSeconds] + prior * least) / weight : least;
  return {
    seconds: sure * clamp(seconds, 0, MAX_MEAN_RATIO * least),
    ratio: sure * Math.min(1, share / CLEAR_RATIO),
  };
}
