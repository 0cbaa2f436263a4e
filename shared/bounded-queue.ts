/** How much a bounded queue holds. */
export interface QueueBounds {
  /** Pieces of work that run at once. */
  readonly running: number;
  /** Pieces that wait beside them. */
  readonly waiting: number;
}

/**
 * Runs a few pieces of work at a time and keeps a few waiting, in order, so that a flood of them
 * neither fills the memory nor keeps the thread from what matters.
 */
export class BoundedQueue {
  readonly #bounds: QueueBounds;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds;
  }

  /** What `work` resolves with; undefined at once = too many wait already, and it was not run. */
  run<T>(work: () => Promise<T>): Promise<T> | undefined {
    if (this.#running < this.#bounds.running) {
      this.#running += 1;
      return this.#finish(work);
    }
    if (this.#waiting.length >= this.#bounds.waiting) return undefined;
    const turn = new Promise<void>((resolve) => this.#waiting.push(resolve));
    return turn.then(() => this.#finish(work));
  }

  /** Runs in a place that is counted already, and hands it to the next that waits. */
  async #finish<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
