import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AGENT_FILE } from '../../../../agent/wiring/host-settings.js';
import { hiddenFindings } from '../../../../cli/doctor/hidden-files.js';

describe('files of the agent that its unit does not see', () => {
  const tls = { ca: '/etc/dqoes/ca.pem', cert: '', key: '' };
  const found = (credentials: string, file = AGENT_FILE) =>
    hiddenFindings({ file, nats: { credentials, tls, serverUser: '' } });

  it('are told with the setting and where to put them', () => {
    const [finding, ...others] = found('/root/agent-h1.nk');
    assert.deepEqual(others, []);
    assert.equal(finding?.what, 'nats.credentials');
    assert.equal(finding?.state, 'missing');
    assert.match(finding?.detail ?? '', /sees nothing of .* so not \/root\/agent-h1\.nk/);
    assert.equal(finding?.cure, 'put it into /etc/dqoes');
  });

  it('are none where they lie elsewhere, or the settings are not those of the unit', () => {
    assert.deepEqual(found('/etc/dqoes/agent-h1.nk'), []);
    assert.deepEqual(found(''), []);
    assert.deepEqual(found('/root/agent-h1.nk', '/root/agent.yaml'), []);
  });
});
