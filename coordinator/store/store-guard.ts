import type { StoreProvider } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import { MARKED_BUCKETS, readMarks } from './bucket-mark.js';
import { readLease } from './lease.js';
import type { Stores } from './open-stores.js';

/** Which buckets to check and how often. */
export interface StoreGuardOptions {
  readonly stores: Stores;
  readonly provider: StoreProvider;
  readonly cluster: string;
  readonly replicas: 1 | 3;
  readonly clock: Clock;
  readonly log: Log;
  /** Shortest time between two checks, ms. */
  readonly periodMs: number;
  /** Called with the name of a bucket that is gone or was created again. */
  readonly onLost: (bucket: string) => void;
}

/**
 * Checks whether the buckets are still those that this coordinator loaded. A bucket that was
 * removed or created again holds less than this process knows.
 */
export class StoreGuard {
  readonly #options: StoreGuardOptions;
  #lookedAtMs: number;

  constructor(options: StoreGuardOptions) {
    this.#options = options;
    this.#lookedAtMs = options.clock.now();
  }

  /** Checks at most once per `periodMs`. A store that does not answer is no evidence of a loss. */
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

  // No decision depends on the stream of events, so it is created again without a new start.
  async #keepEvents(): Promise<void> {
    const { provider, cluster, replicas, log } = this.#options;
    const opened = await provider.openEvents(cluster);
    if (opened.ok || opened.error !== 'missing-bucket') return;
    const made = await provider.install(cluster, { replicas });
    log.error('coordinator: the event stream was missing; its past events are lost', {
      createdAgain: made.ok,
    });
  }
}
