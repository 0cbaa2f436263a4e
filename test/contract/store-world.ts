import type { KeyValueStore, StoreProvider } from '../../proto/store.js';
import type { Result } from '../../shared/result.js';

/** One world for a suite: stores, what an operator's accident does, and who hears the events. */
export interface StoreWorld {
  readonly stores: StoreProvider;
  destroy(cluster: string, bucket: 'jobs'): Promise<void>;
  /** Collects the data of messages on a subject. */
  hear(subject: string): Promise<readonly string[]>;
  /** Events in the stream. */
  eventCount(cluster: string): Promise<number>;
  close(): Promise<void>;
}

/** The value, or the test fails with the failure. */
export function must<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(`expected a value, got ${result.error}`);
  return result.value;
}

/** What the contracts of a driver are checked on. */
export interface Here {
  readonly world: StoreWorld;
  readonly cluster: string;
  readonly jobs: KeyValueStore;
}
