import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { leadInTurn } from '../../../coordinator/lead-in-turn.js';
import { BUCKETS, type BucketName } from '../../../proto/store.js';
import { silentLog } from '../../../shared/log.js';
import type { Fault } from '../../../shared/result.js';
import { job, PARAMS, target } from './build.js';
import { World } from './world.js';

const LEASE_MS = 10_000;
const SETTINGS = { cluster: 'test', policy: 'dqoes', params: PARAMS, leaseMs: LEASE_MS, replicas: 1 } as const;

describe('coordinator: buckets that are lost', () => {
  let world: World;
  let running: { readonly stop: AbortController; readonly ended: Promise<readonly Fault[] | null> }[];

  const run = (name: string, acceptLost: readonly 'jobs'[] = []) => {
    const stop = new AbortController();
    const { stores, clock, hub } = world;
    const deps = { bus: hub.connect(), stores, clock, log: silentLog, signal: stop.signal };
    const ended = leadInTurn({ ...SETTINGS, name, acceptLost }, deps);
    running.push({ stop, ended });
    return { stop, ended };
  };
  const keysOf = async (bucket: BucketName): Promise<readonly string[]> => {
    const opened = await world.stores.open('test', bucket);
    assert.ok(opened.ok, bucket);
    const listed = await opened.value.list();
    assert.ok(listed.ok);
    return listed.value.map(({ key }) => key).sort();
  };
  const jobs = { jobs: [job('a', { target: target(500) }), job('b', { target: target(80) })] };

  beforeEach(async () => {
    world = await World.make();
    running = [];
    run('c1');
    await world.clock.advance(0);
    await world.call('job-submit', jobs);
    await world.call('policy-set', { policy: 'dqoes' });
    await world.live(12);
    world.events.length = 0;
  });
  afterEach(async () => {
    for (const { stop } of running) stop.abort();
    for (let i = 0; i < 50; i += 1) await world.clock.advance(100);
    await Promise.all(running.map(({ ended }) => ended));
  });

  for (const lost of [...BUCKETS.map((bucket) => [bucket]), [...BUCKETS]] as BucketName[][])
    for (const how of ['removed', 'made anew'] as const)
      it(`${lost.join(', ')} ${how}: told, filled again, and no container is touched`, async () => {
        const before = world.agent.desired;
        const keys = await Promise.all(BUCKETS.map(keysOf));
        for (const bucket of lost) world.stores.destroy('test', bucket);
        if (how === 'made anew') await world.stores.install('test', { replicas: 1 });
        await world.live(10);
        assert.deepEqual(await Promise.all(BUCKETS.map(keysOf)), keys);
        const after = world.agent.desired;
        assert.equal(after?.incarnation, before?.incarnation);
        assert.equal(after?.epoch, (before?.epoch ?? 0) + 1);
        assert.deepEqual(
          after?.allocations.map(({ id }) => id),
          before?.allocations.map(({ id }) => id),
        );
        assert.ok(world.agent.commands.every(({ allocations }) => allocations.length === 2));
        const told = world.events.filter((type) => type.startsWith('coordinator.') || type.startsWith('job.'));
        assert.deepEqual(told.slice(0, 2), ['coordinator.store-lost', 'coordinator.elected']);
        const filled = lost.filter((bucket) => bucket !== 'lease').map(() => 'coordinator.store-refilled');
        assert.deepEqual(
          told.filter((type) => type === 'coordinator.store-refilled'),
          filled,
        );
        assert.ok(!told.includes('job.started') && !told.includes('job.stopped') && !told.includes('job.lost'));
        const answer = await world.call('job-submit', { jobs: [job('c')] });
        assert.ok(answer.ok, JSON.stringify(answer));
      });

  for (const bucket of ['jobs', 'desired'] as const)
    it(`${bucket} made anew while nobody leads: refused, unless an operator accepts it`, async () => {
      running[0]?.stop.abort();
      await running[0]?.ended;
      const commands = world.agent.commands.length;
      world.stores.destroy('test', bucket);
      await world.stores.install('test', { replicas: 1 });
      const { ended } = run('c2');
      await world.live(3);
      const faults = await ended;
      assert.deepEqual(
        faults?.map(({ code, field }) => [code, field]),
        [['store.lost', bucket]],
      );
      assert.match(faults?.[0]?.message ?? '', new RegExp(`--accept-lost ${bucket}`));
      assert.equal(world.agent.commands.length, commands);
    });

  it('jobs accepted as lost: what nobody asks for is stopped', async () => {
    running[0]?.stop.abort();
    await running[0]?.ended;
    world.stores.destroy('test', 'jobs');
    await world.stores.install('test', { replicas: 1 });
    run('c2', ['jobs']);
    await world.live(5);
    assert.deepEqual(world.agent.desired?.allocations, []);
  });

  it('lease lost while nobody leads: the next one goes on from the marks of the others', async () => {
    const before = world.agent.desired;
    running[0]?.stop.abort();
    await running[0]?.ended;
    world.stores.destroy('test', 'lease');
    await world.stores.install('test', { replicas: 1 });
    run('c2');
    await world.live(5);
    const { incarnation, epoch } = world.agent.desired ?? {};
    assert.deepEqual([incarnation, epoch], [before?.incarnation, (before?.epoch ?? 0) + 1]);
  });
});
