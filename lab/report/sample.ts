/**
 * A series reduced to about `most` points: the minimum and maximum of each part are kept, in order,
 * so that spikes stay. Gaps (null) stay gaps.
 */
export function sampleSpikes<P extends readonly [number, number | null]>(
  points: readonly P[],
  most: number,
): readonly P[] {
  if (points.length <= most) return points;
  const stretches = Math.max(1, Math.floor(most / 2));
  return Array.from({ length: stretches }, (_, i) => {
    const from = Math.floor((i * points.length) / stretches);
    const stretch = points.slice(from, Math.floor(((i + 1) * points.length) / stretches));
    return extremes(stretch);
  }).flat();
}

function extremes<P extends readonly [number, number | null]>(stretch: readonly P[]): readonly P[] {
  let low = stretch[0];
  let high = stretch[0];
  for (const point of stretch) {
    if (point[1] === null) continue;
    if (low === undefined || low[1] === null || point[1] < low[1]) low = point;
    if (high === undefined || high[1] === null || point[1] > high[1]) high = point;
  }
  if (low === undefined || high === undefined) return [];
  if (low === high) return [low];
  return low[0] < high[0] ? [low, high] : [high, low];
}

/**
 * Evenly spaced indexes of a series of `length`, at most `most` of them, with the first and the
 * last.
 */
export function sampleIndexes(length: number, most: number): readonly number[] {
  if (length <= most) return Array.from({ length }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (length - 1)) / (most - 1)));
}
