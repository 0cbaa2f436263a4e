import type { Result } from '../shared/result.js';
import type { Subscription } from './bus.js';

/** `revision` orders writes of one key; 0 means "does not exist". */
export interface StoredValue {
  readonly key: string;
  readonly value: Uint8Array;
  readonly revision: number;
}

/**
 * `conflict`: somebody else wrote first (or the key exists). `unknown`: no answer in time, the
 * write may have happened: read again. `missing-bucket`: the bucket is gone, which is an alarm and
 * never "empty". The others do not pass by themselves: `no-jetstream`: the server stores nothing.
 * `denied`: these credentials may not. `too-few-servers`: there are not as many as there are to be
 * copies.
 */
export type StoreFailure =
  | 'conflict'
  | 'unknown'
  | 'missing-bucket'
  | 'no-jetstream'
  | 'denied'
  | 'too-few-servers';

/**
 * A durable bucket of keys with compare-and-set. Drivers: `nats-store.ts` (JetStream KV),
 * `memory-store.ts`.
 */
export interface KeyValueStore {
  get(key: string): Promise<Result<StoredValue | null, StoreFailure>>;
  /**
   * Writes only if the key's revision is `expectedRevision` (0 = must not exist); `undefined` =
   * last writer wins. Returns the new revision.
   */
  put(
    key: string,
    value: Uint8Array,
    expectedRevision?: number,
  ): Promise<Result<number, StoreFailure>>;
  /** As durable as a write, and one: it counts in the revisions, also where nothing was there. */
  delete(key: string): Promise<Result<void, StoreFailure>>;
  /** Every live key with its value. */
  list(): Promise<Result<readonly StoredValue[], StoreFailure>>;
  /**
   * That of the newest write to any key, deletions included: one more with each. 0 = nothing was
   * ever written.
   */
  lastRevision(): Promise<Result<number, StoreFailure>>;
  /**
   * Hints only: called with the key, and the revision of the write, after a change by anybody. They
   * may be lost: a gap in the revisions tells.
   */
  watch(onChange: (key: string, revision: number) => void): Promise<Subscription>;
}

/** Append-only event stream (JetStream), de-duplicated by id within two minutes. */
export interface EventLog {
  append(subject: string, id: string, data: Uint8Array): Promise<Result<void, StoreFailure>>;
}

/** The buckets of one cluster. */
export type BucketName = 'jobs' | 'desired' | 'lease' | 'nodes' | 'profiles';
export const BUCKETS: readonly BucketName[] = ['jobs', 'desired', 'lease', 'nodes', 'profiles'];

/** Holds no value of the bucket, but whose bucket it is: no id has a dot. */
export const MARK_KEY = 'store.mark';

/** Opens what `install` made. */
export interface StoreProvider {
  /**
   * Makes buckets and the event stream where they do not exist yet; used once by `install`/`up`.
   * `replicas` 1 or 3.
   */
  install(
    cluster: string,
    options: { readonly replicas: 1 | 3 },
  ): Promise<Result<void, StoreFailure>>;
  open(cluster: string, bucket: BucketName): Promise<Result<KeyValueStore, StoreFailure>>;
  openEvents(cluster: string): Promise<Result<EventLog, StoreFailure>>;
}
