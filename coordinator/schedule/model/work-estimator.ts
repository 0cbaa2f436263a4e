import { type Draft, K } from './allocation-model.js';

/** The mean covers the last so many requests, or so many reports if those hold more. */
const MEMORY_REQUESTS = 120;
const MEMORY_REPORTS = 20;
/** CUSUM (Page 1954): slack and threshold, standard deviations. */
const SLACK = 0.5;
const THRESHOLD = 6;
/** One sample counts for at most so many deviations: a single outlier raises no alarm. */
const MOST_DEVIATION = 4.5;
const LEAST_NOISE = 0.02;
const MOST_NOISE = 1.5;
const NOISE_GAIN = 0.1;
/** The latest work is that of about so many requests, or of two reports. */
const LATE_REQUESTS = 40;

/**
 * Folds CPU-seconds spent on whole requests into W. Exponential forgetting over the last 120
 * requests (or 20 reports); a change of work is noticed by a two-sided CUSUM of the deviations in
 * units of σ/√requests, upon which everything is forgotten that is older than the rise of the
 * CUSUM.
 */
export function foldWork(known: Draft, seconds: number, requests: number): void {
  if (known[K.workCount] === 0) {
    restart(known, seconds, requests);
    return;
  }
  known[K.lateWork] +=
    (known[K.lateWork] === 0 ? 1 : requests / (requests + LATE_REQUESTS)) *
    (seconds / requests - known[K.lateWork]);
  const relative = ((seconds / requests) * known[K.workCount]) / known[K.workSeconds] - 1;
  // The mean itself is uncertain while it rests on few requests.
  const variance = 1 / requests + 1 / known[K.workCount];
  const deviation = relative / (known[K.noiseRatio] * Math.sqrt(variance));
  const bounded = Math.min(MOST_DEVIATION, Math.max(-MOST_DEVIATION, deviation));
  watchDrift(known, bounded, seconds, requests);
  if (known[K.driftUp] > THRESHOLD) {
    restart(known, known[K.upSeconds], known[K.upCount]);
    return;
  }
  if (known[K.driftDown] > THRESHOLD) {
    restart(known, known[K.downSeconds], known[K.downCount]);
    return;
  }
  const keep = 1 - Math.min(1, requests / Math.max(MEMORY_REQUESTS, MEMORY_REPORTS * requests));
  foldNoise(known, (relative * relative) / variance);
  known[K.perReport] +=
    (known[K.perReport] === 0 ? 1 : NOISE_GAIN) * (requests - known[K.perReport]);
  known[K.workSeconds] = known[K.workSeconds] * keep + seconds;
  known[K.workCount] = known[K.workCount] * keep + requests;
}

function watchDrift(known: Draft, deviation: number, seconds: number, requests: number): void {
  known[K.driftUp] = Math.max(0, known[K.driftUp] + deviation - SLACK);
  known[K.driftDown] = Math.max(0, known[K.driftDown] - deviation - SLACK);
  const [isUp, isDown] = [known[K.driftUp] > 0, known[K.driftDown] > 0];
  known[K.upSeconds] = isUp ? known[K.upSeconds] + seconds : 0;
  known[K.upCount] = isUp ? known[K.upCount] + requests : 0;
  known[K.downSeconds] = isDown ? known[K.downSeconds] + seconds : 0;
  known[K.downCount] = isDown ? known[K.downCount] + requests : 0;
}

function restart(known: Draft, seconds: number, requests: number): void {
  known[K.workSeconds] = seconds;
  known[K.workCount] = requests;
  known[K.driftUp] = 0;
  known[K.driftDown] = 0;
  known[K.upSeconds] = 0;
  known[K.upCount] = 0;
  known[K.downSeconds] = 0;
  known[K.downCount] = 0;
}

// EWMA of the variance of one request, with outliers clipped (Hampel): one hiccup must not widen
// the margin for minutes.
function foldNoise(known: Draft, sample: number): void {
  const before = known[K.noiseRatio] * known[K.noiseRatio];
  const variance = (1 - NOISE_GAIN) * before + NOISE_GAIN * Math.min(sample, 9 * before);
  known[K.noiseRatio] = Math.min(MOST_NOISE, Math.max(LEAST_NOISE, Math.sqrt(variance)));
}

/**
 * What is kept of a decayed sum when `weight` more comes: the mean then covers about the last
 * `memory` units of weight.
 */
export const keptRatio = (weight: number, memory: number): number =>
  1 - Math.min(1, weight / memory);
