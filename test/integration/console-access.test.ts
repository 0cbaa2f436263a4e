import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { after, before, describe, it } from 'mocha';
import { ROUTES } from '../../console/http/app.js';
import { USER_ROLES } from '../../proto/roles.js';
import { callService } from '../../proto/service-client.js';
import { until } from '../lib/until.js';
import { ConsoleWorld } from './console-world.js';

const EXAMPLE: Readonly<Record<string, string>> = { ':name': 'none', ':id': 'none' };
const pathOf = (path: string): string =>
  path.slice(1).replace(/:[a-z]+/g, (name) => EXAMPLE[name] ?? '');

describe('who may use the console', function () {
  this.timeout(60_000);
  let world: ConsoleWorld;
  before(async () => {
    world = await ConsoleWorld.make();
  });
  after(() => world.close());

  const operator = () => ({ token: world.tokens.operator });

  describe('who may do what', () => {
    for (const route of ROUTES) {
      const name = `${route.method} ${route.path}`;
      const lesser = USER_ROLES.slice(0, USER_ROLES.indexOf(route.role));
      for (const role of lesser)
        it(`${name} is refused to a ${role}`, async () => {
          const { status, json } = await world.ask(pathOf(route.path), {
            method: route.method,
            token: world.tokens[role],
          });
          assert.equal(status, 403);
          assert.equal(json?.code, 'auth.denied');
        });
      if (route.role !== 'viewer')
        it(`${name} is refused without a token`, async () => {
          const { status, headers } = await world.ask(pathOf(route.path), { method: route.method });
          assert.equal(status, 401);
          assert.match(headers.get('www-authenticate') ?? '', /^Bearer/);
        });
    }

    it('a viewer on this machine needs no token, unless told so', async () => {
      assert.equal((await world.ask('whoami')).text, '{"role":"viewer","token":null}');
      const strict = await world.open({ requireToken: true });
      for (const path of ['whoami', 'jobs', 'stream', '/status'])
        assert.equal((await world.ask(path, {}, strict)).status, 401, path);
      const known = await world.ask('whoami', { token: world.tokens.viewer }, strict);
      assert.equal(known.json?.role, 'viewer');
    });

    for (const [what, token] of [
      ['unknown', `dqoes_abcdefgh12_${'x'.repeat(43)}`],
      ['broken', 'x'],
    ] as const)
      it(`a token that is ${what} is refused, for reading too`, async () => {
        assert.equal((await world.ask('jobs', { token })).status, 401);
      });

    it('a token with another secret, an expired and a revoked one are not known', async () => {
      const good = await world.token('operator');
      const forged = `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`;
      assert.equal((await world.ask('whoami', { token: forged })).status, 401);
      const short = await world.token('operator', { expiresAtMs: Date.now() + 300 });
      await until(
        async () =>
          (await world.ask('policy', { method: 'PUT', token: short, body: { policy: 'equal' } }))
            .status === 401,
        'its end',
      );
      assert.equal(
        (await world.ask('policy', { method: 'PUT', token: good, body: { policy: 'dqoes' } }))
          .status,
        200,
      );
      const [, id = ''] = good.split('_');
      await world.cluster.call('token-revoke', { id });
      const { status } = await world.ask('policy', {
        method: 'PUT',
        token: good,
        body: { policy: 'equal' },
      });
      assert.equal(status, 401);
      assert.equal((await world.cluster.call('policy-get', {})).policy, 'dqoes');
    });

    it('a token changes its own jobs, and no others', async () => {
      const submitted = { method: 'POST', token: world.tokens.submitter };
      const body = 'name: owned\nimage: dqoes/tiny:1\ntarget: { latency: 1s }\n';
      const yaml = { 'content-type': 'application/yaml' };
      assert.equal((await world.ask('jobs', { ...submitted, body, headers: yaml })).status, 200);
      assert.match((await world.ask('jobs/owned')).text, /"owner":"token:submitter"/);
      const other = await world.token('submitter', { name: 'other' });
      const stopped = await world.ask('jobs/owned', { method: 'DELETE', token: other });
      assert.deepEqual([stopped.status, stopped.json?.code], [403, 'auth.not-owner']);
      const own = await world.token('submitter');
      assert.equal((await world.ask('jobs/owned', { method: 'DELETE', token: own })).status, 200);
    });

    it('a call with a token is checked by the coordinator, whoever passes it on', async () => {
      const { bus } = world.cluster.user;
      const target = { bus, subjects: world.cluster.subjects, timeoutMs: 5000 };
      const as = (token: string) =>
        callService({ ...target, token }, 'policy-set', { policy: 'equal' });
      const viewer = await as(world.tokens.viewer);
      assert.equal(viewer.ok ? '' : viewer.error[0]?.code, 'auth.denied');
      const nobody = await as('');
      assert.equal(nobody.ok ? '' : nobody.error[0]?.code, 'auth.bad-token');
    });
  });

  describe('from where', () => {
    const request = (headers: Record<string, string>) => raw(world.url, headers);

    it('it does not answer by another name, whose pages would be of its origin', async () => {
      assert.equal(await request({ host: 'evil.example' }), 403);
      assert.equal(await request({ host: 'localhost:1' }), 200);
      assert.equal(await request({ host: '[::1]' }), 200);
      const named = await world.open({ names: ['console.example'] });
      assert.equal(await raw(named, { host: 'console.example:8470' }), 200);
    });

    it('nothing is changed for another site, whatever the token', async () => {
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'http://evil.example' },
        { origin: 'null' },
      ]) {
        const { status, json } = await world.ask('policy', {
          method: 'PUT',
          ...operator(),
          body: { policy: 'equal' },
          headers: headers as Record<string, string>,
        });
        assert.equal(status, 403, JSON.stringify(headers));
        assert.equal(json?.code, 'http.refused');
      }
    });

    it('another site may open a page, and fetch nothing', async () => {
      const site = { 'sec-fetch-site': 'cross-site' };
      const opened = { ...site, 'sec-fetch-mode': 'navigate' };
      assert.equal(await request(opened), 200);
      assert.equal(await request({ ...opened, 'sec-fetch-dest': 'iframe' }), 403);
      assert.equal(await request({ ...site, 'sec-fetch-mode': 'no-cors' }), 403);
      assert.equal((await world.ask('stream', { headers: site })).status, 403);
    });

    it('no answer lets another site read it, and none runs a script', async () => {
      for (const path of ['/', 'jobs', 'nothing', '/openapi.json']) {
        const { headers } = await world.ask(path, { headers: { origin: 'http://evil.example' } });
        assert.equal(headers.get('access-control-allow-origin'), null);
        assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
        assert.equal(headers.get('x-content-type-options'), 'nosniff');
      }
    });
  });
});

/** A request with headers that fetch would not send. */
function raw(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(`${url}/api/v1/whoami`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.once('error', reject);
    asked.end();
  });
}
