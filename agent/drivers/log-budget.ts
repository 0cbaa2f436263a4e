/** Most that is read of one container's log in a second, bytes, the engine's frames included. */
export const LOG_BYTES_PER_SECOND = 2 * 1024 ** 2;
const SECOND_MS = 1000;

/** Bytes that may still be read of one log in this second. */
export class LogBudget {
  readonly #nowMs: () => number;
  #beganMs = Number.NEGATIVE_INFINITY;
  #read = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Counts what was read; false = that was all for this second. */
  take(bytes: number): boolean {
    const nowMs = this.#nowMs();
    if (nowMs - this.#beganMs >= SECOND_MS) {
      this.#beganMs = nowMs;
      this.#read = 0;
    }
    this.#read += bytes;
    return this.#read < LOG_BYTES_PER_SECOND;
  }

  /** Time until the next second begins, ms. */
  get waitMs(): number {
    return Math.max(0, this.#beganMs + SECOND_MS - this.#nowMs());
  }
}
