/** Values of one step of time: NaN = not known. */
export type Row = readonly number[];

/** Rows that take memory together: an hour of minutes, ten minutes of moments. */
const PAGE_ROWS = 60;

/**
 * The newest `slots` rows of a series at a fixed step, in pages of one typed array each, which are
 * made when something is written there. A slot says of which step its row is, so that what was not
 * written is absent, however long it is ago.
 */
export class Ring {
  readonly #slots: number;
  /** Numbers of a row: the values, and before them its lap + 1; 0 = nothing was written. */
  readonly #stride: number;
  #pages: Float32Array[] = [];

  constructor(slots: number, width: number) {
    this.#slots = slots;
    this.#stride = width + 1;
  }

  /** Bytes that it holds, for what was written. */
  get byteLength(): number {
    // Some are not there, which only a callback leaves out.
    let bytes = 0;
    this.#pages.forEach((page) => {
      bytes += page.byteLength;
    });
    return bytes;
  }

  /** Forgets all rows. */
  clear(): void {
    this.#pages = [];
  }

  /** Writes the row of a step; one that is older than what its slot holds is left out. */
  write(step: number, row: Row): void {
    const slot = step % this.#slots;
    const page = this.#pages[Math.floor(slot / PAGE_ROWS)] ?? this.#madeFor(slot);
    const at = this.#offsetOf(step);
    const lap = this.#lapOf(step);
    if ((page[at] ?? 0) > lap) return;
    page[at] = lap;
    page.set(row, at + 1);
  }

  /** The row of a step; undefined = there is none. */
  at(step: number): Row | undefined {
    const page = this.#pageOf(step);
    const at = this.#offsetOf(step);
    return page === undefined ? undefined : [...page.subarray(at + 1, at + this.#stride)];
  }

  /** One value of the row of a step; undefined = there is no row. Asked for a million at a time. */
  valueAt(step: number, column: number): number | undefined {
    const slot = step % this.#slots;
    const page = this.#pages[Math.floor(slot / PAGE_ROWS)];
    if (page === undefined) return undefined;
    const at = (slot % PAGE_ROWS) * this.#stride;
    return page[at] === this.#lapOf(step) ? page[at + 1 + column] : undefined;
  }

  /** The rows there are from one step to another, both included, oldest first. */
  *rows(from: number, to: number): Generator<{ readonly step: number; readonly row: Row }> {
    for (const step of this.#steps().filter((each) => each >= from && each <= to)) {
      const row = this.at(step);
      if (row !== undefined) yield { step, row };
    }
  }

  /** The steps that have a row, in the order of time. */
  #steps(): readonly number[] {
    const steps: number[] = [];
    this.#pages.forEach((page, number) => {
      for (let at = 0; at < page.length; at += this.#stride) {
        const lap = page[at] ?? 0;
        const slot = number * PAGE_ROWS + at / this.#stride;
        if (lap > 0) steps.push((lap - 1) * this.#slots + slot);
      }
    });
    return steps.sort((a, b) => a - b);
  }

  /** The page that holds the row of a step; undefined = there is no such row. */
  #pageOf(step: number): Float32Array | undefined {
    const page = this.#pages[Math.floor((step % this.#slots) / PAGE_ROWS)];
    return page?.[this.#offsetOf(step)] === this.#lapOf(step) ? page : undefined;
  }

  #madeFor(slot: number): Float32Array {
    const number = Math.floor(slot / PAGE_ROWS);
    const rows = Math.min(PAGE_ROWS, this.#slots - number * PAGE_ROWS);
    const page = new Float32Array(rows * this.#stride);
    this.#pages[number] = page;
    return page;
  }

  /** Where the row of a step begins in its page. */
  #offsetOf(step: number): number {
    return ((step % this.#slots) % PAGE_ROWS) * this.#stride;
  }

  /** From 1 on. Laps of an hour since 1970 are far below 2^24, up to which a row is exact. */
  #lapOf(step: number): number {
    return Math.floor(step / this.#slots) + 1;
  }
}
