/** A server that takes one request at a time, as seen from outside. */
export interface Served {
  /** Relative standard deviation of one request's time on an idle server. */
  readonly noiseRatio: number;
  /** Mean response time, ms. */
  readonly meanMs: number;
  /** λ of open arrivals, requests per ms; 0 = a client that waits for each answer. */
  readonly ratePerMs: number;
}

/** v of open arrivals at a server with constant work: M/D/1. */
export const QUEUEING = 0.5;
const MAX_UTILISATION = 0.95;

/**
 * s: mean service time, ms, from the mean response time: the inverse of s·(1 + v·ρ/(1−ρ)), ρ = λs.
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
    MAX_UTILISATION / rate,
  );
}

/**
 * Relative change of the mean response time per relative change of the service time; 1 for a closed
 * loop.
 */
export function elasticityOf(served: Pick<Served, 'meanMs' | 'ratePerMs'>): number {
  const serviceMs = serviceMsOf(served);
  const idle = 1 - utilisationOf(served);
  const slope = 1 + (QUEUEING * (1 - idle * idle)) / (idle * idle);
  const meanMs = serviceMs * (1 + (QUEUEING * (1 - idle)) / idle);
  return (slope * serviceMs) / meanMs;
}

const utilisationOf = (served: Pick<Served, 'meanMs' | 'ratePerMs'>): number =>
  Math.min(MAX_UTILISATION, served.ratePerMs * serviceMsOf(served));

/** One burst makes many answers of a queue slow together: this number of bursts is not chance. */
export const MIN_BURSTS = 6;

/**
 * Number of consecutive answers of a queue that count as one, because they are slow together: about
 * 2ρ/(1−ρ)² (heavy traffic), at least 1.
 */
export function correlatedAnswersOf(served: Pick<Served, 'meanMs' | 'ratePerMs'>): number {
  const utilisation = utilisationOf(served);
  return Math.max(1, (2 * utilisation) / (1 - utilisation) ** 2);
}

/**
 * Relative standard deviation of the mean of `count` response times. For a queue with the variance
 * of the M/D/1 wait, ρ/3(1−ρ) + ρ²/4(1−ρ)² times s², and with correlated answers counted as one.
 */
export function relativeErrorOf(served: Served, count: number): number {
  const { noiseRatio, ratePerMs } = served;
  const counted = Math.max(1, count);
  if (ratePerMs === 0) return noiseRatio / Math.sqrt(counted);
  const utilisation = utilisationOf(served);
  const idle = 1 - utilisation;
  const variance = utilisation / (3 * idle) + (utilisation * utilisation) / (4 * idle * idle);
  const mean = 1 + (QUEUEING * utilisation) / idle;
  return (
    Math.sqrt((variance * correlatedAnswersOf(served)) / mean ** 2 + noiseRatio ** 2) /
    Math.sqrt(counted)
  );
}
