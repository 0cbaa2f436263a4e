/** Minutes from `start` to before `end`. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/**
 * A set of whole numbers as runs of neighbours, in order. A month without a gap is one run, however
 * its minutes come.
 */
export class RunList {
  /** Start and end (exclusive) of each run, one after the other. */
  readonly #bounds: number[] = [];

  /** Adds all numbers of a run; an empty one adds nothing. */
  add({ start, end }: Run): void {
    if (start >= end) return;
    const from = this.#firstEndingAt(start);
    let to = from;
    let [low, high] = [start, end];
    for (; to < this.#bounds.length && (this.#bounds[to] ?? 0) <= end; to += 2) {
      low = Math.min(low, this.#bounds[to] ?? low);
      high = Math.max(high, this.#bounds[to + 1] ?? high);
    }
    this.#bounds.splice(from, to - from, low, high);
  }

  has(value: number): boolean {
    const at = this.#firstEndingAt(value + 1);
    return at < this.#bounds.length && (this.#bounds[at] ?? 0) <= value;
  }

  /** The first number of the set that is not below this one; undefined = there is none. */
  next(value: number): number | undefined {
    const at = this.#firstEndingAt(value + 1);
    const start = this.#bounds[at];
    return start === undefined ? undefined : Math.max(start, value);
  }

  *runs(): Generator<Run> {
    for (let at = 0; at < this.#bounds.length; at += 2)
      yield { start: this.#bounds[at] ?? 0, end: this.#bounds[at + 1] ?? 0 };
  }

  /** Index of the first run whose end is not below this. */
  #firstEndingAt(end: number): number {
    let [low, high] = [0, this.#bounds.length / 2];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#bounds[2 * middle + 1] ?? 0) < end) low = middle + 1;
      else high = middle;
    }
    return 2 * low;
  }
}
