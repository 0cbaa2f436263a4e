import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { connect, nkeyAuthenticator } from 'nats';
import { keyPath } from '../../cli/auth/folder.js';
import { parseToken } from '../../cli/auth/join.js';
import { addUser } from '../../cli/auth/keys.js';
import { auditLines } from '../../cli/events/audit.js';
import { recordOf } from '../../cli/services/auth-server.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import { publicKeyOfAuth } from '../../proto/nats/user-key.js';
import type { AuditLine } from '../../proto/schemas/audit.js';
import type { TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { nodeId } from '../unit/coordinator/build.js';
import { ApprovalWorld, CLUSTER, subjects } from './approval-world.js';
import { must, refusedOf } from './guarded-server.js';

/** So long a host that joins waits for its key to be accepted, ms. */
const PATIENCE_MS = 10_000;

describe('a node where all have to be approved', function () {
  this.timeout(120_000);
  let world: ApprovalWorld;
  let folder = '';
  let keys = '';
  let nats: TestNatsServer;
  let operator: NatsClient;

  before(async () => {
    world = await ApprovalWorld.start();
    ({ folder, keys, nats, operator } = world);
  });
  after(() => world.stop());

  it('takes part with what it first reports, where it joined by a token', async () => {
    const { waiting, token } = await world.tokenFor('h1');
    const joined = await world.joinBy(token, 'h1.nk');
    assert.equal(joined.code, 0, joined.err);
    const { code, err } = await waiting.ended;
    assert.equal(code, 0, err);
    assert.match(err, /h1 has joined, and is approved\./);
    const node = await world.reported('h1', join(folder, 'h1.nk'));
    assert.deepEqual([node.isWaiting, node.warnings], [undefined, []]);

    const [line, ...more] = await world.approvalsOnce('h1', 1);
    assert.deepEqual(more, []);
    const { who, role, outcome, after: said, before: earlier } = line ?? {};
    assert.deepEqual(
      { who, role, outcome, said, earlier },
      {
        ...{ who: 'welcoming-h1', role: 'welcoming', outcome: 'done' },
        ...{ said: 'approved, by its join token', earlier: undefined },
      },
    );
    const noted = JSON.parse((await world.auth('log', '-o', 'json')).out) as {
      acts: readonly { name: string; publicKey: string }[];
    };
    const welcoming = noted.acts.find(({ name }) => name === 'welcoming-h1');
    assert.ok(line?.key !== undefined && line.key === welcoming?.publicKey);

    const larger = await world.reported('h1', join(folder, 'h1.nk'), 64);
    assert.match(larger.warnings.join(), /reports 64 CPU .*, was approved with 4 CPU/);
  });

  it('is not let in again by the token that it used', async () => {
    const { waiting, token } = await world.tokenFor('h2');
    assert.equal((await world.joinBy(token, 'h2.nk')).code, 0);
    assert.equal((await waiting.ended).code, 0);
    await world.approvalsOnce('h2', 1);
    must(await world.call(operator, 'node-remove', { id: nodeId('h2') }));
    const again = await world.joinBy(token, 'again.nk');
    assert.equal(again.code, 1, again.err);
    const node = await world.reported('h2', join(folder, 'h2.nk'));
    assert.equal(node.isWaiting, true);
    assert.equal((await world.approvals('h2')).length, 1);
  });

  it('waits where its key was made without a token, until an operator approves it', async () => {
    const made = await world.auth('add-agent', 'h3');
    assert.equal(made.code, 0, made.err);
    assert.equal((await world.reported('h3', keyPath(keys, 'agent-h3'))).isWaiting, true);
    await world.wasNotApproved('h3');
    must(await world.call(operator, 'node-approve', { id: nodeId('h3') }));
    const node = await world.reported('h3', keyPath(keys, 'agent-h3'));
    assert.equal(node.isWaiting, undefined);
    assert.deepEqual(
      (await world.approvalsOnce('h3', 1)).map(({ who, after: said }) => [who, said]),
      [['operator', 'approved, 4 CPU']],
    );
  });

  it('is approved by no token that was taken back or revoked', async () => {
    const late = await world.tokenFor('h4');
    assert.equal((await late.waiting.end('SIGINT')).code, 1);
    assert.equal((await world.joinBy(late.token, 'h4.nk')).code, 1);
    await world.wasNotApproved('h4');

    const revoked = await world.tokenFor('h5');
    const taken = await world.auth('revoke', 'joining-h5');
    assert.equal(taken.code, 0, taken.err);
    assert.equal((await world.joinBy(revoked.token, 'h5.nk')).code, 1);
    assert.equal((await revoked.waiting.end('SIGINT')).code, 1);
    await world.wasNotApproved('h5');
  });

  it('is not approved where its key could not be written down', async () => {
    const { waiting, token } = await world.tokenFor('h6');
    const inTheWay = join(keys, 'server', 'nats.conf.next');
    await mkdir(inTheWay);
    try {
      const joining = world.joinHere(token, 'h6.nk');
      assert.equal((await waiting.ended).code, 1);
      joining.pass(PATIENCE_MS);
      assert.equal((await joining.ended).code, 1);
    } finally {
      await rm(inTheWay, { recursive: true });
    }
    await world.wasNotApproved('h6');
  });

  it('is approved by no token of another node, nor by who has only the token', async () => {
    const { waiting, token } = await world.tokenFor('h7');
    const { seed } = must(parseToken(token));
    const publicKey = publicKeyOfAuth({ kind: 'nkey', seed }) ?? '';
    const connection = await connect({
      servers: nats.url,
      authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
      maxReconnectAttempts: 0,
    });
    const publish = [
      subjects.service('node-approve'),
      subjects.serviceFor('node-approve', publicKey),
      `${subjects.service('node-approve')}.welcoming.h7.${publicKey}`,
    ];
    const refused = await refusedOf(connection, { publish });
    assert.deepEqual(refused, publish.map((subject) => `publish ${subject}`).sort());
    await connection.close();
    await waiting.end('SIGINT');
    await world.wasNotApproved('h7');

    // What nobody but the process that answers a token has.
    must(addUser(keys, must(recordOf(keys)), { role: 'welcoming', node: nodeId('h8') }));
    nats.reload();
    let welcoming: NatsClient | undefined;
    await until(async () => {
      welcoming = await world.clientOf(keyPath(keys, 'welcoming-h8')).catch(() => undefined);
      return welcoming !== undefined;
    }, 'the new key to be known');
    assert.ok(welcoming !== undefined);
    const other = await world.call(welcoming, 'node-approve', { id: nodeId('h9') });
    assert.equal(other.ok ? '' : other.error[0]?.code, 'auth.denied');
    const listed = await world.call(welcoming, 'node-list', {});
    assert.equal(listed.ok ? '' : listed.error[0]?.code, 'auth.denied');
    assert.ok((await world.call(welcoming, 'node-approve', { id: nodeId('h8') })).ok);
    assert.deepEqual(
      (await world.approvalsOnce('h8', 1)).map(({ outcome }) => outcome),
      ['done'],
    );
    const lines = await auditOfWelcoming();
    const seen = lines.map(({ verb, outcome, code }) => [verb, outcome, code]);
    assert.deepEqual(seen, [
      ['node-approve', 'refused', 'auth.denied'],
      ['node-approve', 'done', undefined],
    ]);
  });

  const auditOfWelcoming = async (): Promise<readonly AuditLine[]> =>
    must(await auditLines(operator.bus, { cluster: CLUSTER, count: 100, user: 'welcoming-h8' }));
});
