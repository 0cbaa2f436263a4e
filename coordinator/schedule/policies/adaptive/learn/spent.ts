import { type AllocationModel, Field } from '../../../model/allocation-model.js';

/** Less CPU a request is none that a counter shows, s. */
export const MIN_WORK_SECONDS = 1e-7;

/**
 * Requests that have ended since the newest one that the model knows (`doneCount` > 0), where
 * `count` have ended since the last report.
 */
export const requestsSince = (model: AllocationModel, count: number): number =>
  model[Field.count] + count - model[Field.doneCount];

/** CPU spent on these requests, s, where the CPU counter was `doneCpuSeconds` at the last end. */
export const spentSince = (
  model: AllocationModel,
  doneCpuSeconds: number,
  requests: number,
): number => Math.max(MIN_WORK_SECONDS * requests, doneCpuSeconds - model[Field.doneCpuSeconds]);
