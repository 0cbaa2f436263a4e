/** Reads of the Docker Engine for others that may run at once, and that may wait beside them. */
export const MAX_READS_IN_FLIGHT = 2;
export const MAX_READS_WAITING = 8;

/**
 * Runs a few reads at a time and keeps a few waiting, in order, so that a flood of requests neither
 * fills the memory of the agent nor keeps the Docker Engine from what enforcement asks of it.
 */
export class BoundedReads {
  #inFlight = 0;
  readonly #waiting: (() => void)[] = [];

  /** What `read` resolves with; undefined at once = too many wait already, and it was not run. */
  run<T>(read: () => Promise<T>): Promise<T> | undefined {
    if (this.#inFlight < MAX_READS_IN_FLIGHT) {
      this.#inFlight += 1;
      return this.#finish(read);
    }
    if (this.#waiting.length >= MAX_READS_WAITING) return undefined;
    const turn = new Promise<void>((resolve) => this.#waiting.push(resolve));
    return turn.then(() => this.#finish(read));
  }

  /** Runs in a place that is counted already, and hands it to the next that waits. */
  async #finish<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#inFlight -= 1;
      else next();
    }
  }
}
