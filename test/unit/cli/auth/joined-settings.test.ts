import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import {
  installedAgent,
  joinedFile,
  joinedText,
  writeJoined,
} from '../../../../cli/auth/joined-settings.js';

describe('cli/auth/joined-settings', () => {
  it('writes text that YAML reads back as it was, whatever is in it', () => {
    const settings = {
      ...{ node: 'h1', cluster: '0123', url: 'tls://[::1]:4222,nats://b:1' },
      credentials: '/etc/dqoes/a "b": #c.nk',
    };
    assert.doesNotMatch(joinedText(settings), /coordinator-keys/);
    const keys = ['A'.repeat(43), 'B'.repeat(43)];
    const signed = parse(joinedText({ ...settings, coordinatorKeys: keys })) as object;
    assert.equal(Reflect.get(signed, 'coordinator-keys'), keys.join(','));
    const { node, cluster, nats } = parse(joinedText(settings)) as Record<string, unknown>;
    assert.deepEqual({ node, cluster }, { node: 'h1', cluster: '0123' });
    assert.deepEqual(nats, { url: settings.url, credentials: settings.credentials });
  });

  it('puts them into the folder beside agent.yaml that the agent reads', () => {
    assert.equal(joinedFile('/etc/dqoes/agent.yaml'), '/etc/dqoes/agent.d/join.yaml');
  });

  it('says so where no folder can be made, and does not try for ever', () => {
    const settings = { node: 'h1', cluster: 'main', url: 'nats://a:1', credentials: '/a.nk' };
    const written = writeJoined('/proc/dqoes/agent.yaml', settings);
    assert.ok(!written.ok);
    assert.match(written.error, /join\.yaml cannot be written \(ENOENT/);
  });

  it('takes the installed file only where it is and may be written', () => {
    const here = process.execPath;
    assert.equal(installedAgent(true, here), here);
    assert.equal(installedAgent(false, here), undefined);
    assert.equal(installedAgent(true, `${here}-absent`), undefined);
  });
});
