import type { TSchema } from 'typebox';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { FaultPath } from './fault-path.js';
import { isPrototypeKey, type Schema, type WireKeywords } from './words.js';

/**
 * A reader turns `unknown` into a checked value. It is made once from a schema of words.ts and is
 * what the hot path runs: the first thing wrong ends the reading with one fault that names the
 * field, unknown fields are left out, and names that could reach an object's prototype are refused.
 * A test holds it equal to typebox's own check.
 */
export interface Reader<T> {
  /** `undefined` means: `path` now holds the fault, and the caller adds the key it stands under. */
  readonly read: (value: unknown, path: FaultPath) => T | undefined;
}

/** Checks a decoded value as a whole against a schema. */
export const check = <T>(schema: Schema<T>, value: unknown): Result<T, Fault> =>
  readWhole(readerOf(schema), value);

/** Checks a decoded value as a whole with a reader made before. */
export function readWhole<T>(reader: Reader<T>, value: unknown): Result<T, Fault> {
  const path = new FaultPath();
  const result = reader.read(value, path);
  return result === undefined ? err(path.fault) : ok(result);
}

/** What the words write into a schema, of all kinds together. */
interface Keywords extends WireKeywords {
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
interface Condition {
  readonly check: (value: unknown) => boolean;
  readonly error: (value: unknown) => string;
}

const made = new WeakMap<object, Reader<unknown>>();

/** The reader of a schema; made at the first call and kept. */
export function readerOf<T>(schema: Schema<T>): Reader<T> {
  const known = made.get(schema);
  const reader = known ?? conditioned(schema as Keywords);
  made.set(schema, reader);
  return reader as Reader<T>;
}
const inner = (schema: TSchema | undefined): Reader<unknown> =>
  readerOf((schema ?? {}) as Schema<unknown>);

function conditioned(schema: Keywords): Reader<unknown> {
  const reader = plainReader(schema);
  const all = schema['~refine'] ?? [];
  // The first condition of a text is what its reader checks by itself.
  const conditions = isText(schema) ? all.slice(1) : all;
  return conditions.reduce(
    (before, condition) => ({
      read: (value, path) => {
        const result = before.read(value, path);
        if (result === undefined || condition.check(result)) return result;
        return path.refuse(condition.error(result), value);
      },
    }),
    reader,
  );
}

const isText = ({ type, maxLength }: Keywords): boolean =>
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

const wordReader = (words: readonly unknown[], expected: string): Reader<unknown> => ({
  read: (value, path) => (words.includes(value) ? value : path.refuse(expected, value)),
});

const nullableReader = (reader: Reader<unknown>): Reader<unknown> => ({
  read: (value, path) => (value === null ? null : reader.read(value, path)),
});

function listReader({ items, maxItems = 0, expected = '' }: Keywords): Reader<unknown> {
  const reader = inner(items);
  return {
    read: (value, path) => {
      if (!Array.isArray(value) || value.length > maxItems) return path.refuse(expected, value);
      const result: unknown[] = [];
      for (let index = 0; index < value.length; index += 1) {
        const item = reader.read(value[index], path);
        if (item === undefined) return path.at(index);
        result.push(item);
      }
      return result;
    },
  };
}

function dictionaryReader(schema: Keywords): Reader<unknown> {
  const { maxProperties = 0, expected = '' } = schema;
  const [[pattern, items] = ['', undefined]] = Object.entries(schema.patternProperties ?? {});
  const key = new RegExp(pattern);
  const reader = inner(items);
  return {
    read: (value, path) => {
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
      return result;
    },
  };
}

/** A field of an object, and what its absence means. */
interface FieldReader {
  readonly name: string;
  readonly reader: Reader<unknown>;
  readonly whenAbsent: 'left-out' | 'null' | 'refused';
  /** Which empty value counts as absent. */
  readonly emptyIsAbsent: 'list' | 'object' | undefined;
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

function objectReader(properties: Readonly<Record<string, TSchema>>): Reader<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => fieldOf(name, schema));
  return {
    read: (value, path) => {
      if (!isPlain(value)) return path.refuse('an object', value);
      const result: Record<string, unknown> = {};
      for (let index = 0; index < fields.length; index += 1) {
        const { name, reader, whenAbsent, emptyIsAbsent } = fields[index] as FieldReader;
        const given = presentIn(value, name, emptyIsAbsent);
        if (given === undefined && whenAbsent === 'left-out') continue;
        const item = given === undefined && whenAbsent === 'null' ? null : reader.read(given, path);
        if (item === undefined) return path.at(name);
        result[name] = item;
      }
      return result;
    },
  };
}

function presentIn(
  value: Readonly<Record<string, unknown>>,
  name: string,
  emptyIsAbsent: FieldReader['emptyIsAbsent'],
): unknown {
  const given = Object.hasOwn(value, name) ? value[name] : undefined;
  if (emptyIsAbsent === undefined) return given;
  const isEmpty =
    emptyIsAbsent === 'list'
      ? Array.isArray(given) && given.length === 0
      : isPlain(given) && Object.keys(given).length === 0;
  return isEmpty ? undefined : given;
}

function variantReader({ oneOf = [], discriminator, expected = '' }: Keywords): Reader<unknown> {
  const by = discriminator?.propertyName ?? '';
  const readers = new Map(oneOf.map((schema) => [variantName(schema, by), inner(schema)]));
  return {
    read: (value, path) => {
      if (!isPlain(value)) return path.refuse('an object', value);
      const name = Object.hasOwn(value, by) ? value[by] : undefined;
      const reader = readers.get(name);
      if (reader !== undefined) return reader.read(value, path);
      path.refuse(expected, name);
      return path.at(by);
    },
  };
}

const variantName = (schema: Keywords, by: string): unknown =>
  (schema.properties?.[by] as Keywords | undefined)?.enum?.[0];

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}
