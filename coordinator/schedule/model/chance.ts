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

/** Edges between which a response time is good, s; `fastSeconds` 0 = it cannot be too fast. */
export interface Edges {
  readonly fastSeconds: number;
  readonly slowSeconds: number;
}

/**
 * P(within): the chance that a response time lies between two edges, when it lies around `seconds`
 * with the relative standard deviation `spreadRatio` (lognormal); 0 = it is exactly there.
 */
export function withinChance(
  { fastSeconds, slowSeconds }: Edges,
  seconds: number,
  spreadRatio: number,
): number {
  if (!Number.isFinite(seconds)) return 0;
  const [slow, fast] = [Math.log(slowSeconds / seconds), Math.log(fastSeconds / seconds)];
  if (spreadRatio < 1e-9) return slow >= -1e-9 && fast <= 1e-9 ? 1 : 0;
  return Math.max(0, normalBelow(slow / spreadRatio) - normalBelow(fast / spreadRatio));
}
