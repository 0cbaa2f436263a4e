import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { BenchReport } from '../../cli/bench/bench-report.js';
import { dqoes, startDqoes } from '../e2e/cli-program.js';
import { until } from '../lib/until.js';

const FOLDER = join(tmpdir(), `dqoes-bench-${process.getuid?.() ?? 0}`);
const NAMESPACES = ['dqbench-h1', 'dqbench-h2'];

const TWO_HOSTS = `name: two-hosts
interval: 3s
duration: 15s
nodes:
  - { id: left, cpu: 0.6 }
  - { id: right, cpu: 0.3 }
jobs:
  - { id: quick, target: 100ms, demand: 0.3, workload: { kind: ocr-det } }
  - { id: slow, target: 200ms, demand: 0.15, workload: { kind: ocr-det } }
  - { id: late, at: 3s, target: 200ms, demand: 0.15, workload: { kind: ocr-det } }
`;

const namespaces = (): readonly string[] =>
  existsSync('/run/netns')
    ? readdirSync('/run/netns').filter((name) => NAMESPACES.includes(name))
    : [];
const processes = (): readonly string[] =>
  spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(`${FOLDER}/`));
const engines = (): number => processes().filter((line) => line.startsWith('dockerd')).length;
const cgroups = (): readonly string[] => {
  const root = existsSync('/sys/fs/cgroup/cpu') ? '/sys/fs/cgroup/cpu' : '/sys/fs/cgroup';
  return readdirSync(root).filter((name) => NAMESPACES.includes(name));
};
const mounts = (): readonly string[] =>
  readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(`${FOLDER}/`));

function assertNothingLeft(): void {
  const left = {
    namespaces: namespaces(),
    processes: processes(),
    cgroups: cgroups(),
    mounts: mounts(),
  };
  assert.deepEqual(left, { namespaces: [], processes: [], cgroups: [], mounts: [] });
  assert.equal(existsSync(FOLDER), false);
}

/** Jobs whose containers run on a host. */
function jobsOn(host: string): readonly string[] {
  const socket = `unix://${join(FOLDER, 'hosts', host, 'docker.sock')}`;
  const { stdout } = spawnSync('docker', ['-H', socket, 'ps', '--format', '{{.Names}}'], {
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((name) => name !== '');
}

describe('hosts: lab bench on two real engines', function () {
  this.timeout(300_000);
  let folder = '';
  let file = '';
  const start = () =>
    startDqoes([
      'lab',
      'bench',
      file,
      '--policy',
      'equal',
      '--json',
      join(folder, 'ended.json'),
      '--repeat',
      '1',
    ]);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-bench-test-'));
    file = join(folder, 'two-hosts.yaml');
    await writeFile(file, TWO_HOSTS);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('plays a scenario of two nodes under every policy, and leaves nothing', async () => {
    const json = join(folder, 'out.json');
    const short = ['--repeat', '1', '--calibrate-seconds', '2'];
    const run = await dqoes([
      'lab',
      'bench',
      file,
      '--policy',
      'default,adaptive',
      '--json',
      json,
      ...short,
    ]);
    assert.equal(run.code, 0, run.err);
    const report = JSON.parse(readFileSync(json, 'utf8')) as BenchReport;
    assert.equal(report.complete, true);
    assert.deepEqual(report.measures[0]?.nodeCores, [0.6, 0.3]);
    assert.deepEqual(
      report.runs.map(({ policy, n, intervals, summary }) => [
        policy,
        n,
        intervals,
        summary.moves >= 0,
      ]),
      [
        ['default', 3, 5, true],
        ['adaptive', 3, 5, true],
      ],
    );
    for (const { oraclePerInterval, policy, summary } of report.runs) {
      assert.equal(oraclePerInterval.length, 5);
      assert.ok(summary.reservedCores > 0, `no CPU use was seen under ${policy}`);
    }
    // Plain Docker has no limits and moves nothing.
    const [plain] = report.runs;
    assert.deepEqual([plain?.summary.updatesPerContainerMinute, plain?.summary.moves], [0, 0]);
    // The target is worth a share of both hosts together.
    const { targetsMs = {}, workSeconds = {} } = report.measures[0] ?? {};
    const [work = 0] = Object.values(workSeconds);
    assert.ok(
      Math.abs((targetsMs.quick ?? 0) - (work / (0.3 * 0.9)) * 1000) < 1e-6,
      JSON.stringify(targetsMs),
    );
    assert.match(run.err, /two-hosts: 2 hosts cut from this machine, with 0.6, 0.3 CPU/);
    assertNothingLeft();
  });

  it('runs containers on both hosts, and cleans up after Ctrl-C', async () => {
    const bench = start();
    try {
      await until(
        () => bench.err.includes('measuring the work'),
        'the work to be measured',
        240_000,
      );
      const isOnBoth = (): boolean => {
        const [left, right] = [jobsOn('h1'), jobsOn('h2')];
        const all = [...left, ...right].sort().join();
        return (
          left.length > 0 && right.length > 0 && all === 'dqoes-late-1,dqoes-quick-1,dqoes-slow-1'
        );
      };
      await until(isOnBoth, 'the containers on both hosts', 60_000);
    } finally {
      bench.child.kill('SIGINT');
      await bench.ended;
    }
    const run = await bench.ended;
    assert.equal(run.code, 1, run.err);
    assert.match(run.err, /The bench was stopped/);
    assertNothingLeft();
  });

  it('runs after one that was killed: engines end with it, the next removes the rest', async () => {
    const killed = start();
    await until(() => killed.err.includes('profiling'), 'the hosts to be there', 120_000);
    assert.equal(engines(), 2);
    await killed.end('SIGKILL');
    await until(() => engines() === 0, 'the engines to end', 60_000);
    assert.deepEqual(namespaces(), NAMESPACES);
    const next = start();
    try {
      await until(() => next.err.includes('profiling'), 'the next one to begin', 120_000);
    } finally {
      await next.end('SIGINT');
    }
    assertNothingLeft();
  });
});
