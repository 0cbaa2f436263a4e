import type { Target } from '../../../../shared/qoe.js';
import { type AllocationModel, Field } from '../../model/allocation-model.js';
import { errorRatioOf } from '../../model/fitted-law.js';
import { hypot3 } from '../../model/hypot.js';
import { judgedRequests } from './common-noise.js';

/** What a report is judged by. */
export interface Judging {
  /** Relative standard deviation that all jobs of the host have in common (common-noise.ts). */
  readonly commonSpread: number;
  readonly intervalMs: number;
}

/**
 * Relative standard deviation of what a report shows around what the law says: the host's part, the
 * chance in the few requests that are judged, and what is not known of the work.
 */
export function spreadOf(
  model: AllocationModel,
  target: Target | null,
  { commonSpread, intervalMs }: Judging,
): number {
  const judged = judgedRequests(intervalMs / 1000, (target?.latencyMs ?? intervalMs) / 1000);
  const own = model[Field.noiseRatio] / Math.sqrt(judged);
  return hypot3(commonSpread, own, errorRatioOf(model));
}
