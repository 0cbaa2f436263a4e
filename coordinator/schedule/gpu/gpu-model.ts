import type { Statistic } from '../../../shared/qoe.js';
import type { ContainerReport, LatencyReport } from '../../../shared/report.js';
import { tailRatioOf } from '../model/tail.js';
import { type Arrivals, arrivalRate, foldArrivals, NO_ARRIVALS } from './arrivals.js';
import { correlatedAnswersOf, MIN_BURSTS, relativeErrorOf } from './queue.js';

/** Mean response time seen under one setting of a GPU. */
export interface SettingLevel {
  /** MHz or W. */
  readonly value: number;
  /** Requests it rests on, older ones counting less. */
  readonly count: number;
  readonly meanMs: number;
  /** λ then, requests per ms; 0 = closed loop. */
  readonly ratePerMs: number;
}

/** What is remembered of one allocation on a GPU. Plain values: JSON keeps it. */
export interface GpuModel {
  readonly lifeId: string;
  /** The report last read: when it was sent, and its counters. */
  readonly seenAtMs: number;
  readonly totalCount: number;
  readonly totalMs: number;
  /** Under which setting that was, MHz or W. */
  readonly underValue: number;
  /** Under each setting seen lately; at most `MAX_LEVELS`. */
  readonly levels: readonly SettingLevel[];
  /** Answers that deviate by more than chance, as long as they do; null = there are none. */
  readonly outliers: Outliers | null;
  /** When its work was last found to have changed, ms. */
  readonly changedAtMs: number;
  /** Relative standard deviation of one request's time on an idle server. */
  readonly noiseRatio: number;
  /**
   * k: statistic of the target ÷ the one the law gives; `tailCount`: what it rests on, reports, or
   * requests of a queue.
   */
  readonly tailRatio: number;
  readonly tailCount: number;
  readonly arrivals: Arrivals;
}
interface Outliers {
  readonly count: number;
  readonly meanMs: number;
}

/** Relative standard deviation of a request's time before any was seen. */
export const INITIAL_NOISE_RATIO = 0.1;
/**
 * Maximum number of requests that count under one setting: older ones yield. One request of a queue
 * tells less.
 */
const MEMORY = { closed: 400, open: 5000 } as const;
/**
 * Number of settings that are remembered; what was seen under others fades as requests are
 * answered.
 */
const MAX_LEVELS = 4;
const FADING = { closed: 600, open: 10_000 } as const;
const MIN_COUNT = 1;
/**
 * A mean that deviates by more than this is an outlier; twice in a row, and by more than the next
 * two, the work has changed.
 */
const OUTLIER_DEVIATIONS = 3;
const SHIFT_DEVIATIONS = 5;
const MIN_SHIFT_RATIO = 0.08;

/**
 * The tail of a queue starts as that of constant work, with the weight of `first` requests; at most
 * `max` count.
 */
export const QUEUE_TAIL_REQUESTS = { first: 1000, max: 5000 } as const;

/** Before the first report. */
export const EMPTY_GPU_MODEL: GpuModel = {
  lifeId: '',
  seenAtMs: 0,
  totalCount: 0,
  totalMs: 0,
  underValue: 0,
  levels: [],
  outliers: null,
  changedAtMs: 0,
  noiseRatio: INITIAL_NOISE_RATIO,
  tailRatio: 1,
  tailCount: 0,
  arrivals: NO_ARRIVALS,
};

/** One report, and the setting it was made under. */
export interface SettingReport {
  readonly report: ContainerReport;
  readonly observedAtMs: number;
  readonly statistic: Statistic;
  /** Setting in force when the report was made, MHz or W, and since when, ms. */
  readonly value: number;
  readonly sinceMs: number;
}

/**
 * Folds one report into the model; a report seen before changes nothing. Counts only requests that
 * began under the current setting: those between two reports that both came after the change and a
 * request's time.
 */
export function foldReport(
  model: GpuModel,
  { report, observedAtMs, statistic, value, sinceMs }: SettingReport,
): GpuModel {
  if (observedAtMs === model.seenAtMs) return model;
  const { latency, lifeId } = report;
  const [totalCount, totalMs] = [latency?.totalCount ?? 0, latency?.totalMs ?? 0];
  const read = { ...model, lifeId, seenAtMs: observedAtMs, totalCount, totalMs, underValue: value };
  if (model.lifeId !== lifeId || totalCount < model.totalCount || totalMs < model.totalMs)
    return { ...read, arrivals: { ...model.arrivals, doneAtMs: 0 } };
  const count = totalCount - model.totalCount;
  if (latency === null || count === 0) return read;
  const waitedMs = totalMs - model.totalMs;
  const arrivals = foldArrivals(model.arrivals, {
    count,
    waitedMs,
    doneAtMs: observedAtMs - latency.newestAgeMs,
  });
  const isOther =
    arrivals.isOpen !== model.arrivals.isOpen ||
    arrivals.counted.count < model.arrivals.counted.count / 2;
  // Closed loop and open arrivals were confused before: what was learnt of the other kind is wrong.
  const isSameKind = arrivals.isOpen === model.arrivals.isOpen;
  const firstCount = arrivals.isOpen ? QUEUE_TAIL_REQUESTS.first : 0;
  const tail = isSameKind ? {} : { levels: [], tailRatio: 1, tailCount: firstCount };
  const next = {
    ...read,
    arrivals,
    ...tail,
    changedAtMs: isOther ? observedAtMs : model.changedAtMs,
  };
  const meanMs = waitedMs / count;
  const isClean = model.underValue === value && model.seenAtMs >= sinceMs + 1.1 * meanMs;
  if (!isClean) return next;
  const sample: SettingLevel = { value, count, meanMs, ratePerMs: arrivalRate(arrivals) };
  const learnt = withSample({ ...next, noiseRatio: noiseOf(latency, next) }, sample, observedAtMs);
  const isWhole = observedAtMs - sinceMs >= WINDOW_MS + meanMs;
  return isWhole && !hasQueue(learnt) ? withTail(learnt, latency, statistic) : learnt;
}

/** Agents report response times of the last five seconds. */
const WINDOW_MS = 5000;

/** Whether arrivals are open, so that requests queue. */
export const hasQueue = ({ arrivals }: GpuModel): boolean => arrivals.isOpen;

/** What was seen under a setting; null = nothing. */
export const levelAt = ({ levels }: GpuModel, value: number): SettingLevel | null =>
  levels.find((level) => level.value === value) ?? null;

const limitsOf = (model: GpuModel): 'closed' | 'open' => (hasQueue(model) ? 'open' : 'closed');

function withSample(model: GpuModel, sample: SettingLevel, atMs: number): GpuModel {
  const here = levelAt(model, sample.value);
  if (here === null)
    return { ...model, outliers: null, levels: [sample, ...otherLevels(model, sample, 1)] };
  const outliers = pooled(model.outliers, sample);
  const shift = outliers.meanMs / here.meanMs;
  const off =
    Math.abs(shift - 1) / Math.hypot(error(model, outliers.count), error(model, here.count));
  const isSure =
    outliers.count >= (hasQueue(model) ? minOutliers(here) : MIN_OUTLIERS_CLOSED) &&
    model.outliers !== null;
  if (isSure && off > SHIFT_DEVIATIONS && Math.abs(shift - 1) > MIN_SHIFT_RATIO) {
    // The times of a queue do not scale in proportion: its slope is learnt again, too.
    const kept = hasQueue(model) ? [] : otherLevels(model, sample, shift);
    return {
      ...model,
      outliers: null,
      changedAtMs: atMs,
      levels: [{ ...sample, ...outliers }, ...kept],
    };
  }
  const levels = [mergedLevel(model, here, sample), ...otherLevels(model, sample, 1)];
  return { ...model, outliers: off > OUTLIER_DEVIATIONS ? outliers : null, levels };
}

const MIN_OUTLIERS_OPEN = 60;
/** The noise of few answers is not known well. */
const MIN_OUTLIERS_CLOSED = 10;
const minOutliers = (here: SettingLevel): number =>
  Math.max(MIN_OUTLIERS_OPEN, MIN_BURSTS * correlatedAnswersOf(here));

const error = ({ noiseRatio, levels, arrivals }: GpuModel, count: number): number =>
  relativeErrorOf(
    { noiseRatio, meanMs: levels[0]?.meanMs ?? 1, ratePerMs: arrivalRate(arrivals) },
    count,
  );

const pooled = (a: Outliers | null, b: Outliers): Outliers => {
  if (a === null) return { count: b.count, meanMs: b.meanMs };
  const count = a.count + b.count;
  return { count, meanMs: (a.meanMs * a.count + b.meanMs * b.count) / count };
};

function mergedLevel(model: GpuModel, here: SettingLevel, sample: SettingLevel): SettingLevel {
  const kept = Math.min(here.count, MEMORY[limitsOf(model)]);
  const count = kept + sample.count;
  const mean = (of: (level: SettingLevel) => number): number =>
    (of(here) * kept + of(sample) * sample.count) / count;
  return {
    value: here.value,
    count,
    meanMs: mean(({ meanMs }) => meanMs),
    ratePerMs: mean((each) => each.ratePerMs),
  };
}

// Work that has changed has changed under every setting: the slope stays in proportion.
function otherLevels(
  model: GpuModel,
  sample: SettingLevel,
  shift: number,
): readonly SettingLevel[] {
  const limits = limitsOf(model);
  return model.levels
    .filter(({ value }) => value !== sample.value)
    .map((level) => ({
      ...level,
      count: Math.min(level.count, MEMORY[limits]) * Math.max(0, 1 - sample.count / FADING[limits]),
      meanMs: level.meanMs * shift,
    }))
    .filter(({ count }) => count >= MIN_COUNT)
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_LEVELS - 1);
}

const REMEMBERED = 0.8;
const average = (before: number, now: number): number =>
  before * REMEMBERED + now * (1 - REMEMBERED);
/** From p50 to p90 are 1.28 deviations. */
const DEVIATIONS_TO_P90 = 1.2816;
const MIN_NOISE_RATIO = 0.005;

// In a queue the spread of answers is that of waiting, not of the work.
function noiseOf({ window }: LatencyReport, model: GpuModel): number {
  const { count, meanMs, p50Ms, p90Ms } = window;
  if (hasQueue(model)) return INITIAL_NOISE_RATIO;
  if (count < 8 || meanMs <= 0 || p50Ms === null || p90Ms === null) return model.noiseRatio;
  const ratio = Math.min(
    1,
    Math.max(MIN_NOISE_RATIO, (p90Ms - p50Ms) / DEVIATIONS_TO_P90 / meanMs),
  );
  return average(model.noiseRatio, ratio);
}

/** Reports over which the tail is averaged. */
const TAIL_MEMORY = 30;

function withTail(model: GpuModel, { window }: LatencyReport, statistic: Statistic): GpuModel {
  const ratio = tailRatioOf(window, statistic);
  if (statistic === 'mean' || ratio === null || !Number.isFinite(ratio)) return model;
  const count = Math.min(TAIL_MEMORY, model.tailCount + 1);
  return {
    ...model,
    tailCount: count,
    tailRatio: model.tailRatio + (ratio - model.tailRatio) / count,
  };
}
