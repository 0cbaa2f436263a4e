import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { nearestOf } from '../nearest.js';
import { err, ok, type Result } from '../result.js';
import { childOf, complain, isAbsent, kindOf, type Place, resolved, textOf } from './place.js';

/** Reads one value; on a fault it is recorded and `undefined` returned. */
export interface Shape<T> {
  read(place: Place): T | undefined;
  /** Paths of the keys below, for the documentation test. */
  readonly keys: readonly string[];
}

/** One key of a mapping. Without `fallback` the key is required; `hint` tells what to write. */
export interface ShapeField<T> {
  readonly shape: Shape<T>;
  readonly fallback?: { readonly value: T };
  readonly hint?: string;
}
/** A key that must be there; `hint` tells what to write. */
export const required = <T>(shape: Shape<T>, hint: string): ShapeField<T> => ({ shape, hint });
/** A key that may be left out; `value` stands for it then. */
export const optional = <T>(shape: Shape<T>, value: T): ShapeField<T> => ({
  shape,
  fallback: { value },
});

/**
 * A single value, parsed from the text the user wrote. The parser's sentence follows the field's
 * name.
 */
export function scalar<T>(parse: (text: string) => Result<T, string>): Shape<T> {
  return {
    keys: [],
    read: (place) => {
      const node = resolved(place);
      if (!isScalar(node) || isAbsent(node))
        return complain(place, {
          kind: 'bad-value',
          message: `expected one value, found ${kindOf(node)}`,
        });
      const parsed = parse(textOf(node.value, node.source));
      return parsed.ok
        ? parsed.value
        : complain(place, { kind: 'bad-value', message: parsed.error });
    },
  };
}

/** One of a few words, with the nearest one named in the fault. */
export function oneOf<T extends string>(
  words: readonly T[],
  refused: Readonly<Record<string, string>> = {},
): Shape<T> {
  return scalar((text) => {
    const known = words.find((word) => word === text);
    if (known !== undefined) return ok(known);
    const refusal = Object.hasOwn(refused, text) ? refused[text] : undefined;
    return err(
      refusal ??
        `${JSON.stringify(text.slice(0, 40))} is not known${meant(text, words)}; use ` +
          `${words.join(', ')}`,
    );
  });
}

/** A list; every item is read, so that all faults are found at once. */
export function listOf<T>(item: Shape<T>, cure: string): Shape<readonly T[]> {
  return {
    keys: item.keys,
    read: (place) => {
      const node = resolved(place);
      if (!isSeq(node))
        return complain(place, {
          kind: 'bad-value',
          message: `expected a list, found ${kindOf(node)}: ${cure}`,
        });
      const values: T[] = [];
      for (const [index, entry] of node.items.entries()) {
        const value = item.read({
          ...childOf(place, String(index), entry as Node | null, node.range?.[0]),
        });
        if (value !== undefined) values.push(value);
      }
      return values.length === node.items.length ? values : undefined;
    },
  };
}

/** A mapping of free names to text. */
export function dictionary(name: {
  readonly pattern: RegExp;
  readonly cure: string;
}): Shape<Readonly<Record<string, string>>> {
  const value = scalar<string>((text) => ok(text));
  return {
    keys: [],
    read: (place) => {
      const node = resolved(place);
      if (!isMap(node))
        return complain(place, {
          kind: 'bad-value',
          message: `expected a mapping, found ${kindOf(node)}`,
        });
      const entries: [string, string][] = [];
      for (const pair of node.items) {
        const { key, at } = entryOf(place, pair);
        const good = name.pattern.test(key) && key !== '__proto__';
        if (!good)
          complain(at, { kind: 'bad-value', message: `this name is not allowed: ${name.cure}` });
        const text = value.read(at);
        if (good && text !== undefined) entries.push([key, text]);
      }
      return entries.length === node.items.length ? Object.fromEntries(entries) : undefined;
    },
  };
}

type ShapeFields = Readonly<Record<string, ShapeField<unknown>>>;
type ShapeValue<F> = F extends ShapeField<infer T> ? T : never;
export type RecordOf<F> = { readonly [K in keyof F]: ShapeValue<F[K]> };

/** What a record holds to beyond the shape of each key. */
export interface RecordRules<F extends ShapeFields> {
  /** Keys of other tools and of later versions → a sentence with the cure. */
  readonly refused?: Readonly<Record<string, string>>;
  /**
   * A condition between fields, checked once every field is good: the field at fault and the
   * sentence.
   */
  readonly check?: (
    value: RecordOf<F>,
  ) => { readonly field: string; readonly message: string } | undefined;
}

/** A mapping with known keys. Unknown, repeated and missing keys are all recorded. */
export function record<F extends ShapeFields>(
  fields: F,
  rules: RecordRules<F> = {},
): Shape<RecordOf<F>> {
  const names = Object.keys(fields);
  const keys = names.flatMap((name) => [
    name,
    ...(fields[name]?.shape.keys ?? []).map((key) => `${name}.${key}`),
  ]);
  return {
    keys,
    read: (place) => {
      const node = resolved(place);
      if (!isMap(node))
        return complain(place, {
          kind: isAbsent(node) ? 'missing' : 'bad-value',
          message:
            'expected a mapping with ' +
            `${names.slice(0, 3).join(', ')}${names.length > 3 ? '…' : ''}, found ` +
            `${kindOf(node)}`,
        });
      const before = place.reading.faults.length;
      const given = knownEntries(place, node, { names, refused: rules.refused ?? {} });
      const values = names.map((name): [string, unknown] => [
        name,
        readField(place, name, fields[name], given.get(name)),
      ]);
      if (place.reading.faults.length > before) return undefined;
      // Every field was read without a fault, so each holds a value of its shape.
      const value = Object.fromEntries(values) as RecordOf<F>;
      const wrong = rules.check?.(value);
      if (wrong === undefined) return value;
      return complain(given.get(wrong.field) ?? place, {
        kind: 'bad-value',
        message: wrong.message,
      });
    },
  };
}

function readField(
  parent: Place,
  name: string,
  field: ShapeField<unknown> | undefined,
  at: Place | undefined,
): unknown {
  if (field === undefined) return undefined;
  if (at !== undefined && !isAbsent(resolved(at))) return field.shape.read(at);
  if (at === undefined && field.fallback !== undefined) return field.fallback.value;
  const place = at ?? { ...childOf(parent, name, null, parent.offset) };
  const wrong = at === undefined ? 'is missing' : 'has no value';
  const cure = field.hint ?? 'write a value or remove the key';
  return complain(place, {
    kind: at === undefined ? 'missing' : 'bad-value',
    message: `${wrong}: ${cure}`,
  });
}

interface Known {
  readonly names: readonly string[];
  readonly refused: Readonly<Record<string, string>>;
}

function knownEntries(place: Place, node: YAMLMap, known: Known): Map<string, Place> {
  const given = new Map<string, Place>();
  for (const pair of node.items) {
    const { key, at, keyPlace } = entryOf(place, pair);
    if (known.names.includes(key)) {
      given.set(key, at);
      continue;
    }
    const refusal = Object.hasOwn(known.refused, key) ? known.refused[key] : undefined;
    const near = meant(key, known.names);
    const cure = near === '' ? `: use ${known.names.join(', ')}` : near;
    const message = refusal ?? `unknown key${cure}`;
    complain(keyPlace, { kind: 'unknown-key', message });
  }
  return given;
}

function entryOf(
  place: Place,
  pair: Pair,
): { readonly key: string; readonly at: Place; readonly keyPlace: Place } {
  const keyNode = pair.key as Node | null;
  const key = isScalar(keyNode)
    ? textOf(keyNode.value, keyNode.source).slice(0, 80)
    : kindOf(keyNode);
  const keyOffset = keyNode?.range?.[0];
  const at = childOf(place, key, (pair.value ?? null) as Node | null, keyOffset);
  return { key, at, keyPlace: { ...at, offset: keyOffset } };
}

function meant(word: string, known: readonly string[]): string {
  const nearest = nearestOf(word, known);
  return nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
}
