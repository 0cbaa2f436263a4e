import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'mocha';
import { headers } from 'nats';
import type { ServiceCalls, UserRole, Verb } from '../../proto/schemas/service.js';
import { callService, TOKEN_HEADER } from '../../proto/service-client.js';
import { encodeRequest } from '../../proto/service-codec.js';
import { subjectsOf } from '../../proto/subjects.js';
import { bytes } from '../lib/utf8.js';
import { job, jobName } from '../unit/coordinator/build.js';
import { AuditCluster } from './audit-cluster.js';
import { CLUSTER } from './guarded-server.js';

const subjects = subjectsOf(CLUSTER);
const SECRET = randomBytes(32).toString('base64url');

/** A token, and what has a cluster know it. */
function tokenFor(id: string, name: string, role: UserRole) {
  const token = `dqoes_${id}_${SECRET}`;
  const hash = createHash('sha256').update(token).digest('hex');
  return { token, asked: { id, name, role, hash } };
}

describe('a call by a token, through the key of a viewer as a console has', function () {
  this.timeout(60_000);
  let cluster: AuditCluster;
  const [ci, other, watch, boss] = [
    tokenFor('submits001', 'ci', 'submitter'),
    tokenFor('submits002', 'vic-viewer', 'submitter'),
    tokenFor('watches001', '', 'viewer'),
    tokenFor('operates01', 'boss', 'operator'),
  ];
  const name = jobName('of-ci');
  const as = <V extends Verb>(token: string, verb: V, request: ServiceCalls[V]['request']) => {
    const bus = cluster.busOf('vic-viewer');
    return callService({ bus, subjects, timeoutMs: 5000, token }, verb, request);
  };
  const codeOf = async (answer: ReturnType<typeof as>): Promise<string> => {
    const given = await answer;
    return given.ok ? 'ok' : (given.error[0]?.code ?? '');
  };
  before(async () => {
    cluster = await AuditCluster.start({ secretsKey: generateKeyPairSync('x25519').privateKey });
    await cluster.must('operator', 'job-submit', { jobs: [job('of-operator')] });
    for (const { asked } of [ci, other, watch, boss])
      await cluster.must('operator', 'token-create', asked);
  });
  after(() => cluster.stop());

  it('a change is of the token, and so is the job', async () => {
    const lines = await cluster.linesOf(async () => {
      assert.equal(await codeOf(as(ci.token, 'job-submit', { jobs: [job('of-ci')] })), 'ok');
      assert.equal(await codeOf(as(boss.token, 'policy-set', { policy: 'dqoes' })), 'ok');
      assert.equal(await codeOf(as(watch.token, 'job-list', {})), 'ok');
    });
    assert.deepEqual(
      lines.map(({ who, role, key, verb, outcome }) => [who, role, key, verb, outcome]),
      [
        ['token:ci', 'submitter', 'submits001', 'job-submit', 'done'],
        ['token:boss', 'operator', 'operates01', 'policy-set', 'done'],
      ],
    );
    assert.equal(await cluster.ownerOf('of-ci'), 'token:ci');
  });

  it('the job of another is left alone, until an operator says so', async () => {
    const foreign = { name: jobName('of-operator') };
    const lines = await cluster.linesOf(async () => {
      assert.equal(await codeOf(as(other.token, 'job-stop', { name })), 'auth.not-owner');
      assert.equal(await codeOf(as(ci.token, 'job-stop', foreign)), 'auth.not-owner');
      assert.match(await cluster.faultsOf('sue-submitter', 'job-stop', { name }), /not-owner/);
      assert.equal(await codeOf(as(boss.token, 'job-stop', { name })), 'ok');
    });
    assert.deepEqual(
      lines.map(({ who, job: about, code }) => [who, about, code]),
      [
        ['token:vic-viewer', 'of-ci', 'auth.not-owner'],
        ['token:ci', 'of-operator', 'auth.not-owner'],
        ['sue-submitter', 'of-ci', 'auth.not-owner'],
        ['token:boss', 'of-ci', undefined],
      ],
    );
  });

  it('each refusal has a line: of the token, or of nobody where it is not known', async () => {
    await cluster.must('operator', 'token-revoke', { id: 'submits001' });
    const lines = await cluster.linesOf(async () => {
      const jobs = [job('never')];
      assert.equal(await codeOf(as(watch.token, 'job-submit', { jobs })), 'auth.denied');
      assert.equal(await codeOf(as(ci.token, 'job-submit', { jobs })), 'auth.bad-token');
      assert.equal(await codeOf(as(`${boss.token}x`, 'job-list', {})), 'auth.bad-token');
    });
    assert.deepEqual(
      lines.map(({ who, role, verb, code }) => [who, role, verb, code]),
      [
        ['token:watches001', 'viewer', 'job-submit', 'auth.denied'],
        ['unknown', undefined, 'job-submit', 'auth.bad-token'],
        ['unknown', undefined, 'job-list', 'auth.bad-token'],
      ],
    );
  });

  it('it makes no tokens and touches no secret, whatever its role', async () => {
    const viewer = await cluster.guarded.raw('vic-viewer');
    const sent = headers();
    sent.set(TOKEN_HEADER, boss.token);
    for (const verb of ['token-create', 'token-revoke', 'secret-set', 'secret-list'] as const)
      await assert.rejects(
        viewer.request(subjects.tokenCall(verb), bytes('{}'), { timeout: 2000, headers: sent }),
        verb,
      );
  });

  it('beside the call of a key it says nothing', async () => {
    const viewer = await cluster.guarded.raw('vic-viewer');
    const sent = headers();
    sent.set(TOKEN_HEADER, boss.token);
    const key = cluster.guarded.publicKeyOf('vic-viewer');
    const stop = encodeRequest('job-stop', { name: jobName('of-operator') });
    const subject = subjects.serviceFor('job-stop', key);
    await assert.rejects(viewer.request(subject, stop, { timeout: 2000, headers: sent }));
    assert.equal(await cluster.ownerOf('of-operator'), 'operator');
  });

  it('the audit holds no token', async () => {
    assert.equal(JSON.stringify(await cluster.lines()).includes(SECRET), false);
  });
});
