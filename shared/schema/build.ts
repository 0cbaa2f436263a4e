import type { TOptional, TSchema, TUnsafe } from 'typebox';

// Makes schemas as typebox makes them, without loading its builder: that would double the CPU time
// in which `dqoes` starts (docs/decisions, 68). Types are typebox's own, and so is what checks: a
// property test holds the two together.

/** The schema with more keywords; those in `hidden` are not written out as JSON. */
function extended(
  schema: object,
  keywords: Readonly<Record<string, unknown>>,
  hidden: Readonly<Record<string, unknown>> = {},
): object {
  const result = Object.defineProperties({}, Object.getOwnPropertyDescriptors(schema));
  Object.assign(result, keywords);
  for (const [key, value] of Object.entries(hidden))
    Object.defineProperty(result, key, { value, configurable: true, writable: true });
  return result;
}

/** A JSON Schema that stands for the type `T` (`Type.Unsafe`). */
export const unsafe = <T>(schema: object): TUnsafe<T> =>
  extended(schema, {}, { '~unsafe': null }) as TUnsafe<T>;

/** The schema and one more condition, which JSON Schema cannot say (`Type.Refine`). */
export function refined<T>(
  schema: TSchema,
  check: (value: never) => boolean,
  error: (value: never) => string,
): TUnsafe<T> {
  const before = (schema as { readonly '~refine'?: readonly unknown[] })['~refine'] ?? [];
  return unsafe<T>(extended(schema, {}, { '~refine': [...before, { check, error }] }));
}

/** A field that may be absent (`Type.Optional`). */
export const optionalOf = <S extends TSchema>(schema: S): TOptional<S> =>
  extended(schema, {}, { '~optional': true }) as TOptional<S>;

/** The schema with keywords of ours (`Type.With`). */
export const annotated = <S extends TSchema>(
  schema: S,
  keywords: Readonly<Record<string, unknown>>,
): S => extended(schema, keywords) as S;

/** An object with these fields (`Type.Object`); what is not optional is required. */
export function objectSchema(fields: Readonly<Record<string, TSchema>>): TSchema {
  const required = Object.entries(fields)
    .filter(([, field]) => !('~optional' in field))
    .map(([name]) => name);
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: fields,
  } as TSchema;
}
