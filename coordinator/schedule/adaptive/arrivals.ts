import type { Evidence } from './evidence.js';
import { fold } from './filter.js';
import type { Known } from './known.js';

/** Time over which requests under way are averaged: at least so long, s, and so many requests. */
const CONCURRENCY_SECONDS = 10;
const CONCURRENCY_REQUESTS = 5;
/** A single client that waits for each answer has one request under way, always (Little's law). */
const OPEN_FROM = 0.25;
const CLOSED_WITHIN = 0.12;
const LEAST_ANSWERS = 3;
const RATE_MEMORY = 200;
const SLACK = 0.5;
const THRESHOLD = 8;

/**
 * Tells a closed loop from open arrivals, and learns the rate of the latter. Answers per second are arrivals per second unless the queue grows or shrinks: under
 * FIFO the latency of answers then changes by s = dL/dt = (λ − μ)/λ, so λ = μ/(1 − s).
 */
export function learnArrivals(known: Known, evidence: Evidence, newestAgeSeconds: number): Known {
  const { seconds, waitedSeconds, count } = evidence;
  const meanSeconds = count > 0 ? waitedSeconds / count : known.lastMeanSeconds;
  const memory = Math.max(CONCURRENCY_SECONDS, CONCURRENCY_REQUESTS * meanSeconds);
  const under = fold(known.waitingSeconds, known.elapsedSeconds, {
    value: waitedSeconds / seconds,
    weight: seconds,
    memory,
  });
  const spread = { ...known, waitingSeconds: under.sum, elapsedSeconds: under.weight };
  if (count === 0) return countArrivals(spread, evidence, 0);
  const concurrency = under.sum / Math.max(1e-3, under.weight - newestAgeSeconds);
  const isOpen = judge(spread, evidence, concurrency, meanSeconds);
  return countArrivals({ ...spread, isOpen }, evidence, growthOf(known, evidence, meanSeconds, concurrency));
}

function judge(known: Known, { regime }: Evidence, concurrency: number, meanSeconds: number): boolean {
  const answers = known.elapsedSeconds / Math.max(1e-6, meanSeconds);
  if (answers * concurrency < LEAST_ANSWERS) return known.isOpen;
  const distance = Math.abs(concurrency - 1);
  if (distance > OPEN_FROM) return true;
  return known.isOpen && !(distance < CLOSED_WITHIN && regime === 'bound');
}

// s = dL/dt while the server is never idle; 0 otherwise.
function growthOf(known: Known, { regime, seconds }: Evidence, meanSeconds: number, concurrency: number): number {
  if (regime !== 'bound' || concurrency < 1 + OPEN_FROM || known.lastMeanSeconds === 0) return 0;
  return Math.min(0.8, Math.max(-1, (meanSeconds - known.lastMeanSeconds) / seconds));
}

function countArrivals(known: Known, { count, seconds }: Evidence, growth: number): Known {
  const arrived = count / (1 - growth);
  const rate = known.arrivedSeconds > 0 ? known.arrivedCount / known.arrivedSeconds : 0;
  const expected = rate * seconds;
  const deviation = expected > 0 ? (arrived - expected) / Math.sqrt(expected + 0.25) : 0;
  const bounded = Math.min(4, Math.max(-4, deviation));
  const arrivalsUp = Math.max(0, known.arrivalsUp + bounded - SLACK);
  const arrivalsDown = Math.max(0, known.arrivalsDown - bounded - SLACK);
  if (arrivalsUp > THRESHOLD || arrivalsDown > THRESHOLD)
    return { ...known, arrivedCount: arrived, arrivedSeconds: seconds, arrivalsUp: 0, arrivalsDown: 0 };
  const memory = Math.max(3 * seconds, rate > 0 ? RATE_MEMORY / rate : 60);
  const folded = fold(known.arrivedCount, known.arrivedSeconds, { value: arrived / seconds, weight: seconds, memory });
  return { ...known, arrivedCount: folded.sum, arrivedSeconds: folded.weight, arrivalsUp, arrivalsDown };
}
