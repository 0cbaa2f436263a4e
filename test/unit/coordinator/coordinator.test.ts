import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { silentLog } from '../../../shared/log.js';
import { decodeEvent } from '../../../proto/event.js';
import { createMemoryHub, type MemoryHub } from '../../../proto/memory-bus.js';
import { MemoryStores } from '../../../proto/memory-store.js';
import type { Bus } from '../../../proto/bus.js';
import { subjectsOf, type Verb } from '../../../proto/subjects.js';
import type { ServiceCalls } from '../../../proto/service.js';
import { callService } from '../../../proto/service-client.js';
import { type CoordinatorHandle, startCoordinator } from '../../../coordinator/coordinator.js';
import { ManualClock } from '../../lib/manual-clock.js';
import { container, job, jobName, nodeId, PARAMS, target } from './build.js';
import { FakeAgent } from './fake-agent.js';

const CLUSTER = 'test';
const subjects = subjectsOf(CLUSTER);

describe('coordinator', () => {
  let clock: ManualClock;
  let hub: MemoryHub;
  let bus: Bus;
  let stores: MemoryStores;
  let agent: FakeAgent;
  let events: string[];
  let running: CoordinatorHandle[];

  beforeEach(async () => {
    clock = new ManualClock();
    hub = createMemoryHub({ clock, log: silentLog });
    bus = hub.connect();
    stores = new MemoryStores({ clock, publish: (subject, data) => bus.publish(subject, data) });
    await stores.install(CLUSTER, { replicas: 1 });
    agent = new FakeAgent(hub.connect(), subjects, 'h1');
    events = [];
    bus.subscribe(subjects.allEvents, ({ data }) => {
      const event = decodeEvent(data);
      assert.ok(event.ok);
      events.push(event.value.type.replace('dqoes.', ''));
    });
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((each) => each.stop()));
  });

  const start = async (name = 'c1') => {
    const settings = { cluster: CLUSTER, name, policy: 'dqoes', params: PARAMS } as const;
    const started = await startCoordinator(settings, { bus: hub.connect(), stores, clock, log: silentLog });
    assert.ok(started.ok, JSON.stringify(started));
    running.push(started.value);
    await clock.advance(0);
    return started.value;
  };
  const call = async <V extends Verb>(verb: V, request: ServiceCalls[V]['request']) => {
    const answer = callService({ bus, subjects, timeoutMs: 60_000 }, verb, request);
    await clock.advance(50);
    return answer;
  };
  /** One report per second, as long as told. */
  const live = async (seconds: number) => {
    for (let i = 0; i < seconds; i += 1) {
      agent.report();
      await clock.advance(1000);
    }
  };
  const coresOf = (name: string) => agent.desired?.allocations.find(({ job: owner }) => owner === name)?.limit.cpuCores;

  it('places what is submitted, with limits, once a node reports', async () => {
    const coordinator = await start();
    const answer = await call('job-submit', { jobs: [job('a'), job('b', { replicas: 2 })] });
    assert.deepEqual(answer, { ok: true, value: { created: ['a', 'b'], updated: [], unchanged: [] } });
    assert.equal(coordinator.status().jobs[0]?.reasons[0], 'a-1: no node has reported yet');
    await live(1);
    assert.deepEqual(
      agent.desired?.allocations.map(({ id, limit }) => [id, limit.cpuCores]),
      [['a-1', 0.66666], ['b-1', 0.66666], ['b-2', 0.66666]],
    );
    await live(2);
    assert.deepEqual(coordinator.status().jobs.map(({ state }) => state), ['running', 'running']);
    assert.equal(coordinator.status().nodes[0]?.holds.revision, 1);
  });

  it('moves CPU from the fast to the slow, and tells the story in events', async () => {
    await start();
    // 100 ms ÷ limit: a needs 0.2 CPU, b needs 1.25.
    await call('job-submit', { jobs: [job('a', { target: target(500) }), job('b', { target: target(80) })] });
    await live(40);
    assert.ok((coresOf('b') ?? 0) > 1.1 && (coresOf('a') ?? 2) < 0.9, `${coresOf('a')} ${coresOf('b')}`);
    assert.deepEqual([...new Set(events)].sort(), [
      'allocation.limit-changed',
      'coordinator.elected',
      'job.class-changed',
      'job.infeasible',
      'job.placed',
      'job.started',
      'job.submitted',
      'node.joined',
    ]);
  });

  it('updates in place: a new target does not count as a restart, the same file changes nothing', async () => {
    await start();
    await call('job-submit', { jobs: [job('a')] });
    await live(2);
    const revision = agent.desired?.revision;
    assert.deepEqual(await call('job-submit', { jobs: [job('a')] }), { ok: true, value: { created: [], updated: [], unchanged: ['a'] } });
    assert.equal(agent.desired?.revision, revision);
    await call('job-submit', { jobs: [job('a', { target: target(250) })] });
    assert.deepEqual(
      [agent.desired?.revision, agent.desired?.allocations[0]?.spec?.target.latencyMs, agent.desired?.allocations[0]?.limit.cpuCores],
      [(revision ?? 0) + 1, 250, 2],
    );
    await call('job-submit', { jobs: [job('a', { image: 'dqoes/tiny:2' })] });
    assert.deepEqual([agent.desired?.allocations[0]?.id, agent.desired?.allocations[0]?.spec?.image], ['a-1', 'dqoes/tiny:2']);
  });

  it('stops a job and gives its CPU to nobody before the next step', async () => {
    await start();
    await call('job-submit', { jobs: [job('a'), job('b')] });
    await live(2);
    assert.deepEqual(await call('job-stop', { name: jobName('a') }), { ok: true, value: { stopped: 'a' } });
    assert.deepEqual(agent.desired?.allocations.map(({ id }) => id), ['b-1']);
    assert.deepEqual(events.filter((type) => type === 'job.stopped' || type === 'job.lost'), ['job.stopped']);
    const again = await call('job-stop', { name: jobName('a') });
    assert.ok(!again.ok && again.error[0]?.code === 'service.not-found');
  });

  it('changes the policy live and keeps it', async () => {
    const first = await start();
    await call('job-submit', { jobs: [job('a'), job('b')] });
    await live(2);
    await call('policy-set', { policy: 'default' });
    assert.deepEqual([coresOf('a'), coresOf('b')], [null, null]);
    await first.stop();
    await start();
    const got = await call('policy-get', {});
    assert.ok(got.ok && got.value.policy === 'default');
  });

  it('goes on after a restart: higher epoch, same revisions, same limits, nothing started again', async () => {
    const first = await start();
    await call('job-submit', { jobs: [job('a', { target: target(500) }), job('b', { target: target(80) })] });
    await live(12);
    await first.stop();
    const before = agent.desired;
    events.length = 0;
    const second = await start();
    assert.deepEqual([first.epoch, second.epoch, second.incarnation], [1, 2, first.incarnation]);
    const { epoch, ...rest } = agent.desired ?? { epoch: 0 };
    const { epoch: oldEpoch, ...oldRest } = before ?? { epoch: 0 };
    assert.deepEqual([oldEpoch, epoch], [1, 2]);
    assert.deepEqual(rest, oldRest);
    const listed = await call('node-list', {});
    assert.ok(listed.ok && listed.value.nodes[0]?.liveness === 'suspect' && listed.value.nodes[0].host.cpuUtilisationRatio === null);
    await live(2);
    assert.deepEqual(events, ['coordinator.elected']);
    assert.equal(agent.desired?.revision, before?.revision);
    await live(10);
    assert.ok((agent.desired?.revision ?? 0) > (before?.revision ?? 0));
  });

  it('yields to a later leader for ever', async () => {
    const first = await start('c1');
    await call('job-submit', { jobs: [job('a')] });
    await live(1);
    const second = await start('c2');
    assert.match(await first.ended, /epoch 2/);
    const answer = await call('job-submit', { jobs: [job('b')] });
    assert.ok(answer.ok);
    await live(1);
    assert.equal(second.status().jobs.length, 2);
    assert.ok(agent.commands.slice(-2).every(({ epoch }) => epoch === 2));
  });

  it('nudges again until the agent obeys', async () => {
    await start();
    await call('policy-set', { policy: 'equal' });
    agent.report();
    await clock.advance(0);
    agent.isDeaf = true;
    await call('job-submit', { jobs: [job('a')] });
    assert.equal(agent.commands.length, 1);
    await live(4);
    const heard = agent.commands.length;
    assert.ok(heard >= 2 && heard <= 5, `${heard} nudges`);
    assert.ok(agent.commands.every(({ revision }) => revision === 1));
    agent.isDeaf = false;
    await live(3);
    const settled = agent.commands.length;
    await live(5);
    assert.equal(agent.commands.length, settled);
  });

  it('adopts containers that opted in, and lets them go', async () => {
    await start();
    agent.others = [container('adopted-1', { origin: 'label', job: jobName('web') }), container('adopted-2', { origin: 'label', control: 'none', target: null })];
    await live(1);
    assert.deepEqual(agent.desired?.allocations.map(({ id, containerId }) => [id, containerId]), [['adopted-1', agent.others[0]?.containerId]]);
    agent.others = [];
    await live(1);
    assert.deepEqual(agent.desired?.allocations, []);
  });

  it('shows a silent node as suspect, then down, and touches nothing there', async () => {
    const coordinator = await start();
    await call('policy-set', { policy: 'equal' });
    await call('job-submit', { jobs: [job('a'), job('b')] });
    await live(2);
    const { revision } = agent.holds;
    await clock.advance(7000);
    assert.equal(coordinator.status().nodes[0]?.liveness, 'suspect');
    await clock.advance(10_000);
    assert.equal(coordinator.status().nodes[0]?.liveness, 'down');
    assert.deepEqual(events.filter((type) => type.startsWith('node.') || type === 'job.lost'), ['node.joined', 'node.suspect', 'node.down', 'job.lost', 'job.lost']);
    await live(1);
    assert.deepEqual([coordinator.status().nodes[0]?.liveness, agent.holds.revision], ['ready', revision]);
  });

  it('refuses what it cannot accept, every fault at once, and stores nothing of it', async () => {
    await start();
    const twins = ['a', 'b'].map((end) => job(`${'x'.repeat(58)}${end}`));
    const bad = job('bad', {
      replicas: 5000,
      resources: { cpu: { minCores: 0.001, maxCores: 0.0005 }, memoryBytes: 1 },
      latency: { source: 'log', pattern: '(', unit: 'ms' },
    });
    const answer = await call('job-submit', { jobs: [bad, ...twins, job('a'), job('a')] });
    assert.ok(!answer.ok);
    assert.deepEqual(
      answer.error.map(({ code, field }) => `${code} ${field}`),
      [
        'job.bad-value jobs[0].resources.cpu.min',
        'job.bad-value jobs[0].resources.cpu.max',
        'job.bad-value jobs[0].resources.memory',
        'job.bad-value jobs[0].replicas',
        'job.bad-value jobs[0].latency.pattern',
        'job.bad-value jobs[2].name',
        'job.duplicate jobs[4].name',
      ],
    );
    const jobs = await call('job-list', {});
    assert.deepEqual(jobs, { ok: true, value: { jobs: [] } });
  });

  it('answers JSON in JSON, and nonsense with a coded fault', async () => {
    await start();
    const headers = { 'content-type': 'application/json' };
    const ask = async (text: string) => {
      const asked = bus.request(subjects.service('policy-set'), new TextEncoder().encode(text), { timeoutMs: 60_000, headers });
      await clock.advance(50);
      const answer = await asked;
      assert.ok(answer.ok);
      return JSON.parse(new TextDecoder().decode(answer.value.data));
    };
    assert.deepEqual(await ask('{"policy":"equal"}'), { ok: true, value: { policy: 'equal' } });
    const refused = await ask('{"policy":"fair"}');
    assert.deepEqual([refused.ok, refused.faults[0].code, refused.faults[0].field], [false, 'service.bad-request', 'policy']);
    assert.equal((await ask('{')).faults[0].code, 'service.bad-request');
  });

  it('starts only on stores that exist and can be read, and says which is at fault', async () => {
    const begin = () =>
      startCoordinator({ cluster: CLUSTER, name: 'c', policy: 'dqoes', params: PARAMS }, { bus: hub.connect(), stores, clock, log: silentLog });
    const jobs = await stores.open(CLUSTER, 'jobs');
    assert.ok(jobs.ok);
    await jobs.value.put('a', new Uint8Array([255, 255]));
    const unreadable = await begin();
    assert.ok(!unreadable.ok && unreadable.error[0]?.field === 'jobs/a');
    stores.destroy(CLUSTER, 'desired');
    const missing = await begin();
    assert.ok(!missing.ok && /desired does not exist/.test(missing.error[0]?.message ?? ''));
  });

  it('never takes a vanished bucket for an empty cluster', async () => {
    const coordinator = await start();
    await call('job-submit', { jobs: [job('a')] });
    await live(2);
    stores.destroy(CLUSTER, 'desired');
    const { revision } = agent.holds;
    await call('job-submit', { jobs: [job('b')] });
    await live(3);
    assert.deepEqual([agent.holds.revision, agent.desired?.allocations.length], [revision, 1]);
    assert.ok(coordinator.counters().dispatch.failed > 0);
  });

  it('counts malformed messages and goes on', async () => {
    const coordinator = await start();
    for (const road of [subjects.telemetry(agent.node), subjects.ack(agent.node), subjects.telemetry(nodeId('x'))])
      bus.publish(road, new Uint8Array([0xc1, 0xff]));
    await live(1);
    assert.deepEqual(Object.fromEntries(coordinator.counters().ingest.rejected), { 'wire.malformed': 3 });
    assert.equal(coordinator.status().nodes.length, 1);
  });
});
