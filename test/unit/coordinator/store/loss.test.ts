import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { isLease, readLease } from '../../../../coordinator/store/lease.js';
import { BUCKETS, type BucketName } from '../../../../proto/store.js';
import { job } from '../build.js';
import type { World } from '../world.js';
import { LossWorld } from './loss-world.js';

const SKIPPED = 1_000_000;

/** After a lost lease epochs are skipped: coordinators that nobody remembers may have led. */
function assertNext(before = 0, after = 0, isLeaseLost = false): void {
  if (isLeaseLost)
    assert.ok(
      after > before + SKIPPED && after <= before + 2 * SKIPPED,
      `${after} after ${before}`,
    );
  else assert.equal(after, before + 1);
}

describe('coordinator: buckets that are lost', () => {
  let cluster: LossWorld;
  let world: World;
  beforeEach(async () => {
    cluster = await LossWorld.start();
    world = cluster.world;
  });
  afterEach(() => cluster.stop());

  for (const lost of [...BUCKETS.map((bucket) => [bucket]), [...BUCKETS]] as BucketName[][])
    for (const how of ['removed', 'created again'] as const)
      it(`${lost.join(', ')} ${how}: an event, refilled, no container touched`, async () => {
        const before = world.agent.desired;
        const keys = await Promise.all(BUCKETS.map((bucket) => cluster.keysOf(bucket)));
        for (const bucket of lost) world.stores.destroy('test', bucket);
        if (how === 'created again') await world.stores.install('test', { replicas: 1 });
        await world.live(10);
        assert.deepEqual(await Promise.all(BUCKETS.map((bucket) => cluster.keysOf(bucket))), keys);
        const after = world.agent.desired;
        assert.equal(after?.incarnation, before?.incarnation);
        assertNext(before?.epoch, after?.epoch, lost.includes('lease'));
        assert.deepEqual(
          after?.allocations.map(({ id }) => id),
          before?.allocations.map(({ id }) => id),
        );
        assert.ok(world.agent.commands.every(({ allocations }) => allocations.length === 2));
        const told = world.events.filter(
          (type) => type.startsWith('coordinator.') || type.startsWith('job.'),
        );
        assert.deepEqual(told.slice(0, 2), ['coordinator.store-lost', 'coordinator.elected']);
        const filled = lost
          .filter((bucket) => bucket !== 'lease')
          .map(() => 'coordinator.store-refilled');
        assert.deepEqual(
          told.filter((type) => type === 'coordinator.store-refilled'),
          filled,
        );
        assert.ok(
          !told.includes('job.started') &&
            !told.includes('job.stopped') &&
            !told.includes('job.lost'),
        );
        const answer = await world.call('job-submit', { jobs: [job('c')] });
        assert.ok(answer.ok, JSON.stringify(answer));
      });

  it('nodes: tokens made meanwhile are there again, revoked ones are not', async () => {
    await cluster.makeToken('abcdefgh02');
    await cluster.makeToken('abcdefgh03');
    assert.ok((await world.call('token-revoke', { id: 'abcdefgh02' })).ok);
    world.stores.destroy('test', 'nodes');
    await world.live(10);
    const keys = await cluster.keysOf('nodes');
    assert.deepEqual(
      keys.filter((key) => key.startsWith('token.')),
      ['token.abcdefgh01', 'token.abcdefgh03'],
    );
  });

  it('jobs created again while nobody leads: refused unless an operator accepts it', async () => {
    cluster.running[0]?.stop.abort();
    await cluster.running[0]?.ended;
    const commands = world.agent.commands.length;
    world.stores.destroy('test', 'jobs');
    await world.stores.install('test', { replicas: 1 });
    const { ended } = cluster.run('c2');
    await world.live(3);
    const faults = await ended;
    assert.deepEqual(
      faults?.map(({ code, field }) => [code, field]),
      [['store.lost', 'jobs']],
    );
    assert.match(faults?.[0]?.message ?? '', /--accept-lost jobs/);
    assert.equal(world.agent.commands.length, commands);
  });

  it('desired states created again while nobody leads: what runs is kept', async () => {
    const before = world.agent.desired;
    cluster.running[0]?.stop.abort();
    await cluster.running[0]?.ended;
    world.stores.destroy('test', 'desired');
    await world.stores.install('test', { replicas: 1 });
    cluster.run('c2');
    await world.live(5);
    const ids = (desired: typeof before) => desired?.allocations.map(({ id }) => id);
    assert.deepEqual(ids(world.agent.desired), ids(before));
    assert.equal(world.agent.desired?.epoch, (before?.epoch ?? 0) + 1);
  });

  it('jobs accepted as lost: containers without a job are stopped', async () => {
    cluster.running[0]?.stop.abort();
    await cluster.running[0]?.ended;
    world.stores.destroy('test', 'jobs');
    await world.stores.install('test', { replicas: 1 });
    cluster.run('c2', ['jobs']);
    await world.live(5);
    assert.deepEqual(world.agent.desired?.allocations, []);
  });

  it('lease lost while nobody leads: the next one continues from the marks', async () => {
    const before = world.agent.desired;
    cluster.running[0]?.stop.abort();
    await cluster.running[0]?.ended;
    world.stores.destroy('test', 'lease');
    await world.stores.install('test', { replicas: 1 });
    cluster.run('c2');
    await world.live(5);
    const { incarnation, epoch } = world.agent.desired ?? {};
    assert.equal(incarnation, before?.incarnation);
    assertNext(before?.epoch, epoch, true);
  });

  it('all lost after another has led: what an earlier leader knows is not used', async () => {
    cluster.run('c2');
    await world.live(2);
    cluster.isAway = true;
    await world.live(20);
    cluster.isAway = false;
    await world.live(3);
    assert.equal(world.agent.desired?.epoch, 2);
    await world.call('job-submit', { jobs: [job('later')] });
    await world.live(3);
    const before = world.agent.desired;
    for (const bucket of BUCKETS) world.stores.destroy('test', bucket);
    await world.live(10);
    assertNext(before?.epoch, world.agent.desired?.epoch, true);
    assert.deepEqual(
      world.agent.desired?.allocations.map(({ job: name }) => name),
      ['a', 'b', 'later'],
    );
  });

  it('a store that falls silent during a takeover: stands by, leads after answers', async () => {
    const before = world.agent.desired;
    cluster.isListAway = true;
    cluster.isAway = true;
    await world.live(20);
    cluster.isAway = false;
    await world.live(20);
    const { commands } = world.agent;
    assert.equal(world.agent.desired?.epoch, before?.epoch);
    cluster.isListAway = false;
    await world.live(20);
    assert.ok((world.agent.desired?.epoch ?? 0) > (before?.epoch ?? 0));
    assert.deepEqual(
      world.agent.desired?.allocations.map(({ job: name }) => name),
      ['a', 'b'],
    );
    assert.ok(commands.every(({ allocations }) => allocations.length === 2));
    const answer = await world.call('job-submit', { jobs: [job('later')] });
    assert.ok(answer.ok, JSON.stringify(answer));
  });

  it('lease lost while a takeover finds the store silent: leads beyond tried epochs', async () => {
    cluster.isListAway = true;
    cluster.isAway = true;
    await world.live(20);
    cluster.isAway = false;
    await world.live(40);
    const opened = await world.stores.open('test', 'lease');
    assert.ok(opened.ok);
    const lease = await readLease(opened.value);
    assert.ok(
      lease.ok && isLease(lease.value) && lease.value.epoch > (world.agent.desired?.epoch ?? 0) + 1,
    );
    world.stores.destroy('test', 'lease');
    await world.stores.install('test', { replicas: 1 });
    cluster.isListAway = false;
    // It knows no jobs, so it leaves the missing lease to others for a while.
    await world.live(60);
    assertNext(lease.value.epoch, world.agent.desired?.epoch, true);
  });

  it('a store restored to an earlier epoch: leads beyond the epoch nodes obey', async () => {
    const opened = await world.stores.open('test', 'lease');
    assert.ok(opened.ok);
    const backup = await opened.value.get('leader');
    cluster.running[0]?.stop.abort();
    await cluster.running[0]?.ended;
    for (const name of ['c2', 'c3']) {
      const { stop, ended } = cluster.run(name);
      await world.live(2);
      stop.abort();
      await ended;
    }
    const before = world.agent.desired;
    assert.ok(backup.ok && backup.value !== null);
    await opened.value.put('leader', backup.value.value);
    cluster.run('c4');
    await world.live(20);
    await world.call('job-submit', { jobs: [job('later')] });
    await world.live(3);
    // A leader after the backup may have had a later epoch than the one that nodes have seen.
    assertNext(before?.epoch, world.agent.desired?.epoch, true);
    assert.equal(world.agent.desired?.allocations.length, 3);
  });
});
