/** A constant value over a time span: the mean of several observations. */
export interface Segment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly value: number;
  /** Weight of `value` in means: requests, seconds. */
  readonly weight: number;
}

/**
 * Above this number of segments, neighbours are merged in pairs first, as the search is quadratic.
 */
const MAX_PIECES = 600;

/**
 * Reduces a series to few constant segments: the two neighbours that differ least are merged as
 * long as `isSame` says that their difference may be chance (bottom-up segmentation).
 * Deterministic; the merged value is the weighted mean.
 */
export function segmentsOf(
  pieces: readonly Segment[],
  {
    isSame,
    distance,
  }: {
    readonly isSame: (a: Segment, b: Segment) => boolean;
    readonly distance: (a: Segment, b: Segment) => number;
  },
): readonly Segment[] {
  let left = [...pieces];
  while (left.length > MAX_PIECES) left = pairwise(left);
  for (;;) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 1 < left.length; i += 1) {
      const [a, b] = [left[i], left[i + 1]];
      if (a === undefined || b === undefined || !isSame(a, b)) continue;
      const apart = distance(a, b);
      if (apart < least) [best, least] = [i, apart];
    }
    const [a, b] = [left[best], left[best + 1]];
    if (a === undefined || b === undefined) return left;
    left.splice(best, 2, merged(a, b));
  }
}

const pairwise = (pieces: readonly Segment[]): Segment[] =>
  pieces.flatMap((piece, i) => {
    if (i % 2 === 1) return [];
    const next = pieces[i + 1];
    return [next === undefined ? piece : merged(piece, next)];
  });

const merged = (a: Segment, b: Segment): Segment => {
  const weight = a.weight + b.weight;
  const value =
    weight > 0 ? (a.value * a.weight + b.value * b.weight) / weight : (a.value + b.value) / 2;
  return { fromMs: a.fromMs, toMs: b.toMs, value, weight };
};

/**
 * Relative difference of two means, in standard errors, for requests with relative standard
 * deviation `noiseRatio`.
 */
export const standardErrors = (a: Segment, b: Segment, noiseRatio: number): number =>
  Math.abs(Math.log(a.value / b.value)) / (noiseRatio * Math.sqrt(1 / a.weight + 1 / b.weight));

/**
 * A step within a segment leaves a short segment with a value between its neighbours. It is divided
 * between them at the moment that keeps the mean. Only segments of at most `shortMs`: longer ones
 * are levels.
 */
export function withoutRamps(pieces: readonly Segment[], shortMs: number): readonly Segment[] {
  const left = [...pieces];
  for (let i = 1; i + 1 < left.length; i += 1) {
    const [before, ramp, after] = [left[i - 1], left[i], left[i + 1]];
    if (before === undefined || ramp === undefined || after === undefined) continue;
    const share = (ramp.value - before.value) / (after.value - before.value);
    if (ramp.toMs - ramp.fromMs > shortMs || !(share > 0 && share < 1)) continue;
    const stepMs = ramp.toMs - share * (ramp.toMs - ramp.fromMs);
    left.splice(i - 1, 3, { ...before, toMs: stepMs }, { ...after, fromMs: stepMs });
    i -= 1;
  }
  return left;
}

/**
 * Moves each step between two levels to where the `fine` values support it most (least weighted
 * squares), at most `withinMs` away. Levels keep their values.
 */
export function sharpened(
  levels: readonly Segment[],
  fine: readonly Segment[],
  withinMs: number,
): readonly Segment[] {
  const left = [...levels];
  for (let i = 0; i + 1 < left.length; i += 1) {
    const [before, after] = [left[i], left[i + 1]];
    if (before === undefined || after === undefined) continue;
    const stepMs = stepBetween(before, after, { fine, withinMs });
    left.splice(i, 2, { ...before, toMs: stepMs }, { ...after, fromMs: stepMs });
  }
  return left;
}

function stepBetween(
  before: Segment,
  after: Segment,
  { fine, withinMs }: { readonly fine: readonly Segment[]; readonly withinMs: number },
): number {
  const step = after.fromMs;
  const near = fine.filter(
    ({ fromMs, toMs }) =>
      fromMs >= Math.max(before.fromMs, step - withinMs) &&
      toMs <= Math.min(after.toMs, step + withinMs),
  );
  // Each fine segment that moves to the earlier level changes the cost by the difference of its
  // squares.
  let [cost, least, best] = [0, 0, near[0]?.fromMs ?? step];
  for (const { value, weight, toMs } of near) {
    cost += weight * ((value - before.value) ** 2 - (value - after.value) ** 2);
    if (cost < least) [least, best] = [cost, toMs];
  }
  return best;
}
