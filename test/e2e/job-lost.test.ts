import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { NatsClient } from '../../proto/nats/connect.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { NodeId } from '../../shared/ids.js';
import { docker } from '../lib/docker-command.js';
import { dqoesHere } from '../lib/dqoes-here.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { dqoes, type Program, startDqoes } from './cli-program.js';
import { containersOf, loggingJobFile } from './up-cluster.js';

const CLUSTER = `e2e-lost-${process.pid}`;
const JOB = `lost-${process.pid}`;
/** So long its registry takes to say that there is no such image, ms: reports come meanwhile. */
const SLOW_MS = 1250;
const AWAY = 'job.lost: its container was gone when its agent was started again';
/** The engine kills it first: a report may come between. */
const GONE = /^job\.lost: (?:its container is gone, and nobody asked|exited with code 137)/;

describe('cli: containers that somebody removes on their host, on a real engine', function () {
  this.timeout(120_000);
  let folder = '';
  let nats: TestNatsServer;
  let client: NatsClient;
  let reports = 0;
  const registry = createServer((_, response) => {
    setTimeout(() => response.writeHead(404).end(), SLOW_MS);
  });
  let coordinator: Program;
  let agent: Program;

  const startAgent = (): Program =>
    startDqoes(['agent', '-c', join(folder, 'agent.yaml'), '--nats', nats.url]);
  const env = () => ({
    DQOES_NATS_URL: nats.url,
    DQOES_CLUSTER: CLUSTER,
    XDG_RUNTIME_DIR: folder,
  });
  const run = (args: readonly string[], stdin = '') => dqoes(args, { env: env(), stdin });
  /** What a command prints, in this process: a program for each look would keep a core busy. */
  const look = async (args: readonly string[]): Promise<string> =>
    (await dqoesHere(args, { env: env() }).ended).out;
  /** Starts, losses and failed starts of a job so far, as `type: reason`. */
  const eventsOf = async (job: string): Promise<readonly string[]> => {
    const types = 'job.started,job.lost,job.start-failed';
    const asked = ['events', '--job', job, '--since', '1h', '--type', types, '-o', 'json'];
    const lines = (await look(asked)).split('\n').filter((line) => line !== '');
    return lines.map((line) => {
      const { type, data } = JSON.parse(line) as { type: string; data: { reason?: string } };
      return [type.replace('dqoes.', ''), data.reason ?? []].flat().join(': ');
    });
  };
  const waitFor = (job: string, last: string, count: number) =>
    until(
      async () => (await eventsOf(job)).filter((each) => each.startsWith(last)).length >= count,
      `${count} of ${last}`,
      30_000,
    );
  /** Until what the host says next has long been compared with what it says after that. */
  const reportsPass = (): Promise<void> => {
    const begun = reports;
    return until(() => reports >= begun + 4, 'reports of the host', 30_000);
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-lost-e2e-'));
    nats = await startNatsServer();
    registry.listen(0, '127.0.0.1');
    client = await connectForTest(nats.url);
    client.bus.subscribe(subjectsOf(CLUSTER).telemetry(CLUSTER as NodeId), () => {
      reports += 1;
    });
    const settings = [
      ...[`node: ${CLUSTER}`, `cluster: ${CLUSTER}`, `state-dir: ${folder}`, 'interval: 500ms'],
      ...[`records-dir: ${folder}/engines`, 'docker: { parent-weight: off }'],
      ...[`label-prefix: lost${process.pid}.`, 'push: { enable: false }'],
    ];
    await writeFile(join(folder, 'agent.yaml'), `${settings.join('\n')}\n`);
    await writeFile(join(folder, 'coordinator.yaml'), `cluster: ${CLUSTER}\n`);
    const config = join(folder, 'coordinator.yaml');
    coordinator = startDqoes(['coordinator', '--install', '--config', config, '--nats', nats.url]);
    agent = startAgent();
    await until(
      async () => (await look(['node', 'ls', '-q'])) === `${CLUSTER}\n`,
      'the node to be listed',
      30_000,
    );
  });

  after(async () => {
    await agent.end('SIGTERM');
    await coordinator.end('SIGTERM');
    for (const id of containersOf(CLUSTER).split('\n')) if (id !== '') await docker('rm', '-f', id);
    await client.bus.close();
    registry.close();
    await nats.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are lost, and started again, each in one event', async () => {
    const { code, err } = await run(['job', 'run', '-', '--wait'], loggingJobFile(JOB));
    assert.equal(code, 0, err);
    await waitFor(JOB, 'job.started', 1);
    for (const count of [1, 2]) {
      await docker('rm', '-f', containersOf(CLUSTER));
      await waitFor(JOB, 'job.started', count + 1);
    }
    await reportsPass();
    const said = (await eventsOf(JOB)).map((each) => (GONE.test(each) ? 'gone' : each));
    assert.deepEqual(said, ['job.started', 'gone', 'job.started', 'gone', 'job.started']);
  });

  it('are not where the agent is started again, unless they were removed meanwhile', async () => {
    const before = await eventsOf(JOB);
    await agent.end('SIGTERM');
    agent = startAgent();
    await reportsPass();
    assert.deepEqual(await eventsOf(JOB), before);
    await agent.end('SIGTERM');
    await docker('rm', '-f', containersOf(CLUSTER));
    agent = startAgent();
    const starts = before.filter((each) => each === 'job.started').length;
    await waitFor(JOB, 'job.started', starts + 1);
    await reportsPass();
    assert.deepEqual(await eventsOf(JOB), [...before, AWAY, 'job.started']);
  });

  it('are not where dqoes removes them: for a change, fewer replicas, a stop', async () => {
    const lostNow = async () =>
      (await eventsOf(JOB)).filter((each) => each.startsWith('job.lost')).length;
    const before = await lostNow();
    const file = `${loggingJobFile(JOB)}env: { LEVEL: two }\n`;
    for (const text of [file, `${file}replicas: 2\n`, file]) {
      const { code, err } = await run(['job', 'run', '-', '--wait'], text);
      assert.equal(code, 0, err);
      await reportsPass();
    }
    assert.equal((await run(['job', 'stop', JOB])).code, 0);
    await until(() => containersOf(CLUSTER) === '', 'them to be removed', 30_000);
    await reportsPass();
    assert.equal(await lostNow(), before);
  });

  it('are lost once where they are killed and then removed', async () => {
    const name = `${JOB}-killed`;
    assert.equal((await run(['job', 'run', '-', '--wait'], loggingJobFile(name))).code, 0);
    await waitFor(name, 'job.started', 1);
    await docker('kill', containersOf(CLUSTER));
    await waitFor(name, 'job.lost', 1);
    await docker('rm', containersOf(CLUSTER));
    await waitFor(name, 'job.started', 2);
    await reportsPass();
    const said = ['job.started', 'job.lost: exited with code 137', 'job.started'];
    assert.deepEqual(await eventsOf(name), said);
    assert.equal((await run(['job', 'stop', name])).code, 0);
  });

  it('whose image is missing are said once, also after a restart of the agent', async () => {
    const name = `${JOB}-none`;
    const { port } = registry.address() as AddressInfo;
    const text = loggingJobFile(name).replace('dqoes/tiny:1', `127.0.0.1:${port}/none:9`);
    assert.equal((await run(['job', 'run', '-'], text)).code, 0);
    await waitFor(name, 'job.start-failed', 1);
    const before = await eventsOf(name);
    await agent.end('SIGTERM');
    agent = startAgent();
    const stateNow = async (): Promise<string> => {
      const out = await look(['job', 'status', name, '-o', 'json']);
      const { allocations } = JSON.parse(out) as {
        allocations: readonly { container: { state: string } | null }[];
      };
      return allocations[0]?.container?.state ?? '';
    };
    await reportsPass();
    await until(async () => (await stateNow()) === 'failed', 'it to fail again', 30_000);
    await reportsPass();
    assert.deepEqual([before.length, await eventsOf(name)], [1, before]);
    assert.equal((await run(['job', 'stop', name])).code, 0);
  });
});
