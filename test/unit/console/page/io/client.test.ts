import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Client } from '../../../../../console/page/io/client.js';

interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A fetch that answers what the test says, and notes what it was asked. */
function fakeFetch(answers: readonly (() => Response)[]) {
  const asked: Asked[] = [];
  const send = async (url: string, init: { headers: Record<string, string> }) => {
    asked.push({ url, headers: { ...init.headers } });
    const answer = answers[asked.length - 1];
    if (answer === undefined) throw new TypeError('refused');
    return answer();
  };
  return { asked, send: send as unknown as typeof fetch };
}

const json =
  (value: unknown, init: ResponseInit = {}) =>
  () =>
    new Response(JSON.stringify(value), init);

describe('the client of the page', () => {
  it('an answer that has not changed is the very one before', async () => {
    const { asked, send } = fakeFetch([
      json({ a: 1 }, { headers: { etag: '"x"' } }),
      () => new Response(null, { status: 304 }),
    ]);
    const client = new Client(send, null);
    const first = await client.ask('/nodes');
    const second = await client.ask('/nodes');
    assert.equal(asked[1]?.headers['if-none-match'], '"x"');
    assert.ok(first.ok && second.ok && first.value === second.value);
  });

  it('sends the token of who signed in, and nothing of the one before', async () => {
    const { asked, send } = fakeFetch([json({}, { headers: { etag: '"x"' } }), json({}), json({})]);
    const client = new Client(send, 'one');
    await client.ask('/jobs');
    client.signIn('two');
    await client.ask('/jobs');
    client.signIn(null);
    await client.ask('/jobs');
    assert.deepEqual(
      asked.map(({ headers }) => headers.authorization),
      ['Bearer one', 'Bearer two', undefined],
    );
    assert.equal(asked[1]?.headers['if-none-match'], undefined);
  });

  it('a refusal is told in its own sentences; no answer is a refusal too', async () => {
    const problem = { code: 'auth.denied', faults: [{ message: 'that takes the role operator' }] };
    const { send } = fakeFetch([json(problem, { status: 403 }), () => new Response('<html>')]);
    const client = new Client(send, null);
    const refused = await client.ask('/policy');
    assert.deepEqual(!refused.ok && refused.error.messages, ['that takes the role operator']);
    const page = await client.ask('/x');
    assert.match(page.ok ? '' : (page.error.messages[0] ?? ''), /^what answers is not the console/);
    const none = await client.ask('/y');
    assert.deepEqual([none.ok, !none.ok && none.error.status], [false, 0]);
  });

  it('a list of several pages is the very one before, while none of them changes', async () => {
    const first = json({ jobs: [1], next: 'abc' }, { headers: { etag: '"1"' } });
    const second = json({ jobs: [2] }, { headers: { etag: '"2"' } });
    const same = (): Response => new Response(null, { status: 304 });
    const other = json({ jobs: [3] }, { headers: { etag: '"3"' } });
    const client = new Client(fakeFetch([first, second, same, same, same, other]).send, null);
    const lists = [];
    for (let i = 0; i < 3; i += 1) lists.push(await client.list<number>('jobs'));
    const [a, b, c] = lists;
    assert.ok(a?.ok && b?.ok && c?.ok);
    assert.equal(a.value, b.value);
    assert.deepEqual(c.value, [1, 3]);
  });

  it('a list is read page after page', async () => {
    const { asked, send } = fakeFetch([json({ jobs: [1, 2], next: 'abc' }), json({ jobs: [3] })]);
    const list = await new Client(send, null).list('jobs');
    assert.deepEqual(list, { ok: true, value: [1, 2, 3] });
    assert.equal(asked[1]?.url, '/api/v1/jobs?limit=1000&cursor=abc');
  });

  it('waits longer for a change than the console does for the coordinator', async () => {
    const times: number[] = [];
    const { timeout } = AbortSignal;
    AbortSignal.timeout = (ms) => {
      times.push(ms);
      return timeout.call(AbortSignal, ms);
    };
    try {
      const client = new Client(fakeFetch([json({}), json({})]).send, null);
      await client.ask('/cluster');
      await client.ask('/jobs/a', { method: 'DELETE' });
    } finally {
      AbortSignal.timeout = timeout;
    }
    const [read = 0, change = 0] = times;
    assert.ok(read < 4000 && change > 5000, times.join());
  });
});
