import { Errors } from 'typebox/schema';
import { Settings } from 'typebox/system';
import { decoded } from './decode.js';
import type { FileKeywords, FileSchema, RuleFault } from './types.js';
import { didYouMean } from './words.js';

// typebox keeps 8 by default; people want them all. Files are capped, and so is what is shown.
Settings.Set({ maxErrors: 100_000 });

export type MismatchKind = 'unknown-key' | 'missing' | 'bad-value';

/** One thing wrong with a value as written, before it is known where in a file that is. */
export interface Mismatch {
  readonly kind: MismatchKind;
  readonly path: readonly string[];
  /** What to point at: the value, its key, or the mapping in which it is missing. */
  readonly at: 'value' | 'key' | 'parent';
  /** Follows the name of the field. */
  readonly message: string;
}

/**
 * Everything that is wrong with a value as written, in the order of the schema's fields; unknown
 * keys come first. Empty = `decoded` may be called.
 */
export function mismatchesOf(schema: FileSchema<unknown>, written: unknown): readonly Mismatch[] {
  const [, errors] = Errors(schema, written);
  const found = errors.flatMap((error) => {
    const path = keysOf(error.instancePath);
    return mismatchOf(error, { path, ...heldAt(schema, written, path) });
  });
  const order = (mismatch: Mismatch): readonly number[] => positions(schema, mismatch);
  return found
    .map((mismatch) => ({ mismatch, order: order(mismatch) }))
    .sort((a, b) => compare(a.order, b.order))
    .map(({ mismatch }) => mismatch);
}

type TypeboxError = ReturnType<typeof Errors>[1][number];

/** A place of the value: its schema, what stands there, and the schema it is a key of. */
interface HeldValue {
  readonly path: readonly string[];
  readonly schema: FileKeywords;
  readonly value: unknown;
  readonly parent: FileKeywords;
}

const keysOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));

const below = (schema: FileKeywords, key: string): FileKeywords =>
  schema.properties?.[key] ??
  schema.items ??
  Object.values(schema.patternProperties ?? {})[0] ??
  {};

function heldAt(
  root: FileSchema<unknown>,
  written: unknown,
  path: readonly string[],
): Omit<HeldValue, 'path'> {
  let schema = root as FileKeywords;
  let parent: FileKeywords = {};
  let value = written;
  for (const key of path) {
    parent = schema;
    schema = below(schema, key);
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return { schema, parent, value };
}

function mismatchOf(error: TypeboxError, held: HeldValue): readonly Mismatch[] {
  const { schema, path } = held;
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((key) => missing(path, key, schema));
    case 'additionalProperties':
      return error.params.additionalProperties.flatMap((key) => unknownKey(held, key));
    case 'type':
      return [wrongType(held)];
    case 'maxItems':
    case 'maxProperties':
      return [tooMany(held, error.params.limit)];
    case '~refine':
      return [{ kind: 'bad-value', at: 'value', ...brokenRule(held, error.params.message) }];
    default:
      return [];
  }
}

function tooMany({ path, value }: HeldValue, most: number): Mismatch {
  const count = Object.keys(value as object).length;
  const message = `has ${count} entries: write at most ${most}`;
  return { kind: 'bad-value', path, at: 'value', message };
}

/** A rule between the fields of a mapping names the one at fault; a scalar's is its own. */
function brokenRule(
  { path, schema, value }: HeldValue,
  message: string,
): Pick<Mismatch, 'path' | 'message'> {
  const rule = schema.rule as ((read: unknown) => RuleFault | undefined) | undefined;
  const field = rule?.(decoded(schema as FileSchema<unknown>, value))?.field ?? '';
  const isGiven = field !== '' && Object.hasOwn(value as object, field);
  return { path: isGiven ? [...path, field] : path, message };
}

const CURE = 'write a value or remove the key';

function missing(path: readonly string[], key: string, schema: FileKeywords): Mismatch {
  const cure = schema.properties?.[key]?.cure ?? CURE;
  return { kind: 'missing', path: [...path, key], at: 'parent', message: `is missing: ${cure}` };
}

function unknownKey({ path, schema, value }: HeldValue, key: string): readonly Mismatch[] {
  const its = [...path, key];
  const { patternProperties, refused = {}, properties = {} } = schema;
  if (patternProperties !== undefined)
    return badName(its, schema, (value as Readonly<Record<string, unknown>>)[key]);
  const refusal = Object.hasOwn(refused, key) ? refused[key] : undefined;
  const known = Object.keys(properties);
  const meant = didYouMean(key, known);
  const message = refusal ?? `unknown key${meant === '' ? `: use ${known.join(', ')}` : meant}`;
  return [{ kind: 'unknown-key', path: its, at: 'key', message }];
}

/** A name that a dictionary does not allow; its value is looked at all the same. */
function badName(
  path: readonly string[],
  dictionary: FileKeywords,
  value: unknown,
): readonly Mismatch[] {
  const [schema = {}] = Object.values(dictionary.patternProperties ?? {});
  const message = `this name is not allowed: ${dictionary.cure ?? ''}`;
  const name: Mismatch = { kind: 'bad-value', path, at: 'value', message };
  if (typeof value === 'string') return [name];
  return [name, wrongType({ path, schema, value, parent: dictionary })];
}

function wrongType(held: HeldValue): Mismatch {
  const { path, schema, value, parent } = held;
  const isField = parent.properties !== undefined;
  if (value === null && isField)
    return {
      kind: 'bad-value',
      path,
      at: 'value',
      message: `has no value: ${schema.cure ?? CURE}`,
    };
  const kind = value === null && schema.properties !== undefined ? 'missing' : 'bad-value';
  return { kind, path, at: 'value', message: `expected ${expected(held)}` };
}

function expected({ path, schema, value }: HeldValue): string {
  const found = `found ${kindOf(value)}`;
  if (schema.type === 'array') return `a list, ${found}: ${schema.cure ?? ''}`;
  if (schema.type !== 'object') return `one value, ${found}`;
  if (schema.properties === undefined) return `a mapping, ${found}: write { NAME: VALUE }`;
  const names = Object.keys(schema.properties);
  const more = names.length > 3 ? '…' : '';
  const whole = path.length === 0 ? `write lines such as ${names[0]}: VALUE` : undefined;
  const cure = whole ?? schema.cure ?? `write { ${names[0]}: VALUE }`;
  return `a mapping with ${names.slice(0, 3).join(', ')}${more}, ${found}: ${cure}`;
}

/** How a value is called in a message. */
function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : JSON.stringify(String(value).slice(0, 60));
}

/** Where a fault stands among those of its schema: the field's number on each level. */
function positions(root: FileSchema<unknown>, { path }: Mismatch): readonly number[] {
  let schema = root as FileKeywords;
  return path.map((key) => {
    const names = schema.properties === undefined ? undefined : Object.keys(schema.properties);
    schema = below(schema, key);
    if (names !== undefined) return names.indexOf(key);
    return /^\d+$/.test(key) ? Number(key) : 0;
  });
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let level = 0; level < Math.min(a.length, b.length); level += 1) {
    const difference = (a[level] ?? 0) - (b[level] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
