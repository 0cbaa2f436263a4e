import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { tokenText } from '../../../../cli/auth/join.js';
import { joinCluster } from '../../../../cli/services/auth-join.js';
import { createUserKey } from '../../../../proto/nats/user-key.js';
import type { NodeId } from '../../../../shared/ids.js';
import { testApp } from '../../../lib/cli-app.js';

const tokenFor = (url: string): string =>
  tokenText({ url, cluster: 'main', node: 'h1' as NodeId, seed: createUserKey().seed });

describe('dqoes join', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-join-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('asks each of several servers', async () => {
    const { app, problems } = testApp();
    const out = join(folder, 'h1.nk');
    // Nobody listens on either of these ports.
    const token = tokenFor('nats://127.0.0.1:1, 127.0.0.1:2');
    assert.equal(await joinCluster(app, token, { out }), 1);
    assert.match(problems.join('\n'), /127\.0\.0\.1:1, 127\.0\.0\.1:2 .*REFUSED/);
    assert.equal(existsSync(out), false);
  });

  it('ends at once on Ctrl-C while a server is silent, and leaves no key behind', async () => {
    const mute = createServer();
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const interrupted = new AbortController();
    mute.on('connection', () => interrupted.abort());
    try {
      const { app, problems } = testApp();
      const out = join(folder, 'h1.nk');
      const token = tokenFor(`nats://127.0.0.1:${(mute.address() as AddressInfo).port}`);
      const stopped = { ...app, signal: interrupted.signal };
      assert.equal(await joinCluster(stopped, token, { out }), 1);
      assert.match(problems.join('\n'), /stopped before the token was used/);
      assert.equal(existsSync(out), false);
    } finally {
      mute.close();
    }
  });
});
