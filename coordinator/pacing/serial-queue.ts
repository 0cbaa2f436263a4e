/** One at a time, in the order of asking. */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve();
  #taken = 0;

  /** How many have their turn or wait for it. */
  get size(): number {
    return this.#taken;
  }

  /** Resolves or rejects as `work` does, which begins when all before it have ended. */
  run<T>(work: () => T | Promise<T>): Promise<T> {
    this.#taken += 1;
    const turn = this.#tail.then(work).finally(() => {
      this.#taken -= 1;
    });
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}
