import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'mocha';
import type { AllocationStatus, JobStatus } from '../../proto/schemas/status.js';
import { docker } from '../lib/docker-command.js';
import { until } from '../lib/until.js';
import { dqoes } from './cli-program.js';
import { containersOf, loggingJobFile, startUpCluster, type UpCluster } from './up-cluster.js';

const CLUSTER = `e2e-change-${process.pid}`;
const JOB = `change-${process.pid}`;
/** Nobody listens there, so that it cannot be pulled. */
const NO_IMAGE = '127.0.0.1:1/none:9';

describe('cli: jobs that are changed, or do not run, on a real engine', function () {
  this.timeout(120_000);
  let cluster: UpCluster;

  before(async () => {
    cluster = await startUpCluster(CLUSTER);
  });

  after(async () => {
    await cluster.up.end('SIGINT');
    await rm(cluster.folder, { recursive: true, force: true });
  });

  const run = async (args: readonly string[], stdin = '') => {
    const { code, out, err } = await dqoes(args, { env: cluster.env, stdin });
    return { code, out, err };
  };
  const allocationNow = async (): Promise<AllocationStatus> => {
    const { out } = await run(['job', 'status', JOB, '-o', 'json']);
    const [only] = (JSON.parse(out) as JobStatus).allocations;
    assert.ok(only);
    return only;
  };
  /** The reasons of the events of this type of a job. */
  const reasonsOf = async (job: string, type: string): Promise<readonly string[]> => {
    const asked = ['events', '--job', job, '--since', '1h', '--type', type, '-o', 'json'];
    const { out } = await run(asked);
    const lines = out.split('\n').filter((line) => line !== '');
    return lines.map((line) => (JSON.parse(line) as { data: { reason: string } }).data.reason);
  };

  it('are waited for until the new container runs', async () => {
    const first = await run(['job', 'run', '-', '--wait'], loggingJobFile(JOB));
    assert.deepEqual([first.code, first.out], [0, `${JOB} created\n`], first.err);
    const before = containersOf(CLUSTER);
    const changed = `${loggingJobFile(JOB)}env: { LEVEL: two }\n`;
    const second = await run(['job', 'run', '-', '--wait'], changed);
    assert.deepEqual([second.code, second.out], [0, `${JOB} updated\n`], second.err);
    const now = containersOf(CLUSTER);
    assert.notEqual(now, before);
    const format = '{{.State.Status}} {{.Config.Env}}';
    assert.match(await docker('inspect', '--format', format, now), /^running .*LEVEL=two/);
    assert.deepEqual(await reasonsOf(JOB, 'job.lost'), []);
  });

  const atLevel = (level: string): string => `${loggingJobFile(JOB)}env: { LEVEL: ${level} }\n`;
  const stateAndEnv = () =>
    docker('inspect', '--format', '{{.State.Status}} {{.Config.Env}}', containersOf(CLUSTER));

  it('are waited for where another change comes before the first is reported', async () => {
    const quick = await run(['job', 'run', '-'], atLevel('three'));
    assert.equal(quick.code, 0, quick.err);
    const second = await run(['job', 'run', '-', '--wait'], atLevel('four'));
    assert.equal(second.code, 0, second.err);
    assert.match(await stateAndEnv(), /^running .*LEVEL=four/);
    const there = await run(['job', 'run', '-'], atLevel('five'));
    assert.equal(there.code, 0, there.err);
    const back = await run(['job', 'run', '-', '--wait'], atLevel('four'));
    assert.equal(back.code, 0, back.err);
    assert.match(await stateAndEnv(), /^running .*LEVEL=four/);
  });

  it('are waited for where they were stopped and run again as another', async () => {
    const before = containersOf(CLUSTER);
    assert.equal((await run(['job', 'stop', JOB])).code, 0);
    const again = await run(['job', 'run', '-', '--wait'], atLevel('six'));
    assert.equal(again.code, 0, again.err);
    assert.notEqual(containersOf(CLUSTER), before);
    assert.match(await stateAndEnv(), /^running .*LEVEL=six/);
  });

  it('are waited for until their agent has the new target', async () => {
    const before = containersOf(CLUSTER);
    const { code, err } = await run(['job', 'set', JOB, '--target', '13ms', '--wait']);
    assert.equal(code, 0, err);
    assert.equal((await allocationNow()).container?.target?.latencyMs, 13);
    assert.equal(containersOf(CLUSTER), before);
  });

  it('end the waiting where the new container cannot be made, which is in one event', async () => {
    const before = containersOf(CLUSTER);
    const { code, err } = await run(['job', 'set', JOB, '--image', NO_IMAGE, '--wait']);
    assert.equal(code, 1, err);
    assert.match(err, /cannot be changed: .*-1: runs on as it was: .* \[docker\.no-image\]$/m);
    assert.equal(containersOf(CLUSTER), before);
    assert.equal((await allocationNow()).isOutdated, true);
    const said = await reasonsOf(JOB, 'job.start-failed');
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', /^runs on as it was: the container cannot be made: /);
    const back = await run(['job', 'set', JOB, '--image', 'dqoes/tiny:1', '--wait']);
    assert.equal(back.code, 0, back.err);
    assert.equal(containersOf(CLUSTER), before, 'it was never stopped');
    assert.equal((await allocationNow()).isOutdated, undefined);
  });

  it('are in one event where their first container cannot be made, however often', async () => {
    const text = loggingJobFile(`${JOB}-none`).replace('dqoes/tiny:1', NO_IMAGE);
    const { code, err } = await run(['job', 'run', '-', '--wait'], text);
    assert.equal(code, 1, err);
    const said = () => reasonsOf(`${JOB}-none`, 'job.start-failed');
    await until(async () => (await said()).length > 0, 'an event', 30_000);
    const [reason = '', ...others] = await said();
    assert.match(reason, /^the container cannot be made: .*\[docker\.no-image\]$/);
    assert.deepEqual(others, []);
    assert.equal((await run(['job', 'stop', `${JOB}-none`])).code, 0);
  });

  it('are lost, with the exit code, where their container ends again and again', async () => {
    const name = `${JOB}-ends`;
    const text = loggingJobFile(name).replace('while :;', 'exit 3; while :;');
    assert.equal((await run(['job', 'run', '-'], text)).code, 0);
    await until(
      async () => (await reasonsOf(name, 'job.lost')).includes('exited with code 3'),
      'its end in an event',
      60_000,
    );
    assert.equal((await run(['job', 'stop', name])).code, 0);
    await until(async () => !(await run(['ps'])).out.includes(name), 'it to be gone', 30_000);
    assert.deepEqual(await reasonsOf(name, 'job.lost'), ['exited with code 3']);
  });
});
