/** Runs asynchronous work one piece at a time, in the order of the calls (a mutex). */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve();
  #taken = 0;

  /** Number of pieces that run or wait. */
  get size(): number {
    return this.#taken;
  }

  /**
   * Settles as `work` does, which starts when all earlier pieces have ended. A piece that rejects
   * does not stop the ones behind it.
   */
  run<T>(work: () => T | Promise<T>): Promise<T> {
    this.#taken += 1;
    const turn = this.#tail.then(work).finally(() => {
      this.#taken -= 1;
    });
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}
