import type { TOptional } from 'typebox';
import { nearestOf } from '../nearest.js';
import { err, ok, type Result } from '../result.js';
import { annotated, optionalOf, refined, unsafe } from './build.js';
import { decoded } from './decode.js';
import type { Fields, FileKeywords, FileSchema, JsonSchema, ObjectOf, RuleFault } from './types.js';

/** A single value, parsed from its text. The parser's sentence follows the field's name. */
export function scalar<T>(
  parse: (text: string) => Result<T, string>,
  published: JsonSchema,
  kind: string,
): FileSchema<T> {
  const sentence = (text: string): string => {
    const parsed = parse(text);
    return parsed.ok ? '' : parsed.error;
  };
  const text = unsafe<string>({ type: 'string', parse, published, kind });
  return refined<T>(text, (value: string) => parse(value).ok, sentence);
}

/** ` (did you mean X?)` where a known word is near, else ''. */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = nearestOf(word, known);
  return nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
}

/**
 * One of a few words; a fault names the nearest one, or what another word for it is called here
 * (`synonyms`).
 */
export function oneOf<const T extends string>(
  words: readonly T[],
  synonyms: Readonly<Record<string, T>> = {},
): FileSchema<T> {
  const parse = (text: string): Result<T, string> => {
    const known = words.find((word) => word === text);
    if (known !== undefined) return ok(known);
    const shown = JSON.stringify(text.slice(0, 40));
    const same = Object.hasOwn(synonyms, text) ? synonyms[text] : undefined;
    const meant = same === undefined ? didYouMean(text, words) : ` (did you mean ${same}?)`;
    return err(`${shown} is not known${meant}; use ${words.join(', ')}`);
  };
  return scalar(parse, { enum: [...words] }, words.map((word) => `\`${word}\``).join(' '));
}

/** A list; a fault names every bad item. */
export const listOf = <T>(
  items: FileSchema<T>,
  cure: string,
  kind: string,
): FileSchema<readonly T[]> => unsafe<readonly T[]>({ type: 'array', items, cure, kind });

/** A mapping of free names to values. `pattern` is in the syntax of JSON Schema. */
export const dictionary = <T>(
  pattern: string,
  cure: string,
  value: FileSchema<T>,
  kind = 'mapping of texts',
): FileSchema<Readonly<Record<string, T>>> =>
  unsafe<Readonly<Record<string, T>>>({
    type: 'object',
    patternProperties: { [pattern]: value },
    additionalProperties: false,
    cure,
    kind,
  });

/** A list or a mapping of at most `max` entries. */
export const atMost = <T>(schema: FileSchema<T>, max: number): FileSchema<T> =>
  annotated(
    schema,
    (schema as FileKeywords).type === 'array' ? { maxItems: max } : { maxProperties: max },
  );

/** What a mapping says beside its fields. */
export interface MappingRules<F extends Fields> {
  readonly refused?: Readonly<Record<string, string>>;
  readonly rule?: (value: ObjectOf<F>) => RuleFault | undefined;
}

/** A mapping with known keys: unknown and missing keys are all found. */
export function mapping<F extends Fields>(
  fields: F,
  rules: MappingRules<F> = {},
): FileSchema<ObjectOf<F>> {
  const required = Object.entries<FileKeywords>(fields)
    .filter(([, field]) => field['~optional'] !== true && field.default === undefined)
    .map(([name]) => name);
  const plain = unsafe<ObjectOf<F>>({
    type: 'object',
    properties: fields,
    required,
    additionalProperties: false,
    kind: 'mapping',
    ...rules,
  });
  const { rule } = rules;
  if (rule === undefined) return plain;
  const faultOf = (written: unknown): RuleFault | undefined => rule(decoded(plain, written));
  return refined<ObjectOf<F>>(
    plain,
    (written: unknown) => faultOf(written) === undefined,
    (written: unknown) => faultOf(written)?.message ?? '',
  );
}

/** A key that must be there. */
export const required = <T>(schema: FileSchema<T>, cure: string, about: string): FileSchema<T> =>
  annotated(schema, { cure, about, otherwise: 'required' });

/** A key that may be left out, and then has no value. */
export const optional = <T>(
  schema: FileSchema<T>,
  about: string,
  otherwise = 'none',
): TOptional<FileSchema<T>> => optionalOf(annotated(schema, { about, otherwise }));

/** A key that may be left out, and then is as if `written` stood there. */
export const defaulted = <T>(
  schema: FileSchema<T>,
  written: unknown,
  about: string,
  otherwise?: string,
): FileSchema<T> =>
  annotated(schema, {
    about,
    default: written,
    ...(otherwise === undefined ? {} : { otherwise }),
  });
