import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readCliConfig } from '../../../../cli/config.js';
import { initAuth } from '../../../../cli/services/auth.js';
import { addAgentByToken } from '../../../../cli/services/auth-join.js';
import { testApp } from '../../../lib/cli-app.js';

describe('dqoes auth add-agent --token', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-token-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('says so where the certificates of NATS have no room in a token', async () => {
    const [dir, natsPid, ca] = ['keys', 'nats.pid', 'ca.pem'].map((name) => join(folder, name));
    const { app, messages, problems } = testApp();
    const keys = { dir: dir ?? '', cluster: 'main', natsPid: natsPid ?? '' };
    assert.equal(initAuth(app, keys), 0);
    const url = 'nats://127.0.0.1:1';
    const env = { HOME: '/nowhere', DQOES_NATS_URL: url, DQOES_NATS_TLS_CA: ca };
    const config = readCliConfig(env);
    for (const [count, isSaid] of [
      [1, false],
      [8, true],
    ] as const) {
      const before = messages.length;
      writeFileSync(ca ?? '', rootCertificates.slice(0, count).join('\n'));
      assert.equal(await addAgentByToken({ ...app, config }, 'h1', { dir: keys.dir }), 1);
      // No server runs: it is told before anybody waits for the host.
      assert.match(problems.at(-1) ?? '', /the NATS server does not run/);
      const said = messages.slice(before).join('\n');
      const byHand = /DQOES_NATS_TLS_CA have no room in a token: carry .* dqoes join TOKEN/;
      assert.equal(byHand.test(said), isSaid, said);
    }
  });
});
