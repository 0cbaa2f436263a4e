import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { connect } from 'nats';
import { dqoes, startDqoes } from '../e2e/cli-program.js';
import { startUpCluster, type UpCluster } from '../e2e/up-cluster.js';
import { connectToUp } from '../lib/nats-client.js';
import { until } from '../lib/until.js';
import { refusedOf } from './guarded-server.js';

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
const NOBODY = 65_534;

describe('dqoes up', function () {
  this.timeout(60_000);
  let cluster: UpCluster;
  before(async () => {
    cluster = await startUpCluster(`up-${process.pid}`);
  });
  after(async () => {
    await cluster.up.end('SIGINT');
    await rm(cluster.folder, { recursive: true, force: true });
  });

  it('gives a bare socket nothing, and its own user everything without a word', async () => {
    await assert.rejects(
      connect({ servers: cluster.env.DQOES_NATS_URL ?? '' }),
      /Authorization Violation/,
    );
    const { env } = cluster;
    const shown = await dqoes(['node', 'ls', '-q'], { env });
    assert.equal(shown.out, `${env.DQOES_CLUSTER}\n`, shown.err);
    const found = await dqoes(['node', 'ls', '-q'], {
      env: { XDG_RUNTIME_DIR: cluster.folder, DQOES_NATS_URL: '', DQOES_CLUSTER: '' },
    });
    assert.equal(found.out, `${env.DQOES_CLUSTER}\n`, found.err);
  });

  it('tells another user of this machine whom to ask', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    // The other user sees the address, as with a dqoes up of root.
    await chmod(cluster.folder, 0o755);
    await chmod(join(cluster.folder, 'dqoes'), 0o755);
    const run = await asNobody(['ps'], { ...cluster.env, HOME: '/nowhere' });
    assert.equal(run.code, 1, run.err);
    assert.match(run.err, /belongs to another user.*dqoes auth add-user NAME --role viewer/);
  });

  it('keeps its keys to itself', async () => {
    const folder = join(cluster.stateDir, 'auth');
    const modeOf = (path: string) => statSync(path).mode & 0o777;
    assert.equal(modeOf(cluster.stateDir), 0o700);
    assert.equal(modeOf(join(folder, 'keys')), 0o700);
    const names = await readdir(join(folder, 'keys'));
    assert.deepEqual(names.sort(), [
      `agent-${cluster.env.DQOES_CLUSTER}.nk`,
      'console.nk',
      'coordinator.nk',
      'operator.nk',
    ]);
    for (const name of names) {
      assert.equal(modeOf(join(folder, 'keys', name)), 0o600);
      const seed = /^SU\w+$/m.exec(readFileSync(join(folder, 'keys', name), 'utf8'))?.[0];
      assert.equal(`${cluster.up.out}${cluster.up.err}`.includes(seed ?? ''), false);
    }
    assert.doesNotMatch(cluster.up.err, /not allowed/);
  });

  it('lets somebody else in by a key, and out again', async () => {
    const { env, stateDir } = cluster;
    const added = await dqoes(['auth', 'add-user', 'guest', '--role', 'viewer'], { env });
    assert.equal(added.code, 0, added.err);
    const path = added.out.trim();
    assert.equal(path, join(stateDir, 'auth', 'keys', 'guest.nk'));
    const look = () => dqoes(['node', 'ls', '-q', '--creds', path], { env });
    await until(async () => (await look()).code === 0, 'the key to be known');
    const refused = await dqoes(['policy', 'equal', '--creds', path], { env });
    assert.match(refused.err, /not allowed to change the policy/);
    const old = readFileSync(path, 'utf8');
    const rotated = await dqoes(['auth', 'rotate', 'guest'], { env });
    assert.deepEqual([rotated.code, rotated.out], [0, added.out], rotated.err);
    assert.notEqual(readFileSync(path, 'utf8'), old);
    assert.equal((await look()).code, 0);
    const own = await dqoes(['auth', 'revoke', 'coordinator'], { env });
    assert.equal(own.code, 2);
    assert.match(own.err, /coordinator is the key of a part of the dqoes up that runs/);
    const { bus } = await connectToUp(env.DQOES_NATS_URL ?? '', stateDir, 'guest');
    const followers = [
      ['events', '--follow'],
      ['node', 'ls', '--watch'],
    ].map((args) => startDqoes([...args, '--creds', path], { env }));
    await until(() => followers.every(({ out }) => out !== ''), 'both to follow');
    assert.match((await dqoes(['auth', 'list'], { env })).out, /guest +viewer/);
    assert.equal((await dqoes(['auth', 'revoke', 'guest'], { env })).code, 0);
    await until(() => bus.state !== 'connected', 'the connection to be dropped');
    await bus.close();
    for (const follower of followers) {
      await until(
        () => follower.child.exitCode !== null,
        () => `an end: ${follower.err}`,
      );
      const { code, err } = await follower.ended;
      assert.equal(code, 1, err);
      assert.match(err, /^The NATS server no longer accepts the key .*\[auth\.denied\]\n$/);
    }
    const all = await dqoes(['node', 'ls', '-q'], { env });
    assert.equal(all.code, 0, all.err);
  });

  it('its agent has the rights of an agent', async () => {
    const { env, stateDir } = cluster;
    const { readCredentials } = await import('../../cli/credentials.js');
    const { nkeyAuthenticator } = await import('nats');
    const key = readCredentials(
      join(stateDir, 'auth', 'keys', `agent-${env.DQOES_CLUSTER}.nk`),
      'test',
    );
    assert.ok(key.ok && key.value.kind === 'nkey');
    const connection = await connect({
      servers: env.DQOES_NATS_URL ?? '',
      authenticator: nkeyAuthenticator(new TextEncoder().encode(key.value.seed)),
    });
    const lease = `$KV.dqoes-${env.DQOES_CLUSTER}-lease.lease`;
    assert.deepEqual(await refusedOf(connection, { publish: [lease] }), [`publish ${lease}`]);
    await connection.close();
  });
});

function asNobody(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, ...args],
      { uid: NOBODY, gid: NOBODY, env: { ...process.env, ...env } },
      (failure, _out, err) =>
        resolve({ code: failure === null ? 0 : Number(failure.code ?? 1), err }),
    );
  });
}
