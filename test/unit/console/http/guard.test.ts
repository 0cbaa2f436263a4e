import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, it } from 'mocha';
import type { ConsoleLimits } from '../../../../console/contract.js';
import { err, ok } from '../../../../shared/result.js';
import { bareApp } from './bare-app.js';

describe('what every request has to pass', () => {
  let app: FastifyInstance | undefined;
  afterEach(() => app?.close());

  /** A console whose answers to one address the test asks for, by where they are asked from. */
  async function open(limits: Partial<ConsoleLimits>) {
    const call = async (_verb: string, _request: object, token: string) =>
      token.includes('good')
        ? ok({ id: token.slice(6, 16), name: '', role: 'viewer', createdAtMs: 0 })
        : err([{ code: 'auth.bad-token', field: 'token', message: 'not known' }]);
    const made = await bareApp({ limits, sources: { cluster: { call } } });
    app = made;
    return async (remoteAddress: string, token?: string): Promise<number> => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const url = token === undefined ? '/status.css' : '/api/v1/whoami';
      return (await made.inject({ method: 'GET', url, remoteAddress, headers })).statusCode;
    };
  }

  it('all addresses of this machine are one client', async () => {
    const ask = await open({ requestsAtOnce: 2, requestsPerSecond: 1 });
    const asked = ['127.0.0.1', '127.0.0.2', '127.9.9.9', '::1', '::ffff:127.0.0.3', '10.0.0.7'];
    const statuses: number[] = [];
    for (const address of asked) statuses.push(await ask(address));
    assert.deepEqual(statuses, [200, 200, 429, 429, 429, 200]);
  });

  it('all addresses of an IPv6 network are one client', async () => {
    const ask = await open({ requestsAtOnce: 2, requestsPerSecond: 1 });
    const statuses: number[] = [];
    for (const address of ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8:0:1::1'])
      statuses.push(await ask(address));
    assert.deepEqual(statuses, [200, 200, 429, 200]);
  });

  it('who holds a good token is a client of its own, and who invents one is not', async () => {
    const ask = await open({ requestsAtOnce: 2, requestsPerSecond: 1 });
    const good = `dqoes_good000001_${'x'.repeat(43)}`;
    const bad = `dqoes_bad0000001_${'x'.repeat(43)}`;
    assert.equal(await ask('127.0.0.1', good), 200, 'it is not known before it was looked up');
    assert.deepEqual([await ask('127.0.0.1', bad), await ask('127.0.0.1', bad)], [401, 429]);
    assert.equal(await ask('127.0.0.1'), 429);
    const own = [await ask('127.0.0.1', good), await ask('::1', good), await ask('::1', good)];
    assert.deepEqual(own, [200, 200, 429]);
  });

  it('one token at several addresses is a client at each: a team may share it', async () => {
    const ask = await open({ requestsAtOnce: 2, requestsPerSecond: 1 });
    const good = `dqoes_good000001_${'x'.repeat(43)}`;
    const statuses: number[] = [];
    for (const address of ['10.0.0.7', '10.0.0.7', '10.0.0.7', '10.0.0.7', '10.0.0.8', '10.0.0.8'])
      statuses.push(await ask(address, good));
    assert.deepEqual(statuses, [200, 200, 200, 429, 200, 200]);
  });
});
