import { CLEARED_BUCKETS } from '../../proto/store.js';
import type { Log } from '../../shared/log.js';
import type { Stores } from './open-stores.js';

/** The buckets, and who may clear them. */
export interface MarkerClearerOptions {
  readonly stores: Pick<Stores, (typeof CLEARED_BUCKETS)[number]>;
  readonly log: Log;
  /** False once another coordinator leads; asked before each bucket. */
  readonly leads: () => boolean;
}

/**
 * Older markers are cleared. A write that was sent before a deletion and comes after its marker is
 * gone would count, and no connection holds one back for so long.
 */
const OLDER_THAN_MS = 6 * 3_600_000;
/** Old markers that do no harm: listing 1000 keys takes 40 ms. */
const SPARE = 1000;
/** Markers of one bucket that go at a time, each by a call to the store. */
const MAX_AT_ONCE = 10_000;

/**
 * Clears the markers that deleted jobs, nodes, secrets, tokens and profiles left, so that names
 * that are used once do not fill their bucket.
 */
export class MarkerClearer {
  readonly #options: MarkerClearerOptions;
  #running: Promise<void> | undefined;
  /** The key in use may not purge, which no later try changes. */
  #isDenied = false;

  constructor(options: MarkerClearerOptions) {
    this.#options = options;
  }

  /** Begins, where it is wanted and not under way; nothing waits for it. Never rejects. */
  async clearWhere(isWanted: boolean): Promise<void> {
    if (!isWanted || this.#isDenied) return;
    this.#running ??= this.#clearAll().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #clearAll(): Promise<void> {
    const { stores, log, leads } = this.#options;
    for (const bucket of CLEARED_BUCKETS) {
      if (this.#isDenied || !leads()) return;
      const choice = { olderThanMs: OLDER_THAN_MS, spare: SPARE, max: MAX_AT_ONCE };
      const cleared = await stores[bucket].clearMarkers(choice);
      if (cleared.ok && cleared.value > 0)
        log.info('store: cleared markers of deleted keys', { bucket, markers: cleared.value });
      // Other failures are said by the store, and the next round tries again.
      if (cleared.ok || cleared.error !== 'denied') continue;
      this.#isDenied = true;
      log.warn(
        'store: this key may not clear markers of deleted keys, which fill their buckets: run ' +
          '"dqoes auth update" where the keys are kept',
        { bucket },
      );
    }
  }
}
