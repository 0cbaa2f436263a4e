import { UNLIMITED } from '../../coordinator/schedule/limits/fit.js';
import type { LimitDecision, Policy } from '../../coordinator/schedule/types.js';
import type { JobSeries } from './series.js';

/** Name of the policy that repeats the recorded limits. */
export const RECORDED_LIMITS = 'recorded-limits';

/**
 * A policy that gives every job the limit it had at that time in the recording. Its simulation
 * differs from the measurements only by the errors of the fit.
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
