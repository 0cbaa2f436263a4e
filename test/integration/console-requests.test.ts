import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type { KeyValueStore } from '../../proto/store.js';
import { anyRequest, assertSaysWhy } from '../lib/arbitraries/http.js';
import { ConsoleWorld } from './console-world.js';

/** `DQOES_REQUESTS=10000` makes more; `DQOES_SEED` makes others. */
const REQUESTS = Number(process.env.DQOES_REQUESTS ?? 300);
const SEED = Number(process.env.DQOES_SEED ?? 19);

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
        assertSaysWhy(status, answer.headers.get('content-type') ?? '', text);
        if (method !== 'GET') assert.equal(await stored(), before, `${status}, and yet: ${text}`);
      }),
      { numRuns: REQUESTS, seed: SEED, endOnFailure: true },
    );
    for (const status of [200, 400, 401, 403, 404])
      assert.ok(statuses.has(status), `no ${status} in ${JSON.stringify([...statuses])}`);
  });
});
