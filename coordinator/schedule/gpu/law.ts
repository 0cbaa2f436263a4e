import type { Target } from '../../../shared/qoe.js';
import type { KnownOnGpu } from './known.js';

/**
 * L(f) = a + W/f: what a request takes beyond the GPU, and its work there in ms · MHz. `isKnown` false: only one clock was seen, and a = 0 is the worst case of going lower.
 */
export interface ClockLaw {
  readonly overheadMs: number;
  readonly workMsMhz: number;
  readonly isKnown: boolean;
}

/** Two clocks must differ by so much to tell the slope. */
const LEAST_SPREAD = 0.03;
const LEAST_REQUESTS = 3;
/** Some part of a request is always taken to depend on the clock, so that no law says that nothing matters. */
const LEAST_PART = 0.02;

/** The law that the levels seen come to, exact at the clock that holds; null before any request has ended there. */
export function lawOf({ here, there }: KnownOnGpu): ClockLaw | null {
  if (here === null) return null;
  const most = here.meanMs * here.mhz;
  if (there === null || there.count < LEAST_REQUESTS || Math.abs(there.mhz / here.mhz - 1) < LEAST_SPREAD)
    return { overheadMs: 0, workMsMhz: most, isKnown: false };
  const slope = (here.meanMs - there.meanMs) / (1 / here.mhz - 1 / there.mhz);
  const workMsMhz = Math.min(most, Math.max(LEAST_PART * most, slope));
  return { overheadMs: here.meanMs - workMsMhz / here.mhz, workMsMhz, isKnown: true };
}

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

/** `maxMhz`: the highest clock of the GPU. A job that is too slow, whose law is not known and whose GPU is not at its highest clock asks for the highest: that tells the law. */
export function clockNeedOf(known: KnownOnGpu, target: Target, maxMhz: number): ClockNeed | null {
  const law = lawOf(known);
  const { here } = known;
  if (law === null || here === null) return null;
  const { latencyMs, toleranceRatio: alpha } = target;
  const noise = (MARGIN_DEVIATIONS * known.noiseRatio) / Math.sqrt(Math.max(1, here.count));
  const meanOf = (ratio: number): number => (latencyMs * ratio) / known.tailRatio;
  const isTooSlow = here.meanMs > meanOf(1 + alpha);
  const isProbing = isTooSlow && !law.isKnown && here.mhz < 0.98 * maxMhz;
  const aimMhz = isProbing ? maxMhz : clockFor(law, meanOf(1 + Math.max(0, Math.min(AIM * alpha, alpha - noise))));
  const leastMhz = isProbing ? maxMhz : clockFor(law, meanOf(1 + KEEP * alpha));
  const isBounded = target.mode === 'band' && !isProbing;
  const mostMhz = isBounded ? clockFor(law, meanOf(1 - alpha)) : Number.POSITIVE_INFINITY;
  return { aimMhz, leastMhz, mostMhz };
}

/** Deviations by which a mean must be over the slow edge before that is no chance. */
const SURE_DEVIATIONS = 3;

/** Whether a job is slower than its band for sure, as measured under the clock that holds. */
export function isSurelySlow({ here, noiseRatio, tailRatio }: KnownOnGpu, target: Target): boolean {
  if (here === null) return false;
  const edgeMs = (target.latencyMs * (1 + target.toleranceRatio)) / tailRatio;
  return here.meanMs > edgeMs * (1 + (SURE_DEVIATIONS * noiseRatio) / Math.sqrt(Math.max(1, here.count)));
}
