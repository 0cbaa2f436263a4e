import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { LEAVE_HEADER } from '../../proto/command.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { job } from '../unit/coordinator/build.js';
import type { FakeAgent } from '../unit/coordinator/fake-agent.js';
import { ClusterOnNats } from './cluster-on-nats.js';

describe('two agents of one name on a real nats-server', () => {
  let server: TestNatsServer;
  let cluster: ClusterOnNats;
  let count = 0;
  before(async () => {
    server = await startNatsServer();
  });
  after(() => server.stop());
  beforeEach(async () => {
    count += 1;
    cluster = await ClusterOnNats.make(server.url, `twin${count}`);
  });
  afterEach(() => cluster.close());

  const leavingOf = (agent: FakeAgent): readonly string[] => {
    const told: string[] = [];
    cluster.user.bus.subscribe(cluster.subjects.command(agent.node), ({ headers }) => {
      const leaving = headers[LEAVE_HEADER];
      if (leaving !== undefined) told.push(leaving);
    });
    return told;
  };

  it('leave the first one in charge, tell the second, and one event tells of it', async () => {
    const coordinator = await cluster.start('c1');
    const first = await cluster.agent('h1');
    await cluster.call('job-submit', { jobs: [job('a')] });
    await until(() => coordinator.status().jobs[0]?.state === 'running', 'a to run');
    const told = leavingOf(first);
    const clone = await cluster.agent('h1', { bootId: 'boot-2', isDeaf: true });
    await until(() => told.length > 0, 'the clone to be told');
    clone.stop();
    const until6s = Date.now() + 6000;
    await until(() => {
      const [node] = coordinator.status().nodes;
      assert.equal(node?.liveness, 'ready');
      return Date.now() > until6s;
    }, '6 s with the node ready');
    assert.deepEqual([...new Set(told)], ['boot-2']);
    assert.equal(coordinator.status().jobs[0]?.state, 'running');
    assert.deepEqual(
      cluster.eventsOf('dqoes.node.twin').map(({ data }) => [data.node, data.twinBootId]),
      [['h1', 'boot-2']],
    );
    assert.deepEqual(cluster.eventsOf('dqoes.job.lost'), []);
  }).timeout(30_000);

  it('leave the first one in charge under the next leader, whichever it hears first', async () => {
    const leader = await cluster.start('c1');
    const first = await cluster.agent('h1', { boot: { journal: 'h1', count: 5 } });
    await until(() => leader.status().nodes.length === 1, 'h1 known');
    const nodes = await cluster.user.stores.open('twin2', 'nodes');
    assert.ok(nodes.ok);
    const isStored = async () => {
      const read = await nodes.value.get('node.h1');
      return read.ok && read.value !== null;
    };
    await until(isStored, 'h1 stored');
    await leader.stop();
    const told = leavingOf(first);
    first.isPaused = true;
    await cluster.agent('h1', { bootId: 'boot-2', isDeaf: true, boot: { journal: 'x', count: 1 } });
    await cluster.start('c2');
    first.isPaused = false;
    await until(() => told.length > 0, 'the clone to be told');
    assert.deepEqual([...new Set(told)], ['boot-2']);
  }).timeout(30_000);
});
