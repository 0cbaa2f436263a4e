import { type CpuLimit, guaranteedCores } from '../../../../shared/command.js';
import type { AllocationModel } from '../../model/allocation-model.js';
import { provenCoresOf } from '../../model/fitted-law.js';
import { USABLE_SLACK } from './latency-goal.js';

/** Doubles: what is all of it may be computed as a little more. */
const ROUNDING = 1e-9;

/** Whether it has not been seen that so much CPU helps, cores. */
export const isBeyondProven = (model: AllocationModel, cores: number): boolean =>
  cores > provenCoresOf(model) * USABLE_SLACK + ROUNDING;

/**
 * CPU, cores, above which more has not been seen to help, where a target takes more under a limit;
 * null = it takes no more than that. `aimCores`: what the target takes; what a limit gives beyond
 * it makes no difference to the target.
 */
export function provenCoresUnder(
  model: AllocationModel,
  limit: CpuLimit | null,
  aimCores: number,
): number | null {
  const limitCores = limit === null ? 0 : guaranteedCores(limit);
  return isBeyondProven(model, Math.min(limitCores, aimCores)) ? provenCoresOf(model) : null;
}
