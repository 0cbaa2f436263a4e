import type { Clock } from '../../shared/clock.js';

/** Hints of a store may be lost: it is looked at anew at least so often, ms. */
const MAX_INTERVAL_MS = 30_000;
/** After a hint. Our own writes are told, too: once in a while is enough, ms. */
const HINT_DELAY_MS = 2_000;
/** Everything is read, whatever the store's revision says, at least so often, ms. */
const FULL_INTERVAL_MS = 600_000;

/** `full`: what the store's revision says proves nothing, all is to be read. Must not reject. */
export type ResyncTask = (full: boolean) => Promise<void>;

export interface ResyncOptions {
  readonly clock: Clock;
  /** Asked before each reading. */
  readonly leads: () => boolean;
  /** One after the other. */
  readonly tasks: readonly ResyncTask[];
}

/**
 * Looks at the stores anew from time to time, and soon after a hint: what is only remembered may
 * not be true any more.
 */
export class Resync {
  readonly #options: ResyncOptions;
  #dueAtMs: number;
  #fullAtMs: number;

  constructor(options: ResyncOptions) {
    this.#options = options;
    this.#dueAtMs = options.clock.now() + MAX_INTERVAL_MS;
    this.#fullAtMs = options.clock.now() + FULL_INTERVAL_MS;
  }

  /** Something may have changed. */
  requestSoon(): void {
    this.#dueAtMs = Math.min(this.#dueAtMs, this.#options.clock.now() + HINT_DELAY_MS);
  }

  /** The store was away: a server that lost writes may give their revisions to others. */
  requestFull(): void {
    this.requestSoon();
    this.#fullAtMs = this.#dueAtMs;
  }

  async runIfDue(): Promise<void> {
    const { clock, leads, tasks } = this.#options;
    const nowMs = clock.now();
    if (nowMs < this.#dueAtMs) return;
    const full = nowMs >= this.#fullAtMs;
    this.#dueAtMs = nowMs + MAX_INTERVAL_MS;
    if (full) this.#fullAtMs = nowMs + FULL_INTERVAL_MS;
    for (const task of tasks) if (leads()) await task(full);
  }
}
