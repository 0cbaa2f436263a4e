import type { TSchema } from 'typebox';
import type { Keywords } from './check.js';
import { Cursor } from './cursor.js';
import { knownPlain } from './fields.js';
import type { Patch } from './patch-reader.js';
import { patchedRow, type RowPatchOptions, rowPatch } from './row-patch.js';
import type { RowKind } from './row-reader.js';

/** The bytes that began each row of a list: what stands before its figures. */
export interface RowHeads {
  readonly bytes: DataView;
  /** Where that of each row ends. */
  readonly ends: readonly number[];
}

/** A list that was read, and the heads of its rows. */
export interface HeadedList {
  readonly items: readonly unknown[];
  readonly heads: RowHeads;
}

/** How the rows behind their heads are patched, and the columns where a head ends. */
export interface HeadedRowsOptions extends Pick<RowPatchOptions, 'replaced' | 'copy'> {
  readonly figures: readonly string[];
}

/** Where a row and its head lie in a message. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** Of a value in a head. */
const MAX_VALUE_DEPTH = 4;

/**
 * Reads lists of rows that begin with what hardly ever changes, like names and limits. Where a head
 * has the same bytes as in the list before, its values are those of the item before.
 */
export class HeadedRows {
  readonly #maxItems: number;
  readonly #row: Patch;
  readonly #rest: Patch;
  /** Number of columns in a row, and in its head. */
  readonly #width: number;
  readonly #columns: number;

  /** `figures`: the columns that change; a head ends before the first of them. */
  constructor(
    { items = {}, maxItems = 0 }: Keywords,
    kind: RowKind,
    { figures, ...options }: HeadedRowsOptions,
  ) {
    const first = kind.names.findIndex((name) => figures.includes(name));
    this.#maxItems = maxItems;
    this.#width = kind.names.length;
    this.#columns = Math.max(0, first);
    this.#row = rowPatch(items as TSchema, kind);
    this.#rest = patchedRow(items as TSchema, kind, { ...options, first: this.#columns });
  }

  /** `known`, `heads`: the list before and its heads. `undefined` as a patch's. */
  read(cursor: Cursor, known: unknown, heads: RowHeads | undefined): HeadedList | undefined {
    const length = cursor.list();
    if (length < 0 || length > this.#maxItems || !Array.isArray(known)) return undefined;
    let [isSame, isSameHeads] = [known.length === length, heads?.ends.length === length];
    const items: unknown[] = [];
    const starts: number[] = [];
    for (let i = 0; i < length; i += 1) {
      starts.push(cursor.at);
      const was: unknown = known[i];
      let item = heads === undefined ? undefined : this.#afterHead(cursor, was, { heads, i });
      if (item === undefined) {
        cursor.at = starts[i] as number;
        isSameHeads = false;
        item = this.#row.read(cursor, was);
      }
      if (item === undefined) return undefined;
      if (item !== was) isSame = false;
      items.push(item);
    }
    const now = heads !== undefined && isSameHeads ? heads : this.#headsOf(cursor, starts);
    return { items: isSame ? known : items, heads: now };
  }

  #afterHead(cursor: Cursor, was: unknown, known: { heads: RowHeads; i: number }): unknown {
    const { bytes, ends } = known.heads;
    const [from, to] = [known.i === 0 ? 0 : ends[known.i - 1], ends[known.i]];
    if (from === undefined || to === undefined || from === to) return undefined;
    const before = knownPlain(was);
    if (before === undefined || !cursor.passesBytes(bytes, from, to)) return undefined;
    return this.#rest.read(cursor, before);
  }

  #headsOf({ bytes }: Cursor, starts: readonly number[]): RowHeads {
    const places = starts.map((start): Place => ({ start, end: this.#headEnd(bytes, start) }));
    const ends: number[] = [];
    let size = 0;
    for (const { start, end } of places) {
      size += end - start;
      ends.push(size);
    }
    const copied = new Uint8Array(size);
    places.forEach(({ start, end }, i) => {
      copied.set(bytes.subarray(start, end), (ends[i] as number) - (end - start));
    });
    return { bytes: new DataView(copied.buffer), ends };
  }

  /** `start` where the row has other columns: it has no head. */
  #headEnd(bytes: Uint8Array, start: number): number {
    const cursor = new Cursor(bytes, start);
    if (cursor.list() !== this.#width) return start;
    for (let i = 0; i < this.#columns; i += 1) if (!cursor.pass(MAX_VALUE_DEPTH)) return start;
    return cursor.at;
  }
}
