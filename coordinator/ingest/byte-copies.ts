/** Memory is handed out in sizes that are powers of two, from this one, bytes. */
const LEAST_BITS = 12;
/** What is free and kept to be used again, bytes: after a stall there is a report of every node. */
const MAX_FREE_BYTES = 8 * 1024 * 1024;

/**
 * Copies of received bytes in memory that is used again. What comes off a socket is a view of a
 * piece that was read from it, with other messages: one message that waits would keep all of it,
 * and a piece that outlives two collections of the young generation stays until a full one.
 */
export class ByteCopies {
  /** By the bits of their size. */
  readonly #free: Uint8Array[][] = [];
  #freeBytes = 0;

  /** Kept to be used again, bytes. */
  get freeBytes(): number {
    return this.#freeBytes;
  }

  /** A copy that nobody else writes to until `release`. */
  copy(bytes: Uint8Array): Uint8Array {
    const bits = Math.max(LEAST_BITS, Math.ceil(Math.log2(Math.max(1, bytes.length))));
    const known = this.#free[bits]?.pop();
    if (known !== undefined) this.#freeBytes -= known.length;
    const memory = known ?? new Uint8Array(2 ** bits);
    memory.set(bytes);
    return memory.subarray(0, bytes.length);
  }

  /** The copy is not read any more. To be called once for a copy, or never. */
  release(copy: Uint8Array): void {
    const { buffer } = copy;
    if (this.#freeBytes + buffer.byteLength > MAX_FREE_BYTES) return;
    this.#freeBytes += buffer.byteLength;
    const bits = Math.log2(buffer.byteLength);
    this.#free[bits] ??= [];
    this.#free[bits].push(new Uint8Array(buffer));
  }
}
