/** Counts values by buckets. What it costs does not grow with the number of values. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;
  #count = 0;

  /** `bounds`: upper bounds in ascending order; one without a bound is added. */
  constructor(bounds: readonly number[]) {
    this.#bounds = [...bounds, Number.POSITIVE_INFINITY];
    this.#counts = this.#bounds.map(() => 0);
  }

  /** Counts a value; one that is no number is ignored. */
  observe(value: number): void {
    if (Number.isNaN(value)) return;
    const at = this.#bounds.findIndex((bound) => value <= bound);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sum += value;
    this.#count += 1;
  }

  get sum(): number {
    return this.#sum;
  }
  get count(): number {
    return this.#count;
  }
  /** Number of values up to each bound, ascending: cumulative, as Prometheus has them. */
  get buckets(): readonly { readonly bound: number; readonly count: number }[] {
    let total = 0;
    return this.#bounds.map((bound, at) => {
      total += this.#counts[at] ?? 0;
      return { bound, count: total };
    });
  }
}

/** Histograms by the value of one label; those of a bounded set only. */
export class Histograms {
  readonly #bounds: readonly number[];
  readonly #of = new Map<string, Histogram>();

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
  }

  observe(label: string, value: number): void {
    let known = this.#of.get(label);
    if (known === undefined) {
      known = new Histogram(this.#bounds);
      this.#of.set(label, known);
    }
    known.observe(value);
  }

  entries(): IterableIterator<[string, Histogram]> {
    return this.#of.entries();
  }
}
