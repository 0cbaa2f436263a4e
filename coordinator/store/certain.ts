import type { KeyValueStore, StoreFailure } from '../../proto/store.js';
import { ok, type Result } from '../../shared/result.js';

/**
 * Puts a value as `put` does. Where no answer comes in time the write may have happened, so the key
 * is read again: a value that is stored is never called a failure. Returns the revision.
 */
export async function putForCertain(
  store: KeyValueStore,
  key: string,
  value: Uint8Array,
  expectedRevision?: number,
): Promise<Result<number, StoreFailure>> {
  const put = await store.put(key, value, expectedRevision);
  if (put.ok || put.error !== 'unknown') return put;
  const read = await store.get(key);
  return read.ok && read.value !== null && isSame(read.value.value, value)
    ? ok(read.value.revision)
    : put;
}

/** As `putForCertain`: a key that is gone is never called a failure. */
export async function deleteForCertain(
  store: KeyValueStore,
  key: string,
  expectedRevision?: number,
): Promise<Result<void, StoreFailure>> {
  const deleted = await store.delete(key, expectedRevision);
  if (deleted.ok || deleted.error !== 'unknown') return deleted;
  const read = await store.get(key);
  return read.ok && read.value === null ? ok(undefined) : deleted;
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
