import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { container, job, jobName, target } from './build.js';
import { World } from './world.js';

describe('coordinator: steering', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.make();
  });
  afterEach(() => world.stop());

  it('places what is submitted, with limits, once a node reports', async () => {
    const coordinator = await world.start();
    const answer = await world.call('job-submit', { jobs: [job('a'), job('b', { replicas: 2 })] });
    assert.deepEqual(answer, {
      ok: true,
      value: { created: ['a', 'b'], updated: [], unchanged: [] },
    });
    assert.equal(coordinator.status().jobs[0]?.reasons[0], 'a-1: no node has reported yet');
    await world.live(1);
    assert.deepEqual(
      world.agent.desired?.allocations.map(({ id, limit }) => [id, limit.cpuCores]),
      [
        ['a-1', 0.66666],
        ['b-1', 0.66666],
        ['b-2', 0.66666],
      ],
    );
    await world.live(2);
    assert.deepEqual(
      coordinator.status().jobs.map(({ state }) => state),
      ['running', 'running'],
    );
    assert.equal(coordinator.status().nodes[0]?.holds.revision, 1);
  });

  it('moves CPU from the fast to the slow, and publishes what happened', async () => {
    await world.start();
    // 100 ms ÷ limit: a needs 0.2 CPU, b needs 1.25.
    await world.call('job-submit', {
      jobs: [job('a', { target: target(500) }), job('b', { target: target(80) })],
    });
    await world.live(40);
    assert.ok(
      (world.coresOf('b') ?? 0) > 1.1 && (world.coresOf('a') ?? 2) < 0.9,
      `${world.coresOf('a')} ${world.coresOf('b')}`,
    );
    assert.deepEqual([...new Set(world.events)].sort(), [
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

  it('stops a job and leaves its CPU free until the next step', async () => {
    await world.start();
    await world.call('job-submit', { jobs: [job('a'), job('b')] });
    await world.live(2);
    assert.deepEqual(await world.call('job-stop', { name: jobName('a') }), {
      ok: true,
      value: { stopped: 'a' },
    });
    assert.deepEqual(
      world.agent.desired?.allocations.map(({ id }) => id),
      ['b-1'],
    );
    assert.deepEqual(
      world.events.filter((type) => type === 'job.stopped' || type === 'job.lost'),
      ['job.stopped'],
    );
    const again = await world.call('job-stop', { name: jobName('a') });
    assert.ok(!again.ok && again.error[0]?.code === 'service.not-found');
  });

  it('continues after a restart: higher epoch, same revisions and limits, no starts', async () => {
    const first = await world.start();
    await world.call('job-submit', {
      jobs: [job('a', { target: target(500) }), job('b', { target: target(80) })],
    });
    await world.live(12);
    await first.stop();
    const before = world.agent.desired;
    world.events.length = 0;
    const second = await world.start();
    assert.deepEqual([first.epoch, second.epoch, second.incarnation], [1, 2, first.incarnation]);
    const { epoch, ...rest } = world.agent.desired ?? { epoch: 0 };
    const { epoch: oldEpoch, ...oldRest } = before ?? { epoch: 0 };
    assert.deepEqual([oldEpoch, epoch], [1, 2]);
    assert.deepEqual(rest, oldRest);
    const listed = await world.call('node-list', {});
    assert.ok(
      listed.ok &&
        listed.value.nodes[0]?.liveness === 'suspect' &&
        listed.value.nodes[0].host.cpuUtilisationRatio === null,
    );
    await world.live(2);
    assert.deepEqual(world.events, ['coordinator.elected']);
    assert.equal(world.agent.desired?.revision, before?.revision);
    await world.live(10);
    assert.ok((world.agent.desired?.revision ?? 0) > (before?.revision ?? 0));
  });

  it('nudges again until the agent obeys', async () => {
    await world.start();
    await world.call('policy-set', { policy: 'equal' });
    world.agent.report();
    await world.clock.advance(0);
    world.agent.isDeaf = true;
    await world.call('job-submit', { jobs: [job('a')] });
    assert.equal(world.agent.commands.length, 1);
    await world.live(4);
    const heard = world.agent.commands.length;
    assert.ok(heard >= 2 && heard <= 5, `${heard} nudges`);
    assert.ok(world.agent.commands.every(({ revision }) => revision === 1));
    world.agent.isDeaf = false;
    await world.live(3);
    const settled = world.agent.commands.length;
    await world.live(5);
    assert.equal(world.agent.commands.length, settled);
  });

  it('adopts containers that opted in, and releases them', async () => {
    await world.start();
    world.agent.others = [
      container('adopted-1', { origin: 'label', job: jobName('web') }),
      container('adopted-2', { origin: 'label', control: 'none', target: null }),
    ];
    await world.live(1);
    assert.deepEqual(
      world.agent.desired?.allocations.map(({ id, containerId }) => [id, containerId]),
      [['adopted-1', world.agent.others[0]?.containerId]],
    );
    world.agent.others = [];
    await world.live(1);
    assert.deepEqual(world.agent.desired?.allocations, []);
  });

  it('shows a silent node as suspect, then down, and touches nothing there', async () => {
    const coordinator = await world.start();
    await world.call('policy-set', { policy: 'equal' });
    await world.call('job-submit', { jobs: [job('a'), job('b')] });
    await world.live(2);
    const { revision } = world.agent.holds;
    await world.clock.advance(7000);
    await coordinator.refresh();
    assert.equal(coordinator.status().nodes[0]?.liveness, 'suspect');
    await world.clock.advance(10_000);
    await coordinator.refresh();
    assert.equal(coordinator.status().nodes[0]?.liveness, 'down');
    assert.deepEqual(
      world.events.filter((type) => type.startsWith('node.') || type === 'job.lost'),
      ['node.joined', 'node.suspect', 'node.down', 'job.lost', 'job.lost'],
    );
    await world.live(1);
    assert.deepEqual(
      [coordinator.status().nodes[0]?.liveness, world.agent.holds.revision],
      ['ready', revision],
    );
  });
});
