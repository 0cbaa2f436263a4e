import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { AGENT_FILE } from '../../../../agent/wiring/host-settings.js';
import { dockerSection } from '../../../../cli/doctor/docker.js';
import { testApp } from '../../../lib/cli-app.js';

describe('dqoes doctor, of the logins to registries', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-logins-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const found = async (registryAuthFile: string, file?: string) => {
    const dockerSocket = join(folder, 'no.sock');
    const host = { file, dockerSocket, cgroupParent: '', labelPrefix: 'dqoes.', registryAuthFile };
    const findings = await dockerSection.look({ app: testApp().app, host } as never);
    return findings.filter(({ what }) => what === 'registry logins');
  };

  it('says that the service does not see the file of a person', async () => {
    const [finding, ...others] = await found('/root/.docker/config.json', AGENT_FILE);
    assert.deepEqual(others, []);
    assert.equal(finding?.state, 'limited');
    assert.match(finding?.detail ?? '', /sees nothing of .* so not \/root\/\.docker\/config\.json/);
    assert.equal(finding?.cure, 'put a copy into /etc/dqoes, mode 600');
  });

  it('says what is wrong with the file, and nothing where none is named', async () => {
    const path = join(folder, 'config.json');
    assert.match((await found(path))[0]?.detail ?? '', /config\.json cannot be read \(ENOENT: /);
    writeFileSync(path, '{"auths": {}}', { mode: 0o600 });
    assert.equal((await found(path))[0]?.state, 'works');
    chmodSync(path, 0o644);
    assert.match((await found(path))[0]?.detail ?? '', /others may read or change .*chmod 600/);
    assert.deepEqual(await found(''), []);
  });
});
