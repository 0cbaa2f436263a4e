import {
  type BucketName,
  type KeyValueStore,
  MARK_KEY,
  type StoredValue,
  type StoreFailure,
} from '../../proto/store.js';
import { type Fault, ok, type Result } from '../../shared/result.js';
import { storeFault } from './open-stores.js';

/** What a bucket holds beside its mark. */
export interface Listed {
  readonly values: readonly StoredValue[];
  /** When its mark was stored, by the server's clock, ms; undefined = that is not known. */
  readonly markedAtMs: number | undefined;
}

/** Reads all of a bucket. */
export async function listBucket(store: KeyValueStore): Promise<Result<Listed, StoreFailure>> {
  const all = await store.list();
  if (!all.ok) return all;
  const mark = all.value.find(({ key }) => key === MARK_KEY);
  const values = all.value.filter((each) => each !== mark);
  return ok({ values, markedAtMs: mark?.storedAtMs });
}

/** Of a bucket that cannot be read. */
export const listFault = (bucket: BucketName, result: Result<unknown, StoreFailure>): Fault[] =>
  result.ok ? [] : [storeFault(bucket, result.error)];
