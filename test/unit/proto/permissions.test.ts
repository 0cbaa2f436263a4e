import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { exportsOf, permissionsOf } from '../../../proto/permissions.js';
import { ROLE_VERBS, rolesFor, USER_ROLES } from '../../../proto/roles.js';
import { VERBS } from '../../../proto/schemas/service.js';
import { BUCKETS } from '../../../proto/store.js';
import { subjectMatches } from '../../../proto/subject-match.js';
import type { NodeId } from '../../../shared/ids.js';

const publicKey = 'U1';
const agent = permissionsOf({ role: 'agent', node: 'h1' as NodeId, publicKey }, 'main');
const coordinator = permissionsOf({ role: 'coordinator', publicKey }, 'main');
const [viewer, submitter, operator] = USER_ROLES.map((role) =>
  permissionsOf({ role, publicKey }, 'main'),
) as [typeof agent, typeof agent, typeof agent];

const may = (allowed: readonly string[], subject: string): boolean =>
  allowed.some((pattern) => subjectMatches(pattern, subject));

describe('permissions of a key', () => {
  it('an agent speaks as its node, reads its own state, and nothing else', () => {
    assert.deepEqual(agent.publish, [
      'dqoes.v1.main.tm.h1',
      'dqoes.v1.main.ack.h1',
      '$JS.API.DIRECT.GET.KV_dqoes-main-desired.$KV.dqoes-main-desired.h1',
      '_INBOX.>',
    ]);
    assert.equal(agent.answers, false, 'it would answer wherever a request says');
    assert.deepEqual(
      agent.subscribe.filter((subject) => !subject.startsWith('$SRV.')),
      ['dqoes.v1.main.cmd.h1', 'dqoes.v1.main.logs.h1', 'dqoes.v1.main.logs.h1.*', '_INBOX.U1.>'],
    );
    assert.ok(agent.subscribe.includes('$SRV.PING.dqoes-agent.*'));
  });

  it('a coordinator alone writes buckets, events and commands', () => {
    for (const subject of [
      '$KV.dqoes-main-lease.lease',
      '$KV.dqoes-main-jobs.a',
      'dqoes.v1.main.evt.job.placed',
      'dqoes.v1.main.cmd.h1',
      'dqoes.v1.main.view.h1',
      'dqoes.v1.main.min.h1',
      '$JS.API.STREAM.CREATE.KV_dqoes-main-jobs',
      '$JS.API.CONSUMER.CREATE.KV_dqoes-main-jobs',
    ]) {
      assert.ok(may(coordinator.publish, subject), subject);
      for (const other of [agent, viewer, submitter, operator])
        assert.equal(may(other.publish, subject), false, subject);
    }
  });

  it('nobody deletes or changes a stream, listens to all, or to the inbox of another', () => {
    for (const { publish, subscribe } of [agent, coordinator, viewer, submitter, operator]) {
      for (const verb of ['DELETE', 'UPDATE', 'MSG.DELETE', 'SNAPSHOT', 'RESTORE'])
        assert.equal(may(publish, `$JS.API.STREAM.${verb}.KV_dqoes-main-jobs`), false, verb);
      for (const verb of ['DELETE', 'PURGE', 'MSG.DELETE', 'SNAPSHOT', 'RESTORE'])
        assert.equal(may(publish, `$JS.API.STREAM.${verb}.dqoes-main-history`), false, verb);
      for (const subject of ['x', '_INBOX.a', '_INBOX.U2.a', '$KV.dqoes-main-jobs.a'])
        assert.equal(may(subscribe, subject), false, subject);
    }
  });

  it('a coordinator alone purges, and only buckets in which markers are cleared', () => {
    const purge = (bucket: string): string => `$JS.API.STREAM.PURGE.KV_dqoes-main-${bucket}`;
    const purged = BUCKETS.filter((bucket) => may(coordinator.publish, purge(bucket)));
    assert.deepEqual(purged, ['jobs', 'nodes', 'profiles']);
    for (const { publish } of [agent, viewer, submitter, operator])
      for (const bucket of BUCKETS) assert.equal(may(publish, purge(bucket)), false, bucket);
  });

  it('coordinators alone write the audit, operators alone read it, nobody changes it', () => {
    const read = '$JS.API.DIRECT.GET.dqoes-main-audit';
    for (const subject of [
      'dqoes.v1.main.audit.job-stop',
      '$JS.API.STREAM.CREATE.dqoes-main-audit',
    ]) {
      assert.ok(may(coordinator.publish, subject), subject);
      for (const other of [agent, viewer, submitter, operator])
        assert.equal(may(other.publish, subject), false, subject);
    }
    assert.equal(may(coordinator.publish, '$JS.API.STREAM.UPDATE.dqoes-main-audit'), false);
    assert.deepEqual(
      [viewer, submitter, operator].map(({ publish }) => may(publish, read)),
      [false, false, true],
    );
  });

  it('every user follows views and reads minutes, and makes no consumer of them', () => {
    for (const user of [viewer, submitter, operator]) {
      for (const subject of ['dqoes.v1.main.view.h1', 'dqoes.v1.main.min.h1'])
        assert.ok(may(user.subscribe, subject), subject);
      assert.ok(may(user.publish, '$JS.API.DIRECT.GET.dqoes-main-history'));
      assert.ok(may(user.publish, 'dqoes.v1.main.svc.view-get.U1'));
      assert.equal(may(user.publish, '$JS.API.CONSUMER.CREATE.dqoes-main-history'), false);
    }
  });

  it('every user may present a token, for no verb about tokens or secrets', () => {
    for (const verb of VERBS) {
      const isOut = /^(token-(create|list|revoke)|secret-.*)$/.test(verb);
      assert.equal(may(viewer.publish, `dqoes.v1.main.tok.${verb}`), !isOut, verb);
      assert.equal(may(agent.publish, `dqoes.v1.main.tok.${verb}`), false, verb);
    }
    for (const verb of ['token-create', 'token-list', 'token-revoke'])
      assert.equal(may(submitter.publish, `dqoes.v1.main.svc.${verb}.U1`), false, verb);
  });

  it('each role may do what the one before it may, and more', () => {
    const calls = USER_ROLES.map((role) => new Set(ROLE_VERBS[role]));
    assert.deepEqual(
      calls.map(({ size }) => size),
      [8, 16, VERBS.length],
    );
    for (const verb of calls[0] ?? []) assert.ok(calls[1]?.has(verb) && calls[2]?.has(verb));
    assert.deepEqual(rolesFor('job-submit'), ['submitter', 'operator']);
    assert.deepEqual(rolesFor('secret-set'), ['submitter', 'operator']);
    assert.deepEqual(rolesFor('policy-set'), ['operator']);
    assert.equal(may(viewer.publish, 'dqoes.v1.main.svc.job-submit.U1'), false);
    assert.equal(may(submitter.publish, 'dqoes.v1.main.svc.job-submit.U1'), true);
    for (const tail of ['', '.U2', '.operator.olga.U1'])
      assert.equal(may(operator.publish, `dqoes.v1.main.svc.job-submit${tail}`), false, tail);
    assert.equal(may(viewer.publish, 'dqoes.v1.main.logs.h1'), false);
    assert.equal(may(submitter.publish, 'dqoes.v1.main.logs.h1'), true);
    assert.equal(may(viewer.publish, 'dqoes.v1.main.logs.h1.U1'), false);
    assert.equal(may(submitter.publish, 'dqoes.v1.main.logs.h1.U1'), true);
    assert.equal(may(operator.publish, 'dqoes.v1.main.logs.h1.U2'), false);
    assert.equal(may(submitter.publish, 'dqoes.v1.main.svc.node-set.U1'), false);
    assert.equal(may(submitter.subscribe, 'dqoes.v1.main.tm.h1'), false);
  });

  it('whatever one account asks of the other is exported, and no more than is used', () => {
    const { streams, services, calls, reports } = exportsOf('main');
    assert.equal(calls, 'dqoes.v1.main.svc.*.*.*.*');
    // Calls are imported person by person (proto/requester).
    const own = /^(dqoes\.v1\.main\.(logs|svc)\.|_INBOX|\$SRV\.)/;
    const clients = [agent, viewer, submitter, operator];
    const wanted = clients.flatMap(({ publish }) => publish).filter((each) => !own.test(each));
    for (const subject of wanted) assert.ok(may([...services, ...reports], subject), subject);
    const heard = clients.flatMap(({ subscribe }) => subscribe).filter((each) => !own.test(each));
    for (const subject of heard)
      assert.ok(
        [...streams, ...reports].some((each) => within(subject, each)),
        subject,
      );
    for (const subject of [...services, ...reports])
      assert.ok(
        wanted.some((each) => within(each, subject)),
        `${subject} is used`,
      );
  });
});

/** Whether what matches `subject`, itself a pattern, all matches `pattern`. */
const within = (subject: string, pattern: string): boolean =>
  subject === pattern || subjectMatches(pattern, subject);
