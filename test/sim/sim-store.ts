import {
  type BucketName,
  type EventLog,
  type HistoryLog,
  type KeyReader,
  type KeyValueStore,
  MARK_KEY,
  type StoredValue,
  type StoreFailure,
  type StoreProvider,
} from '../../proto/store.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { Nats } from './nats.js';
import type { Message } from './nats-files.js';
import { never, type Process } from './process.js';
import type { SimBus } from './sim-bus.js';

/** As `connectNats` sets it. */
const DEADLINE_MS = 5000;

const CONFLICT: Result<number, StoreFailure> = err('conflict');

interface Write {
  readonly name: BucketName;
  readonly store: KeyValueStore;
  readonly key: string;
  readonly value: Uint8Array;
  readonly expected: number | undefined;
}

/** What is seen of writes, at the process and at the server. */
export interface StoreWatcher {
  /** The process asks for it now. */
  onAsked(process: Process, bucket: BucketName, key: string, value: Uint8Array): void;
  /** The process has read this. */
  onRead(process: Process, bucket: BucketName, value: Uint8Array): void;
  /** The server has done it. */
  onStored(bucket: BucketName, key: string, value: Uint8Array | null): void;
}

/** The stores of the server as one life of a process reaches them. */
export class SimStores implements StoreProvider {
  readonly #process: Process;
  readonly #bus: SimBus;
  readonly #nats: Nats;
  readonly #watcher: StoreWatcher;

  constructor(process: Process, bus: SimBus, nats: Nats, watcher: StoreWatcher) {
    this.#process = process;
    this.#bus = bus;
    this.#nats = nats;
    this.#watcher = watcher;
  }

  install(
    cluster: string,
    options: { readonly replicas: 1 | 3 },
  ): Promise<Result<void, StoreFailure>> {
    return this.#call(() => this.#nats.stores.install(cluster, options));
  }

  async open(cluster: string, bucket: BucketName): Promise<Result<KeyValueStore, StoreFailure>> {
    const opened = await this.#call(() => this.#nats.stores.open(cluster, bucket));
    return opened.ok ? ok(this.#bucket(bucket, opened.value)) : opened;
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
    const opened = await this.#call(() => this.#nats.stores.openEvents(cluster));
    if (!opened.ok) return opened;
    return ok({
      append: (subject, id, data) => this.#call(() => opened.value.append(subject, id, data)),
    });
  }

  /** Nothing waits for it, so no fault strikes it but that of the server. */
  auditLog(cluster: string): EventLog {
    const log = this.#nats.stores.auditLog(cluster);
    return {
      append: async (...message) => (this.#nats.isUp ? log.append(...message) : err('unknown')),
    };
  }

  // A cluster of an earlier version: minutes have no part in what is simulated here.
  async openHistory(): Promise<Result<HistoryLog, StoreFailure>> {
    return err('missing-bucket');
  }

  #bucket(name: BucketName, store: KeyValueStore): KeyValueStore {
    const [watcher, process] = [this.#watcher, this.#process];
    return {
      get: async (key) => {
        const read = await this.#call(() => this.#read(name, store, key));
        if (read.ok && read.value !== null && key !== MARK_KEY)
          watcher.onRead(process, name, read.value.value);
        return read;
      },
      list: () => this.#call(() => store.list()),
      // Markers stay for hours, and no simulated run takes so long.
      clearMarkers: async () => ok(0),
      lastRevision: () => this.#call(() => store.lastRevision()),
      put: async (key, value, expected) => {
        if (process.isAlive && key !== MARK_KEY) watcher.onAsked(process, name, key, value);
        return this.#put({ name, store, key, value, expected });
      },
      delete: (key, expected) =>
        this.#call(async () => {
          const deleted = await store.delete(key, expected);
          if (!deleted.ok) return deleted;
          this.#nats.files.write(name, key, null);
          watcher.onStored(name, key, null);
          return deleted;
        }),
      watch: async (onChange) => {
        const { faults } = process.world;
        const subscription = await store.watch((key, revision) => {
          if (!faults.strikes('watch hint lost')) this.#bus.in(() => onChange(key, revision));
        });
        await this.#bus.flush();
        return subscription;
      },
    };
  }

  /**
   * As the driver does: a marker still counts as a message, so creating means replacing just that.
   */
  async #put(write: Write): Promise<Result<number, StoreFailure>> {
    const { name, key, expected } = write;
    const newest = (): Message | undefined => this.#nats.files.newest(name, key);
    const isMarked = (): boolean => newest()?.stored === null;
    const first = await this.#call(async () =>
      expected === 0 && isMarked() ? CONFLICT : this.#putNow(write),
    );
    if (first.ok || first.error !== 'conflict' || expected !== 0) return first;
    const marker = await this.#call(async () => ok(isMarked() ? newest() : undefined));
    if (!marker.ok) return marker;
    if (marker.value === undefined) return first;
    return this.#call(async () => (newest() === marker.value ? this.#putNow(write) : CONFLICT));
  }

  async #putNow({
    name,
    store,
    key,
    value,
    expected,
  }: Write): Promise<Result<number, StoreFailure>> {
    const before = await store.get(key);
    const put = await store.put(key, value, expected);
    if (!put.ok) return put;
    this.#nats.files.write(name, key, { key, value, revision: put.value });
    this.#stored(name, key, value, before.ok ? before.value : null);
    return put;
  }

  #stored(bucket: BucketName, key: string, value: Uint8Array, before: StoredValue | null): void {
    if (key === MARK_KEY) return;
    if (bucket === 'desired' && before !== null) {
      const older = this.#nats.older.get(key) ?? [];
      older.push(before);
      this.#nats.older.set(key, older);
    }
    this.#watcher.onStored(bucket, key, value);
  }

  async #read(
    bucket: BucketName,
    store: KeyValueStore,
    key: string,
  ): Promise<Result<StoredValue | null, StoreFailure>> {
    const { world, name } = this.#process;
    const older =
      bucket === 'desired' && name.startsWith('agent') ? this.#nats.older.get(key) : undefined;
    const read = await store.get(key);
    if (
      !read.ok ||
      older === undefined ||
      older.length === 0 ||
      !world.faults.strikes('store read stale')
    )
      return read;
    return ok(world.pick(older.slice(-6)) ?? null);
  }

  /**
   * There and back, with everything that may happen on the way. No answer within the deadline is
   * `unknown`.
   */
  async #call<T>(run: () => Promise<Result<T, StoreFailure>>): Promise<Result<T, StoreFailure>> {
    const [process, bus] = [this.#process, this.#bus];
    const { world } = process;
    if (process.dies('crash at store')) return never();
    if (bus.state !== 'connected') return err('unknown');
    const { losses } = this.#nats;
    const isLost = world.faults.strikes('store request lost');
    const isUnanswered = world.faults.strikes('store answer lost');
    const workMs = world.faults.strikes('store slow')
      ? world.between(200, 9000)
      : world.between(0.2, 2);
    const answer = new Promise<Result<T, StoreFailure>>((resolve) => {
      if (isLost) return;
      bus.out(() =>
        world.timeline.after(workMs, () => {
          if (this.#nats.isUp && this.#nats.losses === losses)
            void run().then((result) => isUnanswered || bus.in(() => resolve(result)));
        }),
      );
    });
    const silence = process.later(DEADLINE_MS, (): Result<T, StoreFailure> => err('unknown'));
    const result = await Promise.race([answer, silence]);
    return process.dies('crash at store') ? never() : result;
  }
}
