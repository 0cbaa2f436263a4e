import { Field } from '../../model/allocation-model.js';
import { errorRatioOf } from '../../model/fitted-law.js';
import { hypot3 } from '../../model/hypot.js';
import { queueSpread } from '../../model/queue-spread.js';
import { judgedRequests } from './common-noise.js';
import type { LatencyGoal } from './latency-goal.js';
import type { Member, Spreads } from './member.js';

/** What a report is judged by. */
export interface Judging {
  /** Relative standard deviation that all jobs of the host have in common (common-noise.ts). */
  readonly commonSpread: number;
  readonly intervalMs: number;
}

/** The spreads of the members of a node. */
export const spreadsUnder = (judging: Judging): Spreads => ({
  ofReports: (member) => judgedSpreadOf(member, judging),
  ofQueue: (goal) => queueSpreadOf(goal, judging),
});

// Of what a report shows around what the law says: the host's part, the chance in the few requests
// that are judged, and what is not known of the work.
function judgedSpreadOf(
  { model, allocation: { target } }: Pick<Member, 'model' | 'allocation'>,
  { commonSpread, intervalMs }: Judging,
): number {
  const judged = judgedRequests(intervalMs / 1000, (target?.latencyMs ?? intervalMs) / 1000);
  const own = model[Field.noiseRatio] / Math.sqrt(judged);
  return hypot3(commonSpread, own, errorRatioOf(model));
}

// 0 for closed loops, and for percentiles, whose chance in one interval is not known.
function queueSpreadOf({ law, aimCores }: LatencyGoal, { intervalMs }: Judging): number {
  if (law.quantile > 0 || !Number.isFinite(aimCores)) return 0;
  return queueSpread(law, aimCores, intervalMs / 1000);
}
