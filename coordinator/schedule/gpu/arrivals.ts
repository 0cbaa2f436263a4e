import { isWholeOnAverage } from '../model/late-ends.js';
import { decayFactor } from '../model/work-estimator.js';

/** How requests come to one allocation. Plain values: JSON keeps it. */
export interface Arrivals {
  /** When the newest request had ended, ms; 0 = none was seen. */
  readonly doneAtMs: number;
  /**
   * Decayed sums over the last answers, ms: time that requests took (`waitedMs`), time that passed,
   * and the distance of the former from whole clients (`strayedMs`).
   */
  readonly waitedMs: number;
  readonly passedMs: number;
  readonly strayedMs: number;
  /** Open arrivals; else a closed loop, where each request follows an answer. */
  readonly isOpen: boolean;
  /** λ: answers and the time they came in, ms. */
  readonly counted: Counted;
  /** Recent counts that deviate from `counted`, as long as they do. */
  readonly outliers: Counted;
}
/** Requests, and the time they came in, ms. */
export interface Counted {
  readonly count: number;
  readonly ms: number;
}
const NO_COUNT: Counted = { count: 0, ms: 0 };
/** Nothing was seen yet. */
export const NO_ARRIVALS: Arrivals = {
  doneAtMs: 0,
  waitedMs: 0,
  passedMs: 0,
  strayedMs: 0,
  isOpen: false,
  counted: NO_COUNT,
  outliers: NO_COUNT,
};

/** Requests that ended between two reports. */
export interface AnsweredRequests {
  readonly count: number;
  readonly waitedMs: number;
  /** When the newest of them ended, ms. */
  readonly doneAtMs: number;
}

/**
 * Open or closed is decided from this number of answers, or of reports: a busy queue looks like
 * waiting clients for a second or two.
 */
const ANSWERS = 30;
const REPORTS = 15;
const MAX_CLIENTS = 4;
/** Fewer requests under way than this are no client that always waits. */
const MIN_CLOSED_CONCURRENCY = 0.5;
/**
 * Distance from a whole number of clients in each report, as a share of the time: closed below,
 * open from `OPEN_FROM` if the mean over them is not a whole number either.
 */
const CLOSED_WITHIN = 0.06;
const OPEN_FROM = 0.15;
const MIN_ANSWERS = 4;
/** λ covers this number of requests: for a queue near its limit it must be known to a percent. */
const RATE_MEMORY = 5000;
/**
 * The rate has changed when the Poisson count of two reports or more deviates this much; it is
 * normal again below `NORMAL_DEVIATIONS`.
 */
const OUTLIER_DEVIATIONS = 5;
const NORMAL_DEVIATIONS = 1.5;

/**
 * Tells a closed loop from open arrivals, and counts the rate of the latter. A client that waits
 * always has one request under way: the time its requests took equals the time between the ends of
 * two of them (Little's law in every single report, or on average where ends are noted late).
 * `policies/adaptive/learn/arrivals.ts` reads CPU jobs in the same way.
 */
export function foldArrivals(
  before: Arrivals,
  { count, waitedMs, doneAtMs }: AnsweredRequests,
): Arrivals {
  const passed = doneAtMs - before.doneAtMs;
  if (before.doneAtMs === 0 || passed <= 0) return { ...before, doneAtMs };
  const keep = Math.max(decayFactor(count, ANSWERS), decayFactor(1, REPORTS));
  const sums = {
    waitedMs: before.waitedMs * keep + waitedMs,
    passedMs: before.passedMs * keep + passed,
  };
  const underWay = sums.waitedMs / sums.passedMs;
  const clients = Math.min(MAX_CLIENTS, Math.max(1, Math.round(underWay)));
  const strayedMs = before.strayedMs * keep + Math.abs(waitedMs / clients - passed);
  const straying = strayedMs / sums.passedMs;
  const hasEnoughAnswers = sums.waitedMs >= (MIN_ANSWERS * waitedMs) / count;
  const isWhole = isWholeOnAverage(sums.waitedMs / 1000, sums.passedMs / 1000, clients);
  const isOpen =
    underWay < MIN_CLOSED_CONCURRENCY ||
    (hasEnoughAnswers && straying > OPEN_FROM && !isWhole) ||
    (before.isOpen && straying >= CLOSED_WITHIN);
  return { doneAtMs, ...sums, strayedMs, isOpen, ...rateOf(before, { count, ms: passed }) };
}

/** λ, requests per ms; 0 = closed loop, or not known. */
export const arrivalRate = ({ isOpen, counted: { count, ms } }: Arrivals): number =>
  isOpen && ms > 0 ? count / ms : 0;

function rateOf(
  { counted, outliers }: Arrivals,
  seen: Counted,
): Pick<Arrivals, 'counted' | 'outliers'> {
  const suspect = sumOf(outliers, seen);
  const distance = deviationsOf(suspect, counted);
  if (outliers.count > 0 && distance > OUTLIER_DEVIATIONS)
    return { counted: suspect, outliers: NO_COUNT };
  return {
    counted: sumOf(decayed(counted, seen.count), seen),
    outliers: distance > NORMAL_DEVIATIONS ? suspect : NO_COUNT,
  };
}

const sumOf = (a: Counted, b: Counted): Counted => ({ count: a.count + b.count, ms: a.ms + b.ms });

function decayed({ count, ms }: Counted, more: number): Counted {
  const ratio = Math.min(1, RATE_MEMORY / Math.max(1, count + more));
  return { count: count * ratio, ms: ms * ratio };
}

function deviationsOf({ count, ms }: Counted, model: Counted): number {
  if (model.count < ANSWERS || model.ms === 0) return 0;
  const expected = (model.count / model.ms) * ms;
  return (
    Math.abs(count - expected) / Math.sqrt(Math.max(1, expected) * (1 + expected / model.count))
  );
}
