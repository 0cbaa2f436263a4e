/**
 * Works on the items in batches of `size`, the items of a batch concurrently. Resolves with the
 * results in the order of the items; rejects with the first rejection of `work`, and then starts no
 * further batch.
 */
export async function mapInBatches<T, R>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += size)
    results.push(...(await Promise.all(items.slice(at, at + size).map(work))));
  return results;
}
