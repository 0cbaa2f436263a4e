/** Microseconds: a whole number of 64 bits is read and written in one piece. */
const PER_MS = 1000;

/**
 * Until when workers may write, ms, in memory that threads share. What is stored there is seen at
 * once, whatever messages wait.
 */
export class LeaseCell {
  /** To be given to another thread. */
  readonly buffer: SharedArrayBuffer;
  readonly #cell: BigInt64Array;

  /** `buffer`: of another cell, which then is the same. */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#cell = new BigInt64Array(buffer);
  }

  get untilMs(): number {
    return Number(Atomics.load(this.#cell, 0)) / PER_MS;
  }

  set untilMs(ms: number) {
    Atomics.store(this.#cell, 0, BigInt(Math.floor(ms * PER_MS)));
  }
}
