import type { Evidence } from './evidence.js';
import { keptRatio } from './filter.js';
import type { Draft } from './known.js';

/** Requests under way are averaged over so many answers. */
const CONCURRENCY_ANSWERS = 30;
/** A single client that waits for each answer has one request under way, always (Little's law): between the ends of two requests exactly. */
const OPEN_FROM = 0.15;
const CLOSED_WITHIN = 0.06;
const LEAST_ANSWERS = 4;
/** A closed loop uses all of its limit. */
const BUSY = 0.96;
const RATE_MEMORY = 500;
/** Two-sided CUSUM of log-likelihoods: rate × FASTER or × SLOWER against the rate as known, for Poisson arrivals; alarm at a ratio of e^THRESHOLD. */
const FASTER = 1.6;
const SLOWER = 0.6;
const THRESHOLD = 6;
/** Answers in one report from which the growth of a queue can be told. */
const LEAST_FOR_GROWTH = 4;

/**
 * Tells a closed loop from open arrivals, and learns the rate of the latter. Answers per second are arrivals per second unless the queue grows or shrinks: under
 * FIFO the latency of answers then changes by s = dL/dt = (λ − μ)/λ, so λ = μ/(1 − s). Writes `known`.
 */
export function learnArrivals(known: Draft, evidence: Evidence): void {
  const { waitedSeconds, count, doneAtMs } = evidence;
  const seconds = (doneAtMs - known.doneAtMs) / 1000;
  if (seconds <= 0) return;
  const meanSeconds = waitedSeconds / count;
  const keep = keptRatio(count, CONCURRENCY_ANSWERS);
  known.waitingSeconds = known.waitingSeconds * keep + waitedSeconds;
  known.elapsedSeconds = known.elapsedSeconds * keep + seconds;
  const concurrency = known.waitingSeconds / known.elapsedSeconds;
  known.isOpen = judge(known, evidence, concurrency, meanSeconds);
  const growth = growthOf(known, evidence, concurrency, meanSeconds);
  countArrivals(known, count / (1 - growth), seconds);
}

function judge(
  known: Draft,
  { usedSeconds, seconds, limitCores }: Evidence,
  concurrency: number,
  meanSeconds: number,
): boolean {
  if (known.waitingSeconds < LEAST_ANSWERS * meanSeconds) return known.isOpen;
  const distance = Math.abs(concurrency - 1);
  if (distance > OPEN_FROM) return true;
  return known.isOpen && !(distance < CLOSED_WITHIN && usedSeconds > BUSY * seconds * limitCores);
}

// s = dL/dt while the server is never idle; 0 otherwise.
function growthOf(
  known: Draft,
  { regime, seconds, count }: Evidence,
  concurrency: number,
  meanSeconds: number,
): number {
  if (regime !== 'bound' || concurrency < 1 + OPEN_FROM || count < LEAST_FOR_GROWTH) return 0;
  return Math.min(0.8, Math.max(-1, (meanSeconds - known.lastMeanSeconds) / seconds));
}

function countArrivals(known: Draft, arrived: number, seconds: number): void {
  const rate = known.arrivedSeconds > 0 ? known.arrivedCount / known.arrivedSeconds : 0;
  if (rate > 0) watchChange(known, rate, arrived, seconds);
  if (known.arrivalsUp > THRESHOLD) restart(known, known.moreCount, known.moreSeconds);
  else if (known.arrivalsDown > THRESHOLD) restart(known, known.fewerCount, known.fewerSeconds);
  else {
    const keep = keptRatio(seconds, Math.max(3 * seconds, rate > 0 ? RATE_MEMORY / rate : 60));
    known.arrivedCount = known.arrivedCount * keep + arrived;
    known.arrivedSeconds = known.arrivedSeconds * keep + seconds;
  }
}

function watchChange(known: Draft, rate: number, arrived: number, seconds: number): void {
  const likelihood = (factor: number): number => arrived * Math.log(factor) - (factor - 1) * rate * seconds;
  known.arrivalsUp = Math.max(0, known.arrivalsUp + likelihood(FASTER));
  known.arrivalsDown = Math.max(0, known.arrivalsDown + likelihood(SLOWER));
  const [isMore, isFewer] = [known.arrivalsUp > 0, known.arrivalsDown > 0];
  known.moreCount = isMore ? known.moreCount + arrived : 0;
  known.moreSeconds = isMore ? known.moreSeconds + seconds : 0;
  known.fewerCount = isFewer ? known.fewerCount + arrived : 0;
  known.fewerSeconds = isFewer ? known.fewerSeconds + seconds : 0;
}

function restart(known: Draft, count: number, seconds: number): void {
  known.arrivedCount = count;
  known.arrivedSeconds = seconds;
  known.arrivalsUp = 0;
  known.arrivalsDown = 0;
}
