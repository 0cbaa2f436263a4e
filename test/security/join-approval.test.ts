import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { connect, nkeyAuthenticator } from 'nats';
import { keyPath } from '../../cli/auth/folder.js';
import { parseToken } from '../../cli/auth/join.js';
import { addUser } from '../../cli/auth/keys.js';
import { readCredentials } from '../../cli/credentials.js';
import { auditLines } from '../../cli/events/audit.js';
import { recordOf } from '../../cli/services/auth-server.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import { publicKeyOfAuth } from '../../proto/nats/user-key.js';
import type { AuditLine } from '../../proto/schemas/audit.js';
import type { ServiceCalls, Verb } from '../../proto/schemas/service.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import { silentLog } from '../../shared/log.js';
import { dqoes, type Program, type Run, startDqoes } from '../e2e/cli-program.js';
import { connectForTest } from '../lib/nats-client.js';
import type { TestNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { nodeId, report } from '../unit/coordinator/build.js';
import { FakeAgent } from '../unit/coordinator/fake-agent.js';
import { must, refusedOf } from './guarded-server.js';
import { startKeyedServer } from './keyed-server.js';

const CLUSTER = 'main';
const subjects = subjectsOf(CLUSTER);

describe('a node where all have to be approved', function () {
  this.timeout(120_000);
  let folder = '';
  let keys = '';
  let nats: TestNatsServer;
  let coordinator: Program;
  let operator: NatsClient;
  const clients: NatsClient[] = [];
  const agents = new Map<string, FakeAgent>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-approval-'));
    ({ nats, keys } = await startKeyedServer(folder));
    const config = join(folder, 'coordinator.yaml');
    await writeFile(
      config,
      `cluster: ${CLUSTER}\nregistration: approved\npolicy: equal\n` +
        `nats: { url: "${nats.url}", credentials: "${keyPath(keys, 'coordinator')}" }\n`,
    );
    coordinator = startDqoes(['coordinator', '--install', '--config', config]);
    operator = await clientOf(keyPath(keys, 'operator'));
    await until(
      async () => (await call(operator, 'node-list', {})).ok,
      () => `the coordinator to lead: ${coordinator.err}`,
      30_000,
    );
  });
  after(async () => {
    for (const { bus } of clients) await bus.close();
    await coordinator?.end('SIGKILL');
    await nats?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const clientOf = async (file: string): Promise<NatsClient> => {
    const auth = must(readCredentials(file, 'test'));
    const client = await connectForTest(nats.url, silentLog, auth);
    clients.push(client);
    return client;
  };
  const call = <V extends Verb>(
    { bus }: NatsClient,
    verb: V,
    request: ServiceCalls[V]['request'],
  ) => callService({ bus, subjects, timeoutMs: 5000 }, verb, request);
  const auth = (...args: readonly string[]): Promise<Run> =>
    dqoes(['auth', ...args, '--dir', keys]);
  const tokenFor = async (node: string): Promise<{ waiting: Program; token: string }> => {
    const args = ['auth', 'add-agent', node, '--token', '--nats', nats.url, '--dir', keys];
    const waiting = startDqoes(args);
    await until(
      () => waiting.err.includes('Waiting…'),
      () => `a token: ${waiting.err}`,
      20_000,
    );
    return { waiting, token: waiting.out.trim() };
  };
  const joinBy = (token: string, name: string): Promise<Run> =>
    dqoes(['join', '-', '--out', join(folder, name)], { stdin: token });

  /** The node as it is listed once its agent, which has this key, says that it has those cores. */
  const reported = async (name: string, keyFile: string, cores = 4) => {
    const agent = agents.get(name) ?? new FakeAgent((await clientOf(keyFile)).bus, subjects, name);
    agents.set(name, agent);
    const host = {
      ...report(name).host,
      capacityCpuCores: cores,
      allocatableCpuCores: cores,
    };
    const listed = async () => {
      const { nodes } = must(await call(operator, 'node-list', {}));
      return nodes.find(({ id, host: known }) => id === name && known.capacityCpuCores === cores);
    };
    await until(
      async () => {
        agent.report({ sentAtMs: systemClock.now(), host });
        return (await listed()) !== undefined;
      },
      `node ${name} to be heard`,
      20_000,
    );
    const node = await listed();
    assert.ok(node !== undefined);
    return node;
  };
  const approvals = async (node: string): Promise<readonly AuditLine[]> =>
    must(
      await auditLines(operator.bus, { cluster: CLUSTER, count: 100, verb: 'node-approve', node }),
    );
  /** The lines about this node, once there are as many; lines are written behind the answer. */
  const approvalsOnce = async (node: string, count: number): Promise<readonly AuditLine[]> => {
    await until(async () => (await approvals(node)).length >= count, 'the lines of the audit');
    return approvals(node);
  };
  /** No line about this node, though a later one about another is there. */
  const wasNotApproved = async (node: string): Promise<void> => {
    const mark = nodeId(`after-${node}`);
    must(await call(operator, 'node-approve', { id: mark }));
    await approvalsOnce(mark, 1);
    assert.deepEqual(await approvals(node), []);
  };

  it('takes part with what it first reports, where it joined by a token', async () => {
    const { waiting, token } = await tokenFor('h1');
    const joined = await joinBy(token, 'h1.nk');
    assert.equal(joined.code, 0, joined.err);
    const { code, err } = await waiting.ended;
    assert.equal(code, 0, err);
    assert.match(err, /h1 has joined, and is approved\./);
    const node = await reported('h1', join(folder, 'h1.nk'));
    assert.deepEqual([node.isWaiting, node.warnings], [undefined, []]);

    const [line, ...more] = await approvalsOnce('h1', 1);
    assert.deepEqual(more, []);
    const { who, role, outcome, after: said, before: earlier } = line ?? {};
    assert.deepEqual(
      { who, role, outcome, said, earlier },
      {
        ...{ who: 'welcoming-h1', role: 'welcoming', outcome: 'done' },
        ...{ said: 'approved, by its join token', earlier: undefined },
      },
    );
    const noted = JSON.parse((await auth('log', '-o', 'json')).out) as {
      acts: readonly { name: string; publicKey: string }[];
    };
    const welcoming = noted.acts.find(({ name }) => name === 'welcoming-h1');
    assert.ok(line?.key !== undefined && line.key === welcoming?.publicKey);

    const larger = await reported('h1', join(folder, 'h1.nk'), 64);
    assert.match(larger.warnings.join(), /reports 64 CPU .*, was approved with 4 CPU/);
  });

  it('is not let in again by the token that it used', async () => {
    const { waiting, token } = await tokenFor('h2');
    assert.equal((await joinBy(token, 'h2.nk')).code, 0);
    assert.equal((await waiting.ended).code, 0);
    await approvalsOnce('h2', 1);
    must(await call(operator, 'node-remove', { id: nodeId('h2') }));
    const again = await joinBy(token, 'again.nk');
    assert.equal(again.code, 1, again.err);
    const node = await reported('h2', join(folder, 'h2.nk'));
    assert.equal(node.isWaiting, true);
    assert.equal((await approvals('h2')).length, 1);
  });

  it('waits where its key was made without a token, until an operator approves it', async () => {
    const made = await auth('add-agent', 'h3');
    assert.equal(made.code, 0, made.err);
    assert.equal((await reported('h3', keyPath(keys, 'agent-h3'))).isWaiting, true);
    await wasNotApproved('h3');
    must(await call(operator, 'node-approve', { id: nodeId('h3') }));
    const node = await reported('h3', keyPath(keys, 'agent-h3'));
    assert.equal(node.isWaiting, undefined);
    assert.deepEqual(
      (await approvalsOnce('h3', 1)).map(({ who, after: said }) => [who, said]),
      [['operator', 'approved, 4 CPU']],
    );
  });

  it('is approved by no token that was taken back or revoked', async () => {
    const late = await tokenFor('h4');
    assert.equal((await late.waiting.end('SIGINT')).code, 1);
    assert.equal((await joinBy(late.token, 'h4.nk')).code, 1);
    await wasNotApproved('h4');

    const revoked = await tokenFor('h5');
    const taken = await auth('revoke', 'joining-h5');
    assert.equal(taken.code, 0, taken.err);
    assert.equal((await joinBy(revoked.token, 'h5.nk')).code, 1);
    assert.equal((await revoked.waiting.end('SIGINT')).code, 1);
    await wasNotApproved('h5');
  });

  it('is not approved where its key could not be written down', async () => {
    const { waiting, token } = await tokenFor('h6');
    const inTheWay = join(keys, 'server', 'nats.conf.next');
    await mkdir(inTheWay);
    try {
      assert.equal((await joinBy(token, 'h6.nk')).code, 1);
      assert.equal((await waiting.ended).code, 1);
    } finally {
      await rm(inTheWay, { recursive: true });
    }
    await wasNotApproved('h6');
  });

  it('is approved by no token of another node, nor by who has only the token', async () => {
    const { waiting, token } = await tokenFor('h7');
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
    await wasNotApproved('h7');

    // What nobody but the process that answers a token has.
    must(addUser(keys, must(recordOf(keys)), { role: 'welcoming', node: nodeId('h8') }));
    nats.reload();
    let welcoming: NatsClient | undefined;
    await until(async () => {
      welcoming = await clientOf(keyPath(keys, 'welcoming-h8')).catch(() => undefined);
      return welcoming !== undefined;
    }, 'the new key to be known');
    assert.ok(welcoming !== undefined);
    const other = await call(welcoming, 'node-approve', { id: nodeId('h9') });
    assert.equal(other.ok ? '' : other.error[0]?.code, 'auth.denied');
    const listed = await call(welcoming, 'node-list', {});
    assert.equal(listed.ok ? '' : listed.error[0]?.code, 'auth.denied');
    assert.ok((await call(welcoming, 'node-approve', { id: nodeId('h8') })).ok);
    assert.deepEqual(
      (await approvalsOnce('h8', 1)).map(({ outcome }) => outcome),
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
