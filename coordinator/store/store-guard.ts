import type { StoreProvider } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import { MARKED_BUCKETS, readMarks } from './bucket-mark.js';
import { readLease } from './lease.js';
import type { Stores } from './persistence.js';

export interface StoreGuardOptions {
  readonly stores: Stores;
  readonly provider: StoreProvider;
  readonly cluster: string;
  readonly replicas: 1 | 3;
  readonly clock: Clock;
  readonly log: Log;
  /** Least time between two looks, ms. */
  readonly periodMs: number;
  /** A bucket is gone, or was made anew. */
  readonly onLost: (bucket: string) => void;
}

/**
 * Looks whether the buckets are still those that this coordinator loaded: one that was removed or
 * made anew holds less than we know.
 */
export class StoreGuard {
  readonly #options: StoreGuardOptions;
  #lookedAtMs: number;

  constructor(options: StoreGuardOptions) {
    this.#options = options;
    this.#lookedAtMs = options.clock.now();
  }

  /** Not more often than told. A store that does not answer proves nothing. */
  async checkIfDue(): Promise<void> {
    const { clock, periodMs, onLost } = this.#options;
    const nowMs = clock.now();
    if (nowMs - this.#lookedAtMs < periodMs) return;
    this.#lookedAtMs = nowMs;
    await this.#keepEvents();
    const lost = await this.#lost();
    if (lost !== undefined) onLost(lost);
  }

  async #lost(): Promise<string | undefined> {
    const { stores } = this.#options;
    const [lease, marks] = await Promise.all([readLease(stores.lease), readMarks(stores)]);
    if (lease.ok ? lease.value === null : lease.error === 'missing-bucket') return 'lease';
    if (!marks.ok) return marks.error.failure === 'missing-bucket' ? marks.error.bucket : undefined;
    return MARKED_BUCKETS.find((bucket) => marks.value[bucket] === null);
  }

  // Nothing is decided by what it holds: it is made again where it stands.
  async #keepEvents(): Promise<void> {
    const { provider, cluster, replicas, log } = this.#options;
    const opened = await provider.openEvents(cluster);
    if (opened.ok || opened.error !== 'missing-bucket') return;
    const made = await provider.install(cluster, { replicas });
    log.error('coordinator: the stream of events was gone; what it held is lost', {
      madeAgain: made.ok,
    });
  }
}
