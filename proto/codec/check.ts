import { isSafeId } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';

/**
 * Readers turn `unknown` into a checked value. The first thing wrong ends the reading with one
 * fault that names the field. Unknown fields are ignored; names that could reach an object's
 * prototype are refused.
 */
export interface Reader<T> {
  /** `undefined` means: `at` now holds the fault, and whoever called says under which key. */
  readonly read: (value: unknown, at: Spot) => T | undefined;
  /** What an absent field means; without it the field is required. */
  readonly whenAbsent?: 'left-out' | 'null';
  /** An empty list counts as absent: protobuf cannot tell them apart. */
  readonly emptyIsAbsent?: true;
}

/**
 * The first fault met. Its path is made on the way out, so that a value without one costs nothing.
 */
export class Spot {
  readonly #path: (string | number)[] = [];
  #refusal: { readonly expected: string; readonly value: unknown } | undefined;

  /** Always `undefined`, what a reader returns then. */
  refuse(expected: string, value: unknown): undefined {
    this.#refusal ??= { expected, value };
    return undefined;
  }

  /** The value that was refused stands under this key. */
  under(key: string | number): undefined {
    this.#path.push(key);
    return undefined;
  }

  get fault(): Fault {
    const field = this.#path
      .toReversed()
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
      .join('')
      .replace(/^\./, '');
    const { expected, value } = this.#refusal ?? { expected: 'another form', value: {} };
    const message = `${field === '' ? 'the message' : field} is ${shown(value)}: expected ${expected}`;
    return { code: 'wire.schema', field, message };
  }
}

/** Checks a decoded value as a whole. */
export function check<T>(reader: Reader<T>, value: unknown): Result<T, Fault> {
  const at = new Spot();
  const result = reader.read(value, at);
  return result === undefined ? err(at.fault) : ok(result);
}

/**
 * Text of at most `max` UTF-16 units, well-formed: half of a pair does not survive UTF-8, and what
 * was stored with it could not be read again.
 */
export function text<T extends string = string>(
  max: number,
  pattern?: { readonly of: RegExp; readonly words: string },
): Reader<T> {
  const expected = pattern?.words ?? `a text of at most ${max} characters`;
  return {
    read: (value, at) =>
      typeof value === 'string' &&
      value.length <= max &&
      value.isWellFormed() &&
      (pattern === undefined || pattern.of.test(value))
        ? (value as T)
        : at.refuse(expected, value),
  };
}

/** A subject-safe identifier of `shared/ids.ts`. */
export const safeId = <T extends string>(): Reader<T> => ({
  read: (value, at) =>
    typeof value === 'string' && isSafeId(value)
      ? (value as T)
      : at.refuse('1 to 63 of A-Z a-z 0-9 _ -', value),
});

/** A finite number within bounds, both included. Text, NaN and infinities are refused. */
export const number = (min: number, max: number): Reader<number> => ({
  read: (value, at) =>
    typeof value === 'number' && value >= min && value <= max
      ? value
      : at.refuse(`a number from ${min} to ${max}`, value),
});

/** As `number`, without fractions. */
export const integer = (min: number, max: number): Reader<number> => ({
  read: (value, at) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? value
      : at.refuse(`a whole number from ${min} to ${max}`, value),
});

export const flag: Reader<boolean> = {
  read: (value, at) => (typeof value === 'boolean' ? value : at.refuse('true or false', value)),
};

/** Enough of the words to see what is meant. */
const MOST_WORDS = 12;
const listed = (words: readonly (string | number)[]): string =>
  words.length <= MOST_WORDS ? words.join(', ') : `${words.slice(0, MOST_WORDS).join(', ')}, …`;

/** One of a closed list of words. */
export const oneOf = <T extends string | number>(words: readonly T[]): Reader<T> => ({
  read: (value, at) =>
    words.find((word) => word === value) ?? at.refuse(`one of ${listed(words)}`, value),
});

/** null, or what `inner` reads; an absent field is null (not known). */
export function nullable<T>(inner: Reader<T>): Reader<T | null> {
  return {
    read: (value, at) => (value === null ? null : inner.read(value, at)),
    whenAbsent: 'null',
  };
}

/** The field may be left out. */
export const optional = <T>(inner: Reader<T>): Reader<T> => ({
  read: inner.read,
  whenAbsent: 'left-out',
});

/** A list that is left out when it is empty. */
export const listOrAbsent = <T>(inner: Reader<T>, max: number): Reader<readonly T[]> => ({
  read: array(inner, max).read,
  whenAbsent: 'left-out',
  emptyIsAbsent: true,
});

export function array<T>(inner: Reader<T>, max: number): Reader<readonly T[]> {
  return {
    read: (value, at) => {
      if (!Array.isArray(value) || value.length > max)
        return at.refuse(`a list of at most ${max}`, value);
      const result: T[] = [];
      for (let index = 0; index < value.length; index += 1) {
        const item = inner.read(value[index], at);
        if (item === undefined) return at.under(index);
        result.push(item);
      }
      return result;
    },
  };
}

/** Names that reach an object's prototype. */
export const PROTOTYPE_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];
export const isPrototypeKey = (key: string): boolean => PROTOTYPE_KEYS.includes(key);

/** An object used as a dictionary of at most `max` entries; keys as `key` allows. */
export function dictionary<T>(
  key: RegExp,
  inner: Reader<T>,
  max: number,
): Reader<Readonly<Record<string, T>>> {
  return {
    read: (value, at) => {
      if (!isPlain(value)) return at.refuse('an object', value);
      const names = Object.keys(value);
      if (names.length > max) return at.refuse(`an object of at most ${max} entries`, value);
      const result: Record<string, T> = {};
      for (const name of names) {
        if (isPrototypeKey(name) || !key.test(name))
          return at.refuse(`keys like ${key.source}`, name);
        const item = inner.read(value[name], at);
        if (item === undefined) return at.under(name);
        result[name] = item;
      }
      return result;
    },
  };
}

export type Shape<T> = { readonly [K in keyof T]-?: Reader<Exclude<T[K], undefined>> };

/** An object with exactly these fields in the result; fields it does not know are ignored. */
export function object<T>(shape: Shape<T>): Reader<T> {
  const fields = Object.entries<Reader<unknown>>(shape as Record<string, Reader<unknown>>);
  return {
    read: (value, at) => {
      if (!isPlain(value)) return at.refuse('an object', value);
      const result: Record<string, unknown> = {};
      for (let index = 0; index < fields.length; index += 1) {
        const [name, reader] = fields[index] as (typeof fields)[number];
        const given = presentIn(value, name, reader);
        if (given === undefined && reader.whenAbsent === 'left-out') continue;
        const item =
          given === undefined && reader.whenAbsent === 'null' ? null : reader.read(given, at);
        if (item === undefined) return at.under(name);
        result[name] = item;
      }
      return result as T;
    },
  };
}

function presentIn(
  value: Readonly<Record<string, unknown>>,
  name: string,
  reader: Reader<unknown>,
): unknown {
  const given = Object.hasOwn(value, name) ? value[name] : undefined;
  return reader.emptyIsAbsent === true && Array.isArray(given) && given.length === 0
    ? undefined
    : given;
}

/** Which reader an object needs is told by one of its fields. */
export function variants<T>(by: string, readers: Readonly<Record<string, Reader<T>>>): Reader<T> {
  return {
    read: (value, at) => {
      if (!isPlain(value)) return at.refuse('an object', value);
      const name = Object.hasOwn(value, by) ? value[by] : undefined;
      const reader =
        typeof name === 'string' && Object.hasOwn(readers, name) ? readers[name] : undefined;
      if (reader !== undefined) return reader.read(value, at);
      at.refuse(`one of ${Object.keys(readers).join(', ')}`, name);
      return at.under(by);
    },
  };
}

/** A further condition on what `inner` read. */
export function where<T>(
  inner: Reader<T>,
  holds: (value: T) => boolean,
  expected: string,
): Reader<T> {
  return {
    read: (value, at) => {
      const result = inner.read(value, at);
      if (result === undefined) return undefined;
      return holds(result) ? result : at.refuse(expected, value);
    },
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}

/** Short and safe to log. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, 40);
}
