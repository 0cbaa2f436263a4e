/** Sets a value as the newest one, and drops the oldest ones above `most`. Changes the map. */
export function keepNewest<K, V>(
  kept: Map<K, V>,
  [key, value]: readonly [K, V],
  most: number,
): void {
  kept.delete(key);
  kept.set(key, value);
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
}
