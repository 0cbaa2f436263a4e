import type { KeyValueStore, StoredValue } from '../../proto/store.js';
import type { NodeId } from '../../shared/ids.js';
import { readCheckpoints, type StoredMinute } from '../view/checkpoint.js';

/** Values that are stored at most: 64 of half a megabyte would fill the bucket. */
export const MAX_CHECKPOINTS = 24;

/** Key of one value of what is open, in the bucket `profiles`. */
export const checkpointKey = (index: number): string => `minutes.${index}`;

/** What earlier leaders stored of open minutes since then (Unix time, ms), as far as it answers. */
export async function storedCheckpoints(
  store: KeyValueStore,
  sinceMs: number,
): Promise<ReadonlyMap<NodeId, StoredMinute>> {
  const values: StoredValue[] = [];
  for (let index = 0; index < MAX_CHECKPOINTS; index += 1) {
    const stored = await store.get(checkpointKey(index));
    if (!stored.ok || stored.value === null) break;
    values.push(stored.value);
  }
  values.sort((a, b) => a.revision - b.revision);
  return readCheckpoints(
    values.map(({ value }) => value),
    sinceMs,
  );
}
