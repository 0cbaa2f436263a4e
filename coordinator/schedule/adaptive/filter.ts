/** Work of a request as known: W = seconds ÷ count; `count` 0 = not known. */
export interface WorkEstimate {
  readonly workSeconds: number;
  readonly workCount: number;
  readonly noiseRatio: number;
  readonly driftUp: number;
  readonly driftDown: number;
}

/** The mean covers the last so many requests, or so many reports if those hold more. */
const MEMORY_REQUESTS = 60;
const MEMORY_REPORTS = 15;
/** CUSUM (Page 1954): slack and threshold, standard deviations. */
const SLACK = 0.5;
const THRESHOLD = 6;
/** One sample counts for at most so many deviations: a single outlier raises no alarm. */
const MOST_DEVIATION = 4.5;
const LEAST_NOISE = 0.02;
const MOST_NOISE = 1;
const NOISE_GAIN = 0.1;

export interface WorkSample {
  readonly seconds: number;
  readonly requests: number;
}

/**
 * Folds CPU-seconds spent on whole requests into W. Exponential forgetting over the last 60 requests (or 15 reports); a change of work is
 * noticed by a two-sided CUSUM of the deviations in units of σ/√requests, upon which everything older than the sample is forgotten.
 */
export function foldWork(known: WorkEstimate, { seconds, requests }: WorkSample): WorkEstimate {
  if (known.workCount === 0) return { ...known, workSeconds: seconds, workCount: requests, driftUp: 0, driftDown: 0 };
  const mean = known.workSeconds / known.workCount;
  const relative = seconds / requests / mean - 1;
  // The mean itself is uncertain while it rests on few requests.
  const deviation = relative / (known.noiseRatio * Math.sqrt(1 / requests + 1 / known.workCount));
  const bounded = Math.min(MOST_DEVIATION, Math.max(-MOST_DEVIATION, deviation));
  const driftUp = Math.max(0, known.driftUp + bounded - SLACK);
  const driftDown = Math.max(0, known.driftDown - bounded - SLACK);
  if (driftUp > THRESHOLD || driftDown > THRESHOLD)
    return { ...known, workSeconds: seconds, workCount: requests, driftUp: 0, driftDown: 0 };
  const keep = 1 - Math.min(1, requests / Math.max(MEMORY_REQUESTS, MEMORY_REPORTS * requests));
  return {
    workSeconds: known.workSeconds * keep + seconds,
    workCount: known.workCount * keep + requests,
    noiseRatio: nextNoise(known, relative, requests),
    driftUp,
    driftDown,
  };
}

// EWMA of the variance of one request, with outliers clipped (Hampel): one hiccup must not widen the margin for minutes.
function nextNoise({ noiseRatio, workCount }: WorkEstimate, relative: number, requests: number): number {
  const sample = (relative * relative) / (1 / requests + 1 / workCount);
  const clipped = Math.min(sample, 9 * noiseRatio * noiseRatio);
  const variance = (1 - NOISE_GAIN) * noiseRatio * noiseRatio + NOISE_GAIN * clipped;
  return Math.min(MOST_NOISE, Math.max(LEAST_NOISE, Math.sqrt(variance)));
}

/** Decayed sum and weight after one more sample: the mean covers about the last `memory` units of weight. */
export function fold(
  sum: number,
  weight: number,
  sample: { readonly value: number; readonly weight: number; readonly memory: number },
) {
  const keep = 1 - Math.min(1, sample.weight / sample.memory);
  return { sum: sum * keep + sample.value * sample.weight, weight: weight * keep + sample.weight };
}
