import type { TSchema } from 'typebox';
import { readerOf, readWhole } from '../../proto/codec/check.js';
import type { Schema } from '../../proto/codec/words.js';
import type { Fault } from '../../shared/result.js';

/** Keywords of a schema that say what lies below it. */
interface Shape {
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
  readonly maxItems?: number;
  readonly oneOf?: readonly Shape[];
  readonly anyOf?: readonly TSchema[];
  readonly discriminator?: { readonly propertyName: string };
  readonly enum?: readonly unknown[];
  readonly '~optional'?: true;
}

const MAX_FAULTS = 100;

/**
 * Everything that is wrong with a value, at most a hundred things: each names its field, what was
 * found and what was expected. Unknown keys count: they are often misspelt. Empty = the reader of
 * the schema takes it.
 */
export function faultsOf(schema: TSchema, value: unknown): readonly Fault[] {
  const found: Fault[] = [];
  walk(schema, value, '', found);
  return found.slice(0, MAX_FAULTS);
}

function walk(schema: TSchema, value: unknown, field: string, found: Fault[]): void {
  if (found.length >= MAX_FAULTS) return;
  const meant = meantBy(schema as Shape, value);
  const { properties, items, maxItems = 0 } = meant;
  const before = found.length;
  if (properties !== undefined && isObject(value)) walkFields(properties, value, field, found);
  else if (items !== undefined && Array.isArray(value) && value.length <= maxItems)
    for (const [index, item] of value.entries()) walk(items, item, `${field}[${index}]`, found);
  // What the parts do not show, the whole may: a condition between fields, a wrong kind.
  if (found.length === before) readHere(meant as TSchema, value, field, found);
}

/** What lies in `nullable`, or the variant that the value says it is. */
function meantBy(schema: Shape, value: unknown): Shape {
  const { anyOf, oneOf } = schema;
  if (anyOf !== undefined && value !== null) return meantBy(anyOf[0] as Shape, value);
  if (oneOf === undefined || !isObject(value)) return schema;
  return variantOf(schema, value) ?? schema;
}

function walkFields(
  properties: Readonly<Record<string, TSchema>>,
  value: Readonly<Record<string, unknown>>,
  field: string,
  found: Fault[],
): void {
  const under = (name: string): string => (field === '' ? name : `${field}.${name}`);
  for (const name of Object.keys(value))
    if (!Object.hasOwn(properties, name)) found.push(unknownKey(under(name), properties));
  for (const [name, schema] of Object.entries(properties)) {
    const { '~optional': optional, anyOf } = schema as Shape;
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    if (given === undefined && (optional === true || anyOf !== undefined)) continue;
    walk(schema, given, under(name), found);
  }
}

const unknownKey = (field: string, properties: object): Fault => ({
  code: 'http.bad-request',
  field: field.slice(0, 200),
  message: `${field.slice(0, 200)} is not known: use ${Object.keys(properties).join(', ')}`,
});

function readHere(schema: TSchema, value: unknown, field: string, found: Fault[]): void {
  const read = readWhole(readerOf(schema as Schema<unknown>), value);
  if (read.ok) return;
  const { field: below, message } = read.error;
  const inside = below.startsWith('[') || below === '' || field === '' ? below : `.${below}`;
  const full = `${field}${inside}`.slice(0, 250);
  const name = below === '' ? 'the message' : below;
  const said = message.startsWith(name) ? message.slice(name.length) : ` ${message}`;
  const words = `${full === '' ? 'the body' : full}${said}`;
  found.push({ code: 'http.bad-request', field: full, message: words });
}

function variantOf({ oneOf = [], discriminator }: Shape, value: Readonly<Record<string, unknown>>) {
  const by = discriminator?.propertyName ?? '';
  return oneOf.find(
    ({ properties }) => (properties?.[by] as Shape | undefined)?.enum?.[0] === value[by],
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
