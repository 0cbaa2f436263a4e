/** From this round on halves are taken: no function that falls can make the search long. */
const HALVES_FROM = 8;

/**
 * The least of the whole numbers 1 to `count` at which `excessAt` is not above 0, where it falls
 * from `excess` > 0 at 0; `count` where there is none before it. By regula falsi (the Illinois
 * variant, Dowell and Jarratt 1971), which asks some six times where bisection asks log2(count)
 * times.
 */
export function leastStep(
  count: number,
  excess: number,
  excessAt: (step: number) => number,
): number {
  let [low, high] = [0, count];
  let [above, below] = [excess, excessAt(count)];
  if (!(below <= 0)) return count;
  let wasLow: boolean | undefined;
  for (let round = 0; high - low > 1; round += 1) {
    const part = above / (above - below);
    const isGuess = round < HALVES_FROM && Number.isFinite(part);
    const guess = low + Math.floor((high - low) * (isGuess ? part : 0.5));
    const step = Math.min(high - 1, Math.max(low + 1, guess));
    const now = excessAt(step);
    const isLow = !(now <= 0);
    if (isLow) {
      [low, above] = [step, now];
      if (wasLow === true) below /= 2;
    } else {
      [high, below] = [step, now];
      if (wasLow === false) above /= 2;
    }
    wasLow = isLow;
  }
  return high;
}
