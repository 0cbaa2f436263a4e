/** Memory is handed out in multiples of this, bytes. */
const STEP_BYTES = 4096;
/** What is free and kept to be used again, bytes: after a stall there is a report of every node. */
export const MAX_FREE_BYTES = 4 * 1024 * 1024;

/**
 * Copies of received bytes in memory that is used again. What comes off a socket is a view of a
 * piece that was read from it, with other messages: one message that waits would keep all of it,
 * and a piece that outlives two collections of the young generation stays until a full one.
 */
export class ByteCopies {
  /** By the steps in their size. */
  readonly #free: Uint8Array[][] = [];
  #freeBytes = 0;

  /** Kept to be used again, bytes. */
  get freeBytes(): number {
    return this.#freeBytes;
  }

  /** A copy that nobody else writes to until `release`. */
  copy(bytes: Uint8Array): Uint8Array {
    const steps = Math.max(1, Math.ceil(bytes.length / STEP_BYTES));
    const known = this.#free[steps]?.pop();
    if (known !== undefined) this.#freeBytes -= known.length;
    const memory = known ?? new Uint8Array(steps * STEP_BYTES);
    memory.set(bytes);
    return memory.subarray(0, bytes.length);
  }

  /**
   * The copy is not read any more. To be called once for a copy, or never. It takes the place of
   * free memory of other sizes: what was released last is likely to be asked for next.
   */
  release(copy: Uint8Array): void {
    const { buffer } = copy;
    const steps = buffer.byteLength / STEP_BYTES;
    const own = this.#free[steps] ?? [];
    if ((own.length + 1) * buffer.byteLength > MAX_FREE_BYTES) return;
    this.#makeRoom(buffer.byteLength, steps);
    own.push(new Uint8Array(buffer));
    this.#free[steps] = own;
    this.#freeBytes += buffer.byteLength;
  }

  // Drops free memory, the largest pieces first, but none of `ownSteps`.
  #makeRoom(bytes: number, ownSteps: number): void {
    for (let steps = this.#free.length - 1; steps > 0; steps -= 1) {
      if (steps === ownSteps) continue;
      const free = this.#free[steps] ?? [];
      while (this.#freeBytes + bytes > MAX_FREE_BYTES) {
        const dropped = free.pop();
        if (dropped === undefined) break;
        this.#freeBytes -= dropped.length;
      }
      if (this.#freeBytes + bytes <= MAX_FREE_BYTES) return;
    }
  }
}
