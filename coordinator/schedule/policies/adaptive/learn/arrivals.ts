import { keptRatio } from '../../../model/work-estimator.js';
import { type Draft, K } from '../../../model/allocation-model.js';
import type { Evidence } from './evidence.js';

/**
 * Requests under way are averaged over so many answers, and so many reports: one report of many
 * answers says little, a queue has a whole number in it now and then.
 */
const CONCURRENCY_ANSWERS = 30;
const CONCURRENCY_REPORTS = 8;
/** Clients of one container that wait for each answer; more look like open arrivals. */
const MOST_CLIENTS = 4;
/**
 * Mean distance, per report, of requests under way from a whole number of clients: as a ratio of
 * that number.
 */
const CLOSED_WITHIN = 0.06;
const OPEN_FROM = 0.15;
const LEAST_ANSWERS = 4;
/**
 * Fewer requests under way than this are no client that always waits, after however few answers.
 */
const HARDLY_ASKED = 0.5;
/** A closed loop uses all of its limit. */
const BUSY = 0.93;
const RATE_MEMORY = 500;
/**
 * Two-sided CUSUM of log-likelihoods: rate × FASTER or × SLOWER against the rate as known, for
 * Poisson arrivals; alarm at a ratio of e^THRESHOLD.
 */
const FASTER = 1.6;
const SLOWER = 0.6;
const THRESHOLD = 10;

/**
 * Tells a closed loop from open arrivals, and learns the rate of the latter. A client that waits
 * for each answer has one request under way, always: the time its requests took is the time between
 * the ends of two of them, in every single report; that of open arrivals is so on average at most
 * (Little's law). The rate is that of arrivals, not of answers, which come at the server's pace
 * while a queue grows. Writes `known`.
 */
export function learnArrivals(known: Draft, evidence: Evidence): void {
  const { waitedSeconds, count, doneAtMs } = evidence;
  const seconds = (doneAtMs - known[K.doneAtMs]) / 1000;
  if (seconds <= 0) return;
  const keep = keptRatio(count, Math.max(CONCURRENCY_ANSWERS, CONCURRENCY_REPORTS * count));
  known[K.waitingSeconds] = known[K.waitingSeconds] * keep + waitedSeconds;
  known[K.elapsedSeconds] = known[K.elapsedSeconds] * keep + seconds;
  const concurrency = known[K.waitingSeconds] / known[K.elapsedSeconds];
  const clients = Math.min(MOST_CLIENTS, Math.max(1, Math.round(concurrency)));
  known[K.strayingSeconds] =
    known[K.strayingSeconds] * keep + Math.abs(waitedSeconds / clients - seconds);
  judge(known, evidence, clients);
  countArrivals(known, count, arrivalSeconds(known, evidence, seconds));
}

function judge(known: Draft, evidence: Evidence, clients: number): void {
  const { waitedSeconds, count, regime, usedSeconds, seconds, limitCores } = evidence;
  if (known[K.waitingSeconds] < HARDLY_ASKED * known[K.elapsedSeconds]) known[K.isOpen] = 1;
  if (known[K.waitingSeconds] < (LEAST_ANSWERS * waitedSeconds) / count) return;
  const straying = known[K.strayingSeconds] / known[K.elapsedSeconds];
  const isBusy =
    regime === 'free' || !Number.isFinite(limitCores) || usedSeconds > BUSY * seconds * limitCores;
  if (straying > OPEN_FROM) known[K.isOpen] = 1;
  else if (straying < CLOSED_WITHIN && isBusy) known[K.isOpen] = 0;
  known[K.clients] = known[K.isOpen] ? 1 : clients;
}

// Under FIFO a request arrived its latency before it ended: the time between the arrivals of those
// answered, where `seconds` lie between their ends. Over many reports the difference cancels.
function arrivalSeconds(known: Draft, { waitedSeconds, count }: Evidence, seconds: number): number {
  return known[K.isOpen]
    ? Math.max(0, seconds - (waitedSeconds / count - known[K.lastMeanSeconds]))
    : seconds;
}

function countArrivals(known: Draft, arrived: number, seconds: number): void {
  const rate = known[K.arrivedSeconds] > 0 ? known[K.arrivedCount] / known[K.arrivedSeconds] : 0;
  if (rate > 0) watchChange(known, rate, arrived, seconds);
  if (known[K.arrivalsUp] > THRESHOLD) restart(known, known[K.moreCount], known[K.moreSeconds]);
  else if (known[K.arrivalsDown] > THRESHOLD)
    restart(known, known[K.fewerCount], known[K.fewerSeconds]);
  else {
    const keep = keptRatio(seconds, Math.max(3 * seconds, rate > 0 ? RATE_MEMORY / rate : 60));
    known[K.arrivedCount] = known[K.arrivedCount] * keep + arrived;
    known[K.arrivedSeconds] = known[K.arrivedSeconds] * keep + seconds;
  }
}

function watchChange(known: Draft, rate: number, arrived: number, seconds: number): void {
  const likelihood = (factor: number): number =>
    arrived * Math.log(factor) - (factor - 1) * rate * seconds;
  known[K.arrivalsUp] = Math.max(0, known[K.arrivalsUp] + likelihood(FASTER));
  known[K.arrivalsDown] = Math.max(0, known[K.arrivalsDown] + likelihood(SLOWER));
  const [isMore, isFewer] = [known[K.arrivalsUp] > 0, known[K.arrivalsDown] > 0];
  known[K.moreCount] = isMore ? known[K.moreCount] + arrived : 0;
  known[K.moreSeconds] = isMore ? known[K.moreSeconds] + seconds : 0;
  known[K.fewerCount] = isFewer ? known[K.fewerCount] + arrived : 0;
  known[K.fewerSeconds] = isFewer ? known[K.fewerSeconds] + seconds : 0;
}

function restart(known: Draft, count: number, seconds: number): void {
  known[K.arrivedCount] = count;
  known[K.arrivedSeconds] = seconds;
  for (const index of WATCHED) known[index] = 0;
}

const WATCHED = [
  K.arrivalsUp,
  K.arrivalsDown,
  K.moreCount,
  K.moreSeconds,
  K.fewerCount,
  K.fewerSeconds,
] as const;
