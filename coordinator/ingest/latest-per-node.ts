import type { BusMessage } from '../../proto/bus.js';

export interface Waiting {
  readonly message: BusMessage;
  /** When it was received, ms. */
  readonly atMs: number;
}

/**
 * Telemetry that waits to be read: one message per subject, the newest wins, so that a coordinator
 * that falls behind reads less instead of holding more. Messages that another overtook, and those
 * of more subjects than may wait, are counted.
 */
export class Latest {
  readonly #most: number;
  readonly #waiting = new Map<string, Waiting>();
  #overtaken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Messages that were never read. */
  get overtaken(): number {
    return this.#overtaken;
  }

  offer(message: BusMessage, atMs: number): void {
    const isKnown = this.#waiting.has(message.subject);
    if (isKnown || this.#waiting.size >= this.#most) this.#overtaken += 1;
    if (isKnown || this.#waiting.size < this.#most)
      this.#waiting.set(message.subject, { message, atMs });
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** What waits, oldest subject first, at most so many; they wait no more. */
  take(most: number): readonly Waiting[] {
    const taken: Waiting[] = [];
    for (const [subject, waiting] of this.#waiting) {
      if (taken.length >= most) break;
      taken.push(waiting);
      this.#waiting.delete(subject);
    }
    return taken;
  }
}
