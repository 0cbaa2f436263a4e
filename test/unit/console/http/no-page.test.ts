import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { DEFAULT_LIMITS } from '../../../../console/contract.js';
import { buildApp } from '../../../../console/http/app.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('an address that there is not', () => {
  let app: FastifyInstance;
  beforeEach(async () => {
    const nothing = {} as never;
    app = await buildApp({
      settings: { cluster: 'main', host: '127.0.0.1' },
      limits: DEFAULT_LIMITS,
      sources: {
        ...{ cluster: nothing, events: nothing, day: nothing },
        ...{ nodeHours: nothing, reports: nothing, readJobs: nothing },
      },
      clock: new ManualClock(),
      log: silentLog,
      version: '1',
    });
  });
  afterEach(() => app.close());

  const ask = async (url: string, accept: string, method: 'GET' | 'POST' = 'GET') => {
    const answer = await app.inject({ method, url, headers: { accept } });
    const { statusCode, headers, body } = answer;
    return {
      statusCode,
      type: headers['content-type'],
      csp: 'content-security-policy' in headers,
      body,
    };
  };

  it('shows a person the page, which says so and leads on', async () => {
    const page = await ask('/', BROWSER);
    assert.equal(page.statusCode, 200);
    for (const url of ['/jobs', '/no/such/page'])
      assert.deepEqual(await ask(url, BROWSER), { ...page, statusCode: 404 }, url);
  });

  it('is a problem for programs, and below the API for everybody', async () => {
    for (const [url, accept, method] of [
      ['/no/such/page', '*/*', 'GET'],
      ['/api/v1/nowhere', BROWSER, 'GET'],
      ['/jobs', BROWSER, 'POST'],
    ] as const) {
      const { statusCode, body } = await ask(url, accept, method);
      assert.equal(statusCode, 404, url);
      assert.match(body, /"code":"http\.no-route"/, url);
    }
  });
});
