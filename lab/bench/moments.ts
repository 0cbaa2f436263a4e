import { momentsOf, type ScenarioConditions, type ScenarioMoment } from '../sim/conditions.js';
import type { Scenario } from '../types.js';

/**
 * The conditions at the end of an interval, and what changed in it. A change at that very end
 * belongs to the next interval: real runs read first and act then.
 */
export interface IntervalConditions {
  readonly endMs: number;
  readonly conditions: ScenarioConditions;
  /** Changes within the interval, in words. */
  readonly changes: readonly string[];
}

/** One entry per whole interval of the scenario; an incomplete last interval is not judged. */
export function intervalConditions(scenario: Scenario): readonly IntervalConditions[] {
  const { intervalMs, durationMs } = scenario;
  const moments = momentsOf(scenario);
  const count = Math.floor(durationMs / intervalMs + 1e-9);
  return Array.from({ length: count }, (_, k): IntervalConditions => {
    const [fromMs, endMs] = [k * intervalMs, (k + 1) * intervalMs];
    const within = moments.filter(({ atMs }) => atMs >= fromMs && atMs < endMs);
    return {
      endMs,
      conditions: inForceBefore(moments, endMs),
      changes: within.flatMap(({ changes }) => changes),
    };
  });
}

function inForceBefore(moments: readonly ScenarioMoment[], endMs: number): ScenarioConditions {
  const last = moments.findLast(({ atMs }) => atMs < endMs) ?? moments[0];
  if (last === undefined) throw new RangeError('a scenario begins with a moment');
  return last.conditions;
}
