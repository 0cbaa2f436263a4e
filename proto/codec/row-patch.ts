import type { TSchema } from 'typebox';
import type { Keywords } from './check.js';
import type { Cursor } from './cursor.js';
import { knownPlain } from './fields.js';
import {
  type Changed,
  conditionedPatch,
  copyOf,
  type Entry,
  entriesOf,
  isStillAbsent,
  type Known,
  nullablePatch,
  PASSED,
  type Patch,
  patchOf,
  patchOr,
  readEntry,
} from './patch-reader.js';
import { type RowKind, rowReader } from './row-reader.js';

/**
 * An object that may be null, as a row of this kind; read by `fast`, which gets the object before,
 * or null.
 */
export const rowOr = (schema: TSchema, kind: RowKind, fast: Patch['read']): Patch =>
  nullablePatch(
    patchOr(rowReader(schema as Keywords, kind), (cursor, known) =>
      fast(cursor, knownPlain(known) ?? null),
    ),
    {},
  );

/** An object that comes as a row of this kind; null in a row is absent. */
export function rowPatch(schema: TSchema, kind: RowKind): Patch {
  const keywords = schema as Keywords;
  const { properties, anyOf } = keywords;
  if (anyOf !== undefined) return nullablePatch(rowPatch(anyOf[0], kind), keywords);
  if (properties === undefined) return patchOf(schema);
  return patchOr(rowReader(keywords, kind), patchedRow(schema, kind).read);
}

/** How rows are patched. */
export interface RowPatchOptions {
  /** Columns before this one are as before and are not there; default 0. */
  readonly first?: number;
  /** Patches of some fields. */
  readonly replaced?: Readonly<Record<string, Patch>>;
  /** A copy of an object that is known: in a function of its own it is faster. */
  readonly copy?: (known: Known) => Record<string, unknown>;
}

/** A row. It does not know where the object has other fields than before. */
export function patchedRow(schema: TSchema, kind: RowKind, options: RowPatchOptions = {}): Patch {
  const keywords = schema as Keywords;
  const { properties = {} } = keywords;
  const nestedIn = (name: string): RowKind | undefined => kind.nested[kind.names.indexOf(name)];
  const replaced: Record<string, Patch> = { ...options.replaced };
  for (const [name, of] of Object.entries(properties)) {
    const nested = nestedIn(name);
    if (nested !== undefined) replaced[name] ??= rowPatch(of, nested);
  }
  const entries = entriesOf(properties, replaced);
  const columns = kind.names.map((name) => entries.find((entry) => entry.name === name));
  const unsent = entries.filter(({ name }) => !kind.names.includes(name));
  // One that this version does not know makes all rows be read slowly.
  return columns.includes(undefined)
    ? { read: () => undefined }
    : conditionedPatch(keywords, plainRow(columns as readonly Entry[], { ...options, unsent }));
}

interface RowForm extends RowPatchOptions {
  readonly unsent: readonly Entry[];
}

const plainRow = (
  columns: readonly Entry[],
  { unsent, first = 0, copy = copyOf }: RowForm,
): Patch => ({
  read: (cursor, known) => {
    const before = knownPlain(known);
    if (before === undefined) return undefined;
    if (first === 0 && cursor.list() !== columns.length) return undefined;
    let next: Changed;
    for (let i = first; i < columns.length; i += 1) {
      const entry = columns[i] as Entry;
      const item = readColumn(entry, cursor, before);
      if (item === undefined) return undefined;
      if (item === PASSED || item === before[entry.name]) continue;
      next ??= copy(before);
      next[entry.name] = item;
    }
    if (!unsent.every((entry) => isStillAbsent(entry, before))) return undefined;
    return next ?? before;
  },
});

// null in a row is absent.
function readColumn(entry: Entry, cursor: Cursor, before: Known): unknown {
  if (!cursor.isNull || entry.whenAbsent === 'null') return readEntry(entry, cursor, before);
  if (!isStillAbsent(entry, before)) return undefined;
  cursor.at += 1;
  return PASSED;
}
