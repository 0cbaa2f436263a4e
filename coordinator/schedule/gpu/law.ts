import type { Target } from '../../../shared/qoe.js';
import { errorOf, type KnownOnGpu, type Level, levelAt } from './known.js';

/** L(f) = a + W/f: what a request takes beyond the GPU, and its work there in ms · MHz. */
export interface ClockLaw {
  readonly overheadMs: number;
  readonly workMsMhz: number;
}

/** Some part of a request is always taken to depend on the clock, so that no law says that nothing matters. */
const LEAST_PART = 0.02;
/** Before two clocks were seen all of it is taken to depend on the clock, which is the worst case of going lower; sure to so much of it. */
const PRIOR_DEVIATION = 0.3;

/**
 * The law that best fits what was seen, by least squares weighted with requests, drawn to the worst case as far as what was seen does not tell the slope (one clock, or clocks nearer than
 * their noise); null before any request has ended.
 */
export function lawOf({ levels, noiseRatio }: KnownOnGpu): ClockLaw | null {
  if (levels.length === 0) return null;
  const points = levels.map((level) => pointOf(level, noiseRatio));
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  const x = points.reduce((sum, point) => sum + point.weight * point.x, 0) / total;
  const y = points.reduce((sum, point) => sum + point.weight * point.y, 0) / total;
  const most = y / x;
  const priorWeight = 1 / (PRIOR_DEVIATION * most) ** 2;
  const sxx = points.reduce((sum, point) => sum + point.weight * (point.x - x) ** 2, 0);
  const sxy = points.reduce((sum, point) => sum + point.weight * (point.x - x) * (point.y - y), 0);
  const slope = (sxy + priorWeight * most) / (sxx + priorWeight);
  const workMsMhz = Math.min(most, Math.max(LEAST_PART * most, slope));
  return { overheadMs: Math.max(0, y - workMsMhz * x), workMsMhz };
}

/** Latency over the time of a clock's turn, with the weight of its error. */
const pointOf = ({ mhz, count, meanMs }: Level, noiseRatio: number) => ({
  x: 1 / mhz,
  y: meanMs,
  weight: count / (Math.max(0.01, noiseRatio) * meanMs) ** 2,
});

export const latencyAt = ({ overheadMs, workMsMhz }: ClockLaw, mhz: number): number => overheadMs + workMsMhz / mhz;

/** The clock at which the mean is `meanMs`, MHz; Infinity = none is high enough. */
export const clockFor = ({ overheadMs, workMsMhz }: ClockLaw, meanMs: number): number =>
  meanMs > overheadMs ? workMsMhz / (meanMs - overheadMs) : Number.POSITIVE_INFINITY;

/** Clocks that a job asks of its GPU, MHz; Infinity = no clock does it. */
export interface ClockNeed {
  /** What is aimed at: the latency lies inside the slow half of the band, by the noise of what was measured. */
  readonly aimMhz: number;
  /** The lowest that is good enough to stay at. */
  readonly leastMhz: number;
  /** Above it the job is faster than its band; Infinity = it may be as fast as it likes. */
  readonly mostMhz: number;
}

/** Where in the slow half of the band is aimed at, as a part of it. */
const AIM = 0.7;
const KEEP = 0.95;
/** Deviations of the mean that are kept free at the edge. */
const MARGIN_DEVIATIONS = 1.5;

/** Null before any request has ended. */
export function clockNeedOf(known: KnownOnGpu, target: Target): ClockNeed | null {
  const law = lawOf(known);
  if (law === null) return null;
  const { latencyMs, toleranceRatio: alpha } = target;
  const requests = known.levels.reduce((sum, { count }) => sum + count, 0);
  const noise = MARGIN_DEVIATIONS * errorOf(known, requests);
  const meanOf = (ratio: number): number => (latencyMs * ratio) / known.tailRatio;
  return {
    aimMhz: clockFor(law, meanOf(1 + Math.max(0, Math.min(AIM * alpha, alpha - noise)))),
    leastMhz: clockFor(law, meanOf(1 + KEEP * alpha)),
    mostMhz: target.mode === 'band' ? clockFor(law, meanOf(1 - alpha)) : Number.POSITIVE_INFINITY,
  };
}

/** Deviations by which a mean must be over the slow edge before that is no chance. */
const SURE_DEVIATIONS = 3;

/** Whether a job is slower than its band for sure, as measured under this clock. */
export function isSurelySlow(known: KnownOnGpu, target: Target, mhz: number): boolean {
  const here = levelAt(known, mhz);
  if (here === null) return false;
  const edgeMs = (target.latencyMs * (1 + target.toleranceRatio)) / known.tailRatio;
  return here.meanMs > edgeMs * (1 + SURE_DEVIATIONS * errorOf(known, here.count));
}
