import type { JobSpec } from '../../../shared/job.js';
import { defaultMode, STATISTICS, type Statistic, type Target } from '../../../shared/qoe.js';
import { err, ok, type Result } from '../../../shared/result.js';
import { parseDurationMs, parseRatio } from '../../../shared/units.js';

/** A target as it is typed. */
export interface TargetFields {
  readonly latency: string;
  readonly statistic: Statistic;
  readonly tolerance: string;
}

/** A response time as it is typed. */
export const latencyField = (ms: number): string => (ms >= 1 ? `${ms}ms` : `${ms * 1000}us`);

/** The fields of a target that is there. */
export const fieldsOf = ({ latencyMs, statistic, toleranceRatio }: Target): TargetFields => ({
  latency: latencyField(latencyMs),
  statistic,
  tolerance: `${Number((toleranceRatio * 100).toFixed(3))}%`,
});

/** A target from its fields, or all that is wrong with them, each with its cure. */
export function targetFrom(fields: TargetFields, before: Target): Result<Target, string[]> {
  const latency = parseDurationMs(fields.latency.trim());
  const tolerance = parseRatio(fields.tolerance.trim());
  if (!latency.ok || !tolerance.ok)
    return err([latency, tolerance].flatMap((each) => (each.ok ? [] : [each.error])));
  const isSame = fields.statistic === before.statistic;
  return ok({
    latencyMs: latency.value,
    statistic: fields.statistic,
    toleranceRatio: tolerance.value,
    mode: isSame ? before.mode : defaultMode(fields.statistic),
  });
}

export const withTarget = (spec: JobSpec, target: Target): JobSpec => ({ ...spec, target });
export { STATISTICS };
