import type { Socket } from 'node:net';

/**
 * Answers that are sent and not taken yet. One who asks for much and reads nothing would fill the
 * memory, with many connections without end: where all together hold more than may be, the
 * connection is cut that has not taken its answers for longest. Who reads takes each at once.
 */
export class Outgoing {
  readonly #maxBytes: number;
  /** Bytes by connection, in the order in which they began to wait. */
  readonly #held = new Map<Socket, number>();
  readonly #watched = new WeakSet<Socket>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes that nobody has taken yet. */
  get bytes(): number {
    return this.#bytes;
  }

  /** An answer of that length is sent. Returns what is to be called once it is taken. */
  add(socket: Socket, bytes: number): () => void {
    if (bytes === 0 || socket.destroyed) return () => {};
    if (!this.#watched.has(socket)) {
      this.#watched.add(socket);
      socket.once('close', () => this.#take(socket, this.#held.get(socket) ?? 0));
    }
    this.#held.set(socket, (this.#held.get(socket) ?? 0) + bytes);
    this.#bytes += bytes;
    this.#cut(socket, bytes);
    return () => this.#take(socket, Math.min(bytes, this.#held.get(socket) ?? 0));
  }

  #take(socket: Socket, bytes: number): void {
    const left = (this.#held.get(socket) ?? 0) - bytes;
    this.#bytes -= bytes;
    if (left > 0) this.#held.set(socket, left);
    else this.#held.delete(socket);
  }

  /** The answer that is sent now goes out, however long it is, where none waits before it. */
  #cut(newest: Socket, answerBytes: number): void {
    for (const [socket, bytes] of this.#held) {
      const isAlone = socket === newest && bytes === answerBytes;
      if (this.#bytes <= this.#maxBytes || isAlone) return;
      this.#take(socket, bytes);
      socket.destroy();
    }
  }
}
