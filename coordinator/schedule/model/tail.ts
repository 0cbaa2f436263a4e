import type { Statistic } from '../../../shared/qoe.js';
import { type FullSummary, type Summary, statisticOf } from '../../../shared/samples.js';
import { normalBelow } from './chance.js';

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
 * Standard deviations above the mean at which the percentile of so few normal samples really lies,
 * on average: its nearest rank by Blom's plotting position (r − 3/8)/(n + 1/4).
 */
const plottedDeviate = (quantile: number, count: number): number => {
  const rank = Math.max(1, Math.ceil(quantile * count));
  return normalDeviate((rank - 0.375) / (count + 0.25));
};

/** A percentile of few samples is stretched by at most this factor. */
const MAX_STRETCH = 3;
/** Standard deviations above the mean under which a percentile tells nothing of the tail. */
const MIN_DEVIATE = 0.2;

/**
 * The k that a report of `count` requests shows on average where `tailRatio` is the real one: what
 * `tailRatioOf` stretches, the other way round. Equal to it for the mean.
 */
export function reportedTailRatio(tailRatio: number, statistic: Statistic, count: number): number {
  if (statistic === 'mean' || tailRatio <= 1) return tailRatio;
  const seen = plottedDeviate(QUANTILES[statistic], count);
  if (seen < MIN_DEVIATE) return tailRatio;
  const stretch = Math.min(MAX_STRETCH, normalDeviateOf(statistic) / seen);
  return 1 + (tailRatio - 1) / stretch;
}

/**
 * Standard deviation of a statistic of `count` normal samples ÷ that of one sample: 1/√n for the
 * mean, √(q (1 − q)/n) ÷ φ(z) for the quantile q that so few samples show (Mosteller, On Some
 * Useful "Inefficient" Statistics, 1946). For the p95 of many 2.1 times that of the mean.
 */
export function statisticSpread(statistic: Statistic, count: number): number {
  if (statistic === 'mean') return 1 / Math.sqrt(count);
  const z = plottedDeviate(QUANTILES[statistic], count);
  const q = normalBelow(z);
  return Math.sqrt(((q * (1 - q)) / count) * 2 * Math.PI) / Math.exp(-(z * z) / 2);
}

/** Of what a report shows. */
interface Shown {
  readonly statistic: Statistic;
  readonly count: number;
  /** The real k. */
  readonly tailRatio: number;
}

/**
 * Relative standard deviation of what a report shows, from the chance in its requests alone;
 * `noiseRatio`: that of one request.
 */
export const chanceSpread = (noiseRatio: number, { statistic, count, tailRatio }: Shown): number =>
  (noiseRatio * statisticSpread(statistic, count)) / reportedTailRatio(tailRatio, statistic, count);

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
  const seen = plottedDeviate(quantile, window.count);
  if (ratio <= 1 || seen < MIN_DEVIATE) return ratio;
  return 1 + (ratio - 1) * Math.min(MAX_STRETCH, normalDeviate(quantile) / seen);
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
