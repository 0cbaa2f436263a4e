import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import { type Log, silentLog } from '../../shared/log.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { Subscription } from '../bus.js';
import {
  type Appended,
  BUCKETS,
  type BucketName,
  type EventLog,
  type HistoryLog,
  type KeyReader,
  type KeyValueStore,
  type StoredValue,
  type StoreFailure,
  type StoreProvider,
} from '../store.js';
import { assertStoreKey } from '../store-key.js';
import { auditStreamOf, bucketOf, eventStreamOf, historyStreamOf } from '../subjects.js';

/** As the stream's own window (`store.ts`). */
export const DUPLICATE_WINDOW_MS = 120_000;
/** The same of the stream of minutes. */
const MINUTES_WINDOW_MS = 600_000;

/** What a message of a stream may hold, as in JetStream (`nats/streams.ts`). */
const MAX_EVENT_BYTES = 64 * 1024;
const MAX_LINE_BYTES = 16 * 1024;

/** What the stores in memory need. */
export interface MemoryStoreOptions {
  readonly clock: Clock;
  /** Appended events also go to subscribers, as they do with JetStream. */
  readonly publish?: (subject: string, data: Uint8Array) => void;
  /** Where exceptions of watchers go. */
  readonly log?: Log;
}

/**
 * Buckets and event streams in memory; share one provider between parts that would share a NATS
 * server.
 */
export class MemoryStores implements StoreProvider {
  readonly #options: MemoryStoreOptions;
  readonly #buckets = new Map<string, MemoryBucket>();
  /** By name of bucket, so that a watcher also hears of a bucket that was made again. */
  readonly #watchers = new Map<string, Watchers>();
  readonly #streams = new Map<string, MemoryStream>();

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
  }

  async install(
    cluster: string,
    _options: { readonly replicas: 1 | 3 },
  ): Promise<Result<void, StoreFailure>> {
    for (const bucket of BUCKETS) {
      const name = bucketOf(cluster, bucket);
      if (!this.#buckets.has(name))
        this.#buckets.set(name, new MemoryBucket(this.#watchersOf(name)));
    }
    for (const stream of [eventStreamOf(cluster), historyStreamOf(cluster)])
      if (!this.#streams.has(stream))
        this.#streams.set(stream, { stored: 0, messages: [], seen: new Map() });
    return ok(undefined);
  }

  async open(cluster: string, bucket: BucketName): Promise<Result<KeyValueStore, StoreFailure>> {
    const name = bucketOf(cluster, bucket);
    if (!this.#buckets.has(name)) return err('missing-bucket');
    const { clock, log = silentLog } = this.#options;
    const find = (): MemoryBucket | undefined => this.#buckets.get(name);
    return ok(openBucket({ find, watchers: this.#watchersOf(name), clock, log }));
  }

  reader(cluster: string, bucket: BucketName): KeyReader {
    return {
      get: async (key) => {
        const opened = await this.open(cluster, bucket);
        return opened.ok ? opened.value.get(key) : opened;
      },
    };
  }

  async openEvents(cluster: string): Promise<Result<EventLog, StoreFailure>> {
    const name = eventStreamOf(cluster);
    if (!this.#streams.has(name)) return err('missing-bucket');
    return ok({
      append: async (subject, id, data) => {
        if (data.length > MAX_EVENT_BYTES) return err('refused');
        const appended = this.#append(name, { subject, id, data });
        return appended.ok ? ok(undefined) : appended;
      },
    });
  }

  async openHistory(cluster: string): Promise<Result<HistoryLog, StoreFailure>> {
    const name = historyStreamOf(cluster);
    if (!this.#streams.has(name)) return err('missing-bucket');
    return ok({ append: async (subject, id, data) => this.#append(name, { subject, id, data }) });
  }

  auditLog(cluster: string): EventLog {
    const name = auditStreamOf(cluster);
    return {
      append: async (subject, id, data) => {
        if (data.length > MAX_LINE_BYTES) return err('refused');
        if (!this.#streams.has(name))
          this.#streams.set(name, { stored: 0, messages: [], seen: new Map() });
        const appended = this.#append(name, { subject, id, data });
        return appended.ok ? ok(undefined) : appended;
      },
    };
  }

  /** Minutes stored so far, oldest first, repeats left out. */
  minutesOf(cluster: string): readonly Uint8Array[] {
    return this.#streams.get(historyStreamOf(cluster))?.messages ?? [];
  }

  /** Removes the bucket with all its values, as an operator may do by accident. */
  destroy(cluster: string, bucket: BucketName): void {
    this.#buckets.delete(bucketOf(cluster, bucket));
  }

  /**
   * Puts a value back without telling watchers, as a server does that reads its files again. False
   * = the key is there already.
   */
  bringBack(cluster: string, bucket: BucketName, stored: StoredValue): boolean {
    const values = this.#buckets.get(bucketOf(cluster, bucket))?.values;
    if (values?.has(stored.key) !== false) return false;
    values.set(stored.key, copyOf(stored));
    return true;
  }

  /** Events stored so far, repeats not counted. */
  eventCount(cluster: string): number {
    return this.#streams.get(eventStreamOf(cluster))?.stored ?? 0;
  }

  #watchersOf(name: string): Watchers {
    const watchers = this.#watchers.get(name) ?? new Set();
    this.#watchers.set(name, watchers);
    return watchers;
  }

  #append(
    name: string,
    event: { subject: string; id: string; data: Uint8Array },
  ): Result<Appended, StoreFailure> {
    const stream = this.#streams.get(name);
    if (stream === undefined) return err('missing-bucket');
    // Plain subscribers hear a repeat too, as with JetStream: only the stream knows ids.
    this.#options.publish?.(event.subject, event.data);
    const now = this.#options.clock.now();
    const isHistory = name.endsWith('-history');
    const windowMs = isHistory ? MINUTES_WINDOW_MS : DUPLICATE_WINDOW_MS;
    for (const [id, at] of stream.seen) {
      if (now - at < windowMs) break;
      stream.seen.delete(id);
    }
    if (stream.seen.has(event.id)) return ok('repeated');
    stream.seen.set(event.id, now);
    stream.stored += 1;
    if (isHistory) stream.messages.push(new Uint8Array(event.data));
    return ok('stored');
  }
}

interface MemoryStream {
  stored: number;
  /** Of the stream of minutes only. */
  readonly messages: Uint8Array[];
  /** Time at which an id was stored, oldest first. */
  readonly seen: Map<string, number>;
}

/** Values with the bucket's own write counter, as a JetStream sequence. */
class MemoryBucket {
  readonly values = new Map<string, StoredValue>();
  readonly #watchers: Watchers;
  #sequence = 0;

  constructor(watchers: Watchers) {
    this.#watchers = watchers;
  }

  next(key: string): number {
    this.#sequence += 1;
    const revision = this.#sequence;
    for (const watcher of this.#watchers)
      queueMicrotask(() => this.#watchers.has(watcher) && watcher(key, revision));
    return revision;
  }

  get lastRevision(): number {
    return this.#sequence;
  }
}

type Watcher = (key: string, revision: number) => void;
type Watchers = Set<Watcher>;

interface OpenedBucket {
  readonly find: () => MemoryBucket | undefined;
  readonly watchers: Watchers;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
}

function openBucket({ find, watchers, clock, log }: OpenedBucket): KeyValueStore {
  return {
    get: async (key) => {
      assertStoreKey(key);
      const bucket = find();
      if (bucket === undefined) return err('missing-bucket');
      const stored = bucket.values.get(key);
      return ok(stored === undefined ? null : copyOf(stored));
    },
    put: async (key, value, expectedRevision) => {
      assertStoreKey(key);
      const bucket = find();
      if (bucket === undefined) return err('missing-bucket');
      const current = bucket.values.get(key)?.revision ?? 0;
      if (expectedRevision !== undefined && expectedRevision !== current) return err('conflict');
      const revision = bucket.next(key);
      const storedAtMs = clock.wall();
      bucket.values.set(key, { key, value: new Uint8Array(value), revision, storedAtMs });
      return ok(revision);
    },
    delete: async (key, expectedRevision) => {
      assertStoreKey(key);
      const bucket = find();
      if (bucket === undefined) return err('missing-bucket');
      const current = bucket.values.get(key)?.revision ?? 0;
      if (expectedRevision !== undefined && expectedRevision !== current) return err('conflict');
      if (expectedRevision === 0) return ok(undefined);
      bucket.values.delete(key);
      bucket.next(key);
      return ok(undefined);
    },
    list: async () => {
      const bucket = find();
      return bucket === undefined
        ? err('missing-bucket')
        : ok([...bucket.values.values()].map(copyOf));
    },
    // A deletion leaves nothing here.
    clearMarkers: async () => (find() === undefined ? err('missing-bucket') : ok(0)),
    lastRevision: async () => {
      const bucket = find();
      return bucket === undefined ? err('missing-bucket') : ok(bucket.lastRevision);
    },
    watch: async (onChange) => watchBucket(watchers, guarded(onChange, log)),
  };
}

const guarded =
  (onChange: Watcher, log: Log): Watcher =>
  (key, revision) => {
    try {
      onChange(key, revision);
    } catch (cause) {
      log.error('store: a watcher threw', { key, error: messageOf(cause) });
    }
  };

function watchBucket(watchers: Watchers, watcher: Watcher): Subscription {
  watchers.add(watcher);
  return { unsubscribe: () => void watchers.delete(watcher) };
}

// Not `slice`: that of a Buffer shares its memory.
const copyOf = (stored: StoredValue): StoredValue => ({
  ...stored,
  value: new Uint8Array(stored.value),
});
