import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { makeSigningKey } from '../../../../coordinator/signing-key.js';
import { createUserKey } from '../../../../proto/nats/user-key.js';
import { testApp } from '../../../lib/cli-app.js';

// cspell:ignore adaptve jbos
describe('dqoes coordinator --check', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-coordinator-check-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (name: string, text: string, mode = 0o600): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };
  const check = async (...more: readonly string[]) => {
    const { app, out, messages, problems } = testApp();
    const config = ['--config', join(folder, 'coordinator.yaml')];
    const code = await runProgram(['coordinator', '--check', ...config, ...more], app);
    return { code, out, messages, problems };
  };
  const settings = (more = ''): void => {
    const key = put('coordinator.nk', `${createUserKey().seed}\n`);
    const nats = `nats: { url: "nats://10.0.0.5:4222", credentials: ${key} }`;
    put('coordinator.yaml', `cluster: main\n${nats}\n${more}`);
  };

  it('takes settings by which a coordinator starts, and starts none', async () => {
    const signing = join(folder, 'signing-key.pem');
    assert.ok(makeSigningKey(signing).ok);
    settings(`signing-key: ${signing}\n`);
    assert.deepEqual(await check(), {
      code: 0,
      out: [],
      messages: ['The settings of the coordinator are good.'],
      problems: [],
    });
    assert.deepEqual((await check('-q')).messages, []);
    // As the unit gives them.
    assert.equal((await check('--install', '--log-level', 'warn')).code, 0);
    assert.equal((await check('--log-level', 'loud')).code, 2);
  });

  it('says every fault of the settings at once, with its place and what to write', async () => {
    settings('policy: adaptve\nprices: { gpu-hour: 2 }\n');
    const { code, problems, messages } = await check();
    assert.deepEqual([code, messages], [2, []]);
    assert.equal(problems.length, 2, problems.join('\n'));
    const [policy = '', price = ''] = problems;
    assert.match(policy, /coordinator\.yaml:3:9: policy: .*use one of .*\[config\.bad\]$/);
    assert.match(price, /coordinator\.yaml:4:\d+: prices\.gpu-hour: .*prices\.currency/);
    assert.match((await check('--accept-lost', 'jbos')).problems.join(), /"jbos" is not a bucket/);
  });

  it('says every key and file of TLS that a start could not read, each once', async () => {
    const signing = join(folder, 'none.pem');
    settings(`signing-key: ${signing}\nsecrets-key: ${put('secrets.pem', 'no key')}\n`);
    put('coordinator.nk', 'no key', 0o644);
    const { code, problems } = await check();
    assert.equal(code, 2);
    assert.equal(problems.length, 3, problems.join('\n'));
    const [signed = '', sealed = '', nats = ''] = problems;
    assert.match(signed, /coordinator\.yaml: signing-key: .*none\.pem cannot be read/);
    assert.match(sealed, /coordinator\.yaml: secrets-key: .*secrets\.pem is no X25519 key/);
    assert.match(nats, /^The file .*coordinator\.nk \(from nats\.credentials\) has mode 0644/);
  });

  it('says a key once that both desired states and secrets are signed by', async () => {
    const secrets = join(folder, 'secrets-key.pem');
    settings(`secrets-key: ${secrets}\n`);
    const { app } = testApp();
    const config = ['--config', join(folder, 'coordinator.yaml')];
    const make = ['coordinator', 'key', '--secrets', '--make', ...config];
    assert.equal(await runProgram(make, app), 0);
    settings(`signing-key: ${join(folder, 'none.pem')}\nsecrets-key: ${secrets}\n`);
    const { code, problems } = await check();
    assert.equal(code, 2);
    assert.equal(problems.length, 1, problems.join('\n'));
  });
});
