import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { VERSION } from '../../../shared/version.js';

// The tests run in dist/test/unit/cli, beside the built program.
const main = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));
const hook = (log: string): string => {
  const load =
    "import { appendFileSync } from 'node:fs';" +
    'export const load = (url, context, next) => {' +
    `  appendFileSync(${JSON.stringify(log)}, url + "\\n");` +
    '  return next(url, context);' +
    '};';
  const register =
    "import { register } from 'node:module';" +
    `register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(load)}`)});`;
  return `data:text/javascript,${encodeURIComponent(register)}`;
};

describe('the start of the command line', function () {
  this.timeout(60_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-start-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What a run of node loads: packages, and our own modules below dist. */
  const loadedBy = (name: string, ...args: readonly string[]) => {
    const log = join(folder, `${name}.log`);
    const env = { PATH: process.env.PATH ?? '', HOME: folder };
    const run = spawnSync(process.execPath, ['--import', hook(log), ...args], { env });
    const urls = readFileSync(log, 'utf8').trim().split('\n');
    const packages = urls.flatMap(
      (url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? [],
    );
    const ours = urls.filter((url) => !url.includes('/node_modules/'));
    const own = ours.flatMap((url) => /\/dist\/(.+)\.js$/.exec(url)?.[1] ?? []);
    const out = run.stdout.toString();
    assert.equal(run.status, 0, run.stderr.toString());
    return { out, packages: [...new Set(packages)].sort(), own };
  };
  const loaded = (...argv: readonly string[]) => loadedBy(argv.join('-'), main, ...argv);

  it('loads no package for the version', () => {
    const { out, packages, own } = loaded('--version');
    const [version, build] = out.trim().split('\n');
    assert.equal(version, VERSION);
    assert.match(build ?? '', /^build [0-9A-Za-z.-]+$/);
    assert.deepEqual(packages, []);
    assert.ok(own.length <= 24, own.join('\n'));
    assert.deepEqual(
      own.filter((name) => /^(agent|coordinator|console|lab)\/|commands\//.test(name)),
      [],
    );
  });

  it('loads no command but the one that runs, and no client before it connects', () => {
    const { packages, own } = loaded('agent', '--help');
    const commands = own.filter((name) => name.startsWith('cli/commands/'));
    assert.deepEqual(commands, ['cli/commands/agent']);
    for (const name of ['nats', 'dockerode', 'fastify', 'protobufjs', 'prom-client'])
      assert.ok(!packages.includes(name), name);
    assert.deepEqual(
      own.filter((name) => /^(coordinator|console|lab|agent)\//.test(name)),
      [],
    );
  });

  it('of the help loads every command, and none of what they do', () => {
    const { out, packages, own } = loaded('--help');
    for (const command of ['up', 'job', 'doctor', 'version', 'completion'])
      assert.match(out, new RegExp(`^  ${command}\\b`, 'm'));
    assert.ok(own.includes('cli/commands/doctor'));
    for (const name of ['nats', 'dockerode', 'fastify', 'prom-client'])
      assert.ok(!packages.includes(name), name);
  });

  it('of the metrics loads of their package what makes the text, and nothing that measures', () => {
    const exporter = new URL('../../../cli/monitoring/exporter.js', import.meta.url).href;
    const code =
      "import { createRequire } from 'node:module';" +
      `await import(${JSON.stringify(exporter)});` +
      "console.log(Object.keys(createRequire(import.meta.url).cache).join('\\n'));";
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', code],
      { encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
    const files = stdout
      .trim()
      .split('\n')
      .map((path) => path.split('/node_modules/').at(-1));
    assert.deepEqual(files.sort(), ['prom-client/lib/registry.js', 'prom-client/lib/util.js']);
  });

  it('of an agent loads Docker and the wire, and nothing of other programs', () => {
    const agent = new URL('../../../cli/services/agent.js', import.meta.url).href;
    const code = `await import(${JSON.stringify(agent)})`;
    const { packages, own } = loadedBy('agent', '--input-type=module', '--eval', code);
    assert.ok(packages.includes('dockerode'));
    for (const name of ['systeminformation', 'fastify', 'prom-client', 'preact'])
      assert.ok(!packages.includes(name), name);
    // Messages to a terminal are wrapped by the width of their characters.
    const others = new RegExp(
      '^(coordinator|console|lab|cli/(commands|top|bench))/|^cli/grid/(?!glyphs$|wide$)|' +
        '^proto/(generated/service|schemas/service|telemetry-reader)$|^cli/auth/server-config$',
    );
    assert.deepEqual(
      own.filter((name) => others.test(name)),
      [],
    );
  });
});
