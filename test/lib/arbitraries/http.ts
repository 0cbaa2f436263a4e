import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ROUTES } from '../../../console/http/app.js';
import type { Problem } from '../../../console/http/problem.js';
import type { Route } from '../../../console/http/route.js';
import { USER_ROLES } from '../../../proto/roles.js';
import { job, target } from '../../unit/coordinator/build.js';

/** Few names, so that requests meet each other and the cluster stays small. */
const name = fc.constantFrom('a', 'b', 'c', 'none', 'h1');
const oddText = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '%00', '..%2f..', 'constructor', '__proto__', '🙂', '%ff', 'a'.repeat(300)),
);
const goodJob = fc
  .record({
    id: name,
    replicas: fc.integer({ min: 0, max: 2 }),
    latency: fc.integer({ min: 1, max: 500 }),
  })
  .map(({ id, replicas, latency }) => job(id, { replicas, target: target(latency) }));
const encoded = (text: string): string => encodeURIComponent(text.isWellFormed() ? text : '?');
/** A job in which one thing, somewhere, is something else. */
const spoiltJob = fc
  .tuple(goodJob, fc.nat(), fc.jsonValue())
  .map(([good, where, value]) => spoil(good as object, where, value));

function spoil(given: object, where: number, value: unknown): unknown {
  const copy = structuredClone(given) as Record<string, unknown>;
  const keys = Object.keys(copy);
  const key = keys[where % keys.length] ?? 'name';
  const inner = copy[key];
  const goesDeeper =
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) && where % 3 === 0;
  copy[key] = goesDeeper && Object.keys(inner).length > 0 ? spoil(inner, where >> 2, value) : value;
  return copy;
}

const anyBody = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(goodJob, { maxLength: 2 }).map((jobs) => JSON.stringify({ jobs })),
  },
  { weight: 3, arbitrary: spoiltJob.map((each) => JSON.stringify({ jobs: [each] })) },
  { weight: 1, arbitrary: spoiltJob.map((each) => JSON.stringify(each)) },
  { weight: 1, arbitrary: goodJob.map((each) => JSON.stringify(each)) },
  { weight: 2, arbitrary: fc.json() },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '{',
      '[]',
      '{"policy":"equal"}',
      '{"policy":"x"}',
      '{"scheduling":"open"}',
      '{"scheduling":7}',
      `${'['.repeat(99)}${']'.repeat(99)}`,
      '{"__proto__":1}',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);

const anyPath = (route: Route) =>
  fc
    .oneof({ weight: 8, arbitrary: name }, { weight: 1, arbitrary: oddText })
    .map((text) => route.path.slice(1).replace(/:[a-z]+/, encoded(text)));

const anyQuery = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  {
    weight: 2,
    arbitrary: fc
      .array(
        fc.tuple(
          fc.constantFrom(
            'limit',
            'cursor',
            'job',
            'node',
            'after',
            'allocation',
            'step',
            'since',
            'until',
            'possible',
            ...['from', 'to', 'by', 'label', 'format'],
            'x',
          ),
          fc.oneof(fc.nat().map(String), name, oddText),
        ),
        { maxLength: 3 },
      )
      .map((pairs) => `?${pairs.map(([key, text]) => `${key}=${encoded(text)}`).join('&')}`),
  },
);

/** A request to the console; `path` below /api/v1, `as`: who makes it. */
export interface AnyRequest {
  readonly body?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly path: string;
  readonly method: string;
  readonly as: string;
}

/** Requests that are right, nearly right, and wrong. */
export const anyRequest: fc.Arbitrary<AnyRequest> = fc.constantFrom(...ROUTES).chain((route) =>
  fc.record({
    path: fc.tuple(anyPath(route), anyQuery).map(([path, query]) => `${path}${query}`),
    method: fc.oneof(
      { weight: 12, arbitrary: fc.constant(route.method as string) },
      { weight: 1, arbitrary: fc.constantFrom('PATCH', 'POST', 'PUT', 'DELETE', 'OPTIONS') },
    ),
    as: fc.constantFrom(...USER_ROLES, 'operator', 'submitter', 'nobody', 'forger'),
    body: fc.option(anyBody, { nil: undefined }),
    headers: fc.constantFrom<Record<string, string>>(
      {},
      {},
      {},
      {},
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/yaml' },
      { 'sec-fetch-site': 'cross-site' },
      { 'if-none-match': '"x"' },
    ),
  }),
) as unknown as fc.Arbitrary<AnyRequest>;

/** A problem document that names what is wrong, and where there is one the field. */
export function assertSaysWhy(status: number, type: string, text: string): void {
  assert.match(type, /^application\/problem\+json/, text);
  const { code, detail, faults } = JSON.parse(text) as Problem;
  assert.ok(code.length > 0 && detail.length > 0 && faults.length > 0, text);
  if (status !== 400) return;
  assert.ok(
    faults.every(({ field }) => field.length > 0),
    text,
  );
}
