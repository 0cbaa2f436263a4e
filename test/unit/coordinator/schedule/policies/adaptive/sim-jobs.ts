import type { ScenarioJob } from '../../../../../../lab/types.js';
import { model, simJob } from '../../../../lab/sim/build.js';

/** A closed loop with 8 % noise whose target of `targetMs` takes `cores`. */
export const needing = (
  id: string,
  cores: number,
  targetMs: number,
  change: Partial<ScenarioJob> = {},
): ScenarioJob =>
  simJob(id, {
    targetMs,
    model: model({ workSeconds: (cores * targetMs) / 1000, noiseRatio: 0.08 }),
    ...change,
  });

/**
 * Ten jobs whose demands go up by 15 % from one to the next and come to `load` of two cores,
 * targets of 0.2 to 0.5 s.
 */
export function tenJobs(load: number, change: Partial<ScenarioJob> = {}): ScenarioJob[] {
  const parts = Array.from({ length: 10 }, (_, i) => 1.15 ** i);
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part, i) => needing(`j${i}`, (2 * load * part) / whole, 200 + 30 * i, change));
}
