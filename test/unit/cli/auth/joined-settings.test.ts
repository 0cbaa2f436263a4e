import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import {
  installedAgent,
  joinedFile,
  joinedText,
  joinedValues,
  stageJoined,
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

  it('names the certificates that the host needs, too', () => {
    const settings = { node: 'h1', cluster: 'main', url: 'tls://a:1', credentials: '/a.nk' };
    const tls = { ca: '/etc/dqoes/ca "1".pem', cert: '', key: '' };
    const { nats } = parse(joinedText({ ...settings, tls })) as Record<string, unknown>;
    assert.deepEqual(nats, { url: 'tls://a:1', credentials: '/a.nk', tls: { ca: tls.ca } });
    const all = { ca: '', cert: '/c.pem', key: '/k.pem' };
    const both = parse(joinedText({ ...settings, tls: all })) as { nats: { tls: unknown } };
    assert.deepEqual(both.nats.tls, { cert: '/c.pem', key: '/k.pem' });
  });

  it('names the user who runs NATS on this machine', () => {
    const settings = { node: 'h1', cluster: 'main', url: 'nats://a:1', credentials: '/a.nk' };
    const said = { ...settings, serverUser: '112' };
    const { nats } = parse(joinedText(said)) as { readonly nats: object };
    assert.equal(Reflect.get(nats, 'server-user'), '112');
    assert.equal(joinedValues(said)['nats.server-user'], '112');
  });

  it('holds them ready beside their place until the host has joined', () => {
    const settings = { node: 'h1', cluster: 'main', url: 'nats://a:1', credentials: '/a.nk' };
    const folder = mkdtempSync(join(tmpdir(), 'dqoes-joined-'));
    try {
      const agentFile = join(folder, 'agent.yaml');
      const reasonFor = (file: string): string => {
        const staged = stageJoined(file, settings);
        return staged.ok ? '' : staged.error;
      };
      assert.match(reasonFor(agentFile), /agent\.yaml is not there/);
      writeFileSync(agentFile, '');
      writeFileSync(join(folder, 'agent.conf'), '');
      assert.match(reasonFor(join(folder, 'agent.conf')), /does not end in \.yaml/);
      const staged = stageJoined(agentFile, settings);
      assert.ok(staged.ok, JSON.stringify(staged));
      const { path, file } = staged.value;
      assert.equal(path, join(folder, 'agent.d', 'join.yaml'));
      assert.equal(existsSync(path), false);
      file.replace();
      file.discard();
      assert.match(readFileSync(path, 'utf8'), /^node: "h1"$/m);
      assert.deepEqual(readdirSync(join(folder, 'agent.d')), ['join.yaml']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('takes the installed file only where it is and may be written', () => {
    const here = process.execPath;
    assert.equal(installedAgent(true, here), here);
    assert.equal(installedAgent(false, here), undefined);
    assert.equal(installedAgent(true, `${here}-absent`), undefined);
  });
});
