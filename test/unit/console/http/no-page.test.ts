import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { bareApp } from './bare-app.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('an address that there is not', () => {
  let app: FastifyInstance;
  beforeEach(async () => {
    app = await bareApp();
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
