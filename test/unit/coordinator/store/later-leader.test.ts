import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { BUCKETS } from '../../../../proto/store.js';
import { jobName } from '../build.js';
import type { World } from '../world.js';
import { LossWorld } from './loss-world.js';

describe('coordinator: a store that is lost after another has led', () => {
  let cluster: LossWorld;
  let world: World;
  beforeEach(async () => {
    cluster = await LossWorld.start();
    world = cluster.world;
  });
  afterEach(() => cluster.stop());

  /** c1 hears nothing for long; c2 leads and stops the job a; then the store is lost. */
  async function lostAfterAnotherLed() {
    cluster.isAway = true;
    const second = cluster.run('c2');
    await world.live(20);
    assert.ok((await world.call('job-stop', { name: jobName('a') })).ok);
    await world.live(3);
    for (const bucket of BUCKETS) world.stores.destroy('test', bucket);
    await world.stores.install('test', { replicas: 1 });
    cluster.isAway = false;
    return { second, told: world.agent.commands.length };
  }
  const jobsSince = (told: number) =>
    new Set(
      world.agent.commands
        .slice(told)
        .flatMap(({ allocations }) => allocations.map((each) => each.job)),
    );

  it('is left by who led before to who led since', async () => {
    const { told } = await lostAfterAnotherLed();
    cluster.isOtherAway = true;
    await world.live(6);
    cluster.isOtherAway = false;
    await world.live(40);
    assert.deepEqual(await cluster.keysOf('jobs'), ['b', 'store.mark']);
    assert.deepEqual([...jobsSince(told)], ['b']);
  });

  it('is filled with what is known, though it is older, where nobody comes', async () => {
    const { second } = await lostAfterAnotherLed();
    second.stop.abort();
    await world.live(8);
    assert.deepEqual(await cluster.keysOf('jobs'), []);
    await world.live(30);
    assert.deepEqual(await cluster.keysOf('jobs'), ['a', 'b', 'store.mark']);
    const nodes = await cluster.keysOf('nodes');
    assert.ok(nodes.includes('node.h1'));
    assert.ok(!nodes.some((key) => key.startsWith('token.')), 'they may be revoked since');
  });
});
