import type { Statistic } from '../../../shared/qoe.js';
import { type FullSummary, type Summary, statisticOf } from '../../../shared/samples.js';

const QUANTILES: Readonly<Record<Statistic, number>> = {
  mean: 0,
  p50: 0.5,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
};

/** Quantile of a statistic, 0..1; 0 = the mean. */
export const quantileOf = (statistic: Statistic): number => QUANTILES[statistic];

/**
 * Standard deviations above the mean at which a normal variable has the quantile; 0 for the mean.
 */
export const normalDeviateOf = (statistic: Statistic): number =>
  statistic === 'mean' ? 0 : normalDeviate(QUANTILES[statistic]);

/**
 * How much more than their mean a statistic of the same normal samples varies: √(q (1 − q)) ÷ φ(z)
 * for the quantile q, which is 2.1 for the p95; 1 for the mean.
 */
export function quantileSpread(statistic: Statistic): number {
  if (statistic === 'mean') return 1;
  const [q, z] = [QUANTILES[statistic], normalDeviateOf(statistic)];
  return (Math.sqrt(q * (1 - q)) * Math.sqrt(2 * Math.PI)) / Math.exp(-(z * z) / 2);
}

/**
 * k = statistic ÷ mean of one window. A percentile of few samples falls short of the real one: the
 * p95 of five is their largest, which lies at the 88th percentile on average. The surplus over the
 * mean is stretched by the ratio of the normal deviates of both (Blom's plotting position (r −
 * 3/8)/(n + 1/4)). Null = the source does not say the statistic.
 */
export function tailRatioOf(window: FullSummary, statistic: Statistic): number;
export function tailRatioOf(window: Summary, statistic: Statistic): number | null;
export function tailRatioOf(window: Summary, statistic: Statistic): number | null {
  if (statistic === 'mean' || !(window.meanMs > 0)) return 1;
  const seenMs = statisticOf(window, statistic);
  if (seenMs === null) return null;
  const ratio = seenMs / window.meanMs;
  const quantile = QUANTILES[statistic];
  const rank = Math.max(1, Math.ceil(quantile * window.count));
  const seen = normalDeviate((rank - 0.375) / (window.count + 0.25));
  if (ratio <= 1 || seen < 0.2) return ratio;
  return 1 + (ratio - 1) * Math.min(3, normalDeviate(quantile) / seen);
}

/**
 * What is known of how many requests were answered in time: the summary, and where the source
 * reports it, the exact share.
 */
type WindowSeen = { readonly window: Summary; readonly satisfiedRatio?: number };
/** Share of a window's requests at or above a percentile. */
const PERCENTILE_SHARES = [
  ['p50Ms', 0.5],
  ['p90Ms', 0.1],
  ['p95Ms', 0.05],
  ['p99Ms', 0.01],
] as const;

/**
 * Share of a window's requests that took longer than `targetMs`: as the source reports it, else
 * interpolated between its percentiles (logarithm of the share, linearly); null = they are not
 * known. Shares can be averaged over windows of any length. A percentile of a queue cannot, because
 * its long answers come together, in few windows.
 */
export function observedExceedance(
  { window, satisfiedRatio }: WindowSeen,
  targetMs: number,
): number | null {
  if (satisfiedRatio !== undefined) return 1 - satisfiedRatio;
  let [belowMs, belowRatio] = [0, 1];
  for (const [name, ratio] of PERCENTILE_SHARES) {
    const ms = window[name];
    if (ms === null) return null;
    if (targetMs < ms) {
      const way = (targetMs - belowMs) / (ms - belowMs);
      return belowRatio * (ratio / belowRatio) ** way;
    }
    [belowMs, belowRatio] = [ms, ratio];
  }
  return 0;
}

/** Inverse of the standard normal distribution within 4.5e-4 (Abramowitz and Stegun 26.2.23). */
function normalDeviate(probability: number): number {
  if (probability < 0.5) return -normalDeviate(1 - probability);
  const t = Math.sqrt(-2 * Math.log(1 - Math.min(probability, 1 - 1e-12)));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return t - above / below;
}
