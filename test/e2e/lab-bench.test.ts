import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { BenchReport } from '../../cli/bench/bench-report.js';
import { ProcessBurner } from '../../cli/bench/burner.js';
import { processIdentity } from '../../cli/up/state-lock.js';
import { docker } from '../lib/docker-command.js';
import { until } from '../lib/until.js';
import { dqoes, startDqoes } from './cli-program.js';

const FOLDER = join(tmpdir(), `dqoes-bench-${process.getuid?.() ?? 0}`);
const OURS = 'label=dqoes.cluster=bench';
const names = (): Promise<string> =>
  docker('ps', '--all', '--format', '{{.Names}}', '--filter', OURS);
const ours = (): Promise<string> => docker('ps', '--all', '--quiet', '--filter', OURS);

const WORKLOAD = '{ kind: ocr-det, batch: 1, threads: 1, arrivals: closed }';
const TINY = `name: tiny
interval: 1s
duration: 5s
jobs:
  - { id: quick, target: 100ms, demand: 0.4, workload: ${WORKLOAD} }
  - { id: slow, target: 200ms, demand: 0.2, workload: ${WORKLOAD} }
disturbances:
  - { at: 3s, job: slow, target: 150ms }
  - { at: 2s, for: 2s, node: h1, stolenCpu: 0.2 }
  - { at: 0s, foreign: light }
`;

async function assertNothingLeft(): Promise<void> {
  assert.equal(await ours(), '');
  assert.equal(existsSync(FOLDER), false);
  const processes = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout;
  assert.equal(processes.includes(FOLDER), false, 'a server is left');
}

/** Names of the containers that start while `work` goes on. */
async function startsDuring<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly starts: readonly string[] }> {
  const format = '{{.Actor.Attributes.name}}';
  const filters = ['--filter', 'event=start', '--filter', OURS];
  const events = spawn('docker', ['events', ...filters, '--format', format]);
  let text = '';
  events.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  try {
    const value = await work();
    return { value, starts: text.split('\n').filter((line) => line !== '') };
  } finally {
    events.kill();
  }
}

describe('lab bench: real containers', function () {
  this.timeout(240_000);
  let folder = '';
  let tiny = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-bench-test-'));
    tiny = join(folder, 'tiny.yaml');
    await writeFile(tiny, TINY);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('plays every policy on the same work, writes scores and pages, leaves nothing', async () => {
    const path = (name: string): string => join(folder, name);
    const files = [
      '--json',
      path('out.json'),
      '--report',
      path('out.html'),
      '--markdown',
      path('out.md'),
    ];
    const short = ['--repeat', '1', '--calibrate-seconds', '2'];
    const { value: run, starts } = await startsDuring(() =>
      dqoes(['lab', 'bench', tiny, '--policy', 'default,dqoes', ...files, ...short]),
    );
    assert.equal(run.code, 0, run.err);
    const report = JSON.parse(readFileSync(path('out.json'), 'utf8')) as BenchReport;
    assert.equal(report.complete, true);
    assert.deepEqual(
      report.runs.map(({ scenario, policy, repetition, n, intervals }) => [
        scenario,
        policy,
        repetition,
        n,
        intervals,
      ]),
      [
        ['tiny', 'default', 1, 2, 5],
        ['tiny', 'dqoes', 1, 2, 5],
      ],
    );
    for (const { atTarget, notSlower, satisfied, oraclePerInterval } of report.runs)
      for (const series of [atTarget, notSlower, satisfied, oraclePerInterval])
        assert.equal(series.length, 5);
    assert.equal(report.summary.length, 2);
    assert.equal(report.measures.length, 1);
    const targetsMs = report.measures[0]?.targetsMs ?? {};
    // Half the CPU is worth twice the time.
    assert.ok(
      Math.abs((targetsMs.slow ?? 0) / (targetsMs.quick ?? 1) - 2) < 1e-6,
      JSON.stringify(targetsMs),
    );
    assert.deepEqual(Object.keys(report.profiles), ['ocr-det x1, 1 thread, closed']);
    assert.ok((report.runs[0]?.summary.reservedCores ?? 0) > 0, 'no CPU use was seen');
    // The policy named decides, and not the one a new cluster begins with.
    assert.equal(report.runs[0]?.summary.updatesPerContainerMinute, 0);
    assert.match(run.out, /tiny +default +1 /);
    assert.match(readFileSync(path('out.md'), 'utf8'), /\| dqoes \|/);
    assert.match(readFileSync(path('out.html'), 'utf8'), /^<!doctype html>/);
    // Once each while work is measured and once under each policy: a change of target
    // restarts nothing.
    assert.deepEqual([...starts].sort(), [
      'dqoes-profile-1-1',
      ...Array<string>(3).fill('dqoes-quick-1'),
      ...Array<string>(3).fill('dqoes-slow-1'),
    ]);
    await assertNothingLeft();
  });

  it('made the same load of other programs for every policy, and what was attainable', () => {
    const { runs } = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as BenchReport;
    const [planned, ...others] = runs.map(({ foreign }) => foreign?.plannedCpuMs);
    assert.ok((planned ?? 0) > 0);
    assert.deepEqual(others, [planned]);
    for (const { foreign, attainable } of runs) {
      assert.ok((foreign?.usedCpuMs ?? 0) > 0, JSON.stringify(foreign));
      assert.equal(attainable?.before.length, 5);
      for (const [k, value] of attainable.atOnce.entries())
        assert.ok(value >= (attainable.before[k] ?? 3) && value <= 2, JSON.stringify(attainable));
    }
  });

  it('does not repeat what its file holds, and takes no file of another scenario', async () => {
    const again = [
      ...['lab', 'bench', tiny, '--policy', 'default,dqoes', '--json', join(folder, 'out.json')],
      ...['--repeat', '1', '--calibrate-seconds', '2'],
    ];
    const rest = await startsDuring(() => dqoes(again));
    assert.deepEqual([rest.value.code, rest.starts], [0, []]);
    assert.match(rest.value.out, /tiny +default +1 /);
    assert.match(rest.value.err, /out\.json holds 2 runs of these settings: kept, not repeated/);
    assert.match(rest.value.err, /nothing is left to run/);
    const other = await dqoes([...again, '--seed', '9']);
    assert.equal(other.code, 2);
    assert.match(other.err, /tiny changed since \(the file, --seed or --foreign\).*another file/);
  });

  it('cleans up after Ctrl-C, and refuses a second one meanwhile in one sentence', async () => {
    const json = join(folder, 'ended.json');
    const bench = startDqoes(['lab', 'bench', tiny, '--policy', 'equal', '--json', json]);
    let second: Awaited<ReturnType<typeof dqoes>>;
    try {
      await until(async () => (await ours()) !== '', 'a container', 60_000);
      second = await dqoes([
        'lab',
        'bench',
        tiny,
        '--policy',
        'equal',
        '--json',
        join(folder, 'second.json'),
      ]);
    } finally {
      bench.child.kill('SIGINT');
    }
    const run = await bench.ended;
    assert.equal(run.code, 1, run.err);
    assert.match(run.err, /The bench was stopped/);
    assert.equal((JSON.parse(readFileSync(json, 'utf8')) as BenchReport).complete, false);
    assert.equal(second.code, 1);
    assert.match(second.err, /^Another bench may be running.*\n$/);
    await assertNothingLeft();
  });

  it('runs after one that was killed, and takes its containers with it', async () => {
    const start = (json: string, ...more: readonly string[]) =>
      startDqoes(['lab', 'bench', tiny, '--json', json, '--calibrate-seconds', '2', ...more]);
    // What the first test has profiled is known; its second repetition is measured again.
    const json = join(folder, 'killed.json');
    await copyFile(join(folder, 'out.json'), json);
    const killed = start(json, '--policy', 'default,dqoes', '--repeat', '2');
    await until(
      () => killed.err.includes('measuring the work'),
      'the work to be measured',
      120_000,
    );
    await until(async () => (await names()).includes('dqoes-quick-1'), 'its containers', 60_000);
    await killed.end('SIGKILL');
    assert.notEqual(await ours(), '');
    const next = start(join(folder, 'next.json'), '--policy', 'equal');
    try {
      await until(
        async () => (await names()) === 'dqoes-profile-1-1',
        'only its own container',
        60_000,
      );
    } finally {
      await next.end('SIGINT');
    }
    await assertNothingLeft();
  });

  it('refuses all that is wrong at once, before anything starts', async () => {
    const far = join(folder, 'far.yaml');
    const nodes = 'nodes: [{ id: h1, cpu: 200 }, { id: h2, cpu: 200 }]';
    const silence = '{ at: 2s, for: 2s, node: h1, silence: true }';
    await writeFile(
      far,
      `name: far\n${nodes}\n${TINY.replace('name: tiny\n', '')}  - ${silence}\n`,
    );
    const json = join(folder, 'nowhere', 'out.json');
    const run = await dqoes(['lab', 'bench', tiny, far, '--policy', 'dqos', '--json', json]);
    assert.deepEqual([run.code, run.out], [2, '']);
    for (const words of [
      /far: its 2 nodes have 400 CPU/,
      /silence/,
      /did you mean dqoes\?/,
      /--json .*cannot be written/,
    ])
      assert.match(run.err, words);
    await assertNothingLeft();
  });
});

describe('lab bench: stolen CPU', function () {
  this.timeout(30_000);

  it('is taken by processes that end when told to', async () => {
    const burner = new ProcessBurner(process.execPath);
    burner.burn(1.2);
    const pids = burner.pids;
    assert.equal(pids.length, 2);
    try {
      await until(() => pids.every((pid) => cpuTicks(pid) > 10), 'both to use CPU', 20_000);
    } finally {
      await burner.stop();
    }
    assert.deepEqual(burner.pids, []);
    for (const pid of pids) assert.equal(processIdentity(pid), undefined);
  });
});

/** User time of a process in clock ticks. */
function cpuTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[11] ?? 0);
}
