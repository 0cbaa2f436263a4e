/** A server that takes one request at a time, as seen from outside. */
export interface Served {
  /** Relative standard deviation of one request's time on an idle server. */
  readonly noiseRatio: number;
  /** Mean response time, ms. */
  readonly meanMs: number;
  /** λ of open arrivals, requests per ms; 0 = a client that waits for each answer. */
  readonly ratePerMs: number;
}

/** v of open arrivals at a server that takes one request at a time with even work: M/D/1. */
export const QUEUEING = 0.5;
const MOST_UTILISATION = 0.95;

/**
 * s: mean time one request keeps its server, ms, from the mean response time: the inverse of s·(1 +
 * v·ρ/(1−ρ)), ρ = λs.
 */
export function serviceMsOf({
  meanMs,
  ratePerMs: rate,
}: Pick<Served, 'meanMs' | 'ratePerMs'>): number {
  if (rate === 0) return meanMs;
  const square = rate * (1 - QUEUEING);
  const linear = 1 + rate * meanMs;
  return Math.min(
    (linear - Math.sqrt(linear * linear - 4 * square * meanMs)) / (2 * square),
    MOST_UTILISATION / rate,
  );
}

/**
 * How many times as much, relatively, the mean response time changes as the service time: 1 for a
 * closed loop.
 */
export function stretchOf(served: Pick<Served, 'meanMs' | 'ratePerMs'>): number {
  const serviceMs = serviceMsOf(served);
  const idle = 1 - busyOf(served);
  const slope = 1 + (QUEUEING * (1 - idle * idle)) / (idle * idle);
  const meanMs = serviceMs * (1 + (QUEUEING * (1 - idle)) / idle);
  return (slope * serviceMs) / meanMs;
}

const busyOf = (served: Pick<Served, 'meanMs' | 'ratePerMs'>): number =>
  Math.min(MOST_UTILISATION, served.ratePerMs * serviceMsOf(served));

/** One rush makes many answers of a queue slow together: so many rushes are no chance any more. */
export const LEAST_RUSHES = 6;

/**
 * Answers of a queue that follow each other and count as one, for they are slow together: about
 * 2ρ/(1−ρ)² (heavy traffic), at least 1.
 */
export function alikeOf(served: Pick<Served, 'meanMs' | 'ratePerMs'>): number {
  const busy = busyOf(served);
  return Math.max(1, (2 * busy) / (1 - busy) ** 2);
}

/**
 * Relative standard deviation of the mean of so many response times. Of a queue with the variance
 * of the wait of M/D/1, ρ/3(1−ρ) + ρ²/4(1−ρ)² times s², and with answers that are alike counted as
 * one.
 */
export function errorOf(served: Served, count: number): number {
  const { noiseRatio, ratePerMs } = served;
  const counted = Math.max(1, count);
  if (ratePerMs === 0) return noiseRatio / Math.sqrt(counted);
  const busy = busyOf(served);
  const idle = 1 - busy;
  const variance = busy / (3 * idle) + (busy * busy) / (4 * idle * idle);
  const mean = 1 + (QUEUEING * busy) / idle;
  return Math.sqrt((variance * alikeOf(served)) / mean ** 2 + noiseRatio ** 2) / Math.sqrt(counted);
}
