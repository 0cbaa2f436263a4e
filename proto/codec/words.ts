import type { TOptional, TSchema, TUnsafe } from 'typebox';
import { isSafeId, PROTOTYPE_KEYS } from '../../shared/ids.js';
import { objectSchema, optionalOf, refined, unsafe } from '../../shared/schema/build.js';
import type { Fields, ObjectOf } from '../../shared/schema/types.js';

/**
 * The words in which the wire's schemas are written: each makes a typebox schema, from which come
 * the TypeScript type (`Static`), the JSON Schema and, by `readerOf` in check.ts, the check of what
 * arrives.
 */
export type Schema<T> = TUnsafe<T>;

/** Keywords of ours beside those of JSON Schema. */
export interface WireKeywords {
  /** What a fault says was expected; absent = derived from the JSON Schema. */
  readonly expected?: string;
  /** An empty list or dictionary counts as absent: protobuf cannot tell them apart. */
  readonly emptyIsAbsent?: true;
  /** The field whose value says which of `oneOf` an object is. */
  readonly discriminator?: { readonly propertyName: string };
}

/** A schema and one more condition, whose fault says what was expected. */
const conditioned = <T>(
  schema: TSchema,
  holds: (value: T) => boolean,
  expected: string,
): Schema<T> => refined<T>(schema, holds, () => expected);

/**
 * Text of at most `max` UTF-16 units, well-formed: half of a pair does not survive UTF-8, and what
 * was stored with it could not be read again.
 */
export function text<T extends string = string>(
  max: number,
  pattern?: { readonly of: RegExp; readonly words: string },
): Schema<T> {
  const expected = pattern?.words ?? `a text of at most ${max} characters`;
  const schema =
    pattern === undefined
      ? { type: 'string', maxLength: max, expected }
      : { type: 'string', maxLength: max, pattern: pattern.of.source, expected };
  const holds = (value: string): boolean =>
    value.length <= max &&
    value.isWellFormed() &&
    (pattern === undefined || pattern.of.test(value));
  return conditioned<T>(unsafe<T>(schema), holds, expected);
}

const SAFE_ID = '1 to 63 of A-Z a-z 0-9 _ -';
/** A subject-safe identifier of `shared/ids.ts`. */
export const safeId = <T extends string>(): Schema<T> =>
  conditioned<T>(
    unsafe<T>({
      type: 'string',
      maxLength: 63,
      pattern: '^[A-Za-z0-9_-]{1,63}$',
      expected: SAFE_ID,
    }),
    isSafeId,
    SAFE_ID,
  );

/** A finite number within bounds, both included. Text, NaN and infinities are refused. */
export const number = (min: number, max: number): Schema<number> =>
  unsafe<number>({
    type: 'number',
    minimum: min,
    maximum: max,
    expected: `a number from ${min} to ${max}`,
  });

/** As `number`, without fractions; the bounds lie within ±(2^53 − 1). */
export const integer = (min: number, max: number): Schema<number> =>
  unsafe<number>({
    type: 'integer',
    minimum: min,
    maximum: max,
    expected: `a whole number from ${min} to ${max}`,
  });

export const flag: Schema<boolean> = unsafe<boolean>({
  type: 'boolean',
  expected: 'true or false',
});

/** Any value but `undefined`. */
export const anything = (expected: string): Schema<unknown> => unsafe<unknown>({ expected });

/** Words that a fault lists, enough to see what is meant. */
const MAX_LISTED = 12;
const listed = (words: readonly (string | number)[]): string =>
  words.length <= MAX_LISTED ? words.join(', ') : `${words.slice(0, MAX_LISTED).join(', ')}, …`;

/** One of a closed list of words. */
export const oneOf = <const T extends string | number>(words: readonly T[]): Schema<T> =>
  unsafe<T>({ enum: [...words], expected: `one of ${listed(words)}` });

/** null, or what `inner` allows; an absent field is null (not known). */
export const nullable = <T>(inner: Schema<T>): Schema<T | null> =>
  unsafe<T | null>({ anyOf: [inner, { type: 'null' }], default: null });

/** The field may be left out. */
export const optional = <T>(inner: Schema<T>): TOptional<Schema<T>> => optionalOf(inner);

/** A list that is left out when it is empty. */
export const listOrAbsent = <T>(inner: Schema<T>, max: number): TOptional<Schema<readonly T[]>> =>
  optional(
    unsafe<readonly T[]>({
      type: 'array',
      items: inner,
      maxItems: max,
      expected: `a list of at most ${max}`,
      emptyIsAbsent: true,
    }),
  );

/** A list of at most `max` items. */
export const array = <T>(inner: Schema<T>, max: number): Schema<readonly T[]> =>
  unsafe<readonly T[]>({
    type: 'array',
    items: inner,
    maxItems: max,
    expected: `a list of at most ${max}`,
  });

/** True for a key that reaches an object's prototype. */
export const isPrototypeKey = (key: string): boolean => PROTOTYPE_KEYS.includes(key);

/** An object used as a dictionary of at most `max` entries; keys as `key` allows. */
export const dictionary = <T>(
  key: RegExp,
  inner: Schema<T>,
  max: number,
): Schema<Readonly<Record<string, T>>> =>
  unsafe<Readonly<Record<string, T>>>({
    type: 'object',
    patternProperties: { [key.source]: inner },
    additionalProperties: false,
    propertyNames: { not: { enum: PROTOTYPE_KEYS } },
    maxProperties: max,
    expected: `an object of at most ${max} entries`,
  });

/** A dictionary that is left out when it is empty. */
export const dictionaryOrAbsent = <T>(
  key: RegExp,
  inner: Schema<T>,
  max: number,
): TOptional<Schema<Readonly<Record<string, T>>>> =>
  optional(
    unsafe<Readonly<Record<string, T>>>({ ...dictionary(key, inner, max), emptyIsAbsent: true }),
  );

/** One schema for each field of a type that is written by hand. */
export type FieldsOf<T> = { readonly [K in keyof T]-?: Schema<Exclude<T[K], undefined>> };
/** An object whose type follows from its fields; fields it does not know are ignored. */
export const objectOf = <F extends Fields>(fields: F): Schema<ObjectOf<F>> =>
  unsafe<ObjectOf<F>>(objectSchema(fields));

/** An object of a type that is written by hand in shared/; the compiler holds the two together. */
export const object = <T>(fields: FieldsOf<T>): Schema<T> =>
  unsafe<T>(objectSchema(fields as Fields));

/** Which schema an object follows is said by one of its fields. */
export const variants = <T>(by: string, schemas: Readonly<Record<string, Schema<T>>>): Schema<T> =>
  unsafe<T>({
    oneOf: Object.values(schemas),
    discriminator: { propertyName: by },
    expected: `one of ${Object.keys(schemas).join(', ')}`,
  });

/** A further condition on what `inner` allows. */
export const where = <T>(
  inner: Schema<T>,
  holds: (value: T) => boolean,
  expected: string,
): Schema<T> => conditioned<T>(inner, holds, expected);
