import type { SettingsTable } from './settings.js';
import type { FileKeywords, JsonSchema } from './types.js';
import { TEXT_SCHEMA } from './units.js';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/** Keywords of JSON Schema that are written out as they are. */
const PLAIN = [
  'type',
  'enum',
  'pattern',
  'maxLength',
  'maximum',
  'maxItems',
  'maxProperties',
  'required',
  'additionalProperties',
  'propertyNames',
  'default',
] as const;

/** A schema that others refer to by name. */
export type Definitions = Readonly<Record<string, object>>;

/** The JSON Schema of one file, for editors and for other programs. */
export function published(
  schema: object,
  title: string,
  definitions: Definitions = {},
): JsonSchema {
  const names = new Map(Object.entries(definitions).map(([name, each]) => [each, name]));
  const $defs = Object.entries(definitions).map(([name, each]) => [name, plain(each, names)]);
  return {
    $schema: DRAFT,
    title,
    ...jsonOf(schema, names),
    ...($defs.length === 0 ? {} : { $defs: Object.fromEntries($defs) }),
  };
}

type Names = ReadonlyMap<object, string>;

const jsonOf = (schema: object, names: Names): JsonSchema => {
  const name = names.get(schema);
  return name === undefined ? plain(schema, names) : { $ref: `#/$defs/${name}` };
};

function plain(schema: object, names: Names): JsonSchema {
  const { published: leaf, about } = schema as FileKeywords;
  const described = about === undefined || about === '' ? {} : { description: about };
  const written = schema as Readonly<Record<string, unknown>>;
  if (leaf !== undefined) {
    const shown = written.default === undefined ? {} : { default: inYaml(leaf, written.default) };
    return { ...described, ...leaf, ...shown };
  }
  const entries = PLAIN.flatMap((key) => (written[key] === undefined ? [] : [[key, written[key]]]));
  const isEmpty = Array.isArray(written.required) && written.required.length === 0;
  return {
    ...described,
    ...Object.fromEntries(entries.filter(([key]) => key !== 'required' || !isEmpty)),
    ...lowerBound(written.minimum),
    ...inner(schema, names),
  };
}

/** A default as an editor would write it: `1` and `true`, not `"1"` and `"true"`. */
function inYaml({ type }: JsonSchema, written: unknown): unknown {
  const isNumber = type === 'number' || type === 'integer';
  if (isNumber) return Number(written);
  return type === 'boolean' ? written === 'true' : written;
}

/** The smallest number that a double can hold stands for "above 0". */
const lowerBound = (minimum: unknown): JsonSchema => {
  if (minimum === undefined) return {};
  return minimum === Number.MIN_VALUE ? { exclusiveMinimum: 0 } : { minimum };
};

function inner(schema: object, names: Names): JsonSchema {
  const { anyOf, oneOf, items, properties, patternProperties } = schema as {
    readonly anyOf?: readonly object[];
    readonly oneOf?: readonly object[];
    readonly items?: object;
    readonly properties?: Readonly<Record<string, object>>;
    readonly patternProperties?: Readonly<Record<string, object>>;
  };
  const all = (fields: Readonly<Record<string, object>>): JsonSchema =>
    Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, jsonOf(each, names)]));
  return {
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map((each) => jsonOf(each, names)) }),
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map((each) => jsonOf(each, names)) }),
    ...(items === undefined ? {} : { items: jsonOf(items, names) }),
    ...(properties === undefined ? {} : { properties: all(properties) }),
    ...(patternProperties === undefined ? {} : { patternProperties: all(patternProperties) }),
  };
}

/**
 * The JSON Schema of a settings file: dotted keys as nested mappings. A key written with its dots
 * is allowed too, and not looked at.
 */
export const publishedSettings = (
  table: SettingsTable,
  title: string,
  more: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema => ({ $schema: DRAFT, title, ...nested(table, more) });

/** Free names with text, such as `labels`. */
export const TEXTS_SCHEMA: JsonSchema = { type: 'object', additionalProperties: TEXT_SCHEMA };

function nested(
  table: Readonly<Record<string, object>>,
  more: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  const groups = new Map<string, Record<string, object>>();
  const properties: Record<string, unknown> = { ...more };
  for (const [key, schema] of Object.entries(table)) {
    const dot = key.indexOf('.');
    if (dot < 0) {
      properties[key] = plain(schema, new Map());
      continue;
    }
    const group = groups.get(key.slice(0, dot)) ?? {};
    group[key.slice(dot + 1)] = schema;
    groups.set(key.slice(0, dot), group);
  }
  for (const [name, group] of groups) properties[name] = nested(group, {});
  return {
    type: 'object',
    properties,
    patternProperties: { '\\.': true },
    additionalProperties: false,
  };
}
