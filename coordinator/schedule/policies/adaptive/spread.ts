import type { Target } from '../../../../shared/qoe.js';
import { type AllocationModel, Field } from '../../model/allocation-model.js';
import { errorRatioOf } from '../../model/fitted-law.js';
import { hypot3 } from '../../model/hypot.js';
import { queueSpread } from '../../model/queue-spread.js';
import { judgedRequests } from './common-noise.js';
import type { LatencyGoal } from './latency-goal.js';

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

/**
 * What a queue adds to that at its set point, relative. 0 for closed loops, and for percentiles,
 * whose chance in one interval is not known.
 */
export function queueSpreadOf(
  goal: LatencyGoal | null,
  { intervalMs }: Pick<Judging, 'intervalMs'>,
): number {
  if (goal === null || goal.law.quantile > 0 || !Number.isFinite(goal.aimCores)) return 0;
  return queueSpread(goal.law, goal.aimCores, intervalMs / 1000);
}
