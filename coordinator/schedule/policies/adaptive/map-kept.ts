/**
 * What `of` says of each item; the list before where it says the same of all, so that it is held
 * once and not once a report. A list that differs is as long as it has to be.
 */
export function mapKept<T, R>(
  items: readonly T[],
  before: readonly R[],
  of: (item: T, place: number) => R,
): readonly R[] {
  if (items.length !== before.length) return items.map(of);
  let made: R[] | undefined;
  for (let i = 0; i < items.length; i += 1) {
    const now = of(items[i] as T, i);
    if (now === before[i]) continue;
    made ??= before.slice();
    made[i] = now;
  }
  return made ?? before;
}
