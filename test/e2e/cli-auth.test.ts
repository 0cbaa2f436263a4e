import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readFolder } from '../../cli/auth/folder.js';
import { dqoes } from './cli-program.js';

describe('dqoes auth, the program', function () {
  this.timeout(60_000);
  let folder = '';
  let dir = '';
  let env: Record<string, string> = {};
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-auth-e2e-'));
    dir = join(folder, 'keys');
    env = { XDG_RUNTIME_DIR: folder, XDG_STATE_HOME: folder };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const auth = (...args: readonly string[]) => dqoes(['auth', ...args, '--dir', dir], { env });
  const names = (): readonly string[] => {
    const read = readFolder(dir);
    return read.ok ? (read.value?.users.map(({ name }) => name) ?? []) : [];
  };

  it('loses no key of several that are added at once', async () => {
    assert.equal((await auth('init', '--cluster', 'main')).code, 0);
    const added = ['u1', 'u2', 'u3', 'u4', 'u5'];
    await Promise.all(added.map((name) => auth('add-user', name, '--role', 'viewer')));
    assert.deepEqual([...names()].sort(), ['coordinator', 'operator', ...added]);
    const noted = (await auth('log', '-q')).out.trim().split('\n');
    assert.deepEqual(noted.sort(), ['coordinator', 'operator', ...added]);
  });

  it('is done where NATS starts after it, but for a key that is to be refused', async () => {
    const pid = join(folder, 'nats.pid');
    const made = await auth('init', '--cluster', 'main', '--nats-pid', pid);
    assert.equal(made.code, 0, made.err);
    const added = await auth('add-agent', 'h1');
    assert.equal(added.code, 0, added.err);
    assert.match(added.err, /No NATS server runs by .*nats\.pid: it reads .*when it starts/);
    const revoked = await auth('revoke', 'agent-h1');
    assert.equal(revoked.code, 1, revoked.err);
    assert.match(revoked.err, /until then it accepts the old key/);
    assert.deepEqual(names(), ['coordinator', 'operator']);
    const { out } = await auth('log');
    assert.match(out, /made +agent-h1 +agent +U.*\n.*revoked +agent-h1 +agent +U/);
  });
});
