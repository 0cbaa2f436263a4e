import { type AllocationModel, copyModel, Field, type ModelDraft } from './allocation-model.js';

/** The mean covers the last 120 requests, or the last 20 reports if those hold more. */
const MEMORY_REQUESTS = 120;
const MEMORY_REPORTS = 20;
/** CUSUM (Page 1954): slack and threshold, standard deviations. */
const SLACK = 0.5;
const THRESHOLD = 6;
/** One sample counts for at most this number of deviations: a single outlier raises no alarm. */
const MAX_DEVIATION = 4.5;
const MIN_NOISE_RATIO = 0.02;
const MAX_NOISE_RATIO = 1.5;
const NOISE_GAIN = 0.1;
/** The recent work is the mean of about this number of requests. */
const RECENT_REQUESTS = 40;

/**
 * Folds CPU-seconds spent on whole requests into W. Exponential forgetting over the last 120
 * requests (or 20 reports). A two-sided CUSUM (Page 1954) of the deviations, in units of
 * σ/√requests, notices a change of work; then everything older than the rise of the CUSUM is
 * forgotten.
 */
export function updateWork(model: ModelDraft, seconds: number, requests: number): void {
  if (model[Field.workCount] === 0) {
    restart(model, seconds, requests);
    return;
  }
  model[Field.recentWork] +=
    (model[Field.recentWork] === 0 ? 1 : requests / (requests + RECENT_REQUESTS)) *
    (seconds / requests - model[Field.recentWork]);
  const relative = ((seconds / requests) * model[Field.workCount]) / model[Field.workSeconds] - 1;
  // The mean itself is uncertain while it rests on few requests.
  const variance = 1 / requests + 1 / model[Field.workCount];
  const deviation = relative / (model[Field.noiseRatio] * Math.sqrt(variance));
  const bounded = Math.min(MAX_DEVIATION, Math.max(-MAX_DEVIATION, deviation));
  detectDrift(model, bounded, seconds, requests);
  if (model[Field.driftUp] > THRESHOLD) {
    restart(model, model[Field.upSeconds], model[Field.upCount]);
    return;
  }
  if (model[Field.driftDown] > THRESHOLD) {
    restart(model, model[Field.downSeconds], model[Field.downCount]);
    return;
  }
  const keep = 1 - Math.min(1, requests / Math.max(MEMORY_REQUESTS, MEMORY_REPORTS * requests));
  updateNoise(model, (relative * relative) / variance);
  model[Field.requestsPerReport] +=
    (model[Field.requestsPerReport] === 0 ? 1 : NOISE_GAIN) *
    (requests - model[Field.requestsPerReport]);
  model[Field.workSeconds] = model[Field.workSeconds] * keep + seconds;
  model[Field.workCount] = model[Field.workCount] * keep + requests;
}

/**
 * Requests cost `factor` times as much. What the change alarm has summed up stays: it was measured
 * lately.
 */
export function scaleWork(model: ModelDraft, factor: number): void {
  model[Field.workSeconds] *= factor;
  model[Field.recentWork] *= factor;
}

/** The same model where requests cost `factor` times as much. */
export function withWorkScaled(model: AllocationModel, factor: number): AllocationModel {
  if (factor === 1 || model[Field.workCount] === 0) return model;
  const draft = copyModel(model);
  scaleWork(draft, factor);
  return draft;
}

function detectDrift(
  model: ModelDraft,
  deviation: number,
  seconds: number,
  requests: number,
): void {
  model[Field.driftUp] = Math.max(0, model[Field.driftUp] + deviation - SLACK);
  model[Field.driftDown] = Math.max(0, model[Field.driftDown] - deviation - SLACK);
  const [isUp, isDown] = [model[Field.driftUp] > 0, model[Field.driftDown] > 0];
  model[Field.upSeconds] = isUp ? model[Field.upSeconds] + seconds : 0;
  model[Field.upCount] = isUp ? model[Field.upCount] + requests : 0;
  model[Field.downSeconds] = isDown ? model[Field.downSeconds] + seconds : 0;
  model[Field.downCount] = isDown ? model[Field.downCount] + requests : 0;
}

function restart(model: ModelDraft, seconds: number, requests: number): void {
  model[Field.workSeconds] = seconds;
  model[Field.workCount] = requests;
  model[Field.driftUp] = 0;
  model[Field.driftDown] = 0;
  model[Field.upSeconds] = 0;
  model[Field.upCount] = 0;
  model[Field.downSeconds] = 0;
  model[Field.downCount] = 0;
}

// EWMA of the variance of one request, with outliers clipped (Hampel): one hiccup must not widen
// the margin for minutes.
function updateNoise(model: ModelDraft, sample: number): void {
  const before = model[Field.noiseRatio] * model[Field.noiseRatio];
  const variance = (1 - NOISE_GAIN) * before + NOISE_GAIN * Math.min(sample, 9 * before);
  model[Field.noiseRatio] = Math.min(
    MAX_NOISE_RATIO,
    Math.max(MIN_NOISE_RATIO, Math.sqrt(variance)),
  );
}

/**
 * Factor for a decayed sum when `weight` more arrives, so that the mean covers about the last
 * `memory` units of weight.
 */
export const decayFactor = (weight: number, memory: number): number =>
  1 - Math.min(1, weight / memory);
