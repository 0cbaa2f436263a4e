// cspell:ignore contol
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { AGENT_KEYS, loadAgentConfig, recordsFolder } from '../../../agent/config.js';
import { JOBS_OFF } from '../../../agent/enforce/policy-bounds.js';
import { faultLine } from '../../../cli/output/faults.js';
import { isSafeId } from '../../../shared/ids.js';
import { withFallback } from '../../../shared/schema/settings.js';

describe('agent config', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-config-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });
  const file = async (text: string, name = 'agent.yaml'): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  it('needs nothing', () => {
    const config = loadAgentConfig();
    assert.ok(config.ok);
    assert.ok(isSafeId(config.value.node));
    assert.equal(config.value.interval, 1000);
    assert.equal(config.value['state-dir'], '/var/lib/dqoes');
    assert.equal(config.value['cpu-weight'], 'proportional');
    assert.ok(Object.isFrozen(config.value));
  });

  it('keeps its records in a home, never in the root folder or where it was started', () => {
    const folderOf = (env: Record<string, string>, home = '/home/me', isRoot = false): string =>
      recordsFolder({ env, isRoot, homeOfUser: () => home });
    const usual = '/home/me/.local/state/dqoes/engines';
    assert.equal(folderOf({ HOME: '/home/me' }, ''), usual);
    for (const HOME of ['', 'me', '/', '//']) assert.equal(folderOf({ HOME }), usual, HOME);
    assert.equal(folderOf({ HOME: '/a', XDG_STATE_HOME: '/state' }), '/state/dqoes/engines');
    for (const XDG_STATE_HOME of ['', 'state', './state'])
      assert.equal(folderOf({ HOME: '/home/me', XDG_STATE_HOME }), usual, XDG_STATE_HOME);
    assert.equal(folderOf({ HOME: '' }, '/', true), '/var/lib/dqoes/engines');
    for (const home of ['', '/']) assert.equal(folderOf({ HOME: '' }, home), '');
  });

  it('is refused where nothing says where to keep its records, unless it is given a folder', () => {
    const keys = {
      ...AGENT_KEYS,
      'records-dir': withFallback(AGENT_KEYS['records-dir'], ''),
    };
    const refused = loadAgentConfig({}, keys);
    assert.match(
      refused.ok ? '' : (refused.error[0]?.message ?? ''),
      /^records-dir: is not given, .*: give a folder, or set HOME or XDG_STATE_HOME/,
    );
    assert.ok(loadAgentConfig({ overrides: { 'records-dir': '/records' } }, keys).ok);
  });

  it('reads nested keys, units, labels and lets the command line win', async () => {
    const text =
      'node: h1\ninterval: 500ms\nnats:\n  url: nats://a:1\nreserve: {cpu: 10%}\nlabels:\n ' +
      ' zone: b\n  rack.row: "7"\npush.enable: false\n';
    const config = loadAgentConfig({
      file: await file(text),
      overrides: { 'nats.url': 'nats://b:2' },
    });
    assert.ok(config.ok, JSON.stringify(config));
    assert.equal(config.value.node, 'h1');
    assert.equal(config.value.interval, 500);
    assert.equal(config.value['nats.url'], 'nats://b:2');
    assert.equal(config.value['reserve.cpu'], 0.1);
    assert.equal(config.value['push.enable'], false);
    assert.deepEqual(config.value.labels, { zone: 'b', 'rack.row': '7' });
  });

  it('reads the folder beside the file by name, and says which file is at fault', async () => {
    const path = await file('interval: 500ms\nwindow: 2s\nreserve: { cpu: 10% }\n');
    await mkdir(join(folder, 'agent.d'));
    await file('window: 3s\ncontrol: observe\n', 'agent.d/10-a.yaml');
    const last = await file('window: 4s\n', 'agent.d/20-b.yaml');
    await file('reserve: { cpu: 20% }\n', 'agent.d/25-b.yml');
    await file('window: 5s\n', 'agent.d/30-c.yaml.off');
    // As Emacs locks a file that is being changed, with a link that leads nowhere.
    await symlink('root@h1.4711:1', join(folder, 'agent.d', '.#20-b.yaml'));
    const config = loadAgentConfig({ file: path });
    assert.ok(config.ok, JSON.stringify(config));
    const { interval, window, control } = config.value;
    assert.deepEqual(
      { interval, window, control, reserve: config.value['reserve.cpu'] },
      { interval: 500, window: 4000, control: 'observe', reserve: 0.2 },
    );
    await file('control: maybe\n', 'agent.d/20-b.yaml');
    const bad = loadAgentConfig({ file: path });
    assert.ok(!bad.ok);
    assert.equal(bad.error.length, 1);
    assert.match(
      bad.error.map((fault) => faultLine(fault, path)).join(),
      new RegExp(`^${last}:1:10: control: "maybe"`),
    );
  });

  it('takes the weight of containers as proportional or off, and nothing else', async () => {
    const off = loadAgentConfig({ file: await file('cpu-weight: off\n') });
    assert.ok(off.ok, JSON.stringify(off));
    assert.equal(off.value['cpu-weight'], 'off');
    const bad = loadAgentConfig({ file: await file('cpu-weight: no\n') });
    assert.ok(!bad.ok);
    assert.match(bad.error[0]?.message ?? '', /cpu-weight: "no" is neither proportional nor off/);
  });

  it('takes the path of a cgroup from the root, and nothing that leads out of it', async () => {
    const named = loadAgentConfig({
      file: await file('docker: { cgroup-parent: /system.slice }\n'),
    });
    assert.ok(named.ok, JSON.stringify(named));
    assert.equal(named.value['docker.cgroup-parent'], '/system.slice');
    for (const text of ['docker', '/a/../b']) {
      const bad = loadAgentConfig({ overrides: { 'docker.cgroup-parent': text } });
      assert.match(
        bad.ok ? '' : (bad.error[0]?.message ?? ''),
        /docker.cgroup-parent: .* is not a cgroup/,
      );
    }
  });

  it('tells every fault at once, with line and column', async () => {
    const config = loadAgentConfig({
      file: await file('node: "a b"\ninterval: 5\nwho: me\ncontrol:\n  - x: 1\n'),
    });
    assert.ok(!config.ok);
    assert.deepEqual(
      config.error.map(({ code, field, line, column }) => [code, field, line, column]).sort(),
      [
        ['config.bad', 'control', 5, 3],
        ['config.bad', 'interval', 2, 11],
        ['config.bad', 'node', 1, 7],
        ['config.bad', 'who', 3, 1],
      ],
    );
  });

  it('says what is meant by a key that is nearly one, or a group of some', async () => {
    const told = async (text: string): Promise<string> => {
      const config = loadAgentConfig({ file: await file(text) });
      return config.ok ? '' : config.error.map(({ message }) => message).join('\n');
    };
    assert.equal(await told('contol: observe\n'), 'contol: is not known (did you mean control?)');
    assert.match(
      await told('nats: nats://a:4222\n'),
      /^nats: is a group: write nats: \{ url: VALUE \}, or another of nats\.url, /,
    );
    assert.equal(
      await told('nats:\n#  url: nats://a\n'),
      'nats: has nothing below it: write nats.url, or remove it',
    );
    for (const text of ['labels:\n', 'labels: a\n', 'labels: [a, b]\n'])
      assert.equal(await told(text), 'labels: is no label: write labels: { NAME: VALUE }', text);
    // A coordinator would refuse every report with such a label.
    for (const name of ['my zone', '""', 'a'.repeat(129), 'constructor'])
      assert.match(
        await told(`labels: { ${name}: a }\n`),
        /^labels\.[^:]*: is no name of a label: write 1 to 128 of A-Z/,
      );
    assert.match(
      await told(`labels: { zone: ${'a'.repeat(257)} }\n`),
      /^labels\.zone: is no value of a label: write at most 256 characters$/,
    );
    const many = Array.from({ length: 65 }, (_, at) => `  l${at}: a\n`).join('');
    assert.match(
      await told(`labels:\n${many}`),
      /^labels: are 65: leave some out, 64 are possible$/,
    );
    for (const text of ['control=observe\n', '- control: observe\n'])
      assert.match(await told(text), /^the file: holds no settings: write lines such as KEY: V/);
    for (const text of ['', '# nothing\n', '---\n']) assert.equal(await told(text), '', text);
  });

  it('takes one value where one is meant, and lists of images', async () => {
    const refused = loadAgentConfig({ file: await file('nats: { url: [nats://a, nats://b] }\n') });
    assert.match(
      refused.ok ? '' : (refused.error[0]?.message ?? ''),
      /^nats\.url: is a list of 2: write one value; where several are meant, one text with commas$/,
    );
    const policy = await file('images: [a/*, "b:1.10"]\n', 'policy.yaml');
    const config = loadAgentConfig({ overrides: { 'policy-file': policy } });
    assert.ok(config.ok, JSON.stringify(config));
    assert.deepEqual(config.value.policy.images, ['a/*', 'b:1.10']);
  });

  it('takes addresses of NATS servers only, and shows no password', () => {
    const urlOf = (text: string): string => {
      const config = loadAgentConfig({ overrides: { 'nats.url': text } });
      return config.ok ? config.value['nats.url'] : (config.error[0]?.message ?? '');
    };
    for (const good of ['nats://a:4222', 'a', 'tls://u:p@a.b:1', '[::1]:4222', '::1', 'a,b:2'])
      assert.equal(urlOf(good), good);
    assert.equal(urlOf('nats://a, nats://b'), 'nats://a,nats://b');
    for (const bad of ['http://a', 'nats://a nats://b', 'a:0', 'a:65536', 'a:x', 'a,', ''])
      assert.match(urlOf(bad), /^nats\.url: ".*" is no address: write nats:\/\/HOST:PORT/, bad);
    assert.doesNotMatch(urlOf('nats://lena:sesame@a:x'), /sesame/);
  });

  it('tells what is wrong with a file that is no YAML or is not there', async () => {
    assert.equal(loadAgentConfig({ file: await file('a: [') }).ok, false);
    const missing = loadAgentConfig({ file: join(folder, 'none.yaml') });
    assert.ok(!missing.ok);
    assert.match(missing.error[0]?.message ?? '', /cannot be read/);
  });

  it('reads the host’s own bounds', async () => {
    const policy = await file(
      'cpu: {min: 0.1, max: 1.5}\ngpu: { clock: { min: 600, max: 1200 }, power.max: 300 ' +
        '}\nimages: [dqoes/*, plain:1]\nmemory.max: 1GiB\nhost-ports: {first: 9000, last: ' +
        '9100}\npids: 50\nadopt: never\nweight.max: 50\ncpu.guaranteed.max: 0.5\njobs: false\n' +
        'containers.max: 3\nmemory.total: 4GiB\nregistries: [docker.io, r:5000]\n' +
        'gpu.share: allow\n',
      'policy.yaml',
    );
    const config = loadAgentConfig({ overrides: { 'policy-file': policy } });
    assert.ok(config.ok, JSON.stringify(config));
    assert.deepEqual(config.value.policy, {
      minCpuCores: 0.1,
      maxCpuCores: 1.5,
      maxMemoryBytes: 2 ** 30,
      defaultMemoryBytes: 2 ** 30,
      hostPorts: { from: 9000, to: 9100 },
      pidsLimit: 50,
      gpu: { clockMhz: { min: 600, max: 1200 }, powerWatts: { min: 0, max: 300 } },
      images: ['dqoes/*', 'plain:1'],
      adopt: 'never',
      maxWeight: 50,
      maxGuaranteedCores: 0.5,
      jobsRefused: JOBS_OFF,
      maxContainers: 3,
      maxTotalMemoryBytes: 4 * 2 ** 30,
      registries: ['docker.io', 'r:5000'],
      gpuShare: 'allow',
    });
  });

  it('never takes a broken policy for none', async () => {
    const policy = await file('cpu: {max: lots}\n', 'policy.yaml');
    assert.equal(loadAgentConfig({ overrides: { 'policy-file': policy } }).ok, false);
    assert.equal(loadAgentConfig({ overrides: { 'policy-file': join(folder, 'none') } }).ok, false);
  });

  it('refuses files that are not UTF-8, in which a value would be another one', async () => {
    const latin = async (text: string, name: string): Promise<string> => {
      const path = await file('', name);
      await writeFile(path, text, 'latin1');
      return path;
    };
    const policy = await latin('adopt: never # für alle\n', 'policy.yaml');
    const agent = await latin('node: h1\nlabels:\n  place: café\n', 'agent.yaml');
    const linesOf = (source: Parameters<typeof loadAgentConfig>[0]): readonly string[] => {
      const config = loadAgentConfig(source);
      return config.ok ? [] : config.error.map((fault) => faultLine(fault));
    };
    const said =
      'the file: is not UTF-8: save it as that, as with iconv -f ISO-8859-1 -t UTF-8 [config.bad]';
    assert.deepEqual(linesOf({ file: agent }), [`${agent}:3:1: ${said}`]);
    assert.deepEqual(linesOf({ overrides: { 'policy-file': policy } }), [`${policy}:1:1: ${said}`]);
    const good = loadAgentConfig({ file: await file('\ufefflabels: { place: café }\n') });
    assert.deepEqual(good.ok && good.value.labels, { place: 'café' });
    const noted = await latin('  # für alle\nnode: h1\n# \u{fc}ber\n', 'noted.yaml');
    assert.deepEqual(linesOf({ file: noted }), [], 'lines of comments change nothing');
    const both = await latin('# für alle\nnode: h1\nlabels: { place: café }\n', 'both.yaml');
    assert.deepEqual(linesOf({ file: both }), [`${both}:1:1: ${said}`]);
  });

  it('refuses a window shorter than the interval', () => {
    assert.equal(loadAgentConfig({ overrides: { interval: '2s', window: '1s' } }).ok, false);
  });

  it('says where settings contradict each other, with both values', async () => {
    const policy = await file(
      'adopt: never\nhost-ports: { last: 80 }\ncpu: {min: 2, max: 1}\n',
      'policy.yaml',
    );
    const path = await file(`policy-file: ${policy}\nhold-after: 2h\nwindow: 1s\ninterval: 5s\n`);
    const config = loadAgentConfig({ file: path });
    assert.ok(!config.ok);
    assert.deepEqual(
      config.error.map((fault) => faultLine(fault)),
      [
        `${policy}:3:12: cpu.min: 2 is above cpu.max, 1: lower one or raise the other [config.bad]`,
        `${policy}:2:21: host-ports.first: 1024 is above host-ports.last, 80: lower one or raise ` +
          'the other [config.bad]',
        `${path}:3:9: window: is shorter than interval: make it at least as long [config.bad]`,
        `${path}:2:13: drift-after: is shorter than hold-after: make it at least as long, or 0 ` +
          'for never [config.bad]',
      ],
    );
  });
});
