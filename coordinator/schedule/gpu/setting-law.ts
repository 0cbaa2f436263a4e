import type { Statistic, Target } from '../../../shared/qoe.js';
import {
  demandCores,
  type LatencyLaw,
  latencySeconds,
  serviceSecondsAt,
} from '../model/latency-law.js';
import { quantileOf } from '../model/tail.js';
import { arrivalRate } from './arrivals.js';
import { type GpuModel, levelAt, QUEUE_TAIL_REQUESTS, type SettingLevel } from './gpu-model.js';
import { waitQuantile } from './md1.js';
import {
  correlatedAnswersOf,
  elasticityOf,
  MIN_BURSTS,
  QUEUEING,
  relativeErrorOf,
  serviceMsOf,
} from './queue.js';

/**
 * How the statistic of a target follows a setting x of the GPU (MHz or W): the law of `adaptive`, s
 * = a + W/x, with x in the place of CPU; W in s·MHz or s·W.
 */
export interface SettingLaw extends LatencyLaw {
  /** Relative standard deviation of the service time that it predicts at a setting. */
  errorAt(value: number): number;
}

/**
 * Part of a request that always depends on the setting, so that no law says that nothing matters.
 */
const MIN_SLOPE_RATIO = 0.02;
/**
 * Before two settings were seen, the whole request is taken to depend on the setting, which is the
 * worst case of going lower; relative standard deviation of that prior.
 */
const PRIOR_DEVIATION = 0.3;

/** Which statistic, and which levels count. */
export interface LawOptions {
  readonly statistic: Statistic;
  /** Levels that are farther from `near` than this factor do not count; absent = all count. */
  readonly local?: { readonly near: number; readonly factor: number };
}

/**
 * The law that best fits what was seen, by weighted least squares (weights 1/variance), drawn
 * towards the worst case as far as the data do not tell the slope (one setting, or settings nearer
 * than their noise); null before any request has ended.
 */
export function fitSettingLaw(
  model: GpuModel,
  { statistic, local }: LawOptions,
): SettingLaw | null {
  const levels = model.levels.filter(({ value }) => local === undefined || isNear(value, local));
  if (levels.length === 0) return null;
  const points = levels.map((level) => pointOf(level, model.noiseRatio));
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  const x = points.reduce((sum, point) => sum + point.weight * point.x, 0) / total;
  const y = points.reduce((sum, point) => sum + point.weight * point.y, 0) / total;
  const steepest = y / x;
  const priorWeight = 1 / (PRIOR_DEVIATION * steepest) ** 2;
  const sxx = points.reduce((sum, point) => sum + point.weight * (point.x - x) ** 2, 0);
  const sxy = points.reduce((sum, point) => sum + point.weight * (point.x - x) * (point.y - y), 0);
  const slope = Math.min(
    steepest,
    Math.max(MIN_SLOPE_RATIO * steepest, (sxy + priorWeight * steepest) / (sxx + priorWeight)),
  );
  const overhead = Math.max(0, y - slope * x);
  const ratePerMs = arrivalRate(model.arrivals);
  const quantile = quantileOf(statistic);
  const law = {
    workSeconds: slope / 1000,
    overheadSeconds: overhead / 1000,
    ratePerSecond: 1000 * ratePerMs,
    quantile,
  };
  return {
    ...law,
    queueing: QUEUEING,
    besideSeconds: 0,
    savedSeconds: 0,
    minSeconds: 0,
    tailRatio: model.tailRatio,
    // The error of the measured slope alone: the prior is the safe side, not a measurement.
    errorAt: (value) =>
      Math.sqrt(1 / total + (1 / value - x) ** 2 / (sxx + priorWeight)) /
      (overhead + slope / value),
  };
}

const isNear = (
  value: number,
  { near, factor }: { readonly near: number; readonly factor: number },
): boolean => value >= near / factor && value <= near * factor;

/** Service time over 1/setting, with the weight of its error. */
function pointOf(level: SettingLevel, noiseRatio: number) {
  const { value, count, ratePerMs } = level;
  const y = serviceMsOf(level);
  const served = { ...level, noiseRatio: Math.max(0.01, noiseRatio) };
  const error = relativeErrorOf(served, count) / (ratePerMs === 0 ? 1 : elasticityOf(level));
  return { x: 1 / value, y, weight: 1 / (error * y) ** 2 };
}

const isOfQueue = ({
  quantile,
  ratePerSecond,
}: Pick<LatencyLaw, 'quantile' | 'ratePerSecond'>): boolean =>
  quantile !== 0 && ratePerSecond !== 0;

/**
 * The statistic at a setting, ms; Infinity where a queue grows without bound. Percentiles of a
 * queue are those of M/D/1, times k.
 */
export function latencyAt(law: SettingLaw, value: number): number {
  if (!isOfQueue(law)) return 1000 * latencySeconds(law, value);
  return 1000 * quantileSeconds(law, serviceSecondsAt(law, value));
}

type Queue = Pick<LatencyLaw, 'quantile' | 'ratePerSecond' | 'tailRatio'>;

function quantileSeconds(
  { quantile, ratePerSecond, tailRatio }: Queue,
  serviceSeconds: number,
): number {
  const utilisation = ratePerSecond * serviceSeconds;
  return utilisation >= 1
    ? Number.POSITIVE_INFINITY
    : tailRatio * serviceSeconds * (1 + waitQuantile(utilisation, quantile));
}

/** The lowest setting at which the statistic is at most `ms`; Infinity = none is high enough. */
export function settingFor(law: SettingLaw, ms: number): number {
  if (!isOfQueue(law)) return demandCores(law, ms / 1000);
  const left = serviceSecondsFor(law, ms / 1000) - law.overheadSeconds;
  return left > 0 ? law.workSeconds / left : Number.POSITIVE_INFINITY;
}

/** Above this utilisation the queue grows long at the first burst. */
const MAX_UTILISATION = 0.9;
const BISECTIONS = 32;

function serviceSecondsFor(law: Queue, seconds: number): number {
  let [low, high] = [0, MAX_UTILISATION / law.ratePerSecond];
  if (quantileSeconds(law, high) <= seconds) return high;
  for (let round = 0; round < BISECTIONS; round += 1) {
    const middle = (low + high) / 2;
    if (quantileSeconds(law, middle) <= seconds) low = middle;
    else high = middle;
  }
  return low;
}

/** Settings that a job needs; Infinity = none is high enough. */
export interface SettingDemand {
  /** The set point: the latency lies inside the slow half of the band, by the measurement error. */
  readonly aim: number;
  /** The lowest setting that is good enough to stay at. */
  readonly minValue: number;
  /** Above it the job is faster than its band; Infinity = it may be as fast as it likes. */
  readonly maxValue: number;
}

/** Position of the set point in the slow half of the band, as a part of it. */
const AIM = 0.7;
const KEEP = 0.95;
/** Standard deviations of the expected value that are kept free at the edge. */
const MARGIN_DEVIATIONS = 2;

/** The settings that a target needs, with margins from the error of the model. */
export function settingDemandOf(model: GpuModel, law: SettingLaw, target: Target): SettingDemand {
  const { latencyMs, toleranceRatio: alpha, mode } = target;
  const at = (ratio: number): number => settingFor(law, latencyMs * ratio);
  const nearest = at(1 + AIM * alpha);
  const margin =
    MARGIN_DEVIATIONS *
    expectedError(model, law, Number.isFinite(nearest) ? nearest : model.underValue);
  return {
    aim: at(1 + Math.max(0, Math.min(AIM * alpha, alpha - margin))),
    minValue: at(1 + KEEP * alpha),
    maxValue: mode === 'band' ? at(1 - alpha) : Number.POSITIVE_INFINITY,
  };
}

/**
 * A percentile of a window is off by this part of its distance from the mean; windows of five
 * seconds come each second.
 */
const TAIL_ERROR = 0.4;
const WINDOW_REPORTS = 5;
/** Relative error of a queue's k per request: late answers come together. */
const QUEUE_TAIL_ERROR = 3;

function tailError(
  { arrivals, tailCount, tailRatio }: GpuModel,
  { quantile }: Pick<LatencyLaw, 'quantile'>,
): number {
  if (quantile === 0) return 0;
  if (arrivals.isOpen)
    return QUEUE_TAIL_ERROR / Math.sqrt(Math.max(QUEUE_TAIL_REQUESTS.first, tailCount));
  return (TAIL_ERROR * (tailRatio - 1)) / Math.sqrt(Math.max(1, tailCount / WINDOW_REPORTS));
}

/** Relative standard deviation of the statistic that is expected under a setting. */
function expectedError(model: GpuModel, law: SettingLaw, value: number): number {
  const meanMs = 1000 * latencySeconds({ ...law, quantile: 0, tailRatio: 1 }, value);
  const served = { meanMs, ratePerMs: law.ratePerSecond / 1000 };
  const stretch =
    served.ratePerMs === 0 || !Number.isFinite(served.meanMs) ? 1 : elasticityOf(served);
  return Math.hypot(law.errorAt(value) * stretch, tailError(model, law));
}

/** Standard deviations by which a mean must exceed the slow edge before it is not chance. */
const SIGNIFICANT_DEVIATIONS = 3;

/** Whether a job is certainly slower than its band, as measured under this setting. */
export function isSignificantlySlow(
  model: GpuModel,
  { statistic, latencyMs, toleranceRatio }: Target,
  value: number,
): boolean {
  const here = levelAt(model, value);
  if (here === null || (here.ratePerMs > 0 && here.count < MIN_BURSTS * correlatedAnswersOf(here)))
    return false;
  const quantile = quantileOf(statistic);
  const meanError = relativeErrorOf({ ...here, noiseRatio: model.noiseRatio }, here.count);
  const error =
    SIGNIFICANT_DEVIATIONS *
    Math.hypot(meanError, model.arrivals.isOpen ? tailError(model, { quantile }) : 0);
  const queue = { quantile, ratePerSecond: 1000 * here.ratePerMs, tailRatio: model.tailRatio };
  const seenMs = isOfQueue(queue)
    ? 1000 * quantileSeconds(queue, serviceMsOf(here) / 1000)
    : here.meanMs * model.tailRatio;
  return seenMs > latencyMs * (1 + toleranceRatio) * (1 + error);
}
