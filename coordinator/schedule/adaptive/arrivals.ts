import type { Evidence } from './evidence.js';
import { keptRatio } from './filter.js';
import type { Draft } from './known.js';

/** Time over which requests under way are averaged: at least so long, s, and so many requests. */
const CONCURRENCY_SECONDS = 10;
const CONCURRENCY_REQUESTS = 5;
/** A single client that waits for each answer has one request under way, always (Little's law). */
const OPEN_FROM = 0.25;
const CLOSED_WITHIN = 0.12;
const LEAST_ANSWERS = 3;
const RATE_MEMORY = 200;
/** Two-sided CUSUM of the counts, in deviations of a Poisson count. */
const SLACK = 0.5;
const THRESHOLD = 8;
const MOST_DEVIATION = 4;

/**
 * Tells a closed loop from open arrivals, and learns the rate of the latter. Answers per second are arrivals per second unless the queue grows or shrinks: under
 * FIFO the latency of answers then changes by s = dL/dt = (λ − μ)/λ, so λ = μ/(1 − s). Writes `known`.
 */
export function learnArrivals(known: Draft, evidence: Evidence, newestAgeSeconds: number): void {
  const { seconds, waitedSeconds, count } = evidence;
  const meanSeconds = count > 0 ? waitedSeconds / count : known.lastMeanSeconds;
  const keep = keptRatio(seconds, Math.max(CONCURRENCY_SECONDS, CONCURRENCY_REQUESTS * meanSeconds));
  known.waitingSeconds = known.waitingSeconds * keep + waitedSeconds;
  known.elapsedSeconds = known.elapsedSeconds * keep + seconds;
  if (count === 0) {
    countArrivals(known, evidence, 0);
    return;
  }
  const concurrency = known.waitingSeconds / Math.max(1e-3, known.elapsedSeconds - newestAgeSeconds);
  known.isOpen = judge(known, evidence, concurrency, meanSeconds);
  countArrivals(known, evidence, growthOf(known, evidence, meanSeconds, concurrency));
}

function judge(known: Draft, { regime }: Evidence, concurrency: number, meanSeconds: number): boolean {
  const answers = known.waitingSeconds / Math.max(1e-6, meanSeconds);
  if (answers < LEAST_ANSWERS) return known.isOpen;
  const distance = Math.abs(concurrency - 1);
  if (distance > OPEN_FROM) return true;
  return known.isOpen && !(distance < CLOSED_WITHIN && regime === 'bound');
}

// s = dL/dt while the server is never idle; 0 otherwise.
function growthOf(known: Draft, { regime, seconds }: Evidence, meanSeconds: number, concurrency: number): number {
  if (regime !== 'bound' || concurrency < 1 + OPEN_FROM || known.lastMeanSeconds === 0) return 0;
  return Math.min(0.8, Math.max(-1, (meanSeconds - known.lastMeanSeconds) / seconds));
}

function countArrivals(known: Draft, { count, seconds }: Evidence, growth: number): void {
  const arrived = count / (1 - growth);
  const rate = known.arrivedSeconds > 0 ? known.arrivedCount / known.arrivedSeconds : 0;
  const expected = rate * seconds;
  const deviation = expected > 0 ? (arrived - expected) / Math.sqrt(expected + 0.25) : 0;
  const bounded = Math.min(MOST_DEVIATION, Math.max(-MOST_DEVIATION, deviation));
  known.arrivalsUp = Math.max(0, known.arrivalsUp + bounded - SLACK);
  known.arrivalsDown = Math.max(0, known.arrivalsDown - bounded - SLACK);
  const isChanged = known.arrivalsUp > THRESHOLD || known.arrivalsDown > THRESHOLD;
  const keep = isChanged ? 0 : keptRatio(seconds, Math.max(3 * seconds, rate > 0 ? RATE_MEMORY / rate : 60));
  known.arrivedCount = known.arrivedCount * keep + arrived;
  known.arrivedSeconds = known.arrivedSeconds * keep + seconds;
  if (!isChanged) return;
  known.arrivalsUp = 0;
  known.arrivalsDown = 0;
}
