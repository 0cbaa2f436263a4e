import { UNLIMITED } from '../../coordinator/schedule/limits/fit.js';
import type { LimitDecision, Policy } from '../../coordinator/schedule/types.js';
import type { JobSeries } from './series.js';

/** Name of the policy that does again what was decided. */
export const RECORDED_LIMITS = 'recorded-limits';

/**
 * Gives every job the limit that it had at that time in the recording: what it simulates differs
 * from what was measured by the errors of the fit only.
 */
export function recordedPolicy(series: readonly JobSeries[]): Policy {
  const byId = new Map(series.map((each) => [each.id, each.limits]));
  return {
    name: RECORDED_LIMITS,
    start: null,
    decide: ({ node, nowMs }, memory) => ({
      limits: node.allocations.map(({ id, job }): LimitDecision => {
        const steps = byId.get(job) ?? [];
        const step = steps.findLast(({ atMs }) => atMs <= nowMs) ?? steps[0];
        return {
          allocation: id,
          limit: step?.limit ?? UNLIMITED,
          reason: step?.reason ?? 'as recorded',
        };
      }),
      memory,
    }),
  };
}
