/** Values of one step of time: NaN = not known. */
export type Row = readonly number[];

/**
 * The newest `slots` rows of a series at a fixed step, in one typed array. A slot says of which
 * step its row is, so that what was not written is absent, however long it is ago.
 */
export class Ring {
  readonly #slots: number;
  readonly #width: number;
  readonly #values: Float32Array;
  /** Number of the step in each slot + 1; 0 = nothing. */
  readonly #steps: Uint32Array;

  constructor(slots: number, width: number) {
    this.#slots = slots;
    this.#width = width;
    this.#values = new Float32Array(slots * width);
    this.#steps = new Uint32Array(slots);
  }

  /** Bytes that it holds, whatever was written. */
  get byteLength(): number {
    return this.#values.byteLength + this.#steps.byteLength;
  }

  /** Writes the row of a step; one that is older than what its slot holds is left out. */
  write(step: number, row: Row): void {
    const slot = step % this.#slots;
    if ((this.#steps[slot] ?? 0) > step + 1) return;
    this.#steps[slot] = step + 1;
    this.#values.set(row, slot * this.#width);
  }

  /** The row of a step; undefined = there is none. */
  at(step: number): Row | undefined {
    const slot = step % this.#slots;
    if (this.#steps[slot] !== step + 1) return undefined;
    return [...this.#values.subarray(slot * this.#width, (slot + 1) * this.#width)];
  }

  /** One value of the row of a step; undefined = there is no row. */
  valueAt(step: number, column: number): number | undefined {
    const slot = step % this.#slots;
    if (this.#steps[slot] !== step + 1) return undefined;
    return this.#values[slot * this.#width + column];
  }

  /** The rows there are from one step to another, both included, oldest first. */
  *rows(from: number, to: number): Generator<{ readonly step: number; readonly row: Row }> {
    const known = this.#steps.filter((each) => each > from && each <= to + 1).sort();
    for (const each of known) {
      const row = this.at(each - 1);
      if (row !== undefined) yield { step: each - 1, row };
    }
  }
}
