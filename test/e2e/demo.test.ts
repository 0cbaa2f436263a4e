import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { docker } from '../lib/docker-command.js';
import { until } from '../lib/until.js';
import { dqoes, type Program, startDqoes } from './cli-program.js';

const STATE = join(tmpdir(), `dqoes-demo-${process.getuid?.() ?? 0}`);
/** Long enough for all that is tried meanwhile. */
const ARGS = ['demo', '--default-seconds', '600'];
const ours = (): Promise<string> =>
  docker('ps', '--all', '--quiet', '--filter', 'label=dqoes.cluster=demo');

/** Those of the demo that have a limit, as Docker knows them. */
async function limited(): Promise<readonly string[]> {
  const ids = (await ours()).split('\n').filter((id) => id !== '');
  if (ids.length === 0) return [];
  const shown = await docker('inspect', '-f', '{{.Name}} {{.HostConfig.CpuQuota}}', ...ids);
  return shown.split('\n').filter((line) => Number(line.split(' ')[1]) > 0);
}

async function assertNothingLeft(): Promise<void> {
  assert.equal(await ours(), '');
  assert.equal(existsSync(STATE), false);
}

interface Report {
  readonly machine: Record<string, unknown>;
  readonly intervalMs: number;
  readonly jobs: readonly {
    name: string;
    model: string;
    targetMs: number;
    tolerance: number;
    before: { latencyMs: number; class: string };
    after: { latencyMs: number; class: string; cpuLimit: number };
  }[];
  readonly before: { atTarget: number; notSlower: number };
  readonly after: { atTarget: number; notSlower: number };
}

describe('the demo', function () {
  this.timeout(240_000);
  let folder = '';
  /** The tests after the first follow one demo from its start to Ctrl-C: its phases take long. */
  let demo: Program | undefined;
  const running = (): Program => demo ?? assert.fail('the demo was not started');
  /** Resolves when it has written this; rejects when it ended before. */
  const says = async (text: string): Promise<void> => {
    const hasSaid = (): boolean => running().err.includes(text);
    await until(() => hasSaid() || running().child.exitCode !== null, text, 150_000);
    assert.ok(hasSaid(), running().err);
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-demo-test-'));
  });
  after(async () => {
    await demo?.end('SIGINT');
    await rm(folder, { recursive: true, force: true });
  });

  it('measures ten real models before and after, writes figures, leaves nothing', async () => {
    const file = join(folder, 'demo.json');
    const run = await dqoes([
      'demo',
      '--json',
      file,
      '--default-seconds',
      '5',
      '--dqoes-seconds',
      '10',
    ]);
    assert.equal(run.code, 0, run.err);
    assert.match(run.err, /^The same on a page: http:\/\/127\.0\.0\.1:\d+\/$/m);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    assert.equal(report.jobs.length, 10);
    assert.ok(new Set(report.jobs.map((job) => job.model)).size >= 3);
    for (const job of report.jobs) {
      assert.ok(
        job.targetMs > 0 && job.before.latencyMs > 0 && job.after.latencyMs > 0,
        JSON.stringify(job),
      );
      assert.ok(job.after.cpuLimit > 0, `${job.name} has no limit in its cgroup`);
    }
    const cores = report.jobs.reduce((sum, job) => sum + job.after.cpuLimit, 0);
    assert.ok(cores <= Number(report.machine.cpuCores), `limits sum to ${cores}`);
    const within = report.jobs.filter((job) => job.after.class === 'within').length;
    assert.equal(report.after.atTarget, within);
    assert.match(run.out, /at target: \d+ of 10 under plain Docker, \d+ of 10 under dqoes/);
    await assertNothingLeft();
  });

  it('runs after one that was killed, and takes its containers with it', async () => {
    const killed = startDqoes(ARGS);
    await until(async () => (await limited()).length > 0, 'limits', 120_000);
    await killed.end('SIGKILL');
    const left = await limited();
    assert.ok(left.length > 0);
    const restored = await dqoes(['agent', 'restore']);
    assert.equal(restored.code, 0, restored.err);
    assert.deepEqual(await limited(), [], restored.out);
    assert.notEqual(await ours(), '');
    demo = startDqoes(ARGS);
    await says('calibrating');
    assert.equal((await ours()).split('\n').length, 10);
  });

  it('refuses a second one at the same time, in one sentence', async () => {
    const second = await dqoes(['demo']);
    assert.equal(second.code, 1);
    assert.equal(second.err.trim().split('\n').length, 1, second.err);
    assert.equal(running().child.exitCode, null);
  });

  it('cleans up after Ctrl-C', async () => {
    await says('plain Docker [');
    assert.equal((await ours()).split('\n').length, 10);
    const { code, err } = await running().end('SIGINT');
    assert.equal(code, 1, err);
    await assertNothingLeft();
  });
});
