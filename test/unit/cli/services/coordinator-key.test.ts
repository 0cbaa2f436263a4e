import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { showCoordinatorKey } from '../../../../cli/services/coordinator.js';
import { makeSigningKey } from '../../../../coordinator/signing-key.js';
import { publicTextOf } from '../../../../proto/signing/signed-commands.js';
import { CheckedService } from '../../../lib/checked-service.js';
import { testApp } from '../../../lib/cli-app.js';

describe('dqoes coordinator key without --config', () => {
  let service: CheckedService;
  beforeEach(() => {
    service = new CheckedService('coordinator', 'cluster: main');
  });
  afterEach(() => service.remove());

  it('reads the installed settings', async () => {
    const file = join(service.folder, 'signing-key.pem');
    const key = makeSigningKey(file);
    assert.ok(key.ok);
    service.settings(`signing-key: ${file}\n`);
    const { app, out } = testApp();
    assert.equal(await showCoordinatorKey(app, {}, service.settingsFile), 0);
    assert.deepEqual(out, [publicTextOf(key.value)]);
  });

  it('names the file in which the key is not set', async () => {
    service.settings();
    const { app, problems } = testApp();
    assert.equal(await showCoordinatorKey(app, {}, service.settingsFile), 2);
    assert.match(problems.join(), /coordinator\.yaml: signing-key: is not set: write the path/);
  });

  it('says what to give where nothing is installed', async () => {
    const { app, problems } = testApp();
    const secrets = { secrets: true };
    assert.equal(await showCoordinatorKey(app, secrets, join(service.folder, 'none.yaml')), 2);
    assert.match(problems.join(), /^secrets-key: is not set: name the coordinator\.yaml/);
  });
});
