import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Client } from '../../../../../console/page/io/client.js';
import { Poller } from '../../../../../console/page/io/poll.js';
import type { Action } from '../../../../../console/page/model/state.js';

const ANSWERS: Readonly<Record<string, unknown>> = {
  '/api/v1/cluster': { cluster: 'main', nowMs: 1000 },
  '/api/v1/whoami': { role: 'viewer' },
  '/api/v1/history/cluster': { points: [] },
  '/api/v1/nodes?limit=1000': { nodes: [] },
  '/api/v1/jobs?limit=1000': { jobs: [] },
};

/** A poller whose pauses the test ends. */
function world() {
  const asked: string[] = [];
  const done: Action['type'][] = [];
  const pauses: { readonly ms: number; readonly signal: AbortSignal; end(): void }[] = [];
  const isThere = { value: true };
  const send = async (url: string): Promise<Response> => {
    asked.push(url);
    if (!isThere.value) throw new TypeError('refused');
    return Response.json(ANSWERS[url]);
  };
  const poller = new Poller({
    client: new Client(send as unknown as typeof fetch, null),
    dispatch: ({ type }) => done.push(type),
    now: () => pauses.length * 60_000,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        pauses.push({ ms, signal, end: resolve });
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
    isHidden: () => false,
  });
  const pause = async (count: number): Promise<void> => {
    while (pauses.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { asked, done, pauses, isThere, poller, pause };
}

describe('the poller of the page', () => {
  it('reads everything, and its role only once', async () => {
    const { asked, done, pauses, poller, pause } = world();
    const ending = new AbortController();
    const running = poller.run(ending.signal);
    await pause(1);
    assert.deepEqual([...done].sort(), ['cluster', 'hour', 'jobs', 'nodes', 'role']);
    pauses[0]?.end();
    await pause(2);
    assert.equal(asked.filter((url) => url.endsWith('/whoami')).length, 1);
    ending.abort();
    await running;
    assert.ok(pauses[1]?.signal.aborted, 'the end of the page ends the pause');
  });

  it('is woken from its pause by a change, and tries sooner after a failure', async () => {
    const { done, pauses, isThere, poller, pause } = world();
    const ending = new AbortController();
    const running = poller.run(ending.signal);
    await pause(1);
    isThere.value = false;
    poller.refresh();
    await pause(2);
    assert.equal(done.at(-1), 'failed');
    assert.ok((pauses[1]?.ms ?? 0) < (pauses[0]?.ms ?? 0));
    ending.abort();
    await running;
  });
});
