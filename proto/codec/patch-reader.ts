import type { TSchema } from 'typebox';
import { conditionsOf, fieldsOf, inner, isText, type Keywords } from './check.js';
import type { Cursor } from './cursor.js';
import { FaultPath } from './fault-path.js';
import { type FieldReader, isEmpty, knownPlain, type Reader } from './fields.js';
import { MAX_DEPTH } from './limits.js';
import { unpackPart } from './messagepack.js';

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
export const patchOr = (reader: Reader<unknown>, fast: Patch['read']): Patch => ({
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

/** null, or what the patch reads, under the conditions of the schema. */
export const nullablePatch = (patch: Patch, schema: Keywords): Patch =>
  conditionedPatch(schema, {
    read: (cursor, known) => {
      if (!cursor.isNull) return patch.read(cursor, known);
      cursor.at += 1;
      return null;
    },
  });

/** The conditions of a schema, behind a patch of its values. */
export function conditionedPatch(schema: Keywords, patch: Patch): Patch {
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
  /** It is there in some messages only: an object with it or without is read alike. */
  readonly comesAndGoes?: true;
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
export const isStillAbsent = ({ whenAbsent, name }: Entry, known: Known): boolean =>
  whenAbsent !== 'refused' && known[name] === (whenAbsent === 'null' ? null : undefined);

/** An object as it was before. */
export type Known = Readonly<Record<string, unknown>>;

/** Whether it could not be read, or the object has other fields than before. */
const isOtherShape = ({ emptyIsAbsent }: Entry, item: unknown, was: unknown): boolean =>
  item === undefined ||
  was === undefined ||
  (emptyIsAbsent !== undefined && isEmpty(item, emptyIsAbsent));

/** The field that stands here; `undefined` = it cannot be read, or the object has other fields. */
export function readEntry(entry: Entry, cursor: Cursor, before: Known): unknown {
  const was = before[entry.name];
  const item = entry.patch.read(cursor, was);
  if (entry.comesAndGoes === true) return item;
  return item === was || !isOtherShape(entry, item, was) ? item : undefined;
}

/** What has changed so far; undefined = nothing has. */
export type Changed = Record<string, unknown> | undefined;

/** A copy that may be written to. */
export const copyOf = (known: Known): Record<string, unknown> => ({ ...known });

/** In the place of an item: there is nothing to keep. */
export const PASSED = Symbol('passed');

/** A field that is no part of what is read. */
export interface FieldBeside {
  readonly name: string;
  /** Passes over it; false = the object has to be unpacked. */
  readonly read: (cursor: Cursor) => boolean;
}

/** An object with names. */
export function mapPatch(entries: readonly Entry[], beside?: FieldBeside): Patch {
  const names = [
    ...entries.map(({ name }) => name),
    ...(beside === undefined ? [] : [beside.name]),
  ];
  // The place of the name that stands here; -1 = it is none of them, or was there before.
  const passName = (cursor: Cursor, expected: number, seen: number): number => {
    for (let i = 0; i < names.length; i += 1) {
      const at = (expected + i) % names.length;
      if (cursor.passesText(names[at] ?? '')) return (seen & (1 << at)) === 0 ? at : -1;
    }
    return -1;
  };
  const readAt = (at: number, cursor: Cursor, before: Known): unknown => {
    const entry = entries[at];
    if (entry !== undefined) return readEntry(entry, cursor, before);
    return beside?.read(cursor) === true ? PASSED : undefined;
  };
  const isWhole = (seen: number, before: Known): boolean =>
    entries.every(
      (entry, at) =>
        (seen & (1 << at)) !== 0 || entry.comesAndGoes === true || isStillAbsent(entry, before),
    );
  const passing = entries.flatMap(({ comesAndGoes, name }, at) =>
    comesAndGoes === true ? [{ name, bit: 1 << at }] : [],
  );
  const withoutGone = (item: Known, seen: number): Known =>
    passing.reduce((rest, { name, bit }) => {
      if ((seen & bit) !== 0 || rest[name] === undefined) return rest;
      const { [name]: _, ...others } = rest;
      return others;
    }, item);
  const read: Patch['read'] = (cursor, known) => {
    const before = knownPlain(known);
    const count = cursor.map();
    if (before === undefined || count < 0) return undefined;
    let next: Changed;
    let [seen, at] = [0, -1];
    for (let i = 0; i < count; i += 1) {
      at = passName(cursor, at + 1, seen);
      const item = at < 0 ? undefined : readAt(at, cursor, before);
      if (item === undefined) return undefined;
      seen |= 1 << at;
      const name = names[at] ?? '';
      if (item === PASSED || item === before[name]) continue;
      next ??= copyOf(before);
      next[name] = item;
    }
    return isWhole(seen, before) ? withoutGone(next ?? before, seen) : undefined;
  };
  // Places are noted as bits.
  return { read: names.length > 31 ? () => undefined : read };
}
