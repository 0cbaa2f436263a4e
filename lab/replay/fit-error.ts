import type { RunRecord } from '../types.js';
import type { Fit } from './fit.js';

/** How far the model is from what was measured, under the limits of the recording. */
export interface FitError {
  /** Jobs × intervals compared. */
  readonly compared: number;
  /** |simulated − measured| ÷ measured; null = nothing to compare. */
  readonly median: number | null;
  readonly p90: number | null;
  readonly jobs: readonly JobFitError[];
}
export interface JobFitError {
  readonly id: string;
  readonly compared: number;
  readonly median: number;
  readonly p90: number;
}

/**
 * Compares interval by interval where both are known and the limit was the same for the whole window behind the measured value. The measured value is the statistic
 * over the requests of some seconds: with n of them and noise σ it is off by σ ÷ √n by itself.
 */
export function fitError(fit: Fit, measured: RunRecord, simulated: RunRecord): FitError {
  const errors = new Map<string, number[]>();
  for (const [k, { jobs }] of measured.intervals.entries()) {
    const again = new Map(simulated.intervals[k]?.jobs.map((job) => [job.id, job.latencyMs]));
    const startMs = k * measured.intervalMs;
    for (const { id, latencyMs } of jobs) {
      const other = again.get(id) ?? null;
      if (latencyMs === null || other === null || !Number.isFinite(other) || latencyMs <= 0) continue;
      if (!isSteady(fit, id, { fromMs: startMs, toMs: startMs + measured.intervalMs })) continue;
      const known = errors.get(id) ?? [];
      errors.set(id, known);
      known.push(Math.abs(other - latencyMs) / latencyMs);
    }
  }
  const all = [...errors.values()].flat();
  const jobs = [...errors].map(([id, own]) => ({
    id,
    compared: own.length,
    median: quantile(own, 0.5),
    p90: quantile(own, 0.9),
  }));
  const nothing = all.length === 0;
  return {
    compared: all.length,
    median: nothing ? null : quantile(all, 0.5),
    p90: nothing ? null : quantile(all, 0.9),
    jobs,
  };
}

// The window behind the last report of the interval holds no request that began under another limit or before the job was there.
function isSteady(
  { series }: Fit,
  id: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): boolean {
  const found = series.find((each) => each.id === id);
  if (found === undefined) return false;
  const isChanged = found.limits.some(({ atMs }, i) => i > 0 && atMs > fromMs && atMs <= toMs);
  const latency = found.points.findLast(({ atMs }) => atMs <= toMs)?.container.latency;
  return !isChanged && latency != null && latency.sinceChangeCount >= latency.window.count;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}
