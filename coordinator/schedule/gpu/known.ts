import type { Statistic } from '../../../shared/qoe.js';
import type { ContainerReport, LatencyReport } from '../../../shared/report.js';
import { statisticOf } from '../../../shared/samples.js';

/** Mean latency seen under one clock. */
export interface Level {
  readonly mhz: number;
  /** Requests it rests on, older ones counting less. */
  readonly count: number;
  readonly meanMs: number;
}

/** What is remembered of one allocation on a GPU. Plain values: JSON keeps it. */
export interface KnownOnGpu {
  readonly lifeId: string;
  /** The report last read: when it was sent, and its counters. */
  readonly seenAtMs: number;
  readonly totalCount: number;
  readonly totalMs: number;
  /** Under which clock that was, MHz. */
  readonly underMhz: number;
  /** Under the clock that holds, and under another one before; null = not seen. */
  readonly here: Level | null;
  readonly there: Level | null;
  /** Relative standard deviation of one request's time. */
  readonly noiseRatio: number;
  /** Statistic of the target ÷ mean. */
  readonly tailRatio: number;
  /** Requests under way on average; 1 = a client that waits for each answer. */
  readonly underWay: number;
}

const FIRST_NOISE = 0.1;
/** Requests that count at most: older ones yield. */
const MEMORY = 200;
/** A mean that is off by more of its own deviations, and of itself, than this is another one: the work has changed. */
const JUMP_DEVIATIONS = 5;
const LEAST_JUMP = 0.08;

export const NOTHING_ON_GPU: KnownOnGpu = {
  lifeId: '',
  seenAtMs: 0,
  totalCount: 0,
  totalMs: 0,
  underMhz: 0,
  here: null,
  there: null,
  noiseRatio: FIRST_NOISE,
  tailRatio: 1,
  underWay: 1,
};

export interface Seen {
  readonly report: ContainerReport;
  readonly observedAtMs: number;
  readonly statistic: Statistic;
  /** Highest clock in force when the report was made, MHz, and since when, ms. */
  readonly mhz: number;
  readonly sinceMs: number;
}

/**
 * Folds one report into what is known; a report seen before changes nothing. Counts only requests that began under the clock that holds: those between two reports that both came after
 * the change and a request's time.
 */
export function foldReport(known: KnownOnGpu, { report, observedAtMs, statistic, mhz, sinceMs }: Seen): KnownOnGpu {
  if (observedAtMs === known.seenAtMs) return known;
  const { latency, lifeId } = report;
  const [totalCount, totalMs] = [latency?.totalCount ?? 0, latency?.totalMs ?? 0];
  const next = { ...known, lifeId, seenAtMs: observedAtMs, totalCount, totalMs, underMhz: mhz };
  if (known.lifeId !== lifeId || totalCount < known.totalCount || totalMs < known.totalMs) return next;
  const count = totalCount - known.totalCount;
  if (latency === null || count === 0) return next;
  const meanMs = (totalMs - known.totalMs) / count;
  const isClean = known.underMhz === mhz && known.seenAtMs >= sinceMs + 1.1 * meanMs;
  if (!isClean) return next;
  const underWay = (totalMs - known.totalMs) / Math.max(1, observedAtMs - known.seenAtMs);
  const noiseRatio = noiseOf(latency, known.noiseRatio);
  const levels = withSample({ ...known, noiseRatio }, { mhz, count, meanMs });
  const isWhole = observedAtMs - sinceMs >= 2 * WINDOW_MS;
  const tailRatio = isWhole ? tailOf(latency, statistic, known.tailRatio) : known.tailRatio;
  return { ...next, ...levels, noiseRatio, tailRatio, underWay };
}

/** Agents report response times of the last five seconds. */
const WINDOW_MS = 5000;

function withSample(known: KnownOnGpu, sample: Level): Pick<KnownOnGpu, 'here' | 'there'> {
  const { here, there, noiseRatio } = known;
  if (here === null) return { here: sample, there };
  if (here.mhz !== sample.mhz)
    return { here: sample, there: there?.mhz === sample.mhz ? here : farther(here, there, sample) };
  const error = noiseRatio * Math.sqrt(1 / sample.count + 1 / here.count);
  const jump = sample.meanMs / here.meanMs;
  if (Math.abs(jump - 1) > Math.max(LEAST_JUMP, JUMP_DEVIATIONS * error))
    return { here: sample, there: there === null ? null : { ...there, meanMs: there.meanMs * jump } };
  const kept = Math.min(here.count, MEMORY);
  const count = kept + sample.count;
  const meanMs = (here.meanMs * kept + sample.meanMs * sample.count) / count;
  return { here: { ...here, count, meanMs }, there };
}

// Of two clocks left behind the one farther from the new one tells more of the law.
function farther(here: Level, there: Level | null, sample: Level): Level {
  if (there === null || there.count < 3) return here;
  const distance = ({ mhz }: Level): number => Math.abs(Math.log(mhz / sample.mhz));
  return distance(there) > distance(here) && distance(here) < 0.1 ? there : here;
}

/** From p50 to p90 are 1.28 deviations. */
const DEVIATIONS_TO_P90 = 1.2816;
const NOISE_MEMORY = 0.8;

function noiseOf({ window }: LatencyReport, before: number): number {
  const { count, meanMs, p50Ms, p90Ms } = window;
  if (count < 8 || meanMs <= 0 || p50Ms === null || p90Ms === null) return before;
  const ratio = Math.min(1, Math.max(0.005, (p90Ms - p50Ms) / DEVIATIONS_TO_P90 / meanMs));
  return before * NOISE_MEMORY + ratio * (1 - NOISE_MEMORY);
}

function tailOf({ window }: LatencyReport, statistic: Statistic, before: number): number {
  if (statistic === 'mean') return 1;
  const value = statisticOf(window, statistic);
  if (!(window.meanMs > 0) || value === null || !Number.isFinite(value)) return before;
  const ratio = value / window.meanMs;
  return before === 1 ? ratio : before * NOISE_MEMORY + ratio * (1 - NOISE_MEMORY);
}
