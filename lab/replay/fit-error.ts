import type { RunRecord } from '../types.js';
import type { Fit } from './fit.js';
import type { JobSeries } from './series.js';

/** Error of the model against the measurements, under the recorded limits. */
export interface FitError {
  /** Jobs × intervals compared. */
  readonly compared: number;
  /** |simulated − measured| ÷ measured; null = nothing to compare. */
  readonly median: number | null;
  readonly p90: number | null;
  readonly jobs: readonly JobFitError[];
}
/** The same for one job. */
export interface JobFitError {
  readonly id: string;
  readonly compared: number;
  readonly median: number;
  readonly p90: number;
}

/**
 * Compares intervals where both values are known and the limit was constant for the whole window
 * behind the measured value. The measured value is a statistic over the requests of some seconds:
 * with n of them and noise σ its own error is σ ÷ √n.
 */
export function fitError({ series }: Fit, measured: RunRecord, simulated: RunRecord): FitError {
  const { intervalMs, intervals } = measured;
  const steady = new Map(
    series.map((each) => [each.id, steadyIntervals(each, intervalMs, intervals.length)]),
  );
  const errors = new Map<string, number[]>();
  for (const [k, { jobs }] of intervals.entries()) {
    const again = new Map(simulated.intervals[k]?.jobs.map((job) => [job.id, job.latencyMs]));
    for (const { id, latencyMs } of jobs) {
      const other = again.get(id) ?? null;
      if (latencyMs === null || other === null || !Number.isFinite(other) || latencyMs <= 0)
        continue;
      if (steady.get(id)?.has(k) !== true) continue;
      const known = errors.get(id) ?? [];
      errors.set(id, known);
      known.push(Math.abs(other - latencyMs) / latencyMs);
    }
  }
  const all = [...errors.values()].flat();
  const isEmpty = all.length === 0;
  return {
    compared: all.length,
    median: isEmpty ? null : quantile(all, 0.5),
    p90: isEmpty ? null : quantile(all, 0.9),
    jobs: [...errors].map(([id, own]) => ({
      id,
      compared: own.length,
      median: quantile(own, 0.5),
      p90: quantile(own, 0.9),
    })),
  };
}

// Intervals in which the limit did not change, and whose last report contains no request that began
// under another limit.
function steadyIntervals(
  { points, limits }: JobSeries,
  intervalMs: number,
  count: number,
): ReadonlySet<number> {
  const steady = new Set<number>();
  for (const { atMs, container } of points) {
    const { latency } = container;
    const isClean = latency !== null && latency.sinceChangeCount >= latency.window.count;
    const k = Math.ceil(atMs / intervalMs) - 1;
    if (k < 0 || k >= count) continue;
    if (isClean) steady.add(k);
    else steady.delete(k);
  }
  for (const { atMs } of limits.slice(1)) steady.delete(Math.ceil(atMs / intervalMs) - 1);
  return steady;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}
