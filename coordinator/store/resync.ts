import type { Clock } from '../../shared/clock.js';

/** Hints of a store may be lost: it is looked at anew at least so often, ms. */
const LONGEST_MS = 30_000;
/** After a hint. Our own writes are told, too: once in a while is enough, ms. */
const AFTER_HINT_MS = 2_000;
/** Everything is read, whatever the store's revision says, at least so often, ms. */
const WHOLE_MS = 600_000;

/** `isWhole`: what the store's revision says proves nothing, all is to be read. Must not reject. */
export type Reading = (isWhole: boolean) => Promise<void>;

export interface PeriodicReadingOptions {
  readonly clock: Clock;
  /** Asked before each reading. */
  readonly leads: () => boolean;
  /** One after the other. */
  readonly readings: readonly Reading[];
}

/**
 * Looks at the stores anew from time to time, and soon after a hint: what is only remembered may
 * not be true any more.
 */
export class PeriodicReading {
  readonly #options: PeriodicReadingOptions;
  #dueAtMs: number;
  #wholeAtMs: number;

  constructor(options: PeriodicReadingOptions) {
    this.#options = options;
    this.#dueAtMs = options.clock.now() + LONGEST_MS;
    this.#wholeAtMs = options.clock.now() + WHOLE_MS;
  }

  /** Something may have changed. */
  hint(): void {
    this.#dueAtMs = Math.min(this.#dueAtMs, this.#options.clock.now() + AFTER_HINT_MS);
  }

  /** The store was away: a server that lost writes may give their revisions to others. */
  hintWhole(): void {
    this.hint();
    this.#wholeAtMs = this.#dueAtMs;
  }

  async readIfDue(): Promise<void> {
    const { clock, leads, readings } = this.#options;
    const nowMs = clock.now();
    if (nowMs < this.#dueAtMs) return;
    const isWhole = nowMs >= this.#wholeAtMs;
    this.#dueAtMs = nowMs + LONGEST_MS;
    if (isWhole) this.#wholeAtMs = nowMs + WHOLE_MS;
    for (const read of readings) if (leads()) await read(isWhole);
  }
}
