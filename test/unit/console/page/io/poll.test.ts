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
  /** Of the browser. */
  const clock = { atMs: 0 };
  const roles: unknown[] = [];
  /** Answers that wait, by their address, until the test lets them go. */
  const held = new Map<string, () => void>();
  /** Addresses that do not answer. */
  const broken = new Set<string>();
  /** What they answer in the place of the usual. */
  const odd = new Map<string, unknown>();
  const send = async (url: string): Promise<Response> => {
    asked.push(url);
    if (!isThere.value || broken.has(url)) throw new TypeError('refused');
    const answer = Response.json(odd.has(url) ? odd.get(url) : ANSWERS[url]);
    if (held.has(url)) await new Promise<void>((resolve) => held.set(url, resolve));
    return answer;
  };
  const poller = new Poller({
    client: new Client(send as unknown as typeof fetch, null),
    dispatch: (action) => {
      done.push(action.type);
      if (action.type === 'role') roles.push(action.value);
    },
    now: () => clock.atMs + pauses.length * 60_000,
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
  return { asked, broken, odd, done, roles, held, clock, pauses, isThere, poller, pause };
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

  it('says so where hosts cannot be read, and jobs can', async () => {
    const { done, broken, poller, pause } = world();
    broken.add('/api/v1/nodes?limit=1000');
    const ending = new AbortController();
    const running = poller.run(ending.signal);
    await pause(1);
    assert.deepEqual([...done].sort(), ['cluster', 'hour', 'jobs', 'nodes-failed', 'role']);
    ending.abort();
    await running;
  });

  it('asks on after an answer of a form that it does not know, and says so', async () => {
    const { asked, done, odd, pauses, poller, pause } = world();
    odd.set('/api/v1/jobs?limit=1000', null);
    const ending = new AbortController();
    const running = poller.run(ending.signal);
    await pause(1);
    assert.ok(done.includes('failed'));
    pauses[0]?.end();
    await pause(2);
    assert.equal(asked.filter((url) => url === '/api/v1/cluster').length, 2);
    ending.abort();
    await running;
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

  it('reads on when the clock of the browser is put back', async () => {
    const { asked, clock, pauses, poller, pause } = world();
    const ending = new AbortController();
    const running = poller.run(ending.signal);
    await pause(1);
    clock.atMs = -3_600_000;
    pauses[0]?.end();
    await pause(2);
    for (const path of ['jobs?', 'nodes?', 'history/cluster'])
      assert.equal(asked.filter((url) => url.includes(path)).length, 2, path);
    ending.abort();
    await running;
  });

  it('what was asked before a change, or by another caller, counts no more', async () => {
    const { asked, done, roles, held, pauses, poller, pause } = world();
    const ending = new AbortController();
    for (const path of ['whoami', 'jobs?limit=1000']) held.set(`/api/v1/${path}`, () => {});
    const running = poller.run(ending.signal);
    while (asked.length < 5) await new Promise((resolve) => setImmediate(resolve));
    poller.refresh();
    const late = [...held.values()];
    held.clear();
    for (const end of late) end();
    await pause(1);
    assert.ok(pauses[0]?.signal.aborted, 'it does not wait');
    pauses[0]?.end();
    await pause(2);
    const jobs = asked.filter((url) => url.includes('/jobs?'));
    assert.equal(jobs.length, 2, 'the list is read again, however long it is');
    assert.equal(asked.filter((url) => url.endsWith('/whoami')).length, 2);
    assert.deepEqual([roles, done.filter((type) => type === 'jobs').length], [['viewer'], 1]);
    ending.abort();
    await running;
  });
});
