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
  /** Under each clock seen lately; at most `MOST_LEVELS`. */
  readonly levels: readonly Level[];
  /** When its work was last found to be another, ms. */
  readonly changedAtMs: number;
  /** Relative standard deviation of one request's time. */
  readonly noiseRatio: number;
  /** Statistic of the target ÷ mean. */
  readonly tailRatio: number;
  /** Requests under way on average; 1 = a client that waits for each answer. */
  readonly underWay: number;
}

const FIRST_NOISE = 0.1;
/** Requests that count at most under one clock: older ones yield. */
const MEMORY = 200;
/** Clocks that are remembered; what was seen under others fades as requests are answered. */
const MOST_LEVELS = 4;
const FADING = 600;
const LEAST_COUNT = 1;
/** A mean that is off by more of its own deviations, and of itself, than this is another one: the work has changed. */
const JUMP_DEVIATIONS = 5;
const LEAST_JUMP = 0.08;

export const NOTHING_ON_GPU: KnownOnGpu = {
  lifeId: '',
  seenAtMs: 0,
  totalCount: 0,
  totalMs: 0,
  underMhz: 0,
  levels: [],
  changedAtMs: 0,
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
  const read = { ...known, lifeId, seenAtMs: observedAtMs, totalCount, totalMs, underMhz: mhz };
  if (known.lifeId !== lifeId || totalCount < known.totalCount || totalMs < known.totalMs) return read;
  const passedMs = Math.max(1, observedAtMs - known.seenAtMs);
  const underWay = average(known.underWay, (totalMs - known.totalMs) / passedMs);
  const next = { ...read, underWay };
  const count = totalCount - known.totalCount;
  if (latency === null || count === 0) return next;
  const meanMs = (totalMs - known.totalMs) / count;
  const isClean = known.underMhz === mhz && known.seenAtMs >= sinceMs + 1.1 * meanMs;
  if (!isClean) return next;
  const noiseRatio = noiseOf(latency, known.noiseRatio);
  const sample = { mhz, count, meanMs };
  const jump = jumpOf({ ...next, noiseRatio }, sample);
  const levels = withSample(known, sample, jump);
  const changedAtMs = jump === null ? known.changedAtMs : observedAtMs;
  const isWhole = observedAtMs - sinceMs >= 2 * WINDOW_MS;
  const tailRatio = isWhole ? tailOf(latency, statistic, known.tailRatio) : known.tailRatio;
  return { ...next, levels, changedAtMs, noiseRatio, tailRatio };
}

/** Agents report response times of the last five seconds. */
const WINDOW_MS = 5000;

const REMEMBERED = 0.8;
const average = (before: number, now: number): number => before * REMEMBERED + now * (1 - REMEMBERED);

/** Requests under way of a client that waits for each answer. */
const CLOSED = { least: 0.85, most: 1.15 } as const;
/** Requests that queue are slow together: so much less exact is a mean of them. */
const QUEUE_NOISE = 2.5;

/** Whether requests come as they like, not each after an answer. */
export const hasQueue = ({ underWay }: KnownOnGpu): boolean => underWay < CLOSED.least || underWay > CLOSED.most;

/** Relative standard deviation of the mean of so many requests. */
export const errorOf = (known: KnownOnGpu, count: number): number =>
  (known.noiseRatio * (hasQueue(known) ? QUEUE_NOISE : 1)) / Math.sqrt(Math.max(1, count));

/** What was seen under a clock; null = nothing. */
export const levelAt = ({ levels }: KnownOnGpu, mhz: number): Level | null =>
  levels.find((level) => level.mhz === mhz) ?? null;

/** By how much its time has changed under the same clock, beyond chance; null = it has not. */
function jumpOf(known: KnownOnGpu, sample: Level): number | null {
  const here = levelAt(known, sample.mhz);
  if (here === null) return null;
  const jump = sample.meanMs / here.meanMs;
  const error = Math.hypot(errorOf(known, sample.count), errorOf(known, here.count));
  return Math.abs(jump - 1) > Math.max(LEAST_JUMP, JUMP_DEVIATIONS * error) ? jump : null;
}

function withSample(known: KnownOnGpu, sample: Level, jump: number | null): readonly Level[] {
  const here = levelAt(known, sample.mhz);
  const others = known.levels
    .filter((level) => level !== here)
    .map((level) => faded(level, sample.count, jump ?? 1))
    .filter(({ count }) => count >= LEAST_COUNT)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_LEVELS - 1);
  return [here === null || jump !== null ? sample : merged(here, sample), ...others];
}

const merged = (here: Level, sample: Level): Level => {
  const kept = Math.min(here.count, MEMORY);
  const count = kept + sample.count;
  return { ...here, count, meanMs: (here.meanMs * kept + sample.meanMs * sample.count) / count };
};

// Work that has changed has changed under every clock: the slope stays in proportion.
const faded = ({ mhz, count, meanMs }: Level, requests: number, jump: number): Level => ({
  mhz,
  count: Math.min(count, MEMORY) * Math.max(0, 1 - requests / FADING),
  meanMs: meanMs * jump,
});

/** From p50 to p90 are 1.28 deviations. */
const DEVIATIONS_TO_P90 = 1.2816;

function noiseOf({ window }: LatencyReport, before: number): number {
  const { count, meanMs, p50Ms, p90Ms } = window;
  if (count < 8 || meanMs <= 0 || p50Ms === null || p90Ms === null) return before;
  const ratio = Math.min(1, Math.max(0.005, (p90Ms - p50Ms) / DEVIATIONS_TO_P90 / meanMs));
  return average(before, ratio);
}

function tailOf({ window }: LatencyReport, statistic: Statistic, before: number): number {
  if (statistic === 'mean') return 1;
  const value = statisticOf(window, statistic);
  if (!(window.meanMs > 0) || value === null || !Number.isFinite(value)) return before;
  const ratio = value / window.meanMs;
  return before === 1 ? ratio : average(before, ratio);
}
