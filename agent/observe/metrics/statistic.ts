import type { Statistic } from '../../../shared/qoe.js';
import type { Interval } from './interval.js';

/** A statistic of an interval. */
export interface StatisticValue {
  readonly valueMs: number;
  /** It lies above the last bound of the histogram: `valueMs` or more. */
  readonly isAtLeast: boolean;
}

/** The quantile of each percentile, 0..1. */
export const QUANTILES: Readonly<Record<Exclude<Statistic, 'mean'>, number>> = {
  p50: 0.5,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
};
/** Bounds are sums of decimal fractions times a unit: 0.07 s is not exactly 70 ms. */
const SAME = 1e-9;

/**
 * The statistic of an interval; null where nothing was answered or the server does not expose it.
 * Percentiles are never made up from means.
 */
export function statisticIn(interval: Interval, statistic: Statistic): StatisticValue | null {
  if (interval.count === 0) return null;
  if (statistic === 'mean')
    return interval.sumMs === null
      ? null
      : { valueMs: interval.sumMs / interval.count, isAtLeast: false };
  const quantile = QUANTILES[statistic];
  if (interval.buckets !== null) return histogramQuantile(interval.buckets, quantile);
  const valueMs = interval.quantilesMs?.get(quantile);
  return valueMs === undefined ? null : { valueMs, isAtLeast: false };
}

/**
 * As Prometheus' `histogram_quantile`: linear within a bucket, the first one begins at 0, and what
 * lies in +Inf is the last bound or more. Null where no bound is known.
 */
export function histogramQuantile(
  buckets: NonNullable<Interval['buckets']>,
  quantile: number,
): StatisticValue | null {
  const total = buckets.at(-1)?.count ?? 0;
  if (total === 0) return null;
  const rank = quantile * total;
  const at = buckets.findIndex(({ count }) => count >= rank);
  const found = buckets[at];
  const lower = buckets[at - 1] ?? { boundMs: 0, count: 0 };
  if (found === undefined || found.boundMs === Number.POSITIVE_INFINITY)
    return at <= 0 ? null : { valueMs: lower.boundMs, isAtLeast: true };
  if (at === 0 && found.boundMs <= 0)
    return { valueMs: Math.max(0, found.boundMs), isAtLeast: false };
  const share =
    found.count === lower.count ? 1 : (rank - lower.count) / (found.count - lower.count);
  return { valueMs: lower.boundMs + (found.boundMs - lower.boundMs) * share, isAtLeast: false };
}

/**
 * Share of the requests at or below `targetMs`, 0..1: exact where the target is a bound of the
 * histogram, else null.
 */
export function satisfiedRatio({ buckets, count }: Interval, targetMs: number): number | null {
  if (buckets === null || count === 0) return null;
  const bound = buckets.find(({ boundMs }) => Math.abs(boundMs - targetMs) <= SAME * targetMs);
  return bound === undefined ? null : bound.count / count;
}
