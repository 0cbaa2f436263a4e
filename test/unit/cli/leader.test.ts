import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type LeaderHandle, startLeader } from '../../../cli/up/leader.js';
import { BUCKETS } from '../../../proto/store.js';
import { silentLog } from '../../../shared/log.js';
import { job, PARAMS } from '../coordinator/build.js';
import { World } from '../coordinator/world.js';

const SETTINGS = {
  name: 'up',
  policy: 'dqoes',
  params: PARAMS,
  leaseMs: 10_000,
  replicas: 1,
  acceptLost: [],
} as const;

describe('dqoes up: the coordinator of one machine', () => {
  let world: World;
  let leading: LeaderHandle | undefined;
  let death: string | undefined;

  const start = async (cluster = 'test') => {
    const { stores, clock, hub } = world;
    const started = startLeader(
      { ...SETTINGS, cluster },
      { bus: hub.connect(), stores, clock, log: silentLog },
    );
    await world.clock.advance(0);
    return started;
  };

  beforeEach(async () => {
    world = await World.make();
    death = undefined;
    const started = await start();
    assert.ok(started.ok, JSON.stringify(started));
    leading = started.value;
    void leading.died.then((words) => {
      death = words;
    });
    await world.call('job-submit', { jobs: [job('a')] });
    await world.live(5);
  });
  afterEach(async () => {
    const stopped = leading?.stop();
    await world.clock.advance(100);
    await stopped;
  });

  it('leads at once, whoever held the lease before', async () => {
    const again = await start();
    assert.ok(again.ok);
    assert.deepEqual(
      again.value.status().jobs.map(({ spec }) => spec.name),
      ['a'],
    );
    const stopped = again.value.stop();
    await world.clock.advance(100);
    await stopped;
  });

  it('leads anew when its buckets are lost, with what it knew', async () => {
    for (const bucket of BUCKETS) world.stores.destroy('test', bucket);
    await world.live(10);
    assert.equal(death, undefined);
    assert.deepEqual(
      leading?.status().jobs.map(({ spec }) => spec.name),
      ['a'],
    );
    const answer = await world.call('job-submit', { jobs: [job('b')] });
    assert.ok(answer.ok, JSON.stringify(answer));
    assert.ok(
      world.agent.commands.every(
        ({ allocations }, i, all) =>
          i === 0 || allocations.length >= (all[i - 1]?.allocations.length ?? 0),
      ),
    );
  });

  it('says which bucket is missing where there is none to start with', async () => {
    const started = await start('other');
    assert.ok(!started.ok && started.error.some(({ field }) => field === 'jobs'));
  });

  it('stops without a word of death', async () => {
    const stopped = leading?.stop();
    await world.clock.advance(100);
    await stopped;
    await world.live(30);
    assert.equal(death, undefined);
  });
});
