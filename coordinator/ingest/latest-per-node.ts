import type { BusMessage } from '../../proto/bus.js';

/** A message that was received and not read yet. */
export interface PendingMessage {
  readonly message: BusMessage;
  /** When it was received, ms. */
  readonly atMs: number;
}

/**
 * A bounded buffer of received messages: the newest one of each subject (one node each). A
 * coordinator that falls behind so reads less instead of holding more. Messages that a newer one
 * replaced, and those of subjects beyond the capacity, are dropped and counted.
 */
export class LatestPerNode {
  readonly #capacity: number;
  readonly #waiting = new Map<string, PendingMessage>();
  #superseded = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Number of messages that were dropped without being read. */
  get superseded(): number {
    return this.#superseded;
  }

  /** Buffers a message, in the place of an earlier one of its subject; `atMs` = when received. */
  offer(message: BusMessage, atMs: number): void {
    const isKnown = this.#waiting.has(message.subject);
    if (isKnown || this.#waiting.size >= this.#capacity) this.#superseded += 1;
    if (isKnown || this.#waiting.size < this.#capacity)
      this.#waiting.set(message.subject, { message, atMs });
  }

  /** Number of messages in the buffer. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Removes and returns up to `max` messages, in the order in which their subjects came. */
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
