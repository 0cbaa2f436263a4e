/** How the mean latency of a job follows its CPU limit. */
export interface Law {
  /** W: CPU of one request, core-seconds, > 0. */
  readonly workSeconds: number;
  /** a: what a request takes beyond its CPU, s; slightly negative where the estimate is off. */
  readonly overheadSeconds: number;
  /** λ of open arrivals, requests per second; 0 = closed loop. */
  readonly ratePerSecond: number;
  /** Least latency seen while the limit did not bind, s; 0 = not known. */
  readonly leastSeconds: number;
}

/** v of open arrivals at a server that takes one request at a time with even work: M/D/1. */
const QUEUEING = 0.5;
/** Above this utilisation a queue runs away at the first burst. */
export const MOST_UTILISATION = 0.9;

/**
 * L(c) = max(L_free, a + x·(1 + v·ρ/(1−ρ))) with x = W/c and ρ = λ·x, s; Infinity where ρ ≥ 1. Pollaczek–Khinchine with v = ½ (M/D/1) for open arrivals,
 * v = 0 for a closed loop, whose client waits for each answer. Falls as `cores` grows.
 */
export function latencySeconds(law: Law, cores: number): number {
  const serviceSeconds = law.workSeconds / cores;
  const utilisation = law.ratePerSecond * serviceSeconds;
  if (utilisation >= 1) return Number.POSITIVE_INFINITY;
  const waiting = 1 + (QUEUEING * utilisation) / (1 - utilisation);
  return Math.max(law.leastSeconds, law.overheadSeconds + serviceSeconds * waiting);
}

/**
 * d(t): least CPU at which the mean latency is at most `seconds`, cores; Infinity where no CPU does it. Closed form: x = t − a for a closed loop, else the
 * smaller root of λ(1−v)x² − (1+λT)x + T = 0 with T = t − a, and never above ρ = 0.9.
 */
export function demandCores(law: Law, seconds: number): number {
  const left = seconds - law.overheadSeconds;
  if (left <= 0 || seconds < law.leastSeconds) return Number.POSITIVE_INFINITY;
  return law.workSeconds / serviceSecondsFor(law.ratePerSecond, left);
}

function serviceSecondsFor(ratePerSecond: number, left: number): number {
  if (ratePerSecond === 0) return left;
  const square = ratePerSecond * (1 - QUEUEING);
  const linear = 1 + ratePerSecond * left;
  const root = (linear - Math.sqrt(linear * linear - 4 * square * left)) / (2 * square);
  return Math.min(root, MOST_UTILISATION / ratePerSecond);
}
