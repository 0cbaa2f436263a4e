/** Hands on each value at once; where only the newest are asked for, those at the end. */
export class Newest<T> {
  readonly #count: number | undefined;
  readonly #give: (value: T) => void;
  readonly #kept: T[] = [];

  /** `count`: that number of the newest; undefined = all. */
  constructor(count: number | undefined, give: (value: T) => void) {
    this.#count = count;
    this.#give = give;
  }

  take(value: T): void {
    if (this.#count === undefined) this.#give(value);
    else {
      this.#kept.push(value);
      if (this.#kept.length > this.#count) this.#kept.shift();
    }
  }

  /** There are no more. */
  end(): void {
    for (const value of this.#kept) this.#give(value);
  }
}
