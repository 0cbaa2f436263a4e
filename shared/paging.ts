/** What part of a list is asked for: what comes after a key, and about how much of it. */
export interface PageAsked<K extends string> {
  readonly after?: K | undefined;
  /** Rows; absent = all that is left. */
  readonly limit?: number | undefined;
}

/** `next`: there is more after this key; absent = that was all. */
export interface Page<T, K extends string> {
  readonly rows: readonly T[];
  readonly next?: K;
}

/**
 * A page of rows that are sorted by key. Rows of one key stay together, because the next page
 * begins after a key; so a page may have more rows than its limit.
 */
export function pageOf<T, K extends string>(
  rows: readonly T[],
  keyOf: (row: T) => K,
  { after, limit = rows.length }: PageAsked<K>,
): Page<T, K> {
  const keyAt = (at: number): K | undefined => {
    const row = rows[at];
    return row === undefined ? undefined : keyOf(row);
  };
  const begin = after === undefined ? 0 : firstAfter(rows.length, keyAt, after);
  let end = Math.min(rows.length, begin + limit);
  while (end > begin && end < rows.length && keyAt(end) === keyAt(end - 1)) end += 1;
  const page = rows.slice(begin, end);
  const last = keyAt(end - 1);
  return last === undefined || end >= rows.length ? { rows: page } : { rows: page, next: last };
}

/** Index of the first key beyond `after`, by halving. */
function firstAfter(
  count: number,
  keyAt: (at: number) => string | undefined,
  after: string,
): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keyAt(middle) ?? '') > after) high = middle;
    else low = middle + 1;
  }
  return low;
}
