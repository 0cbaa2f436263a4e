import type { Clock } from '../shared/clock.js';

/** Hints of a store may be lost: it is read anew at least so often, ms. */
const LONGEST_MS = 30_000;
/** After a hint. Our own writes are told, too: once in a while is enough, ms. */
const AFTER_HINT_MS = 2_000;

export interface PeriodicReadingOptions {
  readonly clock: Clock;
  /** Asked before each reading. */
  readonly leads: () => boolean;
  /** One after the other; must not reject. */
  readonly readings: readonly (() => Promise<void>)[];
}

/** Reads the stores anew from time to time, and soon after a hint: what is only remembered may not be true any more. */
export class PeriodicReading {
  readonly #options: PeriodicReadingOptions;
  #dueAtMs: number;

  constructor(options: PeriodicReadingOptions) {
    this.#options = options;
    this.#dueAtMs = options.clock.now() + LONGEST_MS;
  }

  /** Something may have changed. */
  hint(): void {
    this.#dueAtMs = Math.min(this.#dueAtMs, this.#options.clock.now() + AFTER_HINT_MS);
  }

  async readIfDue(): Promise<void> {
    const { clock, leads, readings } = this.#options;
    if (clock.now() < this.#dueAtMs) return;
    this.#dueAtMs = clock.now() + LONGEST_MS;
    for (const read of readings) if (leads()) await read();
  }
}
