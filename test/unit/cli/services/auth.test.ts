import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readCliConfig } from '../../../../cli/config.js';
import { addAuthUser, initAuth, updateServer } from '../../../../cli/services/auth.js';
import { testApp } from '../../../lib/cli-app.js';

describe('dqoes auth update', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-update-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('takes its turn, as all that change the keys do', async () => {
    const { app } = testApp();
    const dir = join(folder, 'keys');
    const natsPid = join(folder, 'nats.pid');
    assert.equal(initAuth(app, { dir, cluster: 'main', natsPid }), 0);
    const lock = join(dir, 'users.lock');
    writeFileSync(lock, 'of a process that was killed');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, longAgo, longAgo);
    assert.equal(await updateServer(app, { dir }), 0);
    // Who takes the lock clears what was left of it.
    assert.equal(existsSync(lock), false);
  });
});

describe('dqoes auth add-user', () => {
  it('does not try the key without the TLS that was asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dqoes-add-'));
    // The server that is told is this process.
    const onReload = (): void => {};
    process.on('SIGHUP', onReload);
    try {
      const { app, problems } = testApp();
      const [dir, natsPid] = [join(folder, 'keys'), join(folder, 'nats.pid')];
      writeFileSync(natsPid, `${process.pid}\n`);
      assert.equal(initAuth(app, { dir, cluster: 'main', natsPid }), 0);
      const config = readCliConfig({
        ...{ HOME: '/nowhere', DQOES_NATS_URL: 'nats://127.0.0.1:1' },
        DQOES_NATS_TLS_CA: join(folder, 'ca.pem'),
      });
      const lena = { name: 'lena', role: 'viewer' } as const;
      assert.equal(await addAuthUser({ ...app, config }, lena, { dir }), 1);
      assert.match(problems[0] ?? '', /ca\.pem \(from DQOES_NATS_TLS_CA\) cannot be read/);
      assert.match(problems[1] ?? '', /has accepted the key was not tried/);
    } finally {
      process.off('SIGHUP', onReload);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
