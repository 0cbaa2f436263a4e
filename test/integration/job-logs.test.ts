import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { serveLogs } from '../../agent/inbox/log-service.js';
import { realClock } from '../../cli/clock.js';
import { readCliConfig } from '../../cli/config.js';
import { runProgram } from '../../cli/program.js';
import type { Subscription } from '../../proto/bus.js';
import type { ContainerId, NodeId } from '../../shared/ids.js';
import { testApp } from '../lib/cli-app.js';
import type { FakeContainer } from '../lib/fake-container.js';
import { FakeEngine } from '../lib/fake-engine.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { containerIdOf, job } from '../unit/coordinator/build.js';
import { ClusterOnNats } from './cluster-on-nats.js';

/** The log service of a node, over containers that are made up when they are asked for. */
class LogHost {
  readonly engine = new FakeEngine();
  #serving: Subscription | undefined;

  constructor(
    readonly cluster: ClusterOnNats,
    readonly node: string,
  ) {}

  containerOf(allocation: string): FakeContainer {
    const id = containerIdOf(allocation) as ContainerId;
    const known = this.engine.containers.get(id);
    if (known !== undefined) return known;
    const made = this.engine.create({ name: allocation });
    this.engine.containers.delete(made.id);
    this.engine.containers.set(id, Object.assign(made, { id }));
    return made;
  }

  write(allocation: string, ...lines: readonly string[]): void {
    for (const line of lines) this.engine.write(this.containerOf(allocation).id, line);
  }

  async start(): Promise<void> {
    const { bus } = await this.cluster.connect();
    const containerOf = (allocation: string) => this.containerOf(allocation).id;
    const { subjects } = this.cluster;
    const node = this.node as NodeId;
    const place = { bus, subjects, node, containerOf, clock: realClock };
    this.#serving = await serveLogs({ ...place, engine: this.engine, version: 'test' });
    await bus.flush();
  }

  stop(): void {
    this.#serving?.unsubscribe();
  }
}

describe('dqoes job logs on a real NATS server', function () {
  this.timeout(60_000);
  let server: TestNatsServer;
  let cluster: ClusterOnNats;
  let hosts: Record<'h1' | 'h2', LogHost>;
  before(async () => {
    server = await startNatsServer();
    cluster = await ClusterOnNats.make(server.url, 'logs');
    await cluster.agent('h1');
    await cluster.start('c1');
    hosts = { h1: new LogHost(cluster, 'h1'), h2: new LogHost(cluster, 'h2') };
    for (const host of Object.values(hosts)) await host.start();
    await until(async () => (await cluster.call('node-list', {})).nodes.length === 1, 'h1');
    await cluster.call('job-submit', { jobs: [job('face')] });
    await until(async () => (await placeOf('face')).join().endsWith('h1 running'), 'face');
  });
  after(async () => {
    for (const host of Object.values(hosts)) host.stop();
    await cluster.close();
    await server.stop();
  });

  const placeOf = async (name: string): Promise<readonly string[]> => {
    const answer = await cluster.ask('job-status', { name: job(name).name });
    const allocations = answer.ok ? answer.value.job.allocations : [];
    return allocations.map(({ id, node, container }) => `${id} ${node} ${container?.state}`);
  };
  /** Runs `job logs` as a person would, until `end`. */
  const logs = (words: string) => {
    const stop = new AbortController();
    const made = testApp();
    const env = { HOME: '/nowhere', DQOES_NATS_URL: server.url, DQOES_CLUSTER: 'logs' };
    const app = { ...made.app, config: readCliConfig(env), clock: realClock, signal: stop.signal };
    const code = runProgram(['job', 'logs', ...words.split(' ')], app);
    const end = async (): Promise<number> => {
      stop.abort();
      return code;
    };
    return { ...made, code, end };
  };

  it('prints what is there, from a line or a time on, with times', async () => {
    hosts.h1.write('face-1', 'one', 'two', 'three');
    const last = logs('face --tail 2');
    assert.equal(await last.code, 0, last.problems.join());
    assert.deepEqual(last.out, ['two', 'three']);
    const stamped = logs('face --tail all --timestamps');
    assert.equal(await stamped.code, 0, stamped.problems.join());
    assert.match(stamped.out[0] ?? '', /^2099-01-01T00:00:00\.000000000Z one$/);
    const [, second = ''] = stamped.out;
    const since = logs(`face --since ${second.split(' ')[0]}`);
    assert.equal(await since.code, 0, since.problems.join());
    assert.deepEqual(since.out, ['two', 'three']);
    assert.equal(await logs('nope --since 1h').code, 1);
  });

  it('follows a job through the end of its agent, and to another node', async () => {
    const followed = logs('face --follow --tail 1');
    await until(() => followed.out.length === 1, 'the last line');
    hosts.h1.write('face-1', 'four');
    await until(() => followed.out.includes('four'), 'a new line');
    hosts.h1.stop();
    hosts.h1.write('face-1', 'unheard');
    await until(() => /does not answer/.test(followed.messages.join()), 'that the agent is away');
    await hosts.h1.start();
    await until(() => followed.out.includes('unheard'), 'what was written meanwhile');
    await cluster.agent('h2');
    await until(async () => (await cluster.call('node-list', {})).nodes.length === 2, 'h2');
    await cluster.call('node-set', { id: 'h1' as NodeId, scheduling: 'draining' });
    await until(async () => (await placeOf('face')).join().includes('h2'), 'the successor', 20_000);
    const successor = (await placeOf('face')).find((each) => each.includes('h2'))?.split(' ')[0];
    hosts.h2.write(successor ?? '', 'on h2');
    await until(() => followed.out.includes('on h2'), 'a line from the other node', 20_000);
    assert.match(followed.messages.join('\n'), /^face-1 moves from h1 to h2, as face-\d$/m);
    assert.deepEqual(followed.out, ['three', 'four', 'unheard', 'on h2']);
    assert.equal(await followed.end(), 0);
    const { engine } = hosts.h2;
    const open = () => [...engine.containers.values()].some(({ watchers }) => watchers.size > 0);
    await until(() => !open(), 'the node to hear that nobody reads');
  });
});
