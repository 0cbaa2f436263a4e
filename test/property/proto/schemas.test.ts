import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Value } from 'typebox/value';
import { check } from '../../../proto/codec/check.js';
import type { Schema } from '../../../proto/codec/words.js';
import { desiredState } from '../../../proto/command.js';
import { EVENT_DATA, type EventType } from '../../../proto/schemas/event.js';
import { jobSpec } from '../../../proto/schemas/job.js';
import { nodeReport } from '../../../proto/schemas/report.js';
import { requestSchemas, responseSchemas, VERBS } from '../../../proto/schemas/service.js';
import { anyDesiredState } from '../../lib/arbitraries/command.js';
import { anyEvent } from '../../lib/arbitraries/event.js';
import { anyJobSpec } from '../../lib/arbitraries/job.js';
import { anyNodeReport } from '../../lib/arbitraries/report.js';
import { anyCall } from '../../lib/arbitraries/service.js';

/** Values that no field allows, or only some do. */
const ODD: readonly unknown[] = [
  ...[null, true, -1, 0, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY],
  ...['', 'a.b', 'x'.repeat(9000), '\ud800', [], {}, { constructor: 'x' }, [null]],
];

/** One place of a value replaced or removed, the place chosen by `at`. */
function damaged(value: unknown, at: number, odd: unknown): unknown {
  if (typeof value !== 'object' || value === null) return odd;
  const keys = Object.keys(value);
  const key = keys[at % (keys.length + 1)];
  if (key === undefined) return odd;
  const held = (value as Record<string, unknown>)[key];
  const next = damaged(held, Math.floor(at / (keys.length + 1)), odd);
  if (Array.isArray(value))
    return value.map((each, index) => (String(index) === key ? next : each));
  const rest = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries(next === undefined ? rest : [...rest, [key, next]]);
}

interface Node {
  readonly anyOf?: readonly [Node];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
}
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value with null in each nullable field that is absent, as the wire means it. */
function withNulls(node: Node, value: unknown): unknown {
  if (node.anyOf !== undefined) return value === undefined ? null : withNulls(node.anyOf[0], value);
  const { items, properties } = node;
  if (Array.isArray(value) && items !== undefined)
    return value.map((each) => withNulls(items, each));
  if (!isObject(value) || properties === undefined) return value;
  const filled = Object.entries(properties).map(([name, field]) => [
    name,
    withNulls(field, Object.hasOwn(value, name) ? value[name] : undefined),
  ]);
  return Object.fromEntries([...Object.entries(value), ...filled]);
}

/** typebox's own verdict. */
const isAccepted = (schema: Schema<unknown>, value: unknown): boolean =>
  Value.Check(schema, withNulls(schema as Node, value));

/** The reader of the hot path and typebox accept and refuse the same. */
function describeSchema<T>(name: string, schema: Schema<T>, any: fc.Arbitrary<T>): void {
  const same = (value: unknown): void =>
    assert.equal(check(schema, value).ok, isAccepted(schema, value), JSON.stringify(value));
  it(name, () => {
    fc.assert(
      fc.property(any, fc.nat(1e9), fc.constantFrom(...ODD, undefined), (value, at, odd) => {
        assert.ok(isAccepted(schema, value), JSON.stringify(value));
        same(value);
        same(damaged(value, at, odd));
      }),
      { numRuns: 100 },
    );
  });
}

describe('the reader of a schema accepts what typebox accepts', () => {
  describeSchema('report', nodeReport, anyNodeReport);
  describeSchema('desired state', desiredState, anyDesiredState);
  describeSchema('job', jobSpec, anyJobSpec);
  for (const type of Object.keys(EVENT_DATA) as EventType[]) {
    const data = anyEvent.filter((event) => event.type === type).map((event) => event.data);
    describeSchema<unknown>(type, EVENT_DATA[type], data);
  }
  for (const verb of VERBS) {
    describeSchema<unknown>(`${verb} request`, requestSchemas[verb], anyCall[verb].request);
    describeSchema<unknown>(`${verb} response`, responseSchemas[verb], anyCall[verb].response);
  }
});
