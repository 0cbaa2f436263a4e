import type { StoreFailure } from '../../proto/store.js';
import type { Result } from '../../shared/result.js';

/** Failures without a reason after which another message is sent beside the first. */
const TRIES_ALONE = 5;
/** The first is dropped when so often it failed where one sent with it was stored. */
export const MAX_OVERTAKEN = 3;

/**
 * The first message of a queue while its stream does not say why it does not take it: the stream
 * may be down, or never take this one. What becomes of others, sent beside it, tells which.
 */
export class StuckFirst<M> {
  #message: M | undefined;
  #failures = 0;
  #overtaken = 0;

  /** Whether another message should be sent beside this one. */
  needsAnother(message: M): boolean {
    return this.#message === message && this.#failures >= TRIES_ALONE;
  }

  /**
   * What became of the first, and of those that were sent with it. True = it failed often enough
   * where others were stored: it is to be dropped.
   */
  isNeverTaken(
    message: M | undefined,
    [first, ...others]: readonly Result<void, StoreFailure>[],
  ): boolean {
    const isStuck = first !== undefined && !first.ok && first.error === 'unknown';
    if (!isStuck || this.#message !== message) {
      this.#failures = 0;
      this.#overtaken = 0;
    }
    this.#message = isStuck ? message : undefined;
    if (!isStuck) return false;
    this.#failures += 1;
    if (others.some(({ ok }) => ok)) this.#overtaken += 1;
    return this.#overtaken >= MAX_OVERTAKEN;
  }
}
