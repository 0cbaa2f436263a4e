import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { LEAVE_HEADER } from '../../../proto/command.js';
import { job } from './build.js';
import { FakeAgent } from './fake-agent.js';
import { World } from './world.js';

describe('a second agent of one name', () => {
  let world: World;
  let twin: FakeAgent;
  const told: string[] = [];
  beforeEach(async () => {
    told.length = 0;
    world = await World.make();
    twin = new FakeAgent(world.hub.connect(), world.subjects, 'h1');
    twin.isDeaf = true;
    twin.bootId = 'boot-2';
    world.bus.subscribe(world.subjects.command(twin.node), ({ headers }) => {
      const leaving = headers[LEAVE_HEADER];
      if (leaving !== undefined) told.push(leaving);
    });
  });
  afterEach(() => world.stop());

  /** Both report once a second, the twin last, which lies about its containers. */
  const both = async (seconds: number): Promise<void> => {
    for (let i = 0; i < seconds; i += 1) {
      world.agent.report({ sentAtMs: world.clock.now() });
      twin.report({ sentAtMs: world.clock.now(), labels: { twin: 'yes' } });
      await world.clock.advance(1000);
    }
  };

  it('never has its say while the first lives, and is told to end', async () => {
    const coordinator = await world.start();
    await world.call('job-submit', { jobs: [job('a')] });
    for (let i = 0; i < 5; i += 1) {
      world.agent.report({ sentAtMs: world.clock.now() });
      await world.clock.advance(1000);
    }
    await both(10);
    await coordinator.refresh();
    const [node] = coordinator.status().nodes;
    assert.deepEqual([node?.liveness, node?.labels], ['ready', {}]);
    assert.equal(coordinator.status().jobs[0]?.state, 'running');
    assert.match(node?.warnings[0] ?? '', /a second agent calls itself h1 \(start boot-2\)/);
    assert.ok(told.length > 2 && told.every((bootId) => bootId === 'boot-2'), String(told));
    assert.deepEqual(
      world.events.filter((type) => type === 'node.twin'),
      ['node.twin'],
    );
    world.events.length = 0;
    await both(30);
    assert.deepEqual(
      world.events.filter((type) => type !== 'allocation.limit-changed'),
      [],
    );
  });

  it('changes nothing for the first by one report, also of the last number there is', async () => {
    const coordinator = await world.start();
    await world.live(3);
    twin.report({ sequence: 2 ** 53 - 1, labels: { twin: 'yes' } });
    world.agent.sequence += 1;
    twin.report({ bootId: 'boot-1', sequence: 2 ** 53 - 1, labels: { twin: 'yes' } });
    await world.clock.advance(1000);
    await world.live(3);
    const [node] = coordinator.status().nodes;
    assert.deepEqual([node?.liveness, node?.labels], ['ready', {}]);
    assert.equal(coordinator.counters().ingest.rejected.get('wire.implausible'), 2);
  });
});
