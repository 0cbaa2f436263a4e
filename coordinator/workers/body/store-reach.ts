import type { KeyValueStore } from '../../../proto/store.js';
import type { Clock } from '../../../shared/clock.js';

/** What is asked, and by which clock. */
export interface StoreReachOptions {
  readonly store: Pick<KeyValueStore, 'lastRevision'>;
  readonly clock: Clock;
}

/** What has answered is not asked again for so long, ms. */
const ASK_MS = 2500;
/** So long after it was asked last with an answer it has to answer first, ms. */
const MAX_SILENT_MS = 5000;

/**
 * Whether a worker reaches the store. Its connection is its own and may break alone: then no report
 * comes, and its nodes would seem to be silent.
 */
export class StoreReach {
  readonly #options: StoreReachOptions;
  #answeredAtMs: number;
  #asking: Promise<boolean> | undefined;

  constructor(options: StoreReachOptions) {
    this.#options = options;
    this.#answeredAtMs = options.clock.now();
  }

  /** To be called now and then. Whether it answers; undefined = it has, a short time ago. */
  look(): Promise<boolean> | undefined {
    const silentMs = this.#options.clock.now() - this.#answeredAtMs;
    if (silentMs < ASK_MS) return undefined;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return silentMs < MAX_SILENT_MS ? undefined : this.#asking;
  }

  async #ask(): Promise<boolean> {
    const { store, clock } = this.#options;
    const askedAtMs = clock.now();
    const last = await store.lastRevision();
    // A refusal is an answer.
    const hasAnswered = last.ok || last.error !== 'unknown';
    if (hasAnswered) this.#answeredAtMs = askedAtMs;
    return hasAnswered;
  }
}
