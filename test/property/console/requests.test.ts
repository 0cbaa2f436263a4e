import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { after, before, describe, it } from 'mocha';
import { parseJobFile } from '../../../cli/job-file/parse.js';
import type { Cluster } from '../../../console/cluster/cluster.js';
import type { EventFeed } from '../../../console/cluster/event-feed.js';
import { DEFAULT_LIMITS } from '../../../console/contract.js';
import { Day } from '../../../console/history/day.js';
import { buildApp } from '../../../console/http/app.js';
import { ROLE_VERBS, USER_ROLES, type UserRole } from '../../../proto/roles.js';
import type { Verb } from '../../../proto/schemas/service.js';
import { silentLog } from '../../../shared/log.js';
import { err, ok } from '../../../shared/result.js';
import { anyRequest, assertSaysWhy } from '../../lib/arbitraries/http.js';
import { ManualClock } from '../../lib/manual-clock.js';

const tokenOf = (role: string): string => `dqoes_${role}_${'s'.repeat(43)}`;

/** A coordinator that allows what a role may and answers nothing in particular. */
function fakeCluster(calls: string[]): Cluster {
  const call = async (verb: Verb, _request: unknown, token?: string) => {
    const role = USER_ROLES.find((each) => token === tokenOf(each));
    if (verb === 'token-status')
      return role === undefined
        ? err([{ code: 'auth.bad-token', field: 'token', message: 'not known' }])
        : ok({ id: role, name: '', role, createdAtMs: 0 });
    const acting: UserRole = role ?? 'viewer';
    if (!ROLE_VERBS[acting].includes(verb) || (token !== undefined && role === undefined))
      return err([{ code: 'auth.denied', field: 'token', message: 'not allowed' }]);
    calls.push(`${acting} ${verb}`);
    if (verb === 'job-plan') return ok({ plans: [], effects: [] });
    return verb === 'job-status' ? ok({ job: {} }) : ok({});
  };
  return {
    call,
    nodes: () => [],
    summary: () => ({ epoch: 0, isWhole: false, silentMs: null, isConnected: false }),
    hasLeader: false,
    jobs: async () => ok([]),
    forgetJobs: () => {},
  } as unknown as Cluster;
}

describe('the HTTP API, without a cluster behind it', function () {
  this.timeout(60_000);
  const calls: string[] = [];
  let app: FastifyInstance;
  before(async () => {
    const events = { page: async () => ok({ events: [], last: 0 }) } as unknown as EventFeed;
    const day = new Day(1);
    app = await buildApp({
      settings: { cluster: 'main', host: '127.0.0.1' },
      limits: { ...DEFAULT_LIMITS, requestsPerSecond: 1e6, requestsAtOnce: 1e6 },
      sources: { cluster: fakeCluster(calls), events, day, readJobs: parseJobFile },
      clock: new ManualClock(),
      log: silentLog,
      version: '1',
    });
    await app.ready();
  });
  after(() => app.close());

  it('no request fails, each refusal says why, and none reaches the coordinator', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async ({ path, as, method, body, headers }) => {
        const token = as === 'nobody' ? undefined : tokenOf(as);
        calls.splice(0);
        const answer = await app.inject({
          method: method as 'GET',
          url: `/api/v1/${path}`,
          headers: {
            host: 'localhost',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          ...(body === undefined ? {} : { payload: body }),
        });
        const { statusCode, payload } = answer;
        assert.ok(statusCode < 500, `${statusCode}: ${payload}`);
        if (statusCode < 400) return;
        assertSaysWhy(statusCode, String(answer.headers['content-type']), payload);
        assert.deepEqual(calls, [], 'it was refused here');
      }),
      { numRuns: 600 },
    );
  });
});
