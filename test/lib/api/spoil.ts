import type { TSchema } from 'typebox';
import { readerOf, readWhole } from '../../../proto/codec/check.js';
import type { Schema } from '../../../proto/codec/words.js';
import type { Draw } from './draw.js';
import { type Holder, isObject, isOptional, type Node, nodeOf, set, under } from './schema.js';

/** A value in which one thing is not as the schema says. */
export interface Spoilt {
  readonly value: unknown;
  /** What a fault must name; '' = the whole. */
  readonly field: string;
}

/** What hardly any field allows. */
const ODD: readonly unknown[] = [
  ...[null, true, -1, 0, 1.5, 2 ** 53 + 2, 1e300, -(2 ** 31)],
  ...['', '0', ' ', 'a b', '\ud800', 'x'.repeat(9000), '__proto__', '\u0000', '1e3', 'NaN'],
  ...[[], {}, [null], [[[]]], { length: 3 }, { toString: 'no' }],
];
const ODD_NAMES = ['colour', 'Name', '', ' ', 'a'.repeat(150), '0', 'toString', 'valueOf', 'é'];

/** One place of the value changed, left out or added; undefined = there is nothing to spoil. */
export function spoiltOf(schema: TSchema, value: unknown, draw: Draw): Spoilt | undefined {
  const copy = structuredClone(value);
  const places = placesIn(nodeOf(schema), copy, '');
  for (let tries = 0; tries < 10 && places.length > 0; tries += 1) {
    const place = draw.pick(places);
    const field = spoil(place, draw);
    if (field !== undefined) return { value: copy, field };
  }
  return undefined;
}

/** A field of an object or an item of a list, with its schema. */
interface Place {
  readonly holder: Holder;
  readonly key: string;
  readonly node: Node;
  readonly field: string;
}

function placesIn(given: Node, value: unknown, field: string): readonly Place[] {
  const node = meantBy(given, value);
  if (Array.isArray(value))
    return value.flatMap((item, index) => {
      const at = `${field}[${index}]`;
      const here = {
        holder: value as never,
        key: String(index),
        node: node.items ?? {},
        field: at,
      };
      return [here, ...placesIn(here.node, item, at)];
    });
  if (!isObject(value)) return [];
  return Object.entries(node.properties ?? {}).flatMap(([name, inner]) => {
    const at = under(field, name);
    const here = { holder: value, key: name, node: inner, field: at };
    return [here, ...placesIn(inner, Object.hasOwn(value, name) ? value[name] : undefined, at)];
  });
}

function meantBy(node: Node, value: unknown): Node {
  const { anyOf, oneOf = [], discriminator } = node;
  if (anyOf !== undefined) return value === null ? node : meantBy(anyOf[0] as Node, value);
  const by = discriminator?.propertyName ?? '';
  const meant = isObject(value)
    ? oneOf.find(({ properties }) => properties?.[by]?.enum?.[0] === value[by])
    : undefined;
  return meant ?? node;
}

/** Does it, and returns the field that is wrong then; undefined = this place takes anything. */
function spoil({ holder, key, node, field }: Place, draw: Draw): string | undefined {
  const isItem = Array.isArray(holder);
  const value = holder[key];
  const inside = meantBy(node, value);
  const how = draw.weighted([
    [6, 'odd'],
    [2, 'gone'],
    [2, 'more'],
  ]);
  if (how === 'gone' && !isItem) {
    if (isOptional(node) || node.anyOf !== undefined) return undefined;
    delete holder[key];
    return field;
  }
  if (how === 'more' && isObject(value) && inside.properties !== undefined) {
    const name = draw.pick(ODD_NAMES);
    if (Object.hasOwn(inside.properties, name)) return undefined;
    set(value, name, draw.pick(ODD));
    return under(field, name);
  }
  const odd = structuredClone(draw.pick(ODD));
  if (readWhole(readerOf(node as Schema<unknown>), odd).ok) return undefined;
  set(holder, key, odd);
  return field;
}
