import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { ROUTES } from '../../console/http/app.js';
import type { Problem } from '../../console/http/problem.js';
import type { Route } from '../../console/http/route.js';
import { USER_ROLES } from '../../proto/roles.js';
import type { KeyValueStore } from '../../proto/store.js';
import { job, target } from '../unit/coordinator/build.js';
import { type Answered, ConsoleWorld, type Sent } from './console-world.js';

/** `DQOES_REQUESTS=10000` makes more; `DQOES_SEED` makes others. */
const REQUESTS = Number(process.env.DQOES_REQUESTS ?? 1000);
const SEED = Number(process.env.DQOES_SEED ?? 19);

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
            'x',
          ),
          fc.oneof(fc.nat().map(String), name, oddText),
        ),
        { maxLength: 3 },
      )
      .map((pairs) => `?${pairs.map(([key, text]) => `${key}=${encoded(text)}`).join('&')}`),
  },
);

interface Request extends Sent {
  readonly path: string;
  readonly method: string;
  readonly as: string;
}

const anyRequest: fc.Arbitrary<Request> = fc.constantFrom(...ROUTES).chain((route) =>
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
) as unknown as fc.Arbitrary<Request>;

/** A problem document that names what is wrong, and where there is one the field. */
function assertSaysWhy({ status, json, text, headers }: Answered): void {
  assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/);
  const { code, detail, faults } = json as unknown as Problem;
  assert.ok(code.length > 0 && detail.length > 0 && faults.length > 0, text);
  if (status !== 400) return;
  const isNamed = faults.some(({ field }) => field.length > 0);
  assert.ok(isNamed || /the (body|message|file)/.test(detail), text);
}

describe(`the HTTP API under ${REQUESTS} random requests (seed ${SEED})`, function () {
  this.timeout(60_000 + REQUESTS * 100);
  let world: ConsoleWorld;
  let jobs: KeyValueStore;
  let nodes: KeyValueStore;
  before(async () => {
    world = await ConsoleWorld.make();
    const { stores } = world.cluster.user;
    const opened = [await stores.open('web', 'jobs'), await stores.open('web', 'nodes')] as const;
    assert.ok(opened[0].ok && opened[1].ok);
    [jobs, nodes] = [opened[0].value, opened[1].value];
  });
  after(() => world.close());

  /** What a request could change. */
  async function stored(): Promise<string> {
    const [revision, policy, node] = await Promise.all([
      jobs.lastRevision(),
      nodes.get('setting.policy'),
      nodes.get('node.h1'),
    ]);
    assert.ok(revision.ok && policy.ok && node.ok);
    const cordoned = /"cordoned":(true|false)/.exec(
      Buffer.from(node.value?.value ?? []).toString(),
    )?.[1];
    return `${revision.value} ${policy.value?.revision ?? 0} ${cordoned ?? ''}`;
  }

  it('none fails, each refusal says why, and no refused one changes anything', async () => {
    const statuses = new Map<number, number>();
    const tokens: Readonly<Record<string, string | undefined>> = {
      ...world.tokens,
      forger: `dqoes_aaaaaaaaaa_${'A'.repeat(43)}`,
    };
    await fc.assert(
      fc.asyncProperty(anyRequest, async ({ path, as, method, body, headers = {} }) => {
        const token = tokens[as];
        const before = method === 'GET' ? '' : await stored();
        const answer = await world.ask(path, {
          method,
          headers,
          ...(token === undefined ? {} : { token }),
          ...(body === undefined || method === 'GET' ? {} : { body }),
        });
        const { status, text } = answer;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        assert.ok(status < 500, `${status}: ${text}`);
        if (status < 400) return;
        assertSaysWhy(answer);
        if (method !== 'GET') assert.equal(await stored(), before, `${status}, and yet: ${text}`);
      }),
      { numRuns: REQUESTS, seed: SEED, endOnFailure: true },
    );
    for (const status of [200, 400, 401, 403, 404])
      assert.ok(statuses.has(status), `no ${status} in ${JSON.stringify([...statuses])}`);
  });
});
