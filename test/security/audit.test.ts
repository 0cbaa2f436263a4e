import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'mocha';
import { headers } from 'nats';
import { type AuditQuestion, auditLines } from '../../cli/events/audit.js';
import {
  type ChangingVerb,
  isChanging,
  type ServiceCalls,
  VERBS,
  type Verb,
} from '../../proto/schemas/service.js';
import { publicTextOf, seal } from '../../proto/sealing/sealed-box.js';
import { encodeRequest } from '../../proto/service-codec.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { SecretName } from '../../shared/ids.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { bytes } from '../lib/utf8.js';
import { job, jobName, nodeId, target } from '../unit/coordinator/build.js';
import { AuditCluster } from './audit-cluster.js';
import { CLUSTER, must } from './guarded-server.js';

const subjects = subjectsOf(CLUSTER);
const h1 = nodeId('h1');
const SECRET = `hush-${process.pid}`;
const JSON_TYPE = { 'content-type': 'application/json' };

const TOKEN = 'token' as SecretName;
const secretsKey = generateKeyPairSync('x25519').privateKey;
const box = must(
  seal(bytes(SECRET), publicTextOf(secretsKey), { cluster: CLUSTER, secret: TOKEN }),
);

/** One call of each verb that changes something, in an order in which all are accepted. */
const CHANGES: { readonly [V in ChangingVerb]: ServiceCalls[V]['request'] } = {
  'job-submit': { jobs: [job('changing', { env: { TOKEN: SECRET } })] },
  'job-stop': { name: jobName('changing') },
  'node-set': { id: h1, scheduling: 'cordoned' },
  'node-approve': { id: h1 },
  'node-unapprove': { id: h1 },
  'node-remove': { id: nodeId('h2') },
  'policy-set': { policy: 'equal' },
  'secret-set': { name: TOKEN, box },
  'secret-remove': { name: TOKEN },
  'token-create': { id: 'changing01', name: 'ci', role: 'viewer', hash: 'a'.repeat(64) },
  'token-revoke': { id: 'changing01' },
};

describe('the audit, and whose job it is', function () {
  this.timeout(60_000);
  let cluster: AuditCluster;
  before(async () => {
    cluster = await AuditCluster.start({ secretsKey });
  });
  after(() => cluster.stop());

  it('has one line for each call that changes something, and says who made it', async () => {
    for (const verb of VERBS.filter(isChanging)) {
      const [line, ...more] = await cluster.linesOf(() =>
        cluster.must('operator', verb, CHANGES[verb]),
      );
      assert.deepEqual(more, [], verb);
      assert.deepEqual(
        [line?.who, line?.role, line?.key, line?.verb, line?.outcome],
        ['operator', 'operator', cluster.guarded.publicKeyOf('operator'), verb, 'done'],
      );
      assert.equal(typeof line?.after, 'string', verb);
    }
    const changes = (await cluster.lines()).map(
      ({ verb, job: name, node, secret, token, before: from, after: to }) =>
        [verb, name ?? node ?? secret ?? token ?? '', from ?? '', to ?? '']
          .join(' | ')
          .replace(/spec \w+/g, 'spec #'),
    );
    const spec = '1 x dqoes/tiny:1, target 1s mean, cpu 0.05, weight 1, spec #';
    for (const change of [
      'leader |  |  | c1 leads in epoch 1',
      `job-submit | changing |  | ${spec}`,
      `job-stop | changing | ${spec} | stopped`,
      'node-set | h1 | open | cordoned',
      'node-remove | h2 | approved | removed',
      'policy-set |  | dqoes | equal',
      'secret-set | token |  | set',
      'secret-remove | token | set | removed',
      'token-create | changing01 |  | ci, viewer',
      'token-revoke | changing01 | ci, viewer | revoked',
    ])
      assert.ok(changes.includes(change), `${change}\nis not in\n${changes.join('\n')}`);
  });

  it('has no line for what only reads', async () => {
    const read = await cluster.linesOf(async () => {
      await cluster.must('vic-viewer', 'job-list', {});
      await cluster.must('vic-viewer', 'policy-get', {});
      await cluster.must('sue-submitter', 'job-plan', { jobs: [job('planned')] });
      assert.equal(
        (await cluster.call('vic-viewer', 'job-status', { name: jobName('none') })).ok,
        false,
      );
    });
    assert.deepEqual(read, []);
  });

  it('a submitter may change its own jobs, and no others; an operator may all', async () => {
    const [own, other] = [job('of-sue'), job('of-sue', { target: target(250) })];
    await cluster.must('sue-submitter', 'job-submit', { jobs: [own] });
    await cluster.must('operator', 'job-submit', { jobs: [job('of-operator')] });
    const refused = await cluster.linesOf(async () => {
      assert.match(
        await cluster.faultsOf('tom', 'job-stop', { name: own.name }),
        /auth\.not-owner.*job of-sue belongs to sue-submitter, not to tom: ask sue-submitter or an/,
      );
      // All or nothing: his own new job beside it is not stored either.
      const both = { jobs: [job('of-tom'), other] };
      assert.match(await cluster.faultsOf('tom', 'job-submit', both), /auth\.not-owner/);
      const name = jobName('of-operator');
      assert.match(
        await cluster.faultsOf('sue-submitter', 'job-stop', { name }),
        /auth\.not-owner/,
      );
    });
    assert.deepEqual(
      refused.map(({ who, verb, job: name, outcome, code }) => [who, verb, name, outcome, code]),
      [
        ['tom', 'job-stop', 'of-sue', 'refused', 'auth.not-owner'],
        ['tom', 'job-submit', 'of-tom', 'refused', 'auth.not-owner'],
        ['sue-submitter', 'job-stop', 'of-operator', 'refused', 'auth.not-owner'],
      ],
    );
    assert.deepEqual(
      [
        await cluster.ownerOf('of-sue'),
        await cluster.ownerOf('of-operator'),
        await cluster.ownerOf('of-tom'),
      ],
      ['sue-submitter', 'operator', undefined],
    );
    await cluster.must('sue-submitter', 'job-submit', { jobs: [other] });
    await cluster.must('operator', 'job-submit', { jobs: [own] });
    assert.equal(await cluster.ownerOf('of-sue'), 'sue-submitter', 'it stays whose it was');
    await cluster.must('sue-submitter', 'job-stop', { name: own.name });
    await cluster.must('tom', 'job-submit', { jobs: [own] });
    assert.equal(await cluster.ownerOf('of-sue'), 'tom', 'what was stopped belongs to nobody');
    const [stop] = await cluster.linesOf(() =>
      cluster.must('operator', 'job-stop', { name: own.name }),
    );
    assert.deepEqual([stop?.who, stop?.job, stop?.outcome], ['operator', 'of-sue', 'done']);
  });

  it('a call in the name of another does not arrive', async () => {
    const name = jobName('of-operator');
    const stop = encodeRequest('job-stop', { name });
    const [sue, operator] = [
      cluster.guarded.publicKeyOf('sue-submitter'),
      cluster.guarded.publicKeyOf('operator'),
    ];
    const forged = await cluster.linesOf(async () => {
      const attacker = await cluster.guarded.raw('sue-submitter');
      for (const subject of [
        subjects.service('job-stop'),
        subjects.serviceFor('job-stop', operator),
        `${subjects.service('job-stop')}.operator.operator.${operator}`,
        `${subjects.service('job-stop')}.operator.sue-submitter.${sue}`,
      ])
        await assert.rejects(attacker.request(subject, stop, { timeout: 2000 }), subject);
    });
    assert.deepEqual(forged, []);
    assert.equal(await cluster.ownerOf('of-operator'), 'operator');
  });

  it('headers say nothing about who calls', async () => {
    const attacker = await cluster.guarded.raw('sue-submitter');
    const sent = headers();
    // As nats-server 2.10 leaves it beside its own (CVE-2026-33223).
    const claim = JSON.stringify({ acc: 'DQOES', user: cluster.guarded.publicKeyOf('operator') });
    sent.append('Nats-Request-Info', claim);
    sent.append('Nats-Request-Info', claim);
    const [line] = await cluster.linesOf(() =>
      attacker.request(
        subjects.serviceFor('job-stop', cluster.guarded.publicKeyOf('sue-submitter')),
        encodeRequest('job-stop', { name: jobName('of-operator') }),
        { timeout: 5000, headers: sent },
      ),
    );
    assert.deepEqual([line?.who, line?.code], ['sue-submitter', 'auth.not-owner']);
  });

  it('has one line for each refused call, whatever was wrong with it', async () => {
    const own = (verb: Verb) => subjects.serviceFor(verb, cluster.guarded.publicKeyOf('tom'));
    const refused = await cluster.linesOf(async () => {
      const options = { timeoutMs: 5000, headers: JSON_TYPE };
      await cluster.busOf('tom').request(own('job-stop'), bytes('{'), options);
      await cluster.busOf('tom').request(own('job-list'), bytes('nothing'), options);
      await cluster.call('tom', 'job-stop', { name: jobName('none') });
      await cluster.call('operator', 'node-approve', { id: '../x' as never });
    });
    assert.deepEqual(
      refused.map(({ who, verb, outcome, code }) => [who, verb, outcome, code]),
      [
        ['tom', 'job-stop', 'refused', 'service.bad-request'],
        ['tom', 'job-list', 'refused', 'service.bad-request'],
        ['tom', 'job-stop', 'refused', 'service.not-found'],
        ['operator', 'node-approve', 'refused', 'service.bad-request'],
      ],
    );
  });

  it('what the rules of a host forbid has a line, too', async () => {
    const [agent] = cluster.agents;
    assert.ok(agent !== undefined);
    agent.rules = () => 'image dqoes/tiny:1 is not allowed here';
    await cluster.must('operator', 'node-set', { id: h1, scheduling: 'open' });
    const found = async () => (await cluster.lines({ verb: 'host-refusal' })).at(-1);
    await cluster.must('operator', 'job-submit', { jobs: [job('forbidden')] });
    await until(async () => {
      agent.report({ sentAtMs: systemClock.now() });
      return (await found()) !== undefined;
    }, 'the refusal to be written');
    const line = await found();
    assert.deepEqual([line?.who, line?.node, line?.outcome], ['agent-h1', 'h1', 'refused']);
    assert.match(line?.reason ?? '', /is not allowed here/);
  });

  it('a flood of refusals leaves thirty lines, and their number when it ends', async () => {
    const known = (await cluster.lines({ user: 'vic-viewer' })).length;
    const viewer = cluster.busOf('vic-viewer');
    const own = subjects.serviceFor('job-list', cluster.guarded.publicKeyOf('vic-viewer'));
    for (let sent = 0; sent < 500; sent += 100)
      await Promise.all(
        Array.from({ length: 100 }, () =>
          viewer.request(own, bytes('{'), { timeoutMs: 5000, headers: JSON_TYPE }),
        ),
      );
    await cluster.linesOf(async () => {});
    assert.equal((await cluster.lines({ user: 'vic-viewer' })).length - known, 30);
    await cluster.replaceCoordinator('c2');
    await cluster.linesOf(async () => {});
    const last = (await cluster.lines({ user: 'vic-viewer' })).at(-1);
    assert.deepEqual([last?.verb, last?.count], ['refusals', 470]);
  });

  it('outlives its coordinator, as do the owners', async () => {
    const leaders = await cluster.lines({ verb: 'leader' });
    assert.deepEqual(
      leaders.map(({ who, before: from }) => [who, from]),
      [
        ['c1', undefined],
        ['c2', 'epoch 1'],
      ],
    );
    assert.equal(await cluster.ownerOf('of-operator'), 'operator');
    const name = jobName('of-operator');
    assert.match(await cluster.faultsOf('tom', 'job-stop', { name }), /auth\.not-owner/);
    const ids = (await cluster.lines()).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('is found by person, key, job, node, verb and time', async () => {
    const some = async (asked: Partial<AuditQuestion>) => {
      const found = await cluster.lines(asked);
      assert.ok(found.length > 0, JSON.stringify(asked));
      return found;
    };
    const key = cluster.guarded.publicKeyOf('tom');
    assert.ok((await some({ user: 'tom' })).every(({ who }) => who === 'tom'));
    assert.deepEqual(await some({ user: key }), await some({ user: 'tom' }));
    assert.ok((await some({ job: 'of-sue' })).every((line) => line.job === 'of-sue'));
    assert.ok((await some({ node: 'h1' })).every((line) => line.node === 'h1'));
    assert.ok((await some({ verb: 'node-set' })).every((line) => line.verb === 'node-set'));
    assert.deepEqual(await cluster.lines({ fromMs: 0 }), await cluster.lines());
    assert.deepEqual(await cluster.lines({ fromMs: Date.now() + 60_000 }), []);
  });

  it('is for operators to read, and for nobody to change or empty', async () => {
    for (const person of ['sue-submitter', 'vic-viewer'] as const) {
      const read = await auditLines(cluster.busOf(person), { cluster: CLUSTER, count: 10 });
      assert.ok(!read.ok);
      assert.match(read.error[0]?.message ?? '', /not allowed to read the audit: .*role operator,/);
    }
    const connection = await cluster.guarded.raw('coordinator');
    const info = await connection.request(`$JS.API.STREAM.INFO.dqoes-${CLUSTER}-audit`);
    const { config } = info.json<{ config: Record<string, unknown> }>();
    assert.deepEqual([config.deny_delete, config.deny_purge], [true, true]);
  });

  it('holds no value of an environment variable', async () => {
    assert.equal(JSON.stringify(await cluster.lines()).includes(SECRET), false);
  });
});
