import type { CpuLimit } from '../../../shared/command.js';

/** How the statistic of a job's response time follows its CPU limit. */
export interface LatencyLaw {
  /** W: CPU of one request, core-seconds, > 0. */
  readonly workSeconds: number;
  /** a: time of a request beyond its CPU, s; slightly negative where the estimate is off. */
  readonly overheadSeconds: number;
  /** λ of open arrivals, requests per second; 0 = closed loop. */
  readonly ratePerSecond: number;
  /**
   * v: how much a request waits for others, as a factor of ρ/(1−ρ): ½(1 + σ²), where σ² is the
   * squared coefficient of variation of the work (Pollaczek–Khinchine: ½ for constant work, 1 for
   * exponential work).
   */
  readonly queueing: number;
  /**
   * B: time that each request waits for something else beside the others, s: it occupies no server,
   * and no CPU shortens it. 0 = none, and for a closed loop.
   */
  readonly besideSeconds: number;
  /** Time that an idle server saves through quota it did not use, s; see `savedSeconds`. */
  readonly savedSeconds: number;
  /** Mean latency seen while the limit did not bind, s: no CPU makes it shorter; 0 = not known. */
  readonly minSeconds: number;
  /** Which quantile is meant, 0..1; 0 = the mean. */
  readonly quantile: number;
  /** k: measured statistic ÷ the one that the law gives; 1 for the mean. */
  readonly tailRatio: number;
}

/** Above this utilisation the queue grows long at the first burst. */
const MAX_UTILISATION = 0.9;
const BISECTIONS = 32;
/** Upper end of the CPU that is searched, as a factor of the lower end. */
const MAX_CORES_RATIO = 1e4;

/**
 * L(c) = k · max(L_free, B + shape · s·(1 + v·ρ/(1−ρ))) with service time s = a + W/c − saved and
 * utilisation ρ = λ·s; Infinity where ρ ≥ 1. This is the Pollaczek–Khinchine mean of an M/G/1 queue
 * (Kleinrock, Queueing Systems I, 1975). For a closed loop ρ = 0, since its client waits for each
 * answer. Falls as `cores` grows.
 */
export const latencySeconds = (law: LatencyLaw, cores: number): number =>
  law.tailRatio * bareSeconds(law, cores);

/** The same with k = 1: what the law gives before anything was measured of its tail. */
export const bareSeconds = (law: LatencyLaw, cores: number): number =>
  Math.max(law.minSeconds, secondsWithoutMinimum(law, cores));

/** What the response time of a closed loop follows from, with k = 1. */
export type LoopLaw = Pick<LatencyLaw, 'workSeconds' | 'overheadSeconds' | 'minSeconds'>;

/** The same of a closed loop, which has no queue and saves no quota. */
export const loopSeconds = (
  { workSeconds, overheadSeconds, minSeconds }: LoopLaw,
  cores: number,
): number => Math.max(minSeconds, Math.max(0, overheadSeconds + workSeconds / cores));

/** The same as if no minimum had been seen. */
export const secondsWithoutMinimum = (law: LatencyLaw, cores: number): number =>
  queuedSeconds(law, serviceSecondsAt(law, cores));

/** The same of a server that each request occupies for `serviceSeconds`. */
export function queuedSeconds(law: LatencyLaw, serviceSeconds: number): number {
  const utilisation = law.ratePerSecond * serviceSeconds;
  if (utilisation >= 1) return Number.POSITIVE_INFINITY;
  const meanSeconds = serviceSeconds * (1 + (law.queueing * utilisation) / (1 - utilisation));
  return law.besideSeconds + quantileRatio(law, utilisation) * meanSeconds;
}

/** s: how long one request occupies its server, s. */
export function serviceSecondsAt(
  { workSeconds, overheadSeconds, savedSeconds: saved }: LatencyLaw,
  cores: number,
): number {
  const fullSeconds = workSeconds / cores;
  // The saving was computed at one limit; at a much larger one it is at most half of the service
  // time.
  return Math.max(0, overheadSeconds + fullSeconds - Math.min(saved, fullSeconds / 2));
}

/**
 * dL/ds of the mean: how much a longer service time prolongs the response; 1 for a closed loop. The
 * derivative of s·(1 + v·ρ/(1−ρ)) with ρ = λ·s; utilisation counts as 0.95 at most.
 */
export function amplification(queueing: number, utilisation: number): number {
  const idle = 1 - Math.min(0.95, utilisation);
  return 1 + (queueing * (1 - idle) * (1 + idle)) / (idle * idle);
}

/**
 * Time that a request saves by finding its server idle, s. It then finds a whole quota too, so it
 * starts at once instead of waiting for part of a period, and ends early in its last one. Averaged
 * over random phases of the CFS period P this is P·(1 − c/2) of W/c, and it happens to the share 1
 * − ρ of requests. At most half the service time; 0 for a closed loop, which is never idle.
 */
export function savedSeconds(
  {
    workSeconds,
    overheadSeconds,
    ratePerSecond,
  }: Pick<LatencyLaw, 'workSeconds' | 'overheadSeconds' | 'ratePerSecond'>,
  cores: number,
  periodUs: number,
): number {
  if (ratePerSecond === 0 || !Number.isFinite(cores)) return 0;
  const serviceSeconds = workSeconds / cores;
  const idleRatio = Math.max(0, 1 - ratePerSecond * (overheadSeconds + serviceSeconds));
  return Math.min(serviceSeconds / 2, (periodUs / 1e6) * (1 - Math.min(1, cores) / 2) * idleRatio);
}

/** Share of a burst that is counted on; the rest is for requests that arrive together. */
const USABLE_BURST_RATIO = 0.5;

/**
 * The period that would save an idle server as much as this limit does, µs: a burst keeps unused
 * quota, as a period that is longer by burst ÷ cores would.
 */
export const effectivePeriodUs = ({ cpuCores, periodUs, burstUs = 0 }: CpuLimit): number =>
  cpuCores === null ? periodUs : periodUs + (USABLE_BURST_RATIO * burstUs) / cpuCores;

/**
 * Quantile ÷ mean of an open queue at utilisation ρ. A request waits with probability ρ, and then
 * for an exponential time with mean s·v/(1−ρ) (heavy-traffic approximation, Kingman 1962), so its
 * q-quantile is s·(1 + v/(1−ρ)·ln(ρ/(1−q))), at least s. 1 for a closed loop and for the mean.
 */
export function quantileRatio(
  {
    quantile,
    ratePerSecond,
    queueing,
  }: Pick<LatencyLaw, 'quantile' | 'ratePerSecond' | 'queueing'>,
  utilisation: number,
): number {
  if (quantile === 0 || ratePerSecond === 0) return 1;
  const conditional = queueing / (1 - utilisation);
  const waited = Math.max(0, Math.log(utilisation / (1 - quantile)));
  return (1 + conditional * waited) / (1 + conditional * utilisation);
}

/**
 * Share of an open queue's requests that take longer than `seconds`, from the same approximation
 * solved for the probability: ρ·e^−(t/s − 1)(1−ρ)/v. `slope`: growth of that share per relative
 * growth of k; 0 where ρ ≥ 1 and where one request alone takes that long.
 */
export function exceedance(
  law: LatencyLaw,
  cores: number,
  seconds: number,
): { readonly ratio: number; readonly slope: number } {
  const serviceSeconds = serviceSecondsAt(law, cores);
  const utilisation = law.ratePerSecond * serviceSeconds;
  if (utilisation >= 1) return { ratio: 1, slope: 0 };
  const length = (seconds / law.tailRatio - law.besideSeconds) / serviceSeconds;
  const decay = (1 - utilisation) / law.queueing;
  const ratio = utilisation * Math.exp(-Math.max(0, length - 1) * decay);
  return { ratio, slope: length > 1 ? ratio * length * decay : 0 };
}

/**
 * d(t): minimum CPU at which the statistic is at most `seconds`, cores; Infinity where no CPU
 * reaches it. Closed form for the mean and for closed loops: s = t, or the smaller root of
 * λ(1−v)s² − (1+λt)s + t = 0 with t for t/k − B, never above ρ = 0.9; then W/c = s − a. By
 * bisection for a quantile of a queue.
 */
export function demandCores(law: LatencyLaw, seconds: number): number {
  if (law.quantile !== 0 && law.ratePerSecond !== 0) return searchCores(law, seconds);
  const meanSeconds = seconds / law.tailRatio;
  if (meanSeconds < law.minSeconds * (1 - 1e-9)) return Number.POSITIVE_INFINITY;
  const queuedFor = meanSeconds - law.besideSeconds;
  if (queuedFor <= 0) return Number.POSITIVE_INFINITY;
  const left = serviceSecondsFor(law, queuedFor) - law.overheadSeconds;
  return left <= 0
    ? Number.POSITIVE_INFINITY
    : law.workSeconds / (left + Math.min(law.savedSeconds, left));
}

/**
 * The service time with which requests of a queue would take `meanSeconds`, s, without what waits
 * beside it; never above ρ = 0.9.
 */
export function serviceSecondsFor(
  { ratePerSecond, queueing }: LatencyLaw,
  meanSeconds: number,
): number {
  if (ratePerSecond === 0) return meanSeconds;
  const square = ratePerSecond * (1 - queueing);
  const linear = 1 + ratePerSecond * meanSeconds;
  if (Math.abs(square) < 1e-9 * linear)
    return Math.min(meanSeconds / linear, MAX_UTILISATION / ratePerSecond);
  const root = (linear - Math.sqrt(linear * linear - 4 * square * meanSeconds)) / (2 * square);
  return Math.min(root, MAX_UTILISATION / ratePerSecond);
}

function searchCores(law: LatencyLaw, seconds: number): number {
  const leftSeconds = MAX_UTILISATION / law.ratePerSecond - law.overheadSeconds;
  if (leftSeconds <= 0) return Number.POSITIVE_INFINITY;
  let low = law.workSeconds / (leftSeconds + Math.min(law.savedSeconds, leftSeconds));
  let high = low * MAX_CORES_RATIO;
  if (latencySeconds(law, low) <= seconds) return low;
  if (latencySeconds(law, high) > seconds) return Number.POSITIVE_INFINITY;
  for (let round = 0; round < BISECTIONS; round += 1) {
    const middle = Math.sqrt(low * high);
    if (latencySeconds(law, middle) <= seconds) high = middle;
    else low = middle;
  }
  return high;
}
