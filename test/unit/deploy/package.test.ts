import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { parse } from 'yaml';
import { loadAgentConfig } from '../../../agent/config.js';
import { DEFAULT_MPS_PIPES } from '../../../agent/drivers/docker-engine.js';
import { loadCoordinatorConfig } from '../../../coordinator/config.js';
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

  it('tells dpkg of every settings file, so that no upgrade overwrites one', async () => {
    const { SETTINGS: told } = await packageModule<{ SETTINGS: readonly string[] }>('layout.mjs');
    const there = readdirSync(SETTINGS, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join('/etc', entry.parentPath.slice(SETTINGS.length), entry.name));
    assert.deepEqual([...told].sort(), there.sort());
  });

  it('starts an agent with little memory, and everything else as it is', () => {
    // As on a disk that somebody has named.
    const node = join(folder, 'my node');
    const said = 'echo "$MALLOC_ARENA_MAX $*"';
    writeFileSync(node, `#!/bin/sh\n${said}\n`, { mode: 0o755 });
    const template = readFileSync(join(ROOT, 'deploy/lib/launcher'), 'utf8');
    const launcher = join(folder, 'dqoes');
    writeFileSync(launcher, template.replaceAll('@NODE@', node).replaceAll('@PROGRAM@', '/p'));
    const run = (env: Readonly<Record<string, string>>, ...words: readonly string[]): string =>
      spawnSync('sh', [launcher, ...words], { encoding: 'utf8', env }).stdout.trim();
    const main = '/p/dist/cli/main.js';
    assert.equal(run({}, 'agent', '-q', 'a b'), `2 --max-semi-space-size=1 ${main} agent -q a b`);
    assert.match(run({ MALLOC_ARENA_MAX: '8' }, 'agent'), /^8 --max-semi/);
    assert.equal(run({}, 'ps', 'agent'), `${main} ps agent`);
    assert.equal(run({}), main);
  });

  it('has scripts that the smallest shell can read', () => {
    for (const script of SCRIPTS) {
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

describe('deploy/images/keys.mjs', () => {
  let keys = '';
  let script = '';
  before(() => {
    keys = mkdtempSync(join(tmpdir(), 'dqoes-compose-'));
    // Notes how it is called, and prints a key.
    const program = join(keys, 'dqoes.mjs');
    const noted = `appendFileSync(${JSON.stringify(join(keys, 'calls'))}, \`\${words}\\n\`)`;
    writeFileSync(
      program,
      `import { appendFileSync } from 'node:fs';\n` +
        `const words = process.argv.slice(2).join(' ');\n${noted};\nconsole.log('THE-KEY');\n` +
        `if (words.startsWith(process.env.REFUSED)) process.exit(1);\n`,
    );
    const text = readFileSync(join(ROOT, 'deploy/images/keys.mjs'), 'utf8');
    script = join(keys, 'keys.mjs');
    const placed = text.replace("'/usr/lib/dqoes/dist/cli/main.js'", JSON.stringify(program));
    writeFileSync(script, placed.replace("'/keys'", JSON.stringify(keys)));
  });
  after(() => rmSync(keys, { recursive: true, force: true }));

  const run = (env: Readonly<Record<string, string>>) =>
    spawnSync(process.execPath, [script], { encoding: 'utf8', env });
  const read = (name: string): string => readFileSync(join(keys, name), 'utf8');
  const madeKeys = (): number => read('calls').split('auth init').length - 1;

  it('makes the keys once, and writes the settings as they are at each start', () => {
    const first = run({ DQOES_NODE: 'h1' });
    assert.equal(first.status, 0, first.stderr);
    assert.match(read('agent.yaml'), /^control: enforce$/m);
    assert.match(read('agent.yaml'), /^coordinator-keys: "THE-KEY"$/m);
    assert.match(read('nats.conf'), /^port: 4222$/m);
    const again = run({ DQOES_NATS_PORT: '4333', DQOES_CONTROL: 'observe' });
    assert.equal(again.status, 0, again.stderr);
    assert.equal(madeKeys(), 1);
    assert.match(read('agent.yaml'), /^control: observe$/m);
    for (const name of ['agent.yaml', 'coordinator.yaml'])
      assert.match(read(name), /"nats:\/\/127\.0\.0\.1:4333"/, name);
    assert.match(read('nats.conf'), /^port: 4333$/m);
    assert.match(read('agent.yaml'), /agent-h1\.nk/);
  });

  it('lets NATS know what keys of an earlier version may do in this one', () => {
    writeFileSync(join(keys, 'calls'), '');
    assert.equal(run({}).status, 0);
    assert.match(read('calls'), new RegExp(`^auth update --dir ${keys}/auth$`, 'm'));
    assert.equal(madeKeys(), 0);
  });

  it('has settings on the disk before they take their places', () => {
    const noting = join(keys, 'noting.mjs');
    const path = "fs.readlinkSync('/proc/self/fd/' + fd)";
    writeFileSync(
      noting,
      `import fs from 'node:fs';\nconst { fsyncSync } = fs;\nfs.fsyncSync = (fd) => {\n` +
        `fs.appendFileSync(${JSON.stringify(join(keys, 'synced'))}, ${path} + '\\n');\n` +
        `fsyncSync(fd);\n};\n`,
    );
    assert.equal(run({ NODE_OPTIONS: `--import=${noting}` }).status, 0);
    const synced = read('synced').trim().split('\n');
    assert.deepEqual(
      synced,
      ['coordinator.yaml', 'agent.yaml', 'nats.conf'].map((name) => join(keys, `${name}.next`)),
    );
  });

  it('starts NATS by what it has where that cannot be written anew', () => {
    const { status, stderr } = run({ REFUSED: 'auth update', DQOES_NATS_PORT: '4334' });
    assert.equal(status, 0, stderr);
    assert.match(stderr, /auth update failed: .*\n.*what they might before/);
    assert.match(read('nats.conf'), /^port: 4334$/m);
  });

  it('refuses settings by which no program could start, and writes nothing', () => {
    const before = read('agent.yaml');
    for (const env of [{ DQOES_CONTROL: 'watch' }, { DQOES_NATS_PORT: '4222 }' }]) {
      const refused = run(env);
      assert.equal(refused.status, 1);
      assert.match(refused.stderr, /^keys: DQOES_(CONTROL "watch" is n|NATS_PORT .* no port)/);
    }
    assert.equal(read('agent.yaml'), before);
  });

  it('says that another name is not taken', () => {
    const other = run({ DQOES_NODE: 'h2' });
    assert.equal(other.status, 0);
    assert.match(other.stderr, /DQOES_NODE is read when they are made/);
    assert.match(read('agent.yaml'), /^node: "h1"$/m);
  });
});

describe('deploy/compose.yaml', () => {
  interface Service {
    readonly user?: string;
    readonly cap_drop?: readonly string[];
    readonly network_mode?: string;
    readonly ports?: readonly string[];
    readonly stop_grace_period?: string;
    readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
    readonly volumes?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
  }
  const { services } = parse(readFileSync(join(ROOT, 'deploy/compose.yaml'), 'utf8'), {
    merge: true,
  }) as { readonly services: Readonly<Record<string, Service>> };

  it('gives root and the Docker socket to the agent alone', () => {
    for (const [name, { user, volumes = [] }] of Object.entries(services)) {
      assert.equal(user === '0:0', name === 'agent', name);
      assert.equal(volumes.join().includes('docker.sock'), name === 'agent', name);
    }
  });

  it('lets the agent write cgroups: Docker does not know the burst of a quota', () => {
    assert.ok(services.agent?.volumes?.includes('/sys/fs/cgroup:/sys/fs/cgroup'));
  });

  it('takes all capabilities away, and opens no port to other machines', () => {
    for (const [name, { cap_drop, ports, network_mode }] of Object.entries(services))
      assert.deepEqual([cap_drop, ports, network_mode], [['ALL'], undefined, 'host'], name);
  });

  it('starts each program again that reads another setting', () => {
    for (const name of ['keys', 'nats', 'coordinator', 'agent'])
      for (const setting of ['DQOES_NATS_PORT', 'DQOES_CONTROL', 'DQOES_IMAGE'])
        assert.ok(services[name]?.environment?.[setting] !== undefined, `${name} ${setting}`);
  });

  it('starts NATS again with the one that writes what it reads', () => {
    const condition = 'service_completed_successfully';
    assert.deepEqual(services.nats?.depends_on, { keys: { condition, restart: true } });
  });

  it('ends the agent before NATS and the coordinator, with time to put limits back', () => {
    const { agent } = services;
    assert.deepEqual(agent?.depends_on, ['nats', 'coordinator']);
    assert.equal(agent?.stop_grace_period, '180s');
  });
});
