import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { readCliConfig } from '../../cli/config.js';
import { clusterSection } from '../../cli/doctor/cluster.js';
import { runDoctorHost } from '../../cli/doctor/host.js';
import type { DoctorFinding, DoctorRole } from '../../cli/doctor/section.js';
import { subjectsOf } from '../../proto/subjects.js';
import { testApp } from '../lib/cli-app.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { AuditCluster } from './audit-cluster.js';
import { CLUSTER } from './guarded-server.js';

const subjects = subjectsOf(CLUSTER);

describe('the doctor, with keys', function () {
  this.timeout(60_000);
  let cluster: AuditCluster;
  let folder = '';
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-doctor-'));
    const secretsKey = generateKeyPairSync('x25519').privateKey;
    cluster = await AuditCluster.start({ secretsKey });
  });
  after(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const configOf = (role: DoctorRole, key: string): string => {
    const file = join(folder, `${role}-${key}.yaml`);
    const node = role === 'agent' ? 'node: h1\n' : '';
    const { guarded } = cluster;
    writeFileSync(
      file,
      `${node}cluster: ${CLUSTER}\nnats:\n  url: "${guarded.url}"\n` +
        `  credentials: ${guarded.keyFile(key)}\n`,
    );
    return file;
  };

  /** What the section about the cluster finds with a key. */
  const look = async (role: DoctorRole, key: string) => {
    const { app, out } = testApp();
    const { guarded } = cluster;
    const config = readCliConfig({ HOME: folder });
    const place =
      role === 'user'
        ? { nats: guarded.url, creds: guarded.keyFile(key), cluster: CLUSTER }
        : { config: configOf(role, key) };
    const asked = { output: 'json', role, ...place } as const;
    const own = { ...app, config, clock: systemClock };
    const code = await runDoctorHost(own, asked, [clusterSection]);
    const { sections } = JSON.parse(out.join('\n')) as {
      sections: readonly { readonly findings: readonly DoctorFinding[] }[];
    };
    const findings = sections.flatMap((section) => section.findings);
    const rights = findings.find(({ what }) => what === 'rights');
    return { code, findings, rights, refused: findings.filter(isRefusal) };
  };
  const isRefusal = ({ what, state }: DoctorFinding): boolean =>
    what.startsWith('may ') && state === 'missing';

  const KEYS = [
    ['agent', 'agent-h1', 'agent'],
    ['coordinator', 'coordinator', 'coordinator'],
    ['user', 'operator', 'operator'],
    ['user', 'sue-submitter', 'submitter'],
    ['user', 'vic-viewer', 'viewer'],
  ] as const;
  for (const [role, key, named] of KEYS)
    it(`finds that ${key} may do all that the role ${named} needs`, async () => {
      const { code, findings, rights, refused } = await look(role, key);
      assert.deepEqual(refused, []);
      assert.match(rights?.detail ?? '', new RegExp(`that the role ${named} needs$`));
      assert.equal(code, 0, JSON.stringify(findings));
    });

  it('changes nothing, and leaves no line in the audit', async () => {
    const before = await cluster.must('operator', 'job-list', {});
    const lines = await cluster.linesOf(async () => {
      for (const [role, key] of KEYS) await look(role, key);
    });
    assert.deepEqual(lines, []);
    assert.deepEqual(await cluster.must('operator', 'job-list', {}), before);
  });

  it('tells the time of the coordinator and the versions to who may ask', async () => {
    const { findings } = await look('user', 'vic-viewer');
    const of = (name: string) => findings.find(({ what }) => what === name);
    assert.equal(of('clock')?.state, 'works');
    assert.equal(of('coordinator')?.state, 'works');
    assert.match(of('NATS')?.detail ?? '', /version 2\.\d+\.\d+.*, round trip /);
    assert.ok(of('versions') !== undefined);
  });

  it('names what the key of another node may not do', async () => {
    const { code, refused, rights } = await look('agent', 'agent-h2');
    const texts = refused.map(({ detail }) => detail);
    assert.ok(texts.includes(`not ${subjects.telemetry('h1' as never)}`), texts.join('\n'));
    assert.ok(texts.includes(`not ${subjects.command('h1' as never)}`));
    assert.match(rights?.cure ?? '', /dqoes auth add-agent/);
    assert.equal(code, 1);
  });

  it('names the one right that a key lacks', async () => {
    const { guarded } = cluster;
    const lost = subjects.serviceFor('policy-get', guarded.publicKeyOf('vic-viewer'));
    guarded.edit((config) => config.replaceAll(`"${lost}"`, '"dqoes-none.at.all"'));
    await until(async () => {
      const { refused, rights, code } = await look('user', 'vic-viewer');
      if (refused.length === 0) return false;
      assert.deepEqual(
        refused.map(({ what, detail }) => `${what} ${detail}`),
        [`may publish not ${lost}`],
      );
      assert.match(rights?.detail ?? '', /role viewer/);
      assert.equal(code, 1);
      return true;
    }, 'the server to know it');
  });

  it('says that a server refuses a key', async () => {
    const { app, out } = testApp();
    const own = { ...app, config: readCliConfig({ HOME: folder }), clock: systemClock };
    const asked = { output: 'json', role: 'user', nats: cluster.guarded.url } as const;
    assert.equal(await runDoctorHost(own, asked, [clusterSection]), 1);
    assert.match(out.join('\n'), /refuses this key/);
  });
});
