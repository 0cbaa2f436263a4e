import type { Target } from '../../shared/qoe.js';

/**
 * Distribution function of the standard normal distribution. Source: Abramowitz and Stegun,
 * Handbook of Mathematical Functions, 1964, formula 26.2.17; error below 1e-7.
 */
export function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const density = Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
  const series =
    0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)));
  const tail = density * t * series;
  return x > 0 ? 1 - tail : tail;
}

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
