import { type Place, placeIn } from './yaml-place.js';

/** What of a JSON Schema completion reads. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** One thing that may stand at the cursor. */
export interface Option {
  /** As it is shown. */
  readonly name: string;
  /** What is written in the place of what was begun. */
  readonly text: string;
  /** What it means, short. */
  readonly about: string;
  readonly isRequired: boolean;
}

/** What may stand at the cursor, and which part of the text it takes the place of. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Option[];
}

/** Longer texts are cut: the reference has the rest. */
const MAX_ABOUT = 160;

/**
 * What may stand at a place of a job file, by its schema: keys that are not there yet, needed ones
 * first, or values. null = nothing is known of that place.
 */
export function completionAt(text: string, cursor: number, schema: Schema): Completion | null {
  const place = placeIn(text, cursor);
  if (place === null) return null;
  const found = place.path.reduce<readonly Schema[]>(
    (schemas, key) => schemas.flatMap((each) => below(each, key)),
    alternatives(schema),
  );
  const options = place.kind === 'key' ? keysOf(found, place) : valuesOf(found);
  const begun = text.slice(place.from, cursor).toLowerCase();
  const fitting = options.filter(({ name }) => name.toLowerCase().startsWith(begun));
  return fitting.length === 0 ? null : { from: place.from, to: place.to, options: fitting };
}

/** A schema, or what may stand in its place. */
function alternatives(schema: Schema): readonly Schema[] {
  const others = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return others.length === 0 ? [schema] : [schema, ...others.flatMap(alternatives)];
}

/** What is below a key, or in a list (`-`). */
function below(schema: Schema, key: string): readonly Schema[] {
  const next =
    key === '-'
      ? schema.items
      : Object.hasOwn(schema.properties ?? {}, key)
        ? schema.properties?.[key]
        : undefined;
  return next === undefined ? [] : alternatives(next);
}

function keysOf(schemas: readonly Schema[], { siblings, isFlow }: Place): readonly Option[] {
  const options = schemas.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties)
      .filter(([name]) => !siblings.has(name))
      .map(
        ([name, its]): Option => ({
          name,
          text: `${name}:${opens(its) && !isFlow ? '' : ' '}`,
          about: aboutOf(its),
          isRequired: required.includes(name),
        }),
      ),
  );
  const once = [...new Map(options.map((each) => [each.name, each])).values()];
  return once.sort((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

/** What follows stands on lines of its own. */
const opens = (schema: Schema): boolean =>
  alternatives(schema).some(({ properties }) => properties !== undefined);

function valuesOf(schemas: readonly Schema[]): readonly Option[] {
  const values = schemas.flatMap((schema) => {
    const listed = [...(schema.enum ?? []), ...(schema.const === undefined ? [] : [schema.const])];
    const flags = typesOf(schema).includes('boolean') ? [true, false] : [];
    const usual = listed.length + flags.length === 0 ? plainDefault(schema) : [];
    return [...listed, ...flags, ...usual].map((value): Option => {
      const name = String(value);
      const about = value === schema.default ? 'what counts where it is absent' : '';
      return { name, text: name, about, isRequired: false };
    });
  });
  return [...new Map(values.map((each) => [each.name, each])).values()];
}

const typesOf = ({ type = [] }: Schema): readonly string[] =>
  typeof type === 'string' ? [type] : type;

const plainDefault = ({ default: usual }: Schema): readonly unknown[] =>
  typeof usual === 'string' || typeof usual === 'number' ? [usual] : [];

function aboutOf({ description = '' }: Schema): string {
  const plain = description.replaceAll('`', '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return plain.length <= MAX_ABOUT ? plain : `${plain.slice(0, MAX_ABOUT - 1).trimEnd()}…`;
}

/** A text in which an option stands in the place of what was begun, and the cursor after it. */
export function completed(
  text: string,
  { from, to }: Completion,
  option: Option,
): { readonly text: string; readonly cursor: number } {
  return {
    text: text.slice(0, from) + option.text + text.slice(to),
    cursor: from + option.text.length,
  };
}
