import type { BusMessage } from '../../proto/bus.js';
import { ByteCopies } from './byte-copies.js';

/** A message that was received and not read yet. */
export interface PendingMessage {
  readonly message: BusMessage;
  /** When it was received, ms. */
  readonly atMs: number;
}

/** How much a buffer holds at most. */
export interface BufferBounds {
  readonly messages: number;
  readonly bytes: number;
}

/**
 * A bounded buffer of received messages: the newest one of each sender. A coordinator that falls
 * behind so reads less instead of holding more. Messages that a newer one replaced, and those
 * beyond the bounds, are dropped and counted. What waits is copied, so that it does not keep what
 * was read from the socket with it.
 */
export class LatestPerNode {
  readonly #bounds: BufferBounds;
  readonly #waiting = new Map<string, PendingMessage>();
  readonly #copies: ByteCopies;
  #bytes = 0;
  #superseded = 0;

  /** `copies`: where the bytes of messages that wait are kept; buffers may share it. */
  constructor(bounds: BufferBounds, copies = new ByteCopies()) {
    this.#bounds = bounds;
    this.#copies = copies;
  }

  /** Number of messages that were dropped without being read. */
  get superseded(): number {
    return this.#superseded;
  }

  /**
   * Buffers a message, in the place of an earlier one of its subject and `sender`; `atMs` = when
   * received.
   */
  offer(message: BusMessage, atMs: number, sender = ''): void {
    const key = sender === '' ? message.subject : `${message.subject} ${sender}`;
    const earlier = this.#waiting.get(key);
    const { messages, bytes } = this.#bounds;
    const after = this.#bytes - (earlier?.message.data.length ?? 0) + message.data.length;
    const isFull = earlier === undefined && this.#waiting.size >= messages;
    if (earlier !== undefined || isFull || after > bytes) this.#superseded += 1;
    if (isFull || after > bytes) return;
    this.#bytes = after;
    if (earlier !== undefined) this.#copies.release(earlier.message.data);
    const { subject, headers } = message;
    const data = this.#copies.copy(message.data);
    this.#waiting.set(key, { message: { subject, data, headers }, atMs });
  }

  /** Number of messages in the buffer. */
  get size(): number {
    return this.#waiting.size;
  }

  /**
   * Removes and returns up to `max` messages, in the order in which their senders came. Their bytes
   * are of `copies`, and to be released there once they are read.
   */
  take(max: number): readonly PendingMessage[] {
    const taken: PendingMessage[] = [];
    for (const [key, waiting] of this.#waiting) {
      if (taken.length >= max) break;
      taken.push(waiting);
      this.#bytes -= waiting.message.data.length;
      this.#waiting.delete(key);
    }
    return taken;
  }
}
