import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { StoryEntry } from '../../cli/explain/entries.js';
import { processIdentity } from '../../cli/up/state-lock.js';
import type { JobPlan } from '../../proto/schemas/plan.js';
import type { AllocationStatus, JobStatus } from '../../proto/schemas/status.js';
import { until } from '../lib/until.js';
import { dqoes, type Program, startDqoes } from './cli-program.js';
import { containersOf, loggingJobFile, startUpCluster } from './up-cluster.js';

const CLUSTER = `e2e-${process.pid}`;
const JOB = `cli-e2e-${process.pid}`;

const ourContainers = (): string => containersOf(CLUSTER);

describe('cli: the built program against a real cluster', function () {
  this.timeout(120_000);
  let folder = '';
  let stateDir = '';
  let up: Program;
  let env: Record<string, string> = {};

  before(async () => {
    ({ folder, stateDir, up, env } = await startUpCluster(CLUSTER));
  });

  after(async () => {
    await up.end('SIGINT');
    await rm(folder, { recursive: true, force: true });
  });

  const json = async <T>(...args: string[]): Promise<T> => {
    const { code, out, err } = await dqoes([...args, '-o', 'json'], { env });
    assert.equal(code, 0, err);
    return JSON.parse(out) as T;
  };

  it('prints what others need to reach it, and is found without on this machine', async () => {
    await until(() => up.err.includes('export '), 'the settings to be printed');
    assert.match(
      up.err,
      new RegExp(`export DQOES_NATS_URL=nats://127\\.0\\.0\\.1:\\d+ DQOES_CLUSTER=${CLUSTER}\\n`),
    );
    const unset = {
      DQOES_NATS_URL: '',
      DQOES_CLUSTER: '',
      XDG_CONFIG_HOME: folder,
      XDG_RUNTIME_DIR: folder,
    };
    const found = await dqoes(['node', 'ls', '-q'], { env: unset });
    assert.deepEqual([found.code, found.out], [0, `${CLUSTER}\n`], found.err);
  });

  it('runs a good job file, waits for it, and says what became of it', async () => {
    const file = join(folder, 'good.yaml');
    await writeFile(file, loggingJobFile(JOB));
    const first = await dqoes(['job', 'run', file, '--wait'], { env });
    assert.deepEqual([first.code, first.out], [0, `${JOB} created\n`], first.err);
    const again = await dqoes(['job', 'run', '-'], { env, stdin: loggingJobFile(JOB) });
    assert.deepEqual([again.code, again.out], [0, `${JOB} unchanged\n`], again.err);
  });

  it('shows it in job ls, job status, node ls, node status and ps', async () => {
    const { jobs } = await json<{ jobs: readonly JobStatus[] }>('job', 'ls');
    assert.deepEqual(
      jobs.map(({ spec, state }) => [spec.name, state]),
      [[JOB, 'running']],
    );
    let seen: readonly AllocationStatus[] = [];
    await until(
      async () => {
        seen = (await json<{ allocations: readonly AllocationStatus[] }>('ps')).allocations;
        return seen[0]?.latencyMs != null && seen[0].qoeClass === 'within';
      },
      'the response time of the container in ps',
      30_000,
    );
    const table = await dqoes(['ps'], { env });
    assert.match(
      table.out,
      new RegExp(
        `^JOB +ALLOCATION +NODE.*\\n${JOB} +${JOB}-\\d+ +${CLUSTER} +12ms mean ±20% ` +
          '+12\\.5ms +within +',
      ),
    );
    assert.equal(table.err, '');
    for (const args of [
      ['job', 'status', JOB],
      ['node', 'ls'],
      ['node', 'status', CLUSTER],
      ['ps', '-o', 'wide'],
      ['job', 'ls', '-o', 'yaml'],
    ]) {
      const shown = await dqoes(args, { env });
      assert.equal(shown.code, 0, `${args.join(' ')}: ${shown.err}`);
      assert.match(shown.out, new RegExp(args[0] === 'node' ? CLUSTER : JOB));
    }
    assert.equal((await dqoes(['ps', '-q'], { env })).out.trim(), seen[0]?.id);
  });

  it('prints the last lines of its log', async () => {
    const logs = await dqoes(['job', 'logs', JOB, '--tail', '2'], { env });
    assert.deepEqual([logs.code, logs.out], [0, '{"ms": 12.5}\n{"ms": 12.5}\n'], logs.err);
  });

  it('tells the events, past and to come', async () => {
    const past = await dqoes(['events', '--job', JOB], { env });
    assert.equal(past.code, 0, past.err);
    assert.match(past.out, /job\.submitted +.* created, 1 container/);
    const follower = startDqoes(['events', '--follow', '--tail', '0', '-o', 'json'], { env });
    try {
      // Which of the two comes first is open, so submit until the follower has seen one.
      let weight = 1;
      await until(
        async () => {
          weight += 1;
          await dqoes(['job', 'run', '-'], {
            env,
            stdin: `${loggingJobFile(JOB)}weight: ${weight}\n`,
          });
          return follower.out.includes('dqoes.job.submitted');
        },
        'an event to be followed',
        30_000,
      );
    } finally {
      assert.equal((await follower.end('SIGINT')).code, 0);
    }
    for (const line of follower.out.trim().split('\n'))
      assert.equal((JSON.parse(line) as { specversion?: string }).specversion, '1.0');
  });

  it('explains a job: its story, then the present', async () => {
    await dqoes(['job', 'run', '-'], {
      env,
      stdin: loggingJobFile(JOB).replace('latency: 12ms', 'latency: 13ms'),
    });
    const told = await dqoes(['job', 'explain', JOB], { env });
    assert.equal(told.code, 0, told.err);
    assert.match(told.out, /^\d\d:\d\d:\d\d submitted, 1 container, target 12ms mean ±20%\n/);
    assert.match(told.out, /no limit → \d\.\d\d CPU: \S/);
    assert.match(told.out, /target 12ms mean ±20% → 13ms mean ±20%\n/);
    assert.match(
      told.out,
      new RegExp(`\n\n${JOB}-1 on ${CLUSTER}: 12\\.5ms, target 13ms mean ±20%, within; limit `),
    );
    const { entries, now } = await json<{
      entries: readonly StoryEntry[];
      now: readonly AllocationStatus[];
    }>('job', 'explain', JOB);
    assert.deepEqual([entries[0]?.kind, now[0]?.job], ['submitted', JOB]);
    assert.ok(
      entries.some(
        (entry) => entry.kind === 'limit' && (entry.toCores ?? 0) > 0 && entry.reason !== '',
      ),
    );
    const none = await dqoes(['job', 'explain', JOB.slice(1)], { env });
    assert.deepEqual([none.code, none.out], [1, '']);
    assert.match(none.err, new RegExp(`did you mean ${JOB}\\?.*service\\.not-found`));
    assert.equal((await dqoes(['job', 'explain', JOB, '--since', 'long'], { env })).code, 2);
  });

  it('shows and changes the policy', async () => {
    assert.equal((await dqoes(['policy'], { env })).out, 'adaptive\n');
    assert.equal((await dqoes(['policy', 'equal'], { env })).out, 'equal\n');
    assert.equal((await dqoes(['policy'], { env })).out, 'equal\n');
    const unknown = await dqoes(['policy', 'equals'], { env });
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /did you mean equal\?/);
  });

  it('watches: one JSON object a line, until Ctrl-C', async () => {
    const watcher = startDqoes(['ps', '--watch', '-o', 'json'], { env });
    await until(() => watcher.out.split('\n').length > 2, 'two looks', 30_000);
    assert.equal((await watcher.end('SIGINT')).code, 0);
    for (const line of watcher.out.trim().split('\n'))
      assert.ok('allocations' in (JSON.parse(line) as object));
  });

  it('runs an image from flags', async () => {
    const name = `${JOB}-flags`;
    const args = [
      'run',
      '--name',
      name,
      '--target',
      '20ms',
      '--memory',
      '32MiB',
      '--latency-pattern',
      'took (?<value>\\d+)',
      '--wait',
      'dqoes/tiny:1',
    ];
    const run = await dqoes([...args, 'sh', '-c', 'while :; do echo took 20; sleep 0.1; done'], {
      env,
    });
    assert.deepEqual([run.code, run.out], [0, `${name} created\n`], run.err);
    const stopped = await dqoes(['job', 'stop', name], { env });
    assert.deepEqual([stopped.code, stopped.out], [0, `${name} stopped\n`], stopped.err);
  });

  it('plans a job: where it would run, what is known of its target; changes nothing', async () => {
    const planned = await dqoes(['job', 'plan', '-'], {
      env,
      stdin: loggingJobFile(`${JOB}-new`).replace('12.5', '12.75'),
    });
    assert.equal(planned.code, 0, planned.err);
    assert.match(planned.out, new RegExp(`${JOB}-new-1 +${CLUSTER} +12ms mean ±20% +not known`));
    assert.match(planned.err, /Nothing was changed\./);
    const text = `${loggingJobFile(`${JOB}-far`)}constraints: { labels: { zone: moon } }\n`;
    const nowhere = await dqoes(['job', 'plan', '-', '-o', 'json'], { env, stdin: text });
    assert.equal(nowhere.code, 3, nowhere.err);
    const { plans } = JSON.parse(nowhere.out) as { plans: readonly JobPlan[] };
    assert.deepEqual(
      plans.map(({ change, allocations }) => [
        change,
        allocations[0]?.verdict,
        allocations[0]?.node,
      ]),
      [['created', 'nowhere', null]],
    );
    assert.match(plans[0]?.allocations[0]?.reason ?? '', /no label zone, zone=moon is required/);
    assert.equal((await dqoes(['job', 'plan', '-'], { env, stdin: 'name: x\n' })).code, 2);
    assert.deepEqual((await dqoes(['job', 'ls', '-q'], { env })).out.trim().split('\n'), [JOB]);
  });

  it('cordons, drains and opens a node', async () => {
    const states = async () => (await dqoes(['node', 'ls'], { env })).out;
    assert.deepEqual(
      (await dqoes(['node', 'cordon', CLUSTER], { env })).out,
      `${CLUSTER} cordoned\n`,
    );
    assert.match(await states(), /ready, cordoned/);
    const refused = await dqoes(['job', 'plan', '-'], { env, stdin: loggingJobFile(`${JOB}-new`) });
    assert.equal(refused.code, 3);
    assert.match(refused.out, /accepts no new allocations: cordoned/);
    const dry = await dqoes(['node', 'drain', CLUSTER, '--dry-run'], { env });
    assert.deepEqual([dry.code, /-1 would stay on .*: no other host/.test(dry.out)], [3, true]);
    assert.doesNotMatch(await states(), /draining/);
    await dqoes(['node', 'drain', CLUSTER], { env });
    assert.match(await states(), /ready, draining/);
    // There is nowhere else to go: what runs there stays.
    assert.deepEqual((await dqoes(['job', 'ls', '-q'], { env })).out.trim().split('\n'), [JOB]);
    assert.deepEqual(
      (await dqoes(['node', 'uncordon', CLUSTER], { env })).out,
      `${CLUSTER} open\n`,
    );
    assert.doesNotMatch(await states(), /cordoned|draining/);
    const unknown = await dqoes(['node', 'drain', 'nobody'], { env });
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /service\.not-found/);
  });

  it('exits with 3 when no node can take a job, with the reason', async () => {
    const run = await dqoes(
      [
        'run',
        '--name',
        `${JOB}-far`,
        '--target',
        '1s',
        '--constraint',
        'zone=moon',
        '--wait',
        '--wait-timeout',
        '2s',
        'dqoes/tiny:1',
      ],
      { env },
    );
    assert.equal(run.code, 3, run.err);
    assert.match(run.err, /no label zone, zone=moon is required/);
    await dqoes(['job', 'stop', `${JOB}-far`], { env });
  });

  it('stops a job, and says when there is none', async () => {
    assert.equal((await dqoes(['job', 'stop', JOB], { env })).code, 0);
    await until(() => ourContainers() === '', 'its container to be removed', 30_000);
    const gone = await dqoes(['job', 'status', JOB], { env });
    assert.deepEqual([gone.code, gone.out], [1, '']);
    assert.match(gone.err, /service\.not-found/);
  });

  it('ends on SIGINT with no container and no process left', async () => {
    const started = await dqoes(['job', 'run', '-', '--wait'], { env, stdin: loggingJobFile(JOB) });
    assert.equal(started.code, 0, started.err);
    assert.notEqual(ourContainers(), '');
    const { nats } = JSON.parse(await readFile(join(stateDir, 'up.pid'), 'utf8')) as {
      nats: { pid: number };
    };
    const ended = await up.end('SIGINT');
    assert.equal(ended.code, 0, ended.err);
    assert.equal(ourContainers(), '');
    assert.equal(processIdentity(nats.pid), undefined);
    assert.match(ended.out, /job\.submitted/);
  });
});
