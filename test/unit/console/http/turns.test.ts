import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CostlyKind } from '../../../../console/http/route.js';
import { Turns } from '../../../../console/http/turns.js';
import { ok } from '../../../../shared/result.js';
import { bareApp } from './bare-app.js';

describe('costly requests', () => {
  let turns: Turns;
  let running: (() => void)[];
  let order: string[];
  beforeEach(() => {
    turns = new Turns();
    [running, order] = [[], []];
  });

  const ask = (key: string, costly?: CostlyKind, { signal } = new AbortController()) =>
    turns.take(costly === undefined ? {} : { costly }, { key, signal }, () => {
      order.push(key);
      return new Promise((resolve) => running.push(() => resolve(ok(key))));
    });

  it('are answered two at a time, clients in turn, and refused beyond their places', async () => {
    const asked = Array.from({ length: 258 }, () => ask('a', 'pages'));
    assert.deepEqual(order, ['a', 'a']);
    const refused = await ask('a', 'pages');
    assert.equal(refused.ok ? 'ok' : refused.error.faults[0]?.code, 'service.busy');
    const other = ask('b', 'pages');
    assert.equal((await asked[257])?.ok, false, 'the newest of who has the most');
    running[0]?.();
    await asked[0];
    await setImmediate();
    assert.deepEqual(order, ['a', 'a', 'b']);
    void ask('c');
    void ask('d', 'reports');
    assert.deepEqual(order, ['a', 'a', 'b', 'c', 'd'], 'what costs little, or is another kind');
    running[2]?.();
    assert.ok((await other).ok);
    await setImmediate();
    assert.deepEqual(order, ['a', 'a', 'b', 'c', 'd', 'a']);
  });

  it('of one who went meanwhile are not answered', async () => {
    const gone = new AbortController();
    const first = ask('a', 'searches');
    const second = ask('b', 'searches', gone);
    const third = ask('c', 'searches');
    gone.abort();
    running[0]?.();
    assert.deepEqual([(await first).ok, (await second).ok], [true, false]);
    await setImmediate();
    assert.deepEqual(order, ['a', 'c']);
    running[1]?.();
    assert.ok((await third).ok);
  });
});

describe('clients of a console', () => {
  let app: FastifyInstance | undefined;
  afterEach(() => app?.close());

  const TOKEN = `Bearer dqoes_good000001_${'x'.repeat(43)}`;

  /** Asks for `urls` without a token, then for `last` with one; what is begun, in order. */
  async function begunOf(urls: readonly string[], last: string): Promise<readonly string[]> {
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const hold = (what: string) => {
      begun.push(what);
      return new Promise((resolve) => ends.push(() => resolve(ok({}))));
    };
    const cluster = {
      call: async () => ok({ id: 'good000001', name: '', role: 'viewer', createdAtMs: 0 }),
      capacity: ({ add }: { add: { hosts: number } }) => hold(`add=${add.hosts}`),
    };
    const reports = { make: ({ job }: { job: string }) => hold(`job=${job}`) };
    const made = await bareApp({ sources: { cluster, reports } });
    app = made;
    const answers: Promise<number>[] = [];
    const ask = async (url: string, headers: Record<string, string>): Promise<number> =>
      (await made.inject({ method: 'GET', url: `/api/v1${url}`, headers })).statusCode;
    const soon = async (): Promise<void> => {
      for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    };
    for (const url of [...urls, last]) {
      answers.push(ask(url, url === last ? { authorization: TOKEN } : {}));
      await soon();
    }
    while (ends.length > 0) {
      ends.shift()?.();
      await soon();
    }
    assert.deepEqual(new Set(await Promise.all(answers)), new Set([200]));
    return begun;
  }

  it('take turns at reports, of which two are read at a time', async () => {
    const urls = ['a1', 'a2', 'a3', 'a4'].map((job) => `/report?job=${job}`);
    assert.deepEqual(await begunOf(urls, '/report?job=b'), [
      'job=a1',
      'job=a2',
      'job=b',
      'job=a3',
      'job=a4',
    ]);
  });

  it('take turns at searches, of which one is made at a time', async () => {
    const urls = ['1', '2', '3'].map((add) => `/capacity?add=${add}`);
    assert.deepEqual(await begunOf(urls, '/capacity?add=9'), ['add=1', 'add=9', 'add=2', 'add=3']);
  });
});
