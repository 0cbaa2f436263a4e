import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { parse } from 'yaml';
import { ROOT } from '../tools/planted-tree.js';

/** The group of this user, as the console's is one of the container that writes. */
const GROUP = process.getgid?.() ?? 0;

/** Notes how it is called, prints a key, and makes the files of a new folder of keys. */
const programOf = (keys: string): string => {
  const file = (path: string): string => JSON.stringify(join(keys, path));
  return `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
const words = process.argv.slice(2).join(' ');
appendFileSync(${file('calls')}, \`\${words}\\n\`);
console.log('THE-KEY');
if (words.startsWith('auth init')) {
  for (const folder of [${file('auth/keys')}, ${file('auth/server')}])
    mkdirSync(folder, { recursive: true });
  writeFileSync(${file('auth/keys/console.nk')}, 'THE-SEED');
  writeFileSync(${file('auth/server/nats.conf')}, 'PUBLIC-KEYS');
}
if (words.startsWith(process.env.REFUSED)) process.exit(1);
`;
};

describe('deploy/images/keys.mjs', () => {
  let keys = '';
  let script = '';
  before(() => {
    keys = mkdtempSync(join(tmpdir(), 'dqoes-compose-'));
    for (const folder of ['server', 'console']) mkdirSync(join(keys, folder));
    const program = join(keys, 'dqoes.mjs');
    writeFileSync(program, programOf(keys));
    script = join(keys, 'keys.mjs');
    const places = {
      "'/usr/lib/dqoes/dist/cli/main.js'": JSON.stringify(program),
      "'/keys'": JSON.stringify(keys),
      "'/server'": JSON.stringify(join(keys, 'server')),
      "'/console'": JSON.stringify(join(keys, 'console')),
      'CONSOLE_GROUP = 65533': `CONSOLE_GROUP = ${GROUP}`,
    };
    let text = readFileSync(join(ROOT, 'deploy/images/keys.mjs'), 'utf8');
    for (const [from, to] of Object.entries(places)) text = text.replace(from, to);
    writeFileSync(script, text);
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
    assert.match(read('server/nats.conf'), /^port: 4222$/m);
    const again = run({ DQOES_NATS_PORT: '4333', DQOES_CONTROL: 'observe' });
    assert.equal(again.status, 0, again.stderr);
    assert.equal(madeKeys(), 1);
    assert.match(read('agent.yaml'), /^control: observe$/m);
    for (const name of ['agent.yaml', 'coordinator.yaml'])
      assert.match(read(name), /"nats:\/\/127\.0\.0\.1:4333"/, name);
    assert.match(read('server/nats.conf'), /^port: 4333$/m);
    assert.match(read('agent.yaml'), /agent-h1\.nk/);
  });

  it('gives NATS and the console what they need, and no key of another', () => {
    assert.deepEqual(readdirSync(join(keys, 'server')).sort(), ['accounts.conf', 'nats.conf']);
    assert.match(read('server/nats.conf'), /^include "accounts\.conf"$/m);
    assert.equal(read('server/accounts.conf'), 'PUBLIC-KEYS');
    assert.deepEqual(readdirSync(join(keys, 'console')), ['console.nk']);
    assert.equal(read('console/console.nk'), 'THE-SEED');
    const { mode, gid } = statSync(join(keys, 'console/console.nk'));
    assert.deepEqual([(mode & 0o777).toString(8), gid], ['640', GROUP]);
  });

  it('says so where the volumes for those are not there', () => {
    const place = join(keys, 'server');
    renameSync(place, `${place}-away`);
    const { status, stderr } = run({});
    renameSync(`${place}-away`, place);
    assert.equal(status, 1);
    assert.match(stderr, /^keys: .*accounts\.conf.* compose\.yaml and image of the same version$/m);
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
    const handed = ['server/accounts.conf', 'server/nats.conf', 'console/console.nk'];
    assert.deepEqual(
      synced,
      ['coordinator.yaml', 'agent.yaml', ...handed].map((name) => join(keys, `${name}.next`)),
    );
  });

  it('starts NATS by what it has where that cannot be written anew', () => {
    const { status, stderr } = run({ REFUSED: 'auth update', DQOES_NATS_PORT: '4334' });
    assert.equal(status, 0, stderr);
    assert.match(stderr, /auth update failed: .*\n.*what they might before/);
    assert.match(read('server/nats.conf'), /^port: 4334$/m);
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
    readonly group_add?: readonly string[];
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

  it('shows the folder of all keys to no one who needs one of them, or none', () => {
    const seen = (name: string): readonly string[] =>
      (services[name]?.volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
    assert.deepEqual(seen('console'), ['console']);
    assert.deepEqual(seen('nats'), ['server', 'nats']);
    assert.deepEqual(seen('keys'), ['keys', 'server', 'console', 'nats']);
    for (const name of ['nats', 'console'])
      assert.match(services[name]?.volumes?.[0] ?? '', /:ro$/, name);
    const creds = services.console?.environment?.DQOES_NATS_CREDS;
    assert.equal(creds, '/console/console.nk');
  });

  it('runs the console as a user of its own, to whose group its key is given', () => {
    assert.equal(services.console?.user, '65533:65533');
    assert.deepEqual(services.keys?.group_add, ['65533']);
    const source = readFileSync(join(ROOT, 'deploy/images/keys.mjs'), 'utf8');
    assert.match(source, /^const CONSOLE_GROUP = 65533;$/m);
    // As the image has the folder, so has a new volume.
    const dockerfile = readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8');
    assert.match(dockerfile, /install -d -o 65532 -g 65533 -m 0750 \/console /);
    assert.match(dockerfile, /install -d -o 65532 -g 65532 -m 0750 \/keys \/server \/data /);
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
