import type { TSchema } from 'typebox';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { FaultPath } from './fault-path.js';
import {
  type FieldReader,
  formOf,
  isPlain,
  knownPlain,
  type Reader,
  readFields,
} from './fields.js';
import { isPrototypeKey, type Schema, type WireKeywords } from './words.js';

export type { Reader } from './fields.js';

/** Checks a decoded value as a whole against a schema. */
export const check = <T>(schema: Schema<T>, value: unknown): Result<T, Fault> =>
  readWhole(readerOf(schema), value);

/** Checks a decoded value as a whole with a reader made before; `known` as there. */
export function readWhole<T>(reader: Reader<T>, value: unknown, known?: T): Result<T, Fault> {
  const path = new FaultPath();
  const result = reader.read(value, path, known);
  return result === undefined ? err(path.fault) : ok(result);
}

/** What the words write into a schema, of all kinds together. */
export interface Keywords extends WireKeywords {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly [TSchema, TSchema];
  readonly oneOf?: readonly TSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly items?: TSchema;
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly patternProperties?: Readonly<Record<string, TSchema>>;
  readonly '~optional'?: true;
  readonly '~refine'?: readonly Condition[];
}
/** A further condition on a value, and what a fault says where it does not hold. */
export interface Condition {
  readonly check: (value: unknown) => boolean;
  readonly error: (value: unknown) => string;
}

const made = new WeakMap<object, Reader<unknown>>();

/** The reader of a schema; made at the first call and kept. */
export function readerOf<T>(schema: Schema<T>): Reader<T> {
  const known = made.get(schema);
  const reader = known ?? conditioned(schema as Keywords, plainReader(schema as Keywords));
  made.set(schema, reader);
  return reader as Reader<T>;
}
/** The reader of a schema within another one. */
export const inner = (schema: TSchema | undefined): Reader<unknown> =>
  readerOf((schema ?? {}) as Schema<unknown>);

/** The conditions of a schema, behind a reader of its values. */
export function conditioned(schema: Keywords, reader: Reader<unknown>): Reader<unknown> {
  return conditionsOf(schema).reduce(
    (before, condition) => ({
      read: (value, path, known) => {
        const result = before.read(value, path, known);
        if (result === undefined || result === known || condition.check(result)) return result;
        return path.refuse(condition.error(result), value);
      },
    }),
    reader,
  );
}

/** What a value must be beside what the reader of its schema checks by itself. */
export function conditionsOf(schema: Keywords): readonly Condition[] {
  const all = schema['~refine'] ?? [];
  // The first condition of a text is what its reader checks by itself.
  return isText(schema) ? all.slice(1) : all;
}

/** Whether it is the schema of a text. */
export const isText = ({ type, maxLength }: Keywords): boolean =>
  type === 'string' && maxLength !== undefined;

function plainReader(schema: Keywords): Reader<unknown> {
  const { expected = '' } = schema;
  if (isText(schema)) return textReader(schema);
  if (schema.enum !== undefined) return wordReader(schema.enum, expected);
  if (schema.anyOf !== undefined) return nullableReader(inner(schema.anyOf[0]));
  if (schema.oneOf !== undefined) return variantReader(schema);
  switch (schema.type) {
    case 'string':
    case 'boolean':
      return typeReader(schema.type, expected);
    case 'number':
      return numberReader(schema);
    case 'integer':
      return integerReader(schema);
    case 'array':
      return listReader(schema);
    case 'object':
      return schema.patternProperties === undefined
        ? objectReader(schema.properties ?? {})
        : dictionaryReader(schema);
    default:
      return {
        read: (value, path) => (value === undefined ? path.refuse(expected, value) : value),
      };
  }
}

const typeReader = (type: 'string' | 'boolean', expected: string): Reader<unknown> => ({
  read: (value, path) => (typeof value === type ? value : path.refuse(expected, value)),
});

function textReader({ maxLength = 0, pattern, expected = '' }: Keywords): Reader<unknown> {
  const form = pattern === undefined ? undefined : new RegExp(pattern);
  return {
    read: (value, path) =>
      typeof value === 'string' &&
      value.length <= maxLength &&
      value.isWellFormed() &&
      (form === undefined || form.test(value))
        ? value
        : path.refuse(expected, value),
  };
}

// NaN is not within any bounds, and infinities are beyond all.
const numberReader = ({ minimum = 0, maximum = 0, expected = '' }: Keywords): Reader<unknown> => ({
  read: (value, path) =>
    typeof value === 'number' && value >= minimum && value <= maximum
      ? value
      : path.refuse(expected, value),
});

const integerReader = ({ minimum = 0, maximum = 0, expected = '' }: Keywords): Reader<unknown> => ({
  read: (value, path) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum
      ? value
      : path.refuse(expected, value),
});

// The word itself, not the copy that came with the message: those that are held are many.
const wordReader = (words: readonly unknown[], expected: string): Reader<unknown> => ({
  read: (value, path) => words[words.indexOf(value)] ?? path.refuse(expected, value),
});

/** null, or what the reader reads. */
export const nullableReader = (reader: Reader<unknown>): Reader<unknown> => ({
  read: (value, path, known) => (value === null ? null : reader.read(value, path, known)),
});

/** A list of what the reader reads. */
export function listReader(
  { items, maxItems = 0, expected = '' }: Keywords,
  reader = inner(items),
): Reader<unknown> {
  return {
    read: (value, path, known) => {
      if (!Array.isArray(value) || value.length > maxItems) return path.refuse(expected, value);
      const before: readonly unknown[] | undefined = Array.isArray(known) ? known : undefined;
      const result: unknown[] = [];
      let isSame = before?.length === value.length;
      for (let index = 0; index < value.length; index += 1) {
        const item = reader.read(value[index], path, before?.[index]);
        if (item === undefined) return path.at(index);
        if (item !== before?.[index]) isSame = false;
        result.push(item);
      }
      return isSame ? before : result;
    },
  };
}

function dictionaryReader(schema: Keywords): Reader<unknown> {
  const { maxProperties = 0, expected = '' } = schema;
  const [[pattern, items] = ['', undefined]] = Object.entries(schema.patternProperties ?? {});
  const key = new RegExp(pattern);
  const reader = inner(items);
  return {
    read: (value, path, known) => {
      if (!isPlain(value)) return path.refuse('an object', value);
      const names = Object.keys(value);
      if (names.length > maxProperties) return path.refuse(expected, value);
      const result: Record<string, unknown> = {};
      for (const name of names) {
        if (isPrototypeKey(name) || !key.test(name))
          return path.refuse(`keys like ${pattern}`, name);
        const item = reader.read(value[name], path);
        if (item === undefined) return path.at(name);
        result[name] = item;
      }
      return isSameDictionary(known, result) ? known : result;
    },
  };
}

function isSameDictionary(known: unknown, result: Readonly<Record<string, unknown>>): boolean {
  if (!isPlain(known)) return false;
  const names = Object.keys(result);
  return (
    names.length === Object.keys(known).length &&
    names.every((name) => Object.hasOwn(known, name) && known[name] === result[name])
  );
}

function fieldOf(name: string, schema: Keywords): FieldReader {
  const absent = schema.anyOf === undefined ? 'refused' : 'null';
  return {
    name,
    reader: inner(schema as TSchema),
    whenAbsent: schema['~optional'] === true ? 'left-out' : absent,
    emptyIsAbsent:
      schema.emptyIsAbsent === true ? (schema.type === 'array' ? 'list' : 'object') : undefined,
  };
}

/** The fields of an object in the order of its schema. */
export const fieldsOf = (properties: Readonly<Record<string, TSchema>>): readonly FieldReader[] =>
  Object.entries(properties).map(([name, schema]) => fieldOf(name, schema));

function objectReader(
  properties: Readonly<Record<string, TSchema>>,
  replaced: Readonly<Record<string, Reader<unknown>>> = {},
): Reader<unknown> {
  const form = formOf(
    fieldsOf(properties).map((field) => ({
      ...field,
      reader: replaced[field.name] ?? field.reader,
    })),
  );
  return {
    read: (value, path, known) =>
      isPlain(value)
        ? readFields(form, value, path, knownPlain(known))
        : path.refuse('an object', value),
  };
}

/** The reader of an object some of whose fields are read by other readers. */
export const readerWith = <T>(
  schema: Schema<T>,
  replaced: Readonly<Record<string, Reader<unknown>>>,
): Reader<T> => {
  const { properties = {} } = schema as Keywords;
  return conditioned(schema as Keywords, objectReader(properties, replaced)) as Reader<T>;
};

function variantReader({ oneOf = [], discriminator, expected = '' }: Keywords): Reader<unknown> {
  const by = discriminator?.propertyName ?? '';
  const readers = new Map(oneOf.map((schema) => [variantName(schema, by), inner(schema)]));
  return {
    read: (value, path, known) => {
      if (!isPlain(value)) return path.refuse('an object', value);
      const name = Object.hasOwn(value, by) ? value[by] : undefined;
      const reader = readers.get(name);
      const isSameVariant = knownPlain(known)?.[by] === name;
      if (reader !== undefined) return reader.read(value, path, isSameVariant ? known : undefined);
      path.refuse(expected, name);
      return path.at(by);
    },
  };
}

const variantName = (schema: Keywords, by: string): unknown =>
  (schema.properties?.[by] as Keywords | undefined)?.enum?.[0];
