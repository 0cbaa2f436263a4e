import type { FaultPath } from './fault-path.js';

/**
 * A reader turns `unknown` into a checked value. It is made once from a schema of words.ts and is
 * what the hot path runs: the first thing wrong ends the reading with one fault that names the
 * field, unknown fields are left out, and names that could reach an object's prototype are refused.
 * A test holds it equal to typebox's own check.
 */
export interface Reader<T> {
  /**
   * `undefined` means: `path` now holds the fault, and the caller adds the key it stands under.
   * `known`: what this reader returned before; parts that are equal to it are not checked again and
   * keep its identity, so that what does not change is held once.
   */
  readonly read: (value: unknown, path: FaultPath, known?: unknown) => T | undefined;
}

/** A field of an object, and what its absence means. */
export interface FieldReader {
  readonly name: string;
  readonly reader: Reader<unknown>;
  readonly whenAbsent: 'left-out' | 'null' | 'refused';
  /** Which empty value counts as absent. */
  readonly emptyIsAbsent: 'list' | 'object' | undefined;
}

/** The fields of one kind of object, and where each stands in what is read. */
export interface FieldsForm {
  readonly fields: readonly FieldReader[];
  /** The value of field number `index`; undefined = it is absent. */
  readonly valueAt: (value: unknown, index: number) => unknown;
}

/** Reads all fields into one object; `undefined` as a reader's. */
export function readFields(
  form: FieldsForm,
  value: unknown,
  path: FaultPath,
  known?: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const { fields, valueAt } = form;
  // Made only when a field differs from what is known.
  let result: Record<string, unknown> | undefined = known === undefined ? {} : undefined;
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index] as FieldReader;
    const { name, reader, whenAbsent } = field;
    const given = givenOf(field, valueAt(value, index));
    const was = known?.[name];
    const isLeftOut = given === undefined && whenAbsent === 'left-out';
    // With other fields than before nothing is gained.
    if (known !== undefined && isLeftOut !== (was === undefined))
      return readFields(form, value, path);
    if (isLeftOut) continue;
    const item = isSameScalar(given, was) ? given : reader.read(given, path, was);
    if (item === undefined) return path.at(name);
    if (known !== undefined && item === was) continue;
    result ??= { ...known };
    result[name] = item;
  }
  return result ?? known;
}

// Where absent means null, it is read as null.
function givenOf({ whenAbsent, emptyIsAbsent }: FieldReader, present: unknown): unknown {
  const given = emptyIsAbsent && isEmpty(present, emptyIsAbsent) ? undefined : present;
  return given === undefined && whenAbsent === 'null' ? null : given;
}

const isSameScalar = (given: unknown, was: unknown): boolean =>
  given === was && given !== undefined && (given === null || typeof given !== 'object');

/** Whether it is an empty one of its kind. */
export const isEmpty = (value: unknown, kind: 'list' | 'object'): boolean =>
  kind === 'list'
    ? Array.isArray(value) && value.length === 0
    : isPlain(value) && Object.keys(value).length === 0;

/** The form of a plain object, whose fields stand under their names. */
export const formOf = (fields: readonly FieldReader[]): FieldsForm => ({
  fields,
  valueAt: (value, index) => {
    const { name } = fields[index] as FieldReader;
    return Object.hasOwn(value as object, name)
      ? (value as Readonly<Record<string, unknown>>)[name]
      : undefined;
  },
});

/** Whether the value is an object with names: no list, no bytes. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}

/** The same where it may serve as what is known. */
export const knownPlain = (known: unknown): Record<string, unknown> | undefined =>
  isPlain(known) ? known : undefined;
