import type { Clock } from '../shared/clock.js';
import type { Result } from '../shared/result.js';
import type { EventLog, HistoryLog, KeyValueStore, StoreFailure, StoreProvider } from './store.js';

/** Gets what an operation was, how long its answer took, s, and why it failed, if it did. */
export type NoteOperation = (operation: string, seconds: number, failure?: StoreFailure) => void;

/** The same stores; `note` gets each operation. A conflict is an answer and no failure. */
export function timedStores(
  stores: StoreProvider,
  clock: Clock,
  note: NoteOperation,
): StoreProvider {
  const timed = timer(clock, note);
  return {
    install: (cluster, options) => stores.install(cluster, options),
    reader: (cluster, bucket) => stores.reader(cluster, bucket),
    open: async (cluster, bucket) => {
      const opened = await stores.open(cluster, bucket);
      return opened.ok ? { ok: true, value: timedBucket(opened.value, timed) } : opened;
    },
    openEvents: async (cluster) => {
      const opened = await stores.openEvents(cluster);
      return opened.ok ? { ok: true, value: timedEvents(opened.value, timed) } : opened;
    },
    openHistory: async (cluster) => {
      const opened = await stores.openHistory(cluster);
      return opened.ok ? { ok: true, value: timedHistory(opened.value, timed) } : opened;
    },
    auditLog: (cluster, options) => timedEvents(stores.auditLog(cluster, options), timed),
  };
}

type Timed = <T>(
  operation: string,
  run: () => Promise<Result<T, StoreFailure>>,
) => Promise<Result<T, StoreFailure>>;

const timer =
  (clock: Clock, note: NoteOperation): Timed =>
  async (operation, run) => {
    const beganAtMs = clock.now();
    const result = await run();
    const seconds = (clock.now() - beganAtMs) / 1000;
    if (result.ok || result.error === 'conflict') note(operation, seconds);
    else note(operation, seconds, result.error);
    return result;
  };

const timedBucket = (bucket: KeyValueStore, timed: Timed): KeyValueStore => ({
  get: (key) => timed('get', () => bucket.get(key)),
  put: (key, value, expected) => timed('put', () => bucket.put(key, value, expected)),
  delete: (key, expected) => timed('delete', () => bucket.delete(key, expected)),
  list: () => timed('list', () => bucket.list()),
  clearMarkers: (choice) => timed('clear', () => bucket.clearMarkers(choice)),
  lastRevision: () => timed('revision', () => bucket.lastRevision()),
  watch: (onChange) => bucket.watch(onChange),
});

const timedEvents = (events: EventLog, timed: Timed): EventLog => ({
  append: (subject, id, data) => timed('append', () => events.append(subject, id, data)),
});

const timedHistory = (history: HistoryLog, timed: Timed): HistoryLog => ({
  append: (subject, id, data) => timed('append', () => history.append(subject, id, data)),
});
