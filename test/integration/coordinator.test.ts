import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { CoordinatorHandle } from '../../coordinator/contract.js';
import { startCoordinator } from '../../coordinator/start.js';
import { decodeEvent } from '../../proto/event.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { DqoesEvent } from '../../proto/schemas/event.js';
import { type ServiceCalls, TOKEN_VERBS, VERBS, type Verb } from '../../proto/schemas/service.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import { encodeReport } from '../../proto/telemetry.js';
import type { Log } from '../../shared/log.js';
import { silentLog } from '../../shared/log.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { job, jobName, nodeId, PARAMS, report, target } from '../unit/coordinator/build.js';
import { FakeAgent } from '../unit/coordinator/fake-agent.js';

/** A real nats-server, the real wire; only the agent's containers are made up. */
describe('coordinator on a real nats-server', () => {
  let server: TestNatsServer;
  let clients: NatsClient[];
  let user: NatsClient;
  let agent: FakeAgent;
  let reporting: AbortController;
  let running: CoordinatorHandle[];
  let events: DqoesEvent[];
  let count = 0;
  let cluster = '';
  let subjects = subjectsOf('');

  before(async () => {
    server = await startNatsServer();
  });
  after(() => server.stop());

  const connect = async (log?: Log) => {
    const client = await connectForTest(server.url, log);
    clients.push(client);
    return client;
  };

  beforeEach(async () => {
    count += 1;
    cluster = `it${count}`;
    subjects = subjectsOf(cluster);
    clients = [];
    running = [];
    events = [];
    user = await connect();
    assert.ok((await user.stores.install(cluster, { replicas: 1 })).ok);
    user.bus.subscribe(subjects.allEvents, ({ data }) => {
      const event = decodeEvent(data);
      if (event.ok) events.push(event.value);
    });
    agent = new FakeAgent((await connect()).bus, subjects, 'h1');
    reporting = new AbortController();
    void (async () => {
      while (!reporting.signal.aborted) {
        agent.report({ intervalMs: 200 });
        await systemClock.sleep(100, reporting.signal);
      }
    })();
  });
  afterEach(async () => {
    reporting.abort();
    agent.stop();
    await Promise.all(running.map((each) => each.stop()));
    await Promise.all(clients.map(({ bus }) => bus.close()));
  });

  const params = { ...PARAMS, intervalMs: 300, maxIntervalMs: 1200 };
  const start = async (name: string, log: Log = silentLog) => {
    const { bus, stores } = await connect();
    const started = await startCoordinator(
      { cluster, name, policy: 'dqoes', params, leaseMs: 10_000, replicas: 1, acceptLost: [] },
      { bus, stores, clock: systemClock, log },
    );
    assert.ok(started.ok, JSON.stringify(started));
    running.push(started.value);
    return started.value;
  };
  const call = async <V extends Verb>(verb: V, request: ServiceCalls[V]['request']) => {
    const answer = await callService({ bus: user.bus, subjects, timeoutMs: 5000 }, verb, request);
    assert.ok(answer.ok, JSON.stringify(answer));
    return answer.value;
  };
  const coresOf = (name: string) =>
    agent.desired?.allocations.find(({ job: owner }) => owner === name)?.limit.cpuCores ??
    Number.NaN;
  const typesSeen = () => new Set(events.map(({ type }) => type));

  it('takes a job from submission to its target', async () => {
    await start('c1');
    // 100 ms ÷ limit: a needs 0.2 CPU, b 1.25.
    await call('job-submit', {
      jobs: [job('a', { target: target(500) }), job('b', { target: target(80) })],
    });
    await until(() => agent.desired?.allocations.length === 2, 'both placed');
    await until(async () => {
      const { job: b } = await call('job-status', { name: jobName('b') });
      return b.state === 'running' && b.allocations[0]?.qoeClass === 'within';
    }, 'b within its target');
    assert.ok(coresOf('a') + coresOf('b') <= 2 + 1e-9);
    const { nodes } = await call('node-list', {});
    assert.deepEqual(
      nodes.map(({ id, liveness }) => [id, liveness]),
      [['h1', 'ready']],
    );
    for (const type of [
      'dqoes.coordinator.elected',
      'dqoes.job.submitted',
      'dqoes.job.placed',
      'dqoes.job.started',
      'dqoes.job.class-changed',
      'dqoes.allocation.limit-changed',
      'dqoes.node.joined',
    ] as const)
      await until(() => typesSeen().has(type), type);
    await call('job-stop', { name: jobName('a') });
    await until(() => agent.desired?.allocations.length === 1, 'a stopped');
  });

  it('goes on after a restart: a higher epoch, the same revision, nothing moved', async () => {
    const first = await start('c1');
    await call('policy-set', { policy: 'equal' });
    await call('job-submit', { jobs: [job('a'), job('b', { replicas: 2 })] });
    await until(() => agent.desired?.allocations.length === 3, 'all placed');
    await first.stop();
    const before = agent.desired;
    const second = await start('c2');
    await until(() => agent.holds.epoch === second.epoch, 'the node holds the new epoch');
    assert.deepEqual([first.epoch, second.epoch], [1, 2]);
    assert.deepEqual({ ...agent.desired, epoch: 0 }, { ...before, epoch: 0 });
    await until(
      () => second.status().jobs.every(({ state }) => state === 'running'),
      'all seen running',
    );
    assert.equal(agent.desired?.revision, before?.revision);
    assert.equal(second.status().policy, 'equal');
    await call('job-submit', { jobs: [job('c')] });
    await until(() => agent.desired?.allocations.length === 4, 'c placed');
    assert.equal(agent.desired?.revision, (before?.revision ?? 0) + 1);
  });

  it('keeps what it acknowledged when it is cut off before any node knew of it', async () => {
    reporting.abort();
    const first = await start('c1');
    await call('job-submit', { jobs: [job('a')] });
    await first.stop();
    await start('c2');
    const { jobs } = await call('job-list', {});
    assert.deepEqual(
      jobs.map(({ spec, state }) => [spec.name, state]),
      [['a', 'pending']],
    );
  });

  it('yields to a later leader, which alone steers from then on', async () => {
    const first = await start('c1');
    await call('job-submit', { jobs: [job('a')] });
    await until(() => agent.holds.epoch === 1 && agent.holds.revision === 1, 'a placed');
    const second = await start('c2');
    assert.match(await first.ended, /epoch 2/);
    await call('job-submit', { jobs: [job('b')] });
    await until(() => agent.desired?.allocations.length === 2, 'b placed');
    assert.equal(agent.holds.epoch, second.epoch);
  });

  it('heals a lost nudge', async () => {
    await start('c1');
    await call('policy-set', { policy: 'equal' });
    agent.isDeaf = true;
    await call('job-submit', { jobs: [job('a')] });
    await until(() => agent.commands.length >= 2, 'nudged again');
    agent.isDeaf = false;
    await until(() => agent.desired?.allocations.length === 1, 'obeyed at last');
  });

  it('counts malformed, foreign and old messages by code and logs each kind once', async () => {
    const lines: string[] = [];
    const note: Log['warn'] = (message, fields) =>
      void (message.startsWith('ingest') && lines.push(`${fields?.node} ${fields?.code}`));
    const coordinator = await start('c1', { info: note, warn: note, error: note });
    await until(() => coordinator.status().nodes.length === 1, 'h1 known');
    const said = (node: string, change = {}) =>
      encodeReport(report(node, { bootId: 'boot-9', ...change }));
    const h2 = subjects.telemetry(nodeId('h2'));
    const rejected = () => coordinator.counters().ingest.rejected;
    const total = () => [...rejected().values()].reduce((sum, n) => sum + n, 0);
    // One at a time: of several that wait, the newest is read.
    const refused = async (subject: string, data: Uint8Array): Promise<void> => {
      const before = total();
      user.bus.publish(subject, data);
      await until(() => total() === before + 1, 'refused');
    };
    for (let i = 0; i < 5; i += 1) await refused(h2, new Uint8Array([0xc1, i]));
    await refused(h2, new Uint8Array(300_000));
    await refused(h2, said('h1'));
    await refused(subjects.ack(nodeId('h2')), new Uint8Array([1, 2, 3]));
    const h3 = subjects.telemetry(nodeId('h3'));
    user.bus.publish(h3, said('h3', { sequence: 7 }));
    await until(() => coordinator.status().nodes.length === 2, 'h3 known');
    await refused(h3, said('h3', { sequence: 6 }));
    assert.deepEqual(Object.fromEntries(rejected()), {
      'wire.malformed': 6,
      'wire.too-large': 1,
      'wire.identity': 1,
      'wire.stale': 1,
    });
    assert.deepEqual(lines.sort(), [
      'h2 wire.identity',
      'h2 wire.malformed',
      'h2 wire.malformed',
      'h2 wire.too-large',
      'h3 wire.stale',
    ]);
    assert.deepEqual(
      coordinator.status().nodes.map(({ id }) => id),
      ['h1', 'h3'],
    );
  });

  it('finds itself by service discovery', async () => {
    await start('c1');
    const answer = await user.bus.request('$SRV.INFO.dqoes-coordinator', new Uint8Array(), {
      timeoutMs: 5000,
    });
    assert.ok(answer.ok);
    const info = JSON.parse(new TextDecoder().decode(answer.value.data));
    // Each verb is served at two subjects: without a key, and with one. Some by a token, too.
    assert.equal(info.endpoints.length, 2 * VERBS.length + 2 * TOKEN_VERBS.length);
  });

  it('outlives a restart of the server', async () => {
    const coordinator = await start('c1');
    await call('job-submit', { jobs: [job('a')] });
    await until(() => agent.desired?.allocations.length === 1, 'a placed');
    await server.kill();
    await server.start();
    await until(
      async () =>
        (
          await callService({ bus: user.bus, subjects, timeoutMs: 500 }, 'job-submit', {
            jobs: [job('b')],
          })
        ).ok,
      'answers again',
      30_000,
    );
    await until(() => agent.desired?.allocations.length === 2, 'b placed', 30_000);
    assert.equal(coordinator.epoch, 1);
  }).timeout(70_000);
});
