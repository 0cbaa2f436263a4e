import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { MAX_WAITING_NODES } from '../../coordinator/ingest/ingest.js';
import { type FloodPlan, startFlood } from '../lib/flood.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { job, jobName, nodeId } from '../unit/coordinator/build.js';
import { ClusterOnNats } from './cluster-on-nats.js';

const LEASE_MS = 4000;
const REAL = { labels: { real: 'yes' } };

describe('floods of fake nodes and requests on a real nats-server', function () {
  this.timeout(300_000);
  let server: TestNatsServer;
  let cluster: ClusterOnNats;
  let name = '';
  let count = 0;
  before(async () => {
    server = await startNatsServer();
  });
  after(() => server.stop());
  beforeEach(async () => {
    count += 1;
    name = `flood${count}`;
    cluster = await ClusterOnNats.make(server.url, name);
  });
  afterEach(() => cluster.close());

  const floodOf = (change: Partial<FloodPlan>) =>
    startFlood({
      url: server.url,
      cluster: name,
      names: 2000,
      cores: 64,
      requests: 600,
      ...change,
    });

  it('leave the leader its lease and the real nodes in', async () => {
    const coordinator = await cluster.start('c1', { leaseMs: LEASE_MS });
    let lost = '';
    void coordinator.ended.then((why) => {
      lost = why;
    });
    await Promise.all(['h1', 'h2'].map((node) => cluster.agent(node, REAL)));
    const real = () =>
      coordinator.status().nodes.filter(({ labels }) => Object.hasOwn(labels, 'real'));
    await until(() => real().length === 2, 'the real nodes');
    const flood = floodOf({});
    try {
      await until(() => flood.counts().reports >= 2000, 'the flood to begin', 30_000);
      const before = flood.counts();
      const only = { constraints: { labels: { real: 'yes' } } };
      await cluster.call('job-submit', { jobs: [job('a', only)] });
      await until(() => flood.counts().reports >= before.reports + 10_000, '5 rounds', 60_000);
      assert.ok(flood.counts().answers > before.answers);
      assert.deepEqual(
        real().map(({ liveness }) => liveness),
        ['ready', 'ready'],
      );
      const a = () => coordinator.status().jobs[0];
      await until(
        () => a()?.state === 'running',
        () => `a to run; it is ${a()?.state}: ${a()?.reasons.join('; ').slice(0, 500)}`,
        120_000,
      );
    } finally {
      await flood.stop();
    }
    assert.equal(lost, '');
    assert.equal(cluster.eventsOf('dqoes.coordinator.elected').length, 1);
  });

  it('are no part of a cluster whose nodes are approved, and get no job', async () => {
    const coordinator = await cluster.start('c1', { leaseMs: LEASE_MS, registration: 'approved' });
    await cluster.agent('h1', REAL);
    await cluster.call('node-approve', { id: nodeId('h1') });
    const flood = floodOf({ requests: 0 });
    try {
      await until(() => flood.counts().reports >= 4000, 'the flood', 30_000);
      await cluster.call('job-submit', { jobs: [job('a', { replicas: 3 })] });
      await until(async () => {
        const { job: a } = await cluster.call('job-status', { name: jobName('a') });
        return a.state === 'running' && a.allocations.every(({ node }) => node === 'h1');
      }, 'a to run on h1');
      // A late one still gets in: the names that wait have places of their own.
      await cluster.agent('h2', REAL);
      await cluster.call('node-approve', { id: nodeId('h2') });
      const ready = () => coordinator.status().nodes.filter(({ isWaiting }) => isWaiting !== true);
      await until(() => ready().some(({ id }) => id === 'h2'), 'h2 to take part', 20_000);
      const waiting = coordinator.status().nodes.filter(({ isWaiting }) => isWaiting === true);
      assert.ok(waiting.length > 0 && waiting.length <= 2 * MAX_WAITING_NODES);
      assert.ok(coordinator.counters().ingest.waiting > 0);
      const joined = () => cluster.eventsOf('dqoes.node.joined').map(({ data }) => data.node);
      await until(
        () => joined().sort().join() === 'h1,h2',
        () => `who joined: ${joined()}`,
      );
    } finally {
      await flood.stop();
    }
  });

  it('that are over leave names that can be removed', async () => {
    const coordinator = await cluster.start('c1');
    const agent = await cluster.agent('h1');
    await until(() => coordinator.status().nodes.length === 1, 'h1');
    await cluster.call('job-submit', { jobs: [job('a')] });
    await until(() => agent.desired?.allocations.length === 1, 'a placed');
    const refused = await cluster.ask('node-remove', { id: nodeId('h1') });
    assert.ok(!refused.ok && refused.error[0]?.code === 'node.in-use');
    await cluster.call('job-stop', { name: jobName('a') });
    await until(() => agent.desired?.allocations.length === 0, 'a stopped');
    agent.stop();
    await cluster.call('node-remove', { id: nodeId('h1') });
    assert.deepEqual(coordinator.status().nodes, []);
    const nodes = await cluster.user.stores.open(name, 'nodes');
    assert.ok(nodes.ok);
    const read = await nodes.value.get('node.h1');
    assert.ok(read.ok && read.value === null);
    const unknown = await cluster.ask('node-remove', { id: nodeId('h1') });
    assert.ok(!unknown.ok && unknown.error[0]?.code === 'service.not-found');
  });
});
