import type { TSchema } from 'typebox';
import { conditionsOf, fieldsOf, inner, isText, type Keywords } from './check.js';
import type { Cursor } from './cursor.js';
import { FaultPath } from './fault-path.js';
import { type FieldReader, isEmpty, knownPlain, type Reader } from './fields.js';
import { MAX_DEPTH } from './limits.js';
import { unpackPart } from './messagepack.js';
import { type RowKind, rowReader } from './row-reader.js';

/**
 * Reads a value straight from MessagePack bytes, given what this place held in an earlier message:
 * what is equal keeps its identity and nothing is made for it. What it returns is what unpacking
 * and a reader with the same `known` return; `undefined` = they have to be asked, and the cursor
 * may stand anywhere.
 */
export interface Patch {
  readonly read: (cursor: Cursor, known: unknown) => unknown;
}

/** Of a value within a message: the lists, maps and rows around it count as well. */
const MAX_INNER_DEPTH = MAX_DEPTH - 6;

/** What this place held is of no help here: unpacks the value and checks it. */
function readUnpacked(reader: Reader<unknown>, cursor: Cursor, known: unknown): unknown {
  const part = unpackPart(cursor.bytes, cursor.at, MAX_INNER_DEPTH);
  if (part === undefined) return undefined;
  cursor.at = part.end;
  return reader.read(part.value, new FaultPath(), known);
}

/** As `fast` reads; where that does not know, by `reader` from the same place. */
const patchOr = (reader: Reader<unknown>, fast: Patch['read']): Patch => ({
  read: (cursor, known) => {
    const start = cursor.at;
    const item = fast(cursor, known);
    if (item !== undefined) return item;
    cursor.at = start;
    return readUnpacked(reader, cursor, known);
  },
});

/** The patch of a schema whose values come as they are. */
export function patchOf(schema: TSchema): Patch {
  const keywords = schema as Keywords;
  const whole = inner(schema);
  if (keywords.anyOf !== undefined) return nullablePatch(patchOf(keywords.anyOf[0]), keywords);
  if (isText(keywords)) return patchOr(whole, sameText);
  if (keywords.enum !== undefined) return patchOr(whole, sameWord);
  switch (keywords.type) {
    case 'number':
    case 'integer':
      return conditionedPatch(keywords, numberPatch(keywords));
    case 'array': {
      const list = listPatch(keywords, patchOf(keywords.items ?? {}));
      return patchOr(whole, conditionedPatch(keywords, list).read);
    }
    case 'object': {
      const { properties } = keywords;
      if (properties === undefined) return patchOr(whole, sameDictionary(keywords));
      return patchOr(whole, conditionedPatch(keywords, mapPatch(entriesOf(properties))).read);
    }
    default:
      return { read: (cursor, known) => readUnpacked(whole, cursor, known) };
  }
}

const sameText: Patch['read'] = (cursor, known) =>
  typeof known === 'string' && cursor.passesText(known) ? known : undefined;

const sameWord: Patch['read'] = (cursor, known) =>
  typeof known === 'number'
    ? cursor.number() === known
      ? known
      : undefined
    : sameText(cursor, known);

/** The dictionary that was here, with its names in the same order. */
function sameDictionary({ patternProperties = {} }: Keywords): Patch['read'] {
  const patch = patchOf(Object.values(patternProperties)[0] ?? {});
  return (cursor, known) => {
    const before = knownPlain(known);
    let left = cursor.map();
    for (const name in before) {
      if (left <= 0 || !cursor.passesText(name)) return undefined;
      if (patch.read(cursor, before[name]) !== before[name]) return undefined;
      left -= 1;
    }
    return left === 0 ? before : undefined;
  };
}

const numberPatch = ({ type, minimum = 0, maximum = 0 }: Keywords): Patch => ({
  read: (cursor, known) => {
    const value = cursor.number();
    if (value === known) return known;
    const isRight = value >= minimum && value <= maximum;
    return isRight && (type === 'number' || Number.isSafeInteger(value)) ? value : undefined;
  },
});

const nullablePatch = (patch: Patch, schema: Keywords): Patch =>
  conditionedPatch(schema, {
    read: (cursor, known) => {
      if (!cursor.isNull) return patch.read(cursor, known);
      cursor.at += 1;
      return null;
    },
  });

function conditionedPatch(schema: Keywords, patch: Patch): Patch {
  const conditions = conditionsOf(schema);
  if (conditions.length === 0) return patch;
  return {
    read: (cursor, known) => {
      const item = patch.read(cursor, known);
      if (item === undefined || item === known) return item;
      return conditions.every(({ check }) => check(item)) ? item : undefined;
    },
  };
}

/** A list whose items are patched place by place. */
const listPatch = ({ maxItems = 0 }: Keywords, patch: Patch): Patch => ({
  read: (cursor, known) => {
    const length = cursor.list();
    if (length < 0 || length > maxItems || !Array.isArray(known)) return undefined;
    let isSame = known.length === length;
    const items: unknown[] = [];
    for (let i = 0; i < length; i += 1) {
      const item = patch.read(cursor, known[i]);
      if (item === undefined) return undefined;
      if (item !== known[i]) isSame = false;
      items.push(item);
    }
    return isSame ? known : items;
  },
});

/** A field with its patch. */
export interface Entry extends Pick<FieldReader, 'name' | 'whenAbsent' | 'emptyIsAbsent'> {
  readonly patch: Patch;
}

/** The fields of an object, each read by its patch or one that replaces it. */
export const entriesOf = (
  properties: Readonly<Record<string, TSchema>>,
  replaced: Readonly<Record<string, Patch>> = {},
): readonly Entry[] =>
  fieldsOf(properties).map(({ name, whenAbsent, emptyIsAbsent }) => ({
    name,
    whenAbsent,
    emptyIsAbsent,
    patch: replaced[name] ?? patchOf(properties[name] ?? {}),
  }));

/** Whether an object without the field is as before. */
const isStillAbsent = ({ whenAbsent, name }: Entry, known: Known): boolean =>
  whenAbsent !== 'refused' && known[name] === (whenAbsent === 'null' ? null : undefined);

type Known = Readonly<Record<string, unknown>>;

/** Whether it could not be read, or the object has other fields than before. */
const isOtherShape = ({ emptyIsAbsent }: Entry, item: unknown, was: unknown): boolean =>
  item === undefined ||
  was === undefined ||
  (emptyIsAbsent !== undefined && isEmpty(item, emptyIsAbsent));

/** An object with names. `beside`: a field that is no part of what is read; it says if it is right. */
export function mapPatch(
  entries: readonly Entry[],
  beside?: { readonly name: string; readonly read: (cursor: Cursor) => boolean },
): Patch {
  const passName = (cursor: Cursor, expected: number): number => {
    for (let i = 0; i < entries.length; i += 1) {
      const at = (expected + i) % entries.length;
      if (cursor.passesText(entries[at]?.name ?? '')) return at;
    }
    return -1;
  };
  const read: Patch['read'] = (cursor, known) => {
    const before = knownPlain(known);
    const count = cursor.map();
    if (before === undefined || count < 0) return undefined;
    let next: Record<string, unknown> | undefined;
    let [seen, expected, hasBeside] = [0, 0, false];
    for (let i = 0; i < count; i += 1) {
      if (beside !== undefined && !hasBeside && cursor.passesText(beside.name)) {
        if (!beside.read(cursor)) return undefined;
        hasBeside = true;
        continue;
      }
      const at = passName(cursor, expected);
      if (at < 0 || (seen & (1 << at)) !== 0) return undefined;
      seen |= 1 << at;
      expected = at + 1;
      const entry = entries[at] as Entry;
      const was = before[entry.name];
      const item = entry.patch.read(cursor, was);
      if (item === was && item !== undefined) continue;
      if (isOtherShape(entry, item, was)) return undefined;
      next ??= { ...before };
      next[entry.name] = item;
    }
    for (let at = 0; at < entries.length; at += 1)
      if ((seen & (1 << at)) === 0 && !isStillAbsent(entries[at] as Entry, before))
        return undefined;
    return next ?? before;
  };
  // Places are noted as bits.
  return { read: entries.length > 31 ? () => undefined : read };
}

/** An object that comes as a row of this kind; null in a row is absent. */
export function rowPatch(schema: TSchema, kind: RowKind): Patch {
  const keywords = schema as Keywords;
  const { properties, anyOf } = keywords;
  if (anyOf !== undefined) return nullablePatch(rowPatch(anyOf[0], kind), keywords);
  if (properties === undefined) return patchOf(schema);
  return patchOr(rowReader(keywords, kind), patchedRow(schema, kind, 0).read);
}

/**
 * The columns of a row from number `first` on, the others being as before. It does not know where
 * the object has other fields than before.
 */
export function patchedRow(schema: TSchema, kind: RowKind, first: number): Patch {
  const keywords = schema as Keywords;
  const { properties = {} } = keywords;
  const nestedIn = (name: string): RowKind | undefined => kind.nested[kind.names.indexOf(name)];
  const replaced: Record<string, Patch> = {};
  for (const [name, of] of Object.entries(properties)) {
    const nested = nestedIn(name);
    if (nested !== undefined) replaced[name] = rowPatch(of, nested);
  }
  const entries = entriesOf(properties, replaced);
  const columns = kind.names.map((name) => entries.find((entry) => entry.name === name));
  const unsent = entries.filter(({ name }) => !kind.names.includes(name));
  // One that this version does not know makes all rows be read slowly.
  return columns.includes(undefined)
    ? { read: () => undefined }
    : conditionedPatch(keywords, plainRow(columns as readonly Entry[], { unsent, first }));
}

interface RowForm {
  readonly unsent: readonly Entry[];
  readonly first: number;
}

const plainRow = (columns: readonly Entry[], { unsent, first }: RowForm): Patch => ({
  read: (cursor, known) => {
    const before = knownPlain(known);
    if (before === undefined) return undefined;
    if (first === 0 && cursor.list() !== columns.length) return undefined;
    let next: Record<string, unknown> | undefined;
    for (let i = first; i < columns.length; i += 1) {
      const entry = columns[i] as Entry;
      if (cursor.isNull && entry.whenAbsent !== 'null') {
        if (!isStillAbsent(entry, before)) return undefined;
        cursor.at += 1;
        continue;
      }
      const was = before[entry.name];
      const item = entry.patch.read(cursor, was);
      if (item === was && item !== undefined) continue;
      if (isOtherShape(entry, item, was)) return undefined;
      next ??= { ...before };
      next[entry.name] = item;
    }
    for (const entry of unsent) if (!isStillAbsent(entry, before)) return undefined;
    return next ?? before;
  },
});
