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
  /** Reads the columns behind a head where they are the usual ones; undefined = they are not. */
  readonly end?: Patch | undefined;
  /**
   * A row that was read whole, with parts in it held once that are equal; `was`: what stood here.
   * Absent = as it is.
   */
  readonly shared?: (item: unknown, was: unknown) => unknown;
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
  readonly #end: Patch | undefined;
  /** Number of columns in a row, and in its head. */
  readonly #width: number;
  readonly #columns: number;
  readonly #shared: NonNullable<HeadedRowsOptions['shared']>;
  /** Where each row of the list begins that is read now. */
  readonly #starts: number[] = [];

  /** `figures`: the columns that change; a head ends before the first of them. */
  constructor(
    { items = {}, maxItems = 0 }: Keywords,
    kind: RowKind,
    { figures, end, shared = (item) => item, ...options }: HeadedRowsOptions,
  ) {
    const first = kind.names.findIndex((name) => figures.includes(name));
    this.#maxItems = maxItems;
    this.#width = kind.names.length;
    this.#columns = Math.max(0, first);
    this.#row = rowPatch(items as TSchema, kind);
    this.#rest = patchedRow(items as TSchema, kind, { ...options, first: this.#columns });
    this.#end = end;
    this.#shared = shared;
  }

  /** `known`, `heads`: the list before and its heads. `undefined` as a patch's. */
  read(cursor: Cursor, known: unknown, heads: RowHeads | undefined): HeadedList | undefined {
    const length = cursor.list();
    if (length < 0 || length > this.#maxItems || !Array.isArray(known)) return undefined;
    const isAsLong = known.length === length;
    let isSameHeads = heads?.ends.length === length;
    let items: unknown[] | undefined = isAsLong ? undefined : [];
    for (let i = 0; i < length; i += 1) {
      const start = cursor.at;
      this.#starts[i] = start;
      const was: unknown = known[i];
      let item = heads === undefined ? undefined : this.#afterHead(cursor, was, heads, i);
      if (item === undefined) {
        cursor.at = start;
        isSameHeads = false;
        item = this.#whole(cursor, was);
      }
      if (item === undefined) return undefined;
      if (isAsLong && item === was) continue;
      // As long as it will be: one that grows takes up to three times its room.
      items ??= known.slice();
      items[i] = item;
    }
    const now = heads !== undefined && isSameHeads ? heads : this.#headsOf(cursor, length);
    return { items: items ?? known, heads: now };
  }

  #whole(cursor: Cursor, was: unknown): unknown {
    const item = this.#row.read(cursor, was);
    return item === was || item === undefined ? item : this.#shared(item, was);
  }

  #afterHead(cursor: Cursor, was: unknown, { bytes, ends }: RowHeads, i: number): unknown {
    const from = i === 0 ? 0 : ends[i - 1];
    const to = ends[i];
    if (from === undefined || to === undefined || from === to) return undefined;
    const before = knownPlain(was);
    if (before === undefined || !cursor.passesBytes(bytes, from, to)) return undefined;
    const end = cursor.at;
    const item = this.#end?.read(cursor, before);
    if (item !== undefined) return item;
    cursor.at = end;
    return this.#rest.read(cursor, before);
  }

  #headsOf({ bytes }: Cursor, length: number): RowHeads {
    const lastOf = this.#starts.slice(0, length).map((start) => this.#headEnd(bytes, start));
    const ends: number[] = [];
    let size = 0;
    lastOf.forEach((end, i) => {
      size += end - (this.#starts[i] as number);
      ends.push(size);
    });
    const copied = new Uint8Array(size);
    lastOf.forEach((end, i) => {
      const start = this.#starts[i] as number;
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
