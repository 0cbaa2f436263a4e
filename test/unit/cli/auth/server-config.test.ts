import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CLIENT_LIMITS, permissionText, serverConfig } from '../../../../cli/auth/server-config.js';
import type { AuthRecord, AuthUser } from '../../../../cli/auth/users.js';
import { MAX_NODES, MAX_WAITING_NODES } from '../../../../coordinator/ingest/ingest.js';
import { SERVICE_MAX_BYTES } from '../../../../proto/codec/limits.js';
import { permissionsOf } from '../../../../proto/permissions.js';
import { USER_ROLES } from '../../../../proto/roles.js';
import type { NodeId } from '../../../../shared/ids.js';

const USERS: readonly AuthUser[] = [
  { name: 'coordinator', role: 'coordinator', publicKey: 'U1' },
  { name: 'agent-h1', role: 'agent', node: 'h1' as NodeId, publicKey: 'U2' },
  { name: 'lena', role: 'viewer', publicKey: 'U3' },
];
const RECORD: AuthRecord = { cluster: 'main', users: USERS };
const account = (name: string, text: string): string =>
  new RegExp(`^  ${name} \\{\\n(.*?)^  \\}`, 'ms').exec(text)?.[1] ?? '';

describe('the configuration of a server', () => {
  it('keeps the buckets in an account that only coordinators have keys of', () => {
    const text = serverConfig(RECORD);
    const [state, clients] = [account('DQOES', text), account('DQOES_CLIENTS', text)];
    assert.match(state, /jetstream: enabled/);
    assert.doesNotMatch(clients, /jetstream/);
    const keys = (part: string) => [...part.matchAll(/nkey: (\w+)/g)].map(([, key]) => key);
    assert.deepEqual([keys(state), keys(clients)], [['U1'], ['U2', 'U3']]);
  });

  it('has the server write down whose call it is: each person has an import of its own', () => {
    const text = serverConfig(RECORD);
    const calls = account('DQOES_CLIENTS', text)
      .split('\n')
      .filter((line) => line.includes('.svc.') && line.includes('service:'));
    assert.deepEqual(calls, [
      '      { service: { account: DQOES, subject: "dqoes.v1.main.svc.*.viewer.lena.U3" }, ' +
        'to: "dqoes.v1.main.svc.*.U3" } # lena: viewer',
    ]);
    assert.match(account('DQOES', text), /\{ service: "dqoes\.v1\.main\.svc\.\*\.\*\.\*\.\*" \}/);
  });

  it('quotes every subject: a bare $ is a variable', () => {
    const bare = serverConfig(RECORD).replace(/"[^"]*"/g, '""');
    assert.doesNotMatch(bare, /\$/);
  });

  it('bounds the store only where the server is ours', () => {
    assert.doesNotMatch(serverConfig(RECORD), /store_dir/);
    const store = { storeDir: '/var/lib/x y', maxFileBytes: 1000, maxMemoryBytes: 10 };
    assert.match(
      serverConfig({ ...RECORD, store }),
      /jetstream \{\n {2}store_dir: "\/var\/lib\/x y"\n {2}max_file_store: 1000\n {2}max_memory_store: 10\n\}/,
    );
  });

  it('bounds what agents and people take, and nothing of the coordinators', () => {
    const text = serverConfig(RECORD);
    assert.match(
      account('DQOES_CLIENTS', text),
      /^ {4}limits: \{ max_connections: 8192, max_subscriptions: 100, max_payload: 1048576 \}$/m,
    );
    assert.doesNotMatch(account('DQOES', text), /limits/);
  });

  it('has room for all that a role may listen to, in one connection, three times', () => {
    for (const role of USER_ROLES) {
      const { subscribe } = permissionsOf({ role, publicKey: 'U1' }, 'main');
      assert.ok(3 * subscribe.length <= CLIENT_LIMITS.max_subscriptions, role);
    }
    for (const role of ['agent', 'joining', 'welcoming'] as const) {
      const { subscribe } = permissionsOf({ role, node: 'h1' as NodeId, publicKey: 'U1' }, 'main');
      assert.ok(3 * subscribe.length <= CLIENT_LIMITS.max_subscriptions, role);
    }
  });

  it('has room for every agent that a coordinator listens to, twice', () => {
    assert.ok(2 * (MAX_NODES + MAX_WAITING_NODES) < CLIENT_LIMITS.max_connections);
    assert.ok(CLIENT_LIMITS.max_payload > SERVICE_MAX_BYTES);
  });

  it('lets coordinators only answer wherever a request says', () => {
    const lines = serverConfig(RECORD).split('\n');
    const answers = lines.filter((line) => line.includes('allow_responses'));
    assert.deepEqual(
      answers.map((line) => /nkey: (\w+)/.exec(line)?.[1]),
      ['U1'],
    );
  });

  it('denies all where somebody may publish nothing: an empty list would allow all', () => {
    const text = permissionText({ publish: [], subscribe: ['a'], answers: false });
    assert.equal(text, '{ publish: { deny: [">"] }, subscribe: { allow: ["a"] } }');
  });

  it('lets who answers a join token call about the approval of its node, and nothing else', () => {
    const user: AuthUser = {
      name: 'welcoming-h3',
      role: 'welcoming',
      node: 'h3' as NodeId,
      publicKey: 'U4',
    };
    const lines = serverConfig({ ...RECORD, users: [user] }).split('\n');
    const [may, ...calls] = lines.filter((each) => each.includes('U4'));
    const verbs = ['node-approve', 'node-unapprove'];
    const allowed = verbs.map((verb) => `"dqoes.v1.main.svc.${verb}.U4"`).join(', ');
    assert.ok(may?.includes(`publish: { allow: [${allowed}] }`), may);
    assert.deepEqual(
      calls.map((line) => line.trim()),
      verbs.map(
        (verb) =>
          '{ service: { account: DQOES, ' +
          `subject: "dqoes.v1.main.svc.${verb}.welcoming.h3.U4" }, ` +
          `to: "dqoes.v1.main.svc.${verb}.U4" } # welcoming-h3: welcoming`,
      ),
    );
  });
});
