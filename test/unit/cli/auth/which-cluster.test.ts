import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { authFolderOf } from '../../../../cli/auth/folder.js';
import { addUser } from '../../../../cli/auth/keys.js';
import { readCliConfig } from '../../../../cli/config.js';
import { openKeys } from '../../../../cli/services/auth-server.js';
import { publishAddress } from '../../../../cli/up/running-stacks.js';
import { testApp } from '../../../lib/cli-app.js';

describe('whose keys dqoes auth works on', () => {
  let home = '';
  let withdraw = (): void => {};
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'dqoes-which-'));
    for (const cluster of ['one', 'two'])
      assert.ok(
        addUser(
          authFolderOf(join(home, cluster)),
          { cluster, users: [] },
          { role: 'viewer', name: `of-${cluster}` },
        ).ok,
      );
    // Two entries of this process: a file for each pid.
    const folder = join(home, 'dqoes');
    withdraw = publishAddress(folder, {
      url: 'nats://127.0.0.1:4001',
      cluster: 'one',
      stateDir: join(home, 'one'),
    });
    const [own = ''] = readdirSync(folder);
    const text = readFileSync(join(folder, own), 'utf8');
    writeFileSync(
      join(folder, 'up-999.json'),
      text.replace('4001', '4002').replaceAll('one', 'two'),
    );
  });
  afterEach(() => {
    withdraw();
    rmSync(home, { recursive: true, force: true });
  });

  const open = (env: Record<string, string> = {}, flags = {}) => {
    const { app } = testApp();
    const config = readCliConfig({ HOME: home, XDG_RUNTIME_DIR: home, ...env });
    return openKeys({ ...app, config }, flags);
  };
  const clusterOf = (...asked: Parameters<typeof open>): string => {
    const keys = open(...asked);
    assert.ok(keys.ok, JSON.stringify(keys));
    return keys.value.record.cluster;
  };

  it('of several running ones those that cluster, address or folder name', () => {
    assert.equal(clusterOf({ DQOES_CLUSTER: 'two' }), 'two');
    assert.equal(clusterOf({ DQOES_NATS_URL: 'nats://localhost:4002' }), 'two');
    assert.equal(clusterOf({}, { cluster: 'one' }), 'one');
    assert.equal(clusterOf({ DQOES_CLUSTER: 'two' }, { cluster: 'one' }), 'one');
    assert.equal(clusterOf({}, { dir: authFolderOf(join(home, 'two')) }), 'two');
  });

  it('none where several run and none is named, or the named one does not run', () => {
    for (const asked of [{}, { DQOES_CLUSTER: 'three' }, { DQOES_NATS_URL: 'nats://10.0.0.1' }]) {
      const keys = open(asked);
      assert.ok(!keys.ok, JSON.stringify(asked));
      assert.equal(keys.error[0]?.code, 'cli.usage');
      assert.match(keys.error[0]?.message ?? '', /--cluster one .* or --cluster two .*--dir/);
    }
  });
});
