import type { Result } from '../shared/result.js';
import type { Subscription } from './bus.js';

/** `revision` orders writes of one key; 0 means "does not exist". */
export interface StoredValue {
  readonly key: string;
  readonly value: Uint8Array;
  readonly revision: number;
  /** When it was stored, Unix time by the server's clock, ms. Absent = the server did not say. */
  readonly storedAtMs?: number;
}

/**
 * `conflict`: another client wrote first, or the key exists. `unknown`: no answer in time; the
 * write may have happened, so read again. `missing-bucket`: the bucket is gone, which is an alarm
 * and never means "empty". The rest need an operator: `full`: the bucket holds as many bytes as it
 * may, or the server's storage does; `no-jetstream`: the server stores nothing; `denied`: these
 * credentials may not do this; `too-few-servers`: fewer servers than copies. `refused`: this one
 * message is never taken, because it is too large or malformed; others are.
 */
export type StoreFailure =
  | 'conflict'
  | 'unknown'
  | 'missing-bucket'
  | 'full'
  | 'no-jetstream'
  | 'denied'
  | 'too-few-servers'
  | 'refused';

/**
 * A durable bucket of keys with compare-and-set. Drivers: `nats/store.ts` (JetStream KV),
 * `memory/store.ts`.
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
  /**
   * As durable as a write, and counted as one in the revisions, even where nothing was there. Only
   * if the key's revision is `expectedRevision` (0 = it must not exist, and nothing is done);
   * `undefined` = whatever is there.
   */
  delete(key: string, expectedRevision?: number): Promise<Result<void, StoreFailure>>;
  /** Every live key with its value. */
  list(): Promise<Result<readonly StoredValue[], StoreFailure>>;
  /**
   * Clears old markers that deletions left, and values that a server brought back though they had
   * been replaced. Returns how many. What had been deleted stays so. Changes no revision of a
   * value; may write something of its own, which no call returns. To be called by who leads.
   */
  clearMarkers(choice: MarkerChoice): Promise<Result<number, StoreFailure>>;
  /**
   * Revision of the newest write to any key; each write and each deletion adds one. 0 = nothing was
   * ever written.
   */
  lastRevision(): Promise<Result<number, StoreFailure>>;
  /**
   * Calls with the key and the revision after each change by any client. These are hints and may be
   * lost; a gap in the revisions shows that.
   */
  watch(onChange: (key: string, revision: number) => void): Promise<Subscription>;
}

/** Which markers of deleted keys are to go. */
export interface MarkerChoice {
  /**
   * Least age by the server's clock, ms. A create that was sent before the deletion and arrives
   * after that is not refused any more.
   */
  readonly olderThanMs: number;
  /** Markers of that age that may stay: up to this number none is cleared. */
  readonly spare: number;
  /** Most markers in one call, the oldest first. */
  readonly max: number;
}

/** Reads single keys of a bucket, perhaps from a replica that lags a little. */
export type KeyReader = Pick<KeyValueStore, 'get'>;

/** Append-only stream (JetStream), de-duplicated by id within two minutes. */
export interface EventLog {
  append(subject: string, id: string, data: Uint8Array): Promise<Result<void, StoreFailure>>;
}

/** What became of an append: a message of that id may have been there already. */
export type Appended = 'stored' | 'repeated';

/** The stream of minutes (JetStream), de-duplicated by id within ten minutes. */
export interface HistoryLog {
  append(subject: string, id: string, data: Uint8Array): Promise<Result<Appended, StoreFailure>>;
}

/** The buckets of one cluster. */
export type BucketName = 'jobs' | 'desired' | 'lease' | 'nodes' | 'profiles';
export const BUCKETS: readonly BucketName[] = ['jobs', 'desired', 'lease', 'nodes', 'profiles'];
/**
 * Buckets whose keys come and go under ever new names, so that markers are cleared. Not the desired
 * states, which agents read by themselves: they are never deleted.
 */
export const CLEARED_BUCKETS = [
  'jobs',
  'nodes',
  'profiles',
] as const satisfies readonly BucketName[];
/** Whether the bucket is one of them. */
export const isCleared = (bucket: BucketName): boolean =>
  (CLEARED_BUCKETS as readonly BucketName[]).includes(bucket);

/** This key says to which store the bucket belongs; ids hold no dot, so none collides with it. */
export const MARK_KEY = 'store.mark';

/** Opens what `install` made. */
export interface StoreProvider {
  /**
   * Makes buckets and the streams (events, audit, minutes) where they do not exist yet; used once
   * by `install`/`up`.
   * `replicas` 1 or 3.
   */
  install(
    cluster: string,
    options: { readonly replicas: 1 | 3 },
  ): Promise<Result<void, StoreFailure>>;
  open(cluster: string, bucket: BucketName): Promise<Result<KeyValueStore, StoreFailure>>;
  /**
   * For a client that may read its own key and nothing else of the bucket. Asks nothing yet; a
   * bucket that is not there shows when it is read.
   */
  reader(cluster: string, bucket: BucketName): KeyReader;
  openEvents(cluster: string): Promise<Result<EventLog, StoreFailure>>;
  /**
   * The stream of who changed what; as `EventLog`, and nothing of it can be deleted. Made where it
   * is missing when something is appended, so that a cluster of an earlier version gets one.
   */
  auditLog(cluster: string, options: { readonly replicas: 1 | 3 }): EventLog;
  /** `missing-bucket`: an earlier dqoes installed this cluster, and nothing is remembered. */
  openHistory(cluster: string): Promise<Result<HistoryLog, StoreFailure>>;
}
