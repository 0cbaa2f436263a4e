import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { makeSigningKey } from '../../../../coordinator/signing-key.js';
import { CheckedService } from '../../../lib/checked-service.js';
import { testApp } from '../../../lib/cli-app.js';

// cspell:ignore adaptve jbos
describe('dqoes coordinator --check', () => {
  let service: CheckedService;
  beforeEach(() => {
    service = new CheckedService('coordinator', 'cluster: main');
  });
  afterEach(() => service.remove());

  it('takes settings by which a coordinator starts, and starts none', async () => {
    const signing = join(service.folder, 'signing-key.pem');
    assert.ok(makeSigningKey(signing).ok);
    service.settings(`signing-key: ${signing}\n`);
    assert.deepEqual(await service.check(), {
      code: 0,
      out: [],
      messages: ['The settings of the coordinator are good.'],
      problems: [],
    });
    assert.deepEqual((await service.check('-q')).messages, []);
    // As the unit gives them.
    assert.equal((await service.check('--install', '--log-level', 'warn')).code, 0);
    assert.equal((await service.check('--log-level', 'loud')).code, 2);
  });

  it('says every fault of the settings at once, with its place and what to write', async () => {
    service.settings('policy: adaptve\nprices: { gpu-hour: 2 }\n');
    const { code, problems, messages } = await service.check();
    assert.deepEqual([code, messages], [2, []]);
    assert.equal(problems.length, 2, problems.join('\n'));
    const [policy = '', price = ''] = problems;
    assert.match(policy, /coordinator\.yaml:3:9: policy: .*use one of .*\[config\.bad\]$/);
    assert.match(price, /coordinator\.yaml:4:\d+: prices\.gpu-hour: .*prices\.currency/);
    assert.match(
      (await service.check('--accept-lost', 'jbos')).problems.join(),
      /"jbos" is not a bucket/,
    );
  });

  it('says every key and file of TLS that a start could not read, each once', async () => {
    const signing = join(service.folder, 'none.pem');
    service.settings(
      `signing-key: ${signing}\nsecrets-key: ${service.put('secrets.pem', 'no key')}\n`,
    );
    service.put('coordinator.nk', 'no key', 0o644);
    const { code, problems } = await service.check();
    assert.equal(code, 2);
    assert.equal(problems.length, 3, problems.join('\n'));
    const [signed = '', sealed = '', nats = ''] = problems;
    assert.match(signed, /coordinator\.yaml: signing-key: .*none\.pem cannot be read/);
    assert.match(sealed, /coordinator\.yaml: secrets-key: .*secrets\.pem is no X25519 key/);
    assert.match(nats, /^The file .*coordinator\.nk \(from nats\.credentials\) has mode 0644/);
  });

  it('says a key once that both desired states and secrets are signed by', async () => {
    const secrets = join(service.folder, 'secrets-key.pem');
    service.settings(`secrets-key: ${secrets}\n`);
    const { app } = testApp();
    const config = ['--config', service.settingsFile];
    const make = ['coordinator', 'key', '--secrets', '--make', ...config];
    assert.equal(await runProgram(make, app), 0);
    service.settings(`signing-key: ${join(service.folder, 'none.pem')}\nsecrets-key: ${secrets}\n`);
    const { code, problems } = await service.check();
    assert.equal(code, 2);
    assert.equal(problems.length, 1, problems.join('\n'));
  });
});
