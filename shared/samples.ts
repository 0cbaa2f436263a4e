import type { Statistic } from './qoe.js';
import { assertNever } from './result.js';

/**
 * Count, mean and percentiles of a bounded set of samples; all times in ms. Null = the source does
 * not say it (it tells means only).
 */
export interface Summary {
  readonly count: number;
  readonly meanMs: number;
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly minMs: number | null;
  readonly maxMs: number | null;
}
/** A summary of samples that are all known. */
export type FullSummary = { readonly [Field in keyof Summary]: number };

/**
 * Folds latencies (ms) into a summary; `undefined` when there is none (no observation is never 0).
 * Nearest-rank percentiles.
 */
export function summarise(latenciesMs: readonly number[]): FullSummary | undefined {
  const count = latenciesMs.length;
  if (count === 0) return undefined;
  const sorted = [...latenciesMs].sort((a, b) => a - b);
  const at = (q: number): number => sorted[Math.max(0, Math.ceil(q * count) - 1)] ?? Number.NaN;
  let sum = 0;
  for (const value of sorted) sum += value;
  return {
    count,
    meanMs: sum / count,
    p50Ms: at(0.5),
    p90Ms: at(0.9),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    minMs: at(0),
    maxMs: at(1),
  };
}

/** Picks the statistic a target names; null = the source does not say it. */
export function statisticOf(summary: FullSummary, statistic: Statistic): number;
export function statisticOf(summary: Summary, statistic: Statistic): number | null;
export function statisticOf(summary: Summary, statistic: Statistic): number | null {
  // No table: this is asked of every container of every report.
  switch (statistic) {
    case 'mean':
      return summary.meanMs;
    case 'p50':
      return summary.p50Ms;
    case 'p90':
      return summary.p90Ms;
    case 'p95':
      return summary.p95Ms;
    case 'p99':
      return summary.p99Ms;
    default:
      return assertNever(statistic);
  }
}
