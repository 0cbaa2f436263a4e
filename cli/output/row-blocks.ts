/** Rows of the first block, at most. */
export const FIRST_ROWS = 1000;
/** Parts of a stream, at most, that the first block waits for where few rows are found in them. */
export const FIRST_PARTS = 128;

/**
 * Rows that are printed while they are read, block by block. The first block is a large one: its
 * rows decide how the others are laid out, so that a list which is no longer looks as if all its
 * rows had been known. No more than that are held.
 */
export class RowBlocks<Row> {
  readonly #print: (rows: readonly Row[], isWhole: boolean) => void;
  #held: Row[] = [];
  #parts = 0;
  #isBegun = false;

  /** `print` gets each block; `isWhole`: it is the first and the last one, and may be empty. */
  constructor(print: (rows: readonly Row[], isWhole: boolean) => void) {
    this.#print = print;
  }

  add(row: Row): void {
    this.#held.push(row);
    if (this.#held.length >= FIRST_ROWS) this.#flush(false);
  }

  /** A part of the stream was read: what it held is printed, but for the first block. */
  partRead(): void {
    this.#parts += 1;
    if (this.#isBegun || this.#parts >= FIRST_PARTS) this.#flush(false);
  }

  /** There are no more. */
  end(): void {
    this.#flush(!this.#isBegun);
  }

  #flush(isWhole: boolean): void {
    const rows = this.#held;
    this.#held = [];
    if (rows.length === 0 && !isWhole) return;
    this.#isBegun = true;
    this.#print(rows, isWhole);
  }
}
