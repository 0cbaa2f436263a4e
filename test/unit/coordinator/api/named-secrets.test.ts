import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { serveApi } from '../../../../coordinator/api/service.js';
import type { TokenWriter } from '../../../../coordinator/api/token-writer.js';
import { type VerbContext, verbHandlers } from '../../../../coordinator/api/verbs.js';
import { paceOf } from '../../../../coordinator/pacing/pace.js';
import { createMemoryHub } from '../../../../proto/memory/bus.js';
import { type Requester, requesterName } from '../../../../proto/requester.js';
import { callService } from '../../../../proto/service-client.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import type { SecretName } from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import { type Fault, ok, type Result } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { job, jobName } from '../build.js';

const DB = 'db' as SecretName;
const usesDb = job('b', { secretEnv: { PASSWORD: DB } });
const person = (name: string): Requester => ({
  kind: 'user',
  name,
  role: 'submitter',
  publicKey: `key-${name}`,
});
const CI: Requester = { kind: 'token', id: 'abcdefgh01', name: 'ci', role: 'submitter' };

/** A cluster in which sue has a secret, and a job `stored` that names it. */
const context = {
  state: async () => ({
    jobs: new Map([[jobName('stored'), { spec: { ...usesDb, name: jobName('stored') } }]]),
    secrets: new Map([[DB, { name: DB, owner: 'sue' }]]),
  }),
  writer: { refusals: () => [] },
  forecast: async () => ({ plans: [], effects: [] }),
  quote: async () => ({}),
} as unknown as VerbContext;
const codesOf = (answer: Result<unknown>): readonly string[] =>
  answer.ok ? [] : answer.error.map(({ code, field }) => `${code} ${field}`);

describe('a secret of somebody else', () => {
  const handlers = verbHandlers(context);
  const plan = (by: Requester) => handlers['job-plan']({ jobs: [usesDb] }, by);
  const quote = (by: Requester) => handlers['job-quote']({ spec: usesDb, targetsMs: [] }, by);

  it('is named in no plan and no quote, as in no submission', async () => {
    for (const by of [person('tom'), CI])
      for (const ask of [plan, quote])
        assert.deepEqual(codesOf(await ask(by)), ['auth.not-owner env.PASSWORD']);
    for (const ask of [plan, quote]) assert.deepEqual(codesOf(await ask(person('sue'))), []);
  });

  it('that a stored job names keeps nobody from a quote of that job', async () => {
    const asked = { name: jobName('stored'), targetsMs: [] };
    assert.deepEqual(codesOf(await handlers['job-quote'](asked, person('tom'))), []);
  });

  it('shows in the audit where somebody tried', async () => {
    const [clock, lines] = [new ManualClock(), [] as unknown[]];
    const [hub, subjects] = [createMemoryHub({ clock, log: silentLog }), subjectsOf('test')];
    const bus = hub.connect();
    const refused = (by: Requester, verb: string, [fault]: readonly Fault[]) =>
      lines.push([requesterName(by), verb, fault?.code]);
    const check: TokenWriter['check'] = async () => ({ by: CI, answer: ok({} as never) });
    await serveApi({
      ...{ bus, subjects, version: '1', handlers, log: silentLog, pace: paceOf(clock) },
      ...{ tokens: { check }, audit: { done: () => {}, refused } },
    });
    const answer = callService({ bus, subjects, timeoutMs: 1e6, token: 'x' }, 'job-plan', {
      jobs: [usesDb],
    });
    await clock.advance(0);
    assert.equal((await answer).ok, false);
    const wrong = callService({ bus, subjects, timeoutMs: 1e6, token: 'x' }, 'job-plan', {
      jobs: [job('b'), job('b')],
    });
    await clock.advance(0);
    assert.equal((await wrong).ok, false);
    assert.deepEqual(lines, [['token:ci', 'job-plan', 'auth.not-owner']]);
  });
});
