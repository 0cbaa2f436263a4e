import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { initAuth, updateServer } from '../../../../cli/services/auth.js';
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
