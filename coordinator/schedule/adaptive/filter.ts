import type { Draft } from './known.js';

/** The mean covers the last so many requests, or so many reports if those hold more. */
const MEMORY_REQUESTS = 120;
const MEMORY_REPORTS = 20;
/** CUSUM (Page 1954): slack and threshold, standard deviations. */
const SLACK = 0.5;
const THRESHOLD = 6;
/** One sample counts for at most so many deviations: a single outlier raises no alarm. */
const MOST_DEVIATION = 4.5;
const LEAST_NOISE = 0.02;
const MOST_NOISE = 1;
const NOISE_GAIN = 0.1;

/** What of `Known` the filter of work reads and writes. */
export type WorkDraft = Pick<
  Draft,
  | 'workSeconds'
  | 'workCount'
  | 'noiseRatio'
  | 'driftUp'
  | 'driftDown'
  | 'upSeconds'
  | 'upCount'
  | 'downSeconds'
  | 'downCount'
>;

/**
 * Folds CPU-seconds spent on whole requests into W. Exponential forgetting over the last 120 requests (or 20 reports); a change of work is
 * noticed by a two-sided CUSUM of the deviations in units of σ/√requests, upon which everything is forgotten that is older than the rise of the CUSUM.
 */
export function foldWork(known: WorkDraft, seconds: number, requests: number): void {
  if (known.workCount === 0) {
    restart(known, seconds, requests);
    return;
  }
  const relative = ((seconds / requests) * known.workCount) / known.workSeconds - 1;
  // The mean itself is uncertain while it rests on few requests.
  const variance = 1 / requests + 1 / known.workCount;
  const deviation = relative / (known.noiseRatio * Math.sqrt(variance));
  const bounded = Math.min(MOST_DEVIATION, Math.max(-MOST_DEVIATION, deviation));
  watchDrift(known, bounded, seconds, requests);
  if (known.driftUp > THRESHOLD) {
    restart(known, known.upSeconds, known.upCount);
    return;
  }
  if (known.driftDown > THRESHOLD) {
    restart(known, known.downSeconds, known.downCount);
    return;
  }
  const keep = 1 - Math.min(1, requests / Math.max(MEMORY_REQUESTS, MEMORY_REPORTS * requests));
  foldNoise(known, (relative * relative) / variance);
  known.workSeconds = known.workSeconds * keep + seconds;
  known.workCount = known.workCount * keep + requests;
}

function watchDrift(known: WorkDraft, deviation: number, seconds: number, requests: number): void {
  known.driftUp = Math.max(0, known.driftUp + deviation - SLACK);
  known.driftDown = Math.max(0, known.driftDown - deviation - SLACK);
  const [isUp, isDown] = [known.driftUp > 0, known.driftDown > 0];
  known.upSeconds = isUp ? known.upSeconds + seconds : 0;
  known.upCount = isUp ? known.upCount + requests : 0;
  known.downSeconds = isDown ? known.downSeconds + seconds : 0;
  known.downCount = isDown ? known.downCount + requests : 0;
}

function restart(known: WorkDraft, seconds: number, requests: number): void {
  known.workSeconds = seconds;
  known.workCount = requests;
  known.driftUp = 0;
  known.driftDown = 0;
  known.upSeconds = 0;
  known.upCount = 0;
  known.downSeconds = 0;
  known.downCount = 0;
}

// EWMA of the variance of one request, with outliers clipped (Hampel): one hiccup must not widen the margin for minutes.
function foldNoise(known: WorkDraft, sample: number): void {
  const before = known.noiseRatio * known.noiseRatio;
  const variance = (1 - NOISE_GAIN) * before + NOISE_GAIN * Math.min(sample, 9 * before);
  known.noiseRatio = Math.min(MOST_NOISE, Math.max(LEAST_NOISE, Math.sqrt(variance)));
}

/** What is kept of a decayed sum when `weight` more comes: the mean then covers about the last `memory` units of weight. */
export const keptRatio = (weight: number, memory: number): number => 1 - Math.min(1, weight / memory);
