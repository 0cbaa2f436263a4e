import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { BUCKETS } from '../../../../proto/store.js';
import type { World } from '../world.js';
import { LossWorld } from './loss-world.js';

describe('coordinator: a lost store that is silent while it is filled again', () => {
  let cluster: LossWorld;
  let world: World;
  beforeEach(async () => {
    cluster = await LossWorld.start();
    world = cluster.world;
  });
  afterEach(() => cluster.stop());

  const loseAll = (): void => {
    for (const bucket of BUCKETS) world.stores.destroy('test', bucket);
  };
  async function assertKept(): Promise<void> {
    assert.deepEqual(await cluster.keysOf('jobs'), ['a', 'b', 'store.mark']);
    const { desired, commands } = world.agent;
    assert.deepEqual(
      desired?.allocations.map(({ job }) => job),
      ['a', 'b'],
    );
    assert.ok(commands.every(({ allocations }) => allocations.length === 2));
    assert.ok(world.events.includes('coordinator.store-refilled'));
  }

  it('is filled by who knows the jobs, as soon as it answers', async () => {
    loseAll();
    cluster.isListAway = true;
    await world.live(15);
    assert.deepEqual(await cluster.keysOf('jobs'), []);
    cluster.isListAway = false;
    await world.live(10);
    await assertKept();
  });

  it('is not left to another that does not know them', async () => {
    cluster.run('c2');
    await world.live(2);
    loseAll();
    cluster.isListAway = true;
    await world.live(15);
    cluster.isListAway = false;
    await world.live(10);
    await assertKept();
  });

  it('is filled where some buckets could not be made at first', async () => {
    cluster.unmade = ['nodes', 'profiles'];
    loseAll();
    await world.live(15);
    cluster.unmade = [];
    await world.live(10);
    await assertKept();
  });

  it('is filled where the new lease was stored without an answer', async () => {
    loseAll();
    cluster.unheardLeases = 1;
    await world.live(15);
    await assertKept();
  });
});
