import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { keyPath, serverConfigPath } from '../../cli/auth/folder.js';
import { tokenText } from '../../cli/auth/join.js';
import { ensureUsers } from '../../cli/auth/keys.js';
import { createUserKey } from '../../proto/nats/user-key.js';
import type { NodeStatus } from '../../proto/schemas/status.js';
import type { NodeId } from '../../shared/ids.js';
import { dqoes, type Program, startDqoes } from '../e2e/cli-program.js';
import { freePort, startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { must } from './guarded-server.js';
import { squat } from './squat.js';

/** Who runs the server, and who has its port before: accounts that every Debian has. */
const [NOBODY, DAEMON] = [65534, 1];
const CLUSTER = `user-${process.pid}`;
const NODE = CLUSTER as NodeId;

/** What programs do that start while somebody else has the port, where its user is named. */
describe('nats.server-user of a coordinator and an agent', function () {
  this.timeout(90_000);
  let folder = '';
  let port = 0;
  let publicKeys: readonly string[] = [];
  let server: TestNatsServer | undefined;
  const programs: Program[] = [];

  before(async function () {
    if (process.getuid?.() !== 0) return this.skip();
    folder = await mkdtemp(join(tmpdir(), 'dqoes-server-user-'));
    port = await freePort();
    const record = must(
      ensureUsers(folder, { cluster: CLUSTER, users: [] }, [
        { role: 'coordinator', name: 'coordinator' },
        { role: 'operator', name: 'operator' },
        { role: 'agent', node: NODE },
      ]),
    );
    publicKeys = record.users.map(({ publicKey }) => publicKey);
    const nats = (key: string): string =>
      `cluster: ${CLUSTER}\nnats: { url: "nats://127.0.0.1:${port}", server-user: nobody, ` +
      `credentials: ${keyPath(folder, key)} }\n`;
    await writeFile(
      join(folder, 'coordinator.yaml'),
      `${nats('coordinator')}metrics: { listen: "off" }\n`,
    );
    await writeFile(
      join(folder, 'agent.yaml'),
      `${nats(`agent-${NODE}`)}node: ${NODE}\nlabel-prefix: ${CLUSTER}.\n` +
        `state-dir: ${folder}/state\nrecords-dir: ${folder}/records\ninterval: 500ms\n` +
        'push: { enable: false }\nmetrics: { listen: "off" }\ndocker: { parent-weight: off }\n',
    );
  });
  after(async () => {
    await Promise.all(programs.map((program) => program.end('SIGTERM')));
    await server?.stop();
    if (folder !== '') await rm(folder, { recursive: true, force: true });
  });

  const start = (...args: readonly string[]): Program => {
    const program = startDqoes(args);
    programs.push(program);
    return program;
  };
  const said = (): string => programs.map(({ err }) => err).join('\n');

  it('has them tell others nothing, and use the server of the user that it names', async () => {
    const theirs = await squat(port, publicKeys, DAEMON);
    const coordinator = ['coordinator', '--install', '--config', join(folder, 'coordinator.yaml')];
    start(...coordinator);
    start('agent', '--config', join(folder, 'agent.yaml'));
    const refused =
      /is not used: another user of this machine \(1\) runs .*nats\.server-user .*\(now nobody\)/;
    await until(() => programs.every(({ err }) => refused.test(err)), said, 30_000);
    assert.equal(theirs.heard.length, 0);
    await theirs.stop();

    const config = readFileSync(serverConfigPath(folder), 'utf8');
    server = await startNatsServer({ port, config, uid: NOBODY });
    const where = ['--nats', server.url, '--creds', keyPath(folder, 'operator')];
    const nodes = async (): Promise<readonly NodeStatus[]> => {
      const listed = await dqoes(['node', 'ls', ...where, '--cluster', CLUSTER, '-o', 'json']);
      return listed.code === 0 ? (JSON.parse(listed.out) as { nodes: NodeStatus[] }).nodes : [];
    };
    const isReady = async (): Promise<boolean> =>
      (await nodes()).some(({ id, liveness }) => id === NODE && liveness === 'ready');
    await until(isReady, said, 40_000);
  });

  it('has a command and a console tell others nothing, by a variable', async () => {
    const other = await freePort();
    const theirs = await squat(other, publicKeys, DAEMON);
    const url = `nats://127.0.0.1:${other}`;
    const place = ['--nats', url, '--creds', keyPath(folder, 'operator'), '--cluster', CLUSTER];
    const job = 'name: a\nimage: dqoes/tiny:1\ntarget: { latency: 1s }\nenv: { WORD: hunter2 }\n';
    const of = (user: string) => ({ HOME: folder, DQOES_NATS_SERVER_USER: user });
    try {
      const refused = await dqoes(['job', 'run', '-', ...place], { stdin: job, env: of('nobody') });
      assert.equal(refused.code, 1, refused.err);
      assert.match(refused.err, /user .* \(1\) runs .*DQOES_NATS_SERVER_USER .*\(now nobody/);
      const rest = ['--listen', '127.0.0.1:0', '--metrics', 'off'];
      const served = startDqoes(['console', ...place, ...rest], { env: of('nobody') });
      await until(
        () => /another user of this machine \(1\)/.test(served.err),
        () => served.err,
        20_000,
      );
      await served.end('SIGTERM');
      assert.equal(theirs.heard.length, 0);
      const wrong = await dqoes(['ps', ...place], { env: of('no-such-user') });
      assert.equal(wrong.code, 2, wrong.err);
      assert.match(wrong.err, /DQOES_NATS_SERVER_USER: "no-such-user" is no user of this machine/);
      // The same server is the one that is looked for where its user is named.
      await dqoes(['job', 'run', '-', ...place], { stdin: job, env: of('daemon') });
      assert.ok(theirs.heard.some((each) => each.includes('hunter2')));
    } finally {
      await theirs.stop();
    }
  });

  it('has a host that joins tell others nothing, by a variable', async () => {
    const other = await freePort();
    const { seed, publicKey } = createUserKey();
    const theirs = await squat(other, [publicKey], DAEMON);
    const token = tokenText({
      url: `nats://127.0.0.1:${other}`,
      cluster: CLUSTER,
      node: NODE,
      seed,
    });
    const out = join(folder, 'joined.nk');
    const joining = (user: string) =>
      dqoes(['join', token, '--out', out], {
        env: { HOME: folder, DQOES_NATS_SERVER_USER: user },
      });
    try {
      const refused = await joining('nobody');
      assert.equal(refused.code, 1, refused.err);
      assert.match(refused.err, /user .* \(1\) runs .*DQOES_NATS_SERVER_USER .*\(now nobody/);
      assert.deepEqual([theirs.heard, existsSync(out)], [[], false]);
      // The same server is asked where its user is named.
      assert.equal((await joining('daemon')).code, 1);
      assert.ok(theirs.heard.length > 0);
    } finally {
      await theirs.stop();
    }
  });

  for (const [name, file] of [
    ['coordinator', 'coordinator.yaml'],
    ['agent', 'agent.yaml'],
  ] as const)
    it(`is refused by the ${name} where this machine has no such user`, async () => {
      const text = readFileSync(join(folder, file), 'utf8');
      const path = join(folder, `wrong-${file}`);
      await writeFile(path, text.replace('server-user: nobody', 'server-user: no-such-user'));
      const checked = await dqoes([name, '--check', '--config', path]);
      assert.equal(checked.code, 2, checked.err);
      assert.match(checked.err, /nats\.server-user: "no-such-user" is no user of this machine/);
    });
});
