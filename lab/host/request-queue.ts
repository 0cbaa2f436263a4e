import type { JobModel } from '../types.js';

const NONE = Number.POSITIVE_INFINITY;

/**
 * The requests of one simulated container that are not served yet, in order of arrival. Where the
 * model says so, each waits beside the others before its turn, up to `concurrency` of them, the one
 * that is served included. Times ms.
 */
export class RequestQueue {
  readonly #waitMs: number;
  readonly #concurrency: number;
  /** When those came that may not wait yet, for want of a place, or need not. */
  readonly #before = new FifoQueue();
  /** When those came that wait, and when their wait ends. */
  readonly #waiting = new FifoQueue();
  readonly #ends = new FifoQueue();

  constructor({
    waitSeconds = 0,
    concurrency = NONE,
  }: Pick<JobModel, 'waitSeconds' | 'concurrency'>) {
    this.#waitMs = 1000 * waitSeconds;
    this.#concurrency = concurrency;
  }

  /** When the next one is ready to be served; it may be long past. Infinity = none is under way. */
  get readyMs(): number {
    return this.#waitMs === 0 ? this.#before.first : this.#ends.first;
  }

  /** Times of arrival, oldest first. */
  list(): readonly number[] {
    return [...this.#waiting.list(), ...this.#before.list()];
  }

  push(arrivedMs: number): void {
    this.#before.push(arrivedMs);
  }

  /** Lets as many wait beside each other as may, while `served` are served. */
  enter(nowMs: number, served: number): void {
    if (this.#waitMs === 0) return;
    while (this.#before.size > 0 && served + this.#waiting.size < this.#concurrency) {
      this.#waiting.push(this.#before.shift());
      this.#ends.push(nowMs + this.#waitMs);
    }
  }

  /** Takes the next one: when it arrived. */
  take(): number {
    if (this.#waitMs === 0) return this.#before.shift();
    this.#ends.shift();
    return this.#waiting.shift();
  }
}

/** A queue, first in, first out, that does not move all items at each shift. */
class FifoQueue {
  #items: number[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  /** The oldest; Infinity = there is none. */
  get first(): number {
    return this.#items[this.#head] ?? NONE;
  }

  list(): readonly number[] {
    return this.#items.slice(this.#head);
  }

  push(item: number): void {
    this.#items.push(item);
  }

  shift(): number {
    const item = this.#items[this.#head] ?? Number.NaN;
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}
