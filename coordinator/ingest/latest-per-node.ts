import type { BusMessage } from '../../proto/bus.js';

export interface PendingMessage {
  readonly message: BusMessage;
  /** When it was received, ms. */
  readonly atMs: number;
}

/**
 * Telemetry that waits to be read: one message per subject, the newest wins, so that a coordinator
 * that falls behind reads less instead of holding more. Messages that another overtook, and those
 * of more subjects than may wait, are counted.
 */
export class LatestPerNode {
  readonly #capacity: number;
  readonly #waiting = new Map<string, PendingMessage>();
  #superseded = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Messages that were never read. */
  get superseded(): number {
    return this.#superseded;
  }

  offer(message: BusMessage, atMs: number): void {
    const isKnown = this.#waiting.has(message.subject);
    if (isKnown || this.#waiting.size >= this.#capacity) this.#superseded += 1;
    if (isKnown || this.#waiting.size < this.#capacity)
      this.#waiting.set(message.subject, { message, atMs });
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** What waits, oldest subject first, at max so many; they wait no more. */
  take(max: number): readonly PendingMessage[] {
    const taken: PendingMessage[] = [];
    for (const [subject, waiting] of this.#waiting) {
      if (taken.length >= max) break;
      taken.push(waiting);
      this.#waiting.delete(subject);
    }
    return taken;
  }
}
