const SEPARATOR = '\u0000';

/** Counters by one or more labels of bounded sets. */
export class Counts {
  readonly #counts = new Map<string, number>();

  /** Adds one under these labels. */
  add(...labels: readonly string[]): void {
    this.addTo(1, ...labels);
  }

  /** Adds as many. */
  addTo(count: number, ...labels: readonly string[]): void {
    const key = labels.join(SEPARATOR);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  /** Labels and count of each combination seen, in the order they were seen first. */
  entries(): readonly (readonly [readonly string[], number])[] {
    return [...this.#counts].map(([key, count]) => [key.split(SEPARATOR), count] as const);
  }

  /** How often something was counted under these labels. */
  of(...labels: readonly string[]): number {
    return this.#counts.get(labels.join(SEPARATOR)) ?? 0;
  }
}
