import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { loadAgentConfig } from '../../../agent/config.js';
import { DEFAULT_MPS_PIPES } from '../../../agent/drivers/docker-engine.js';
import { loadCoordinatorConfig } from '../../../coordinator/config.js';
import { launchedWith, writeLauncher } from '../../lib/launcher.js';
import { packageModule } from '../tools/package/modules.js';
import { ROOT } from '../tools/planted-tree.js';

const PACKAGE = join(ROOT, 'deploy/package');
const SETTINGS = join(PACKAGE, 'settings');
const SCRIPTS = ['preinst', 'postinst', 'prerm', 'postrm', 'install.sh', 'uninstall.sh'];

describe('deploy/package', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-settings-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('ships settings that the programs take, with an agent that only observes', () => {
    const read = (name: string): string => readFileSync(join(SETTINGS, 'dqoes', name), 'utf8');
    writeFileSync(join(folder, 'policy.yaml'), read('policy.yaml'));
    const agentFile = join(folder, 'agent.yaml');
    writeFileSync(agentFile, read('agent.yaml').replaceAll('/etc/dqoes', folder));
    const agent = loadAgentConfig({ file: agentFile });
    assert.ok(agent.ok, JSON.stringify(agent));
    assert.equal(agent.value.control, 'observe');
    assert.equal(agent.value['policy-file'], join(folder, 'policy.yaml'));
    const coordinatorFile = join(folder, 'coordinator.yaml');
    writeFileSync(coordinatorFile, read('coordinator.yaml'));
    assert.ok(loadCoordinatorConfig({ file: coordinatorFile }).ok);
  });

  it('says in each file of settings how changes are applied: by a reload, which tries them', () => {
    const readers = { agent: 'agent', policy: 'agent', coordinator: 'coordinator' };
    const files = readdirSync(join(SETTINGS, 'dqoes')).sort();
    assert.deepEqual(
      files,
      Object.keys(readers)
        .map((name) => `${name}.yaml`)
        .sort(),
    );
    for (const [name, service] of Object.entries(readers)) {
      const text = readFileSync(join(SETTINGS, 'dqoes', `${name}.yaml`), 'utf8');
      const said = [...text.matchAll(/systemctl (?!enable)(.+)$/gm)].map(([, rest]) => rest);
      assert.deepEqual(said, [`reload dqoes-${service}`], name);
      const unit = readFileSync(join(ROOT, `deploy/systemd/dqoes-${service}.service`), 'utf8');
      // The process ends after that, and the next one reads everything.
      assert.match(unit, new RegExp(`^ExecReload=\\S+ ${service} --check --config `, 'm'));
      assert.match(unit, /^ExecReload=.*kill (?:-USR2 )?\$MAINPID/m);
      assert.match(unit, /^Restart=always$/m);
    }
  });

  it('runs each service that has a key of its own as a user that reads no other', () => {
    const userOf = (service: string): readonly string[] => {
      const unit = readFileSync(join(ROOT, `deploy/systemd/dqoes-${service}.service`), 'utf8');
      return [...unit.matchAll(/^(?:User|Group)=(.+)$/gm)].map(([, name = '']) => name);
    };
    assert.deepEqual(userOf('coordinator'), ['dqoes', 'dqoes']);
    assert.deepEqual(userOf('console'), ['dqoes-console', 'dqoes-console']);
    assert.deepEqual(userOf('agent'), []);
  });

  it('lets the agent see an MPS server where that has its pipes by default', () => {
    const unit = readFileSync(join(ROOT, 'deploy/systemd/dqoes-agent.service'), 'utf8');
    if (!DEFAULT_MPS_PIPES.startsWith('/tmp/') || !/^PrivateTmp=yes$/m.test(unit)) return;
    const shown = /^BindReadOnlyPaths=-(.*)$/m.exec(unit)?.[1];
    assert.equal(shown, DEFAULT_MPS_PIPES);
  });

  it('lets the agent write cgroups: Docker does not know the burst of a quota', () => {
    const unit = readFileSync(join(ROOT, 'deploy/systemd/dqoes-agent.service'), 'utf8');
    assert.doesNotMatch(unit, /^ProtectControlGroups=/m);
    assert.doesNotMatch(unit, /^(ReadOnly|Inaccessible)Paths=/m);
  });

  it('lets the agent see whether an MPS server runs, though it has a /tmp of its own', () => {
    const unit = readFileSync(join(ROOT, 'deploy/systemd/dqoes-agent.service'), 'utf8');
    assert.match(unit, /^PrivateTmp=yes$/m);
    assert.match(unit, new RegExp(`^BindReadOnlyPaths=-${DEFAULT_MPS_PIPES}$`, 'm'));
  });

  it('has a reload read the settings as a start would, before the agent ends', () => {
    const unit = readFileSync(join(ROOT, 'deploy/systemd/dqoes-agent.service'), 'utf8');
    const [, started = ''] = /^ExecStart=(.+)$/m.exec(unit) ?? [];
    const reloads = [...unit.matchAll(/^ExecReload=(.+)$/gm)].map(([, line]) => line);
    assert.equal(reloads[0], started.replace(' agent ', ' agent --check '));
    // Restarts are counted until then, and the time before the next one grows with them.
    assert.equal(reloads[1], '-/usr/bin/systemctl reset-failed %n');
    assert.match(reloads[2] ?? '', /kill -USR2/);
  });

  it('has a reload of the coordinator read what a start reads, before it ends', () => {
    const unit = readFileSync(join(ROOT, 'deploy/systemd/dqoes-coordinator.service'), 'utf8');
    const joined = unit.replaceAll('\\\n', '');
    const [, started = ''] = /^ExecStart=(.+)$/m.exec(joined) ?? [];
    const reloads = [...joined.matchAll(/^ExecReload=(.+)$/gm)].map(([, line]) => line);
    assert.equal(reloads[0], started.replace(' coordinator ', ' coordinator --check '));
    // It is no root that the service runs as.
    assert.equal(reloads[1], '-+/usr/bin/systemctl reset-failed %n');
    assert.match(reloads[2] ?? '', /kill \$MAINPID/);
  });

  it('has a reload of the console read its options, and end one of another user, too', () => {
    const unit = readFileSync(join(ROOT, 'deploy/systemd/dqoes-console.service'), 'utf8');
    const [, started = ''] = /^ExecStart=(.+)$/m.exec(unit) ?? [];
    const reloads = [...unit.matchAll(/^ExecReload=(.+)$/gm)].map(([, line]) => line);
    assert.deepEqual(reloads, [
      started.replace(' console ', ' console --check '),
      '-+/usr/bin/systemctl reset-failed %n',
      "+/bin/sh -c 'kill $MAINPID'",
    ]);
  });

  it('tells dpkg of every settings file, so that no upgrade overwrites one', async () => {
    const { SETTINGS: told } = await packageModule<{ SETTINGS: readonly string[] }>('layout.mjs');
    const there = readdirSync(SETTINGS, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join('/etc', entry.parentPath.slice(SETTINGS.length), entry.name));
    assert.deepEqual([...told].sort(), there.sort());
  });

  it('starts all with one heap of the C library, and services with few young objects', () => {
    // As on a disk that somebody has named.
    const node = join(folder, 'my node');
    const said = 'echo "$MALLOC_ARENA_MAX $*"';
    writeFileSync(node, `#!/bin/sh\n${said}\n`, { mode: 0o755 });
    const [shell = '', launcher = ''] = writeLauncher(folder, { node, program: '/p' });
    const run = (env: Readonly<Record<string, string>>, ...words: readonly string[]): string =>
      spawnSync(shell, [launcher, ...words], { encoding: 'utf8', env }).stdout.trim();
    const main = '/p/dist/cli/main.js';
    const young = (mib: number): string => `1 --max-semi-space-size=${mib} ${main}`;
    assert.equal(run({}, 'agent', '-q', 'a b'), `${young(1)} agent -q a b`);
    assert.equal(run({}, 'coordinator', '--check'), `${young(8)} coordinator --check`);
    assert.equal(run({}, 'up'), `${young(4)} up`);
    assert.match(run({ MALLOC_ARENA_MAX: '8' }, 'agent'), /^8 --max-semi/);
    assert.equal(run({ MALLOC_ARENA_MAX: '8' }, 'ps', 'agent'), `8 ${main} ps agent`);
    assert.equal(run({}), `1 ${main}`);
    const { flags, env } = launchedWith('coordinator');
    const added = `${env.MALLOC_ARENA_MAX} ${flags.join(' ')}`;
    assert.equal(run({}, 'coordinator'), `${added} ${main} coordinator`);
  });

  it('has scripts that the smallest shell can read', () => {
    for (const script of [...SCRIPTS, '../lib/renew.sh']) {
      const { status, stderr } = spawnSync('sh', ['-n', join(PACKAGE, script)], {
        encoding: 'utf8',
      });
      assert.equal(status, 0, `${script}: ${stderr}`);
    }
  });
});

describe('deploy/Dockerfile', () => {
  const dockerfile = readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8');
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
  };

  it('starts its program as the image that is made without a registry', () => {
    const script = readFileSync(join(ROOT, 'deploy/images/build.sh'), 'utf8');
    // The last stage is what runs.
    const runs = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    for (const word of ['USER', 'WORKDIR', 'ENTRYPOINT', 'CMD'])
      assert.equal(
        new RegExp(`^${word} (.+)$`, 'm').exec(runs)?.[1],
        new RegExp(`'${word} (.+)'`).exec(script)?.[1] ?? 'none in build.sh',
        word,
      );
    for (const part of ['/usr/lib/dqoes/images/health.mjs', '--interval=10s --timeout=5s'])
      assert.ok(runs.includes(part) && script.includes(part), part);
  });

  it('takes both bases as arguments, so that they can be pinned', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base?.slice(2, -1));
    assert.deepEqual(bases, ['BUILDER', 'BASE']);
    for (const name of bases) assert.match(dockerfile, new RegExp(`^ARG ${name}=\\S+:\\S+$`, 'm'));
  });

  it('names the version of this tree, as compose.yaml does', () => {
    const compose = readFileSync(join(ROOT, 'deploy/compose.yaml'), 'utf8');
    assert.equal(/^ARG VERSION=(.+)$/m.exec(dockerfile)?.[1], version);
    assert.equal(/DQOES_VERSION:-([^}]+)\}/.exec(compose)?.[1], version);
  });
});
