import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import { after, before, describe, it } from 'mocha';
import { ROUTES } from '../../../console/http/app.js';
import type { Problem } from '../../../console/http/problem.js';
import type { Route } from '../../../console/http/route.js';
import { seededRandom } from '../../../shared/random.js';
import { Draw } from '../../lib/api/draw.js';
import { refusalOf } from '../../lib/api/laws.js';
import { goodRequest } from '../../lib/api/requests.js';
import { ApiWorld, authorizationOf, PERSONAS, type Persona } from '../../lib/api/world.js';

const STREAM = { method: 'GET', path: '/stream', role: 'viewer' } as unknown as Route;
const ALL = [...ROUTES, STREAM];

describe('who may do what over HTTP', function () {
  this.timeout(60_000);
  let world: ApiWorld;
  /** A console on the network, or one told to ask for a token always. */
  let strict: FastifyInstance;
  before(async () => {
    world = await ApiWorld.make();
    strict = await world.console({ requireToken: true });
  });
  after(() => world.close());

  const send = async (route: Route, as: Persona, app = world.app) => {
    const draw = new Draw(seededRandom(7));
    const { method, url, headers, payload } = goodRequest(route, as, draw);
    const authorization = authorizationOf(as);
    return world.inject(
      {
        method: method as 'GET',
        url,
        headers: { host: 'localhost', ...headers, ...(authorization && { authorization }) },
        ...(payload === undefined ? {} : { payload }),
      },
      app,
    );
  };

  for (const route of ALL)
    for (const as of PERSONAS) {
      const status = refusalOf(as, route.role);
      // A stream that is allowed does not end.
      if (route === STREAM && status === undefined) continue;
      const outcome = status === undefined ? 'is allowed to' : `is refused (${status}) to`;
      it(`${route.method} ${route.path} ${outcome} ${as}`, async () => {
        const before = await world.stored();
        const answer = await send(route, as);
        if (status === undefined) {
          assert.ok(![401, 403].includes(answer.statusCode), answer.payload);
          return;
        }
        assert.equal(answer.statusCode, status, answer.payload);
        const { code } = JSON.parse(answer.payload) as Problem;
        assert.equal(code, status === 401 ? 'auth.bad-token' : 'auth.denied');
        assert.equal(/^Bearer/.test(String(answer.headers['www-authenticate'])), status === 401);
        assert.equal(await world.stored(), before, 'it was refused, and something changed');
      });
    }

  for (const route of ALL)
    it(`${route.method} ${route.path} is refused where a token is asked for`, async () => {
      assert.equal((await send(route, 'nobody', strict)).statusCode, 401);
    });

  it('what is no address is not found, whoever asks', async () => {
    const nowhere = { ...STREAM, path: '/nowhere' };
    for (const as of PERSONAS) assert.equal((await send(nowhere, as)).statusCode, 404, as);
  });
});
