import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { quotaFileOf } from '../bench/lib/containers.js';
import { docker } from '../lib/docker-command.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { dqoes, type Program, startDqoes } from './cli-program.js';

const ID = `path-${process.pid}`;
const ORIGINAL_QUOTA_US = 123_000;
const TALK = 'while true; do echo \'{"ms":50}\'; sleep 0.1; done';

/**
 * The three programs as an operator runs them; limits are read from the cgroup files, not asked of
 * dqoes.
 */
describe('the whole path: submit, limit, SIGKILL, restart, restore', function () {
  this.timeout(120_000);
  let folder = '';
  let nats: TestNatsServer;
  let coordinator: Program;
  let agent: Program;
  let adopted = '';

  const cli = (...args: readonly string[]) => dqoes([...args, '--nats', nats.url, '--cluster', ID]);
  const startAgent = (): Program =>
    startDqoes(['agent', '--config', join(folder, 'agent.yaml'), '--nats', nats.url]);
  const quotaUs = async (id: string): Promise<number> =>
    Number((await readFile(quotaFileOf(id), 'utf8')).split(' ')[0]);
  const jobContainers = async (): Promise<readonly string[]> => {
    const ids = await docker(
      'ps',
      '--quiet',
      '--no-trunc',
      '--filter',
      `label=dqoes.cluster=${ID}`,
    );
    return ids === '' ? [] : ids.split('\n');
  };
  /** Quota of every container under control, adopted one first. */
  const quotas = async (): Promise<readonly number[]> =>
    Promise.all([adopted, ...(await jobContainers())].map(quotaUs));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-path-'));
    nats = await startNatsServer();
    const config = [
      `node: ${ID}`,
      `cluster: ${ID}`,
      `state-dir: ${join(folder, 'state')}`,
      `records-dir: ${join(folder, 'engines')}`,
      'docker: { parent-weight: off }',
      `label-prefix: ${ID}.`,
      'push: { enable: false }',
    ];
    await writeFile(join(folder, 'agent.yaml'), `${config.join('\n')}\n`);
    await writeFile(join(folder, 'coordinator.yaml'), `cluster: ${ID}\npolicy: equal\n`);
    const labels = [
      `${ID}.enable=true`,
      `${ID}.target=1s`,
      `${ID}.latency.source=log`,
      `${ID}.latency.pattern="ms":(?<value>[0-9.]+)`,
      `${ID}.latency.unit=ms`,
    ];
    const flags = labels.flatMap((label) => ['--label', label]);
    adopted = await docker(
      'run',
      '--detach',
      '--network',
      'none',
      '--stop-timeout',
      '0',
      '--cpu-quota',
      String(ORIGINAL_QUOTA_US),
      ...flags,
      'dqoes/tiny:1',
      'sh',
      '-c',
      TALK,
    );
    coordinator = startDqoes([
      'coordinator',
      '--install',
      '--config',
      join(folder, 'coordinator.yaml'),
      '--nats',
      nats.url,
    ]);
    agent = startAgent();
  });
  after(async () => {
    await Promise.all([agent.end('SIGKILL'), coordinator.end('SIGKILL')]);
    await docker('rm', '--force', adopted, ...(await jobContainers()));
    await nats.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('limits a submitted job and an adopted container in their cgroup files', async () => {
    const file =
      `name: ${ID}\nimage: dqoes/tiny:1\ncommand: [sh, -c, ${JSON.stringify(TALK)}]\ntarget: ` +
      '{ latency: 1s }\nresources: { memory: 64MiB }\nlatency: { source: log, unit: ms, ' +
      `pattern: '"ms":(?<value>[0-9.]+)' }\nreplicas: 2\n`;
    await writeFile(join(folder, 'job.yaml'), file);
    const run = await answered(
      () => cli('job', 'run', join(folder, 'job.yaml')),
      ({ code }) => code === 0,
    );
    assert.equal(run.code, 0, run.err);
    await until(
      async () => {
        const now = await quotas();
        return now.length === 3 && now.every((quota) => quota > 0 && quota === now[0]);
      },
      'three equal limits',
      60_000,
    );
    assert.notEqual(await quotaUs(adopted), ORIGINAL_QUOTA_US);
  });

  it('keeps the limits when the agent is killed, and goes on when it is restarted', async () => {
    const before = await quotas();
    await agent.end('SIGKILL');
    assert.deepEqual(await quotas(), before);
    agent = startAgent();
    await until(
      async () => (await cli('node', 'ls', '-o', 'json')).out.includes('"ready"'),
      'the node to be ready again',
      60_000,
    );
    const stopped = await cli('job', 'stop', ID);
    assert.equal(stopped.code, 0, stopped.err);
    await until(
      async () => (await jobContainers()).length === 0,
      'the job containers to be gone',
      60_000,
    );
    await until(
      async () => (await quotaUs(adopted)) > (before[0] ?? 0),
      'the adopted container to get what was freed',
      60_000,
    );
  });

  it('finds the original limit by restore after another SIGKILL', async () => {
    assert.notEqual(await quotaUs(adopted), ORIGINAL_QUOTA_US);
    await agent.end('SIGKILL');
    const restored = await dqoes(['agent', 'restore', '--config', join(folder, 'agent.yaml')]);
    assert.equal(restored.code, 0, restored.err);
    assert.equal(await quotaUs(adopted), ORIGINAL_QUOTA_US);
  });
});

/**
 * Repeats a call until its answer will do (the programs are still starting), at most 30 s; gives
 * the last answer.
 */
async function answered<T>(call: () => Promise<T>, enough: (answer: T) => boolean): Promise<T> {
  let answer = await call();
  await until(
    async () => {
      if (!enough(answer)) answer = await call();
      return enough(answer);
    },
    'the coordinator to take the call',
    30_000,
  );
  return answer;
}
