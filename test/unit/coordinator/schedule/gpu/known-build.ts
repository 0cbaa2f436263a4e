import { type KnownOnGpu, NOTHING_ON_GPU } from '../../../../../coordinator/schedule/gpu/known.js';

/** What is known of answers under one clock. */
export const level = (value: number, meanMs: number, count = 1000) => ({
  value,
  meanMs,
  count,
  ratePerMs: 0,
});

/** What is known of a job on a GPU, with changes. */
export const knownAs = (change: Partial<KnownOnGpu>): KnownOnGpu => ({
  ...NOTHING_ON_GPU,
  noiseRatio: 0.05,
  ...change,
});
