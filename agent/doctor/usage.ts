import type { Summary } from '../../shared/samples.js';

/** One reading of a container that is watched. Counters only grow. */
export interface UsageReading {
  /** Monotonic, ms. */
  readonly atMs: number;
  /** CPU since its start, s; null = not readable. */
  readonly cpuSeconds: number | null;
  /** Answers counted so far, and the sum of their times, ms; null = none yet. */
  readonly answered: { readonly count: number; readonly totalMs: number } | null;
  /** The answers since about the reading before; null = there were none. */
  readonly window: Summary | null;
}

/** What a container was seen to do in some time; null = not known, never 0. */
export interface ContainerUsage {
  readonly seconds: number;
  readonly requests: number;
  /** CPU of one request, all that the container used included, s. */
  readonly cpuSecondsPerRequest: number | null;
  /** Of all requests. */
  readonly meanMs: number | null;
  /** The median of the 95th percentiles of the windows, and the largest of them. */
  readonly p95Ms: number | null;
  readonly worstP95Ms: number | null;
  /** The smallest mean or median of a window. */
  readonly bestMs: number | null;
  /** The largest mean of a window. */
  readonly worstMeanMs: number | null;
  /** CPU it used, cores, and the most it did between two readings. */
  readonly usedCores: number | null;
  readonly peakCores: number | null;
}

/** Fewer requests in a window say nothing of their 95th percentile. */
const MIN_FOR_TAIL = 5;

/** What the readings of one life of a container come to; they are in order of time. */
export function usageOf(readings: readonly UsageReading[]): ContainerUsage {
  const [first, last] = [readings[0], readings.at(-1)];
  const windows = readings.slice(1).flatMap(({ window }) => window ?? []);
  const tails = windows
    .filter(({ count }) => count >= MIN_FOR_TAIL)
    .flatMap(({ p95Ms }) => p95Ms ?? []);
  const requests = (last?.answered?.count ?? 0) - (first?.answered?.count ?? 0);
  const totalMs = (last?.answered?.totalMs ?? 0) - (first?.answered?.totalMs ?? 0);
  const seconds = ((last?.atMs ?? 0) - (first?.atMs ?? 0)) / 1000;
  const cpuSeconds = difference(first?.cpuSeconds, last?.cpuSeconds);
  return {
    seconds,
    requests,
    cpuSecondsPerRequest: cpuSeconds === null || requests <= 0 ? null : cpuSeconds / requests,
    meanMs: requests <= 0 ? null : totalMs / requests,
    p95Ms: medianOf(tails),
    worstP95Ms: tails.length === 0 ? null : Math.max(...tails),
    bestMs: leastOf(windows.map(({ p50Ms, meanMs }) => Math.min(p50Ms ?? meanMs, meanMs))),
    worstMeanMs: windows.length === 0 ? null : Math.max(...windows.map(({ meanMs }) => meanMs)),
    usedCores: cpuSeconds === null || seconds <= 0 ? null : cpuSeconds / seconds,
    peakCores: peakOf(readings),
  };
}

/** Null where a counter went back: the container was started again. */
function difference(from: number | null | undefined, to: number | null | undefined): number | null {
  if (from === null || from === undefined || to === null || to === undefined) return null;
  return to < from ? null : to - from;
}

function peakOf(readings: readonly UsageReading[]): number | null {
  const rates = readings.slice(1).flatMap((reading, i) => {
    const before = readings[i];
    const used = difference(before?.cpuSeconds, reading.cpuSeconds);
    const seconds = (reading.atMs - (before?.atMs ?? 0)) / 1000;
    return used === null || seconds <= 0 ? [] : [used / seconds];
  });
  return rates.length === 0 ? null : Math.max(...rates);
}

const leastOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.min(...values);

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? null;
}
