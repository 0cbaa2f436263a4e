import type { KeyValueStore, StoredValue } from '../../proto/store.js';
import type { NodeId } from '../../shared/ids.js';
import { readCheckpoints, type StoredMinute } from '../view/checkpoint.js';

/** Values that are stored at most: 64 of half a megabyte would fill the bucket. */
export const MAX_CHECKPOINTS = 24;
const READS_AT_ONCE = 8;

/** Whose open minutes are stored: those of one of `of` workers, or all where there is one. */
export interface CheckpointPart {
  /** 0-based. */
  readonly index: number;
  /** At most `MAX_CHECKPOINTS`. */
  readonly of: number;
}

/**
 * Keys for what is open, in the bucket `profiles`: workers take turns, so that they have as many
 * as one leader has, and the next one finds all of them under the same names.
 */
export function checkpointKeys({ index, of }: CheckpointPart): readonly string[] {
  const count = Math.floor(MAX_CHECKPOINTS / of);
  return Array.from({ length: count }, (_, turn) => checkpointKey(index + turn * of));
}

const checkpointKey = (number: number): string => `minutes.${number}`;

/** What earlier leaders stored of open minutes since then (Unix time, ms), as far as it answers. */
export async function storedCheckpoints(
  store: KeyValueStore,
  sinceMs: number,
): Promise<ReadonlyMap<NodeId, StoredMinute>> {
  const values: StoredValue[] = [];
  for (let first = 0; first < MAX_CHECKPOINTS; first += READS_AT_ONCE) {
    const numbers = Array.from({ length: READS_AT_ONCE }, (_, i) => first + i);
    const read = await Promise.all(numbers.map((number) => store.get(checkpointKey(number))));
    for (const each of read) if (each.ok && each.value !== null) values.push(each.value);
    if (read.some(({ ok }) => !ok)) break;
  }
  values.sort((a, b) => a.revision - b.revision);
  return readCheckpoints(
    values.map(({ value }) => value),
    sinceMs,
  );
}
