import { normalBelow } from '../../coordinator/schedule/model/chance.js';
import type { Target } from '../../shared/qoe.js';

/**
 * The chance that a job is judged satisfied: its response time lies around `latencyMs` with the
 * relative standard deviation `spread` (lognormal). 0 = it is exactly there.
 */
export function satisfiedChance(target: Target, latencyMs: number, spread: number): number {
  const { latencyMs: wantedMs, toleranceRatio, mode } = target;
  const slowest = Math.log((wantedMs * (1 + toleranceRatio)) / latencyMs);
  const fastest =
    mode === 'band'
      ? Math.log((wantedMs * (1 - toleranceRatio)) / latencyMs)
      : Number.NEGATIVE_INFINITY;
  if (spread < 1e-9) return slowest >= -1e-9 && fastest <= 1e-9 ? 1 : 0;
  return Math.max(0, normalBelow(slowest / spread) - normalBelow(fastest / spread));
}
