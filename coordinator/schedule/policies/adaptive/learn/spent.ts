import { type AllocationModel, Field } from '../../../model/allocation-model.js';
import type { Evidence } from './evidence.js';

/** Less CPU a request is none that a counter shows, s. */
export const MIN_WORK_SECONDS = 1e-7;

/**
 * CPU spent on the requests that have ended since the newest one that the model knows, s, and how
 * many they are. Meaningful where the model knows one (`doneCount` > 0) and the evidence holds one.
 */
export function spentSince(
  model: AllocationModel,
  { count, doneCpuSeconds }: Pick<Evidence, 'count' | 'doneCpuSeconds'>,
): { readonly seconds: number; readonly requests: number } {
  const requests = model[Field.count] + count - model[Field.doneCount];
  const seconds = doneCpuSeconds - model[Field.doneCpuSeconds];
  return { seconds: Math.max(MIN_WORK_SECONDS * requests, seconds), requests };
}
