/** What of a line of a chart its value at a place is read from. */
export interface ReadLine {
  readonly values: readonly (number | null)[];
  /** It lies on top of the filled line before it: its values are edges. */
  readonly isFilled?: boolean;
}

/** What a line says at a place: of one that lies on another its own part, not where its edge is. */
export function readingAt(lines: readonly ReadLine[], index: number, at: number): number | null {
  const line = lines[index];
  const value = line?.values[at] ?? null;
  const below = lines[index - 1];
  if (value === null || line?.isFilled !== true || below?.isFilled !== true) return value;
  return value - (below.values[at] ?? 0);
}
