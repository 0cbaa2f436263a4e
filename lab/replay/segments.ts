/** A value over a stretch of time, the mean of so many observations. */
export interface Piece {
  readonly fromMs: number;
  readonly toMs: number;
  readonly value: number;
  /** Weight of `value` in means: requests, seconds. */
  readonly weight: number;
}

/** Above this many pieces neighbours are merged two by two first: the search below is quadratic. */
const MOST_PIECES = 600;

/**
 * A series as few constant pieces: the two neighbours that differ least are merged as long as `isSame` says that their difference may be chance
 * (bottom-up segmentation). Deterministic; the merged value is the weighted mean.
 */
export function segmentsOf(
  pieces: readonly Piece[],
  {
    isSame,
    distance,
  }: { readonly isSame: (a: Piece, b: Piece) => boolean; readonly distance: (a: Piece, b: Piece) => number },
): readonly Piece[] {
  let left = [...pieces];
  while (left.length > MOST_PIECES) left = pairwise(left);
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

const pairwise = (pieces: readonly Piece[]): Piece[] =>
  pieces.flatMap((piece, i) => {
    if (i % 2 === 1) return [];
    const next = pieces[i + 1];
    return [next === undefined ? piece : merged(piece, next)];
  });

const merged = (a: Piece, b: Piece): Piece => {
  const weight = a.weight + b.weight;
  const value = weight > 0 ? (a.value * a.weight + b.value * b.weight) / weight : (a.value + b.value) / 2;
  return { fromMs: a.fromMs, toMs: b.toMs, value, weight };
};

/** Relative difference of two means of requests whose relative standard deviation is `noiseRatio`, in standard errors. */
export const standardErrors = (a: Piece, b: Piece, noiseRatio: number): number =>
  Math.abs(Math.log(a.value / b.value)) / (noiseRatio * Math.sqrt(1 / a.weight + 1 / b.weight));
