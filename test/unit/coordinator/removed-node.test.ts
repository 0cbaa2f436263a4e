import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ok } from '../../../shared/result.js';
import { container, jobName, nodeId } from './build.js';
import { FakeAgent } from './fake-agent.js';
import { World } from './world.js';

describe('a node that is removed', () => {
  let world: World;
  let other: FakeAgent;
  /** Lets writes of the other node go on; undefined = none waits. */
  let goOn: (() => void) | undefined;
  let isHeld: boolean;

  beforeEach(async () => {
    world = await World.make();
    world.policy = 'default';
    other = new FakeAgent(world.hub.connect(), world.subjects, 'h2');
    [goOn, isHeld] = [undefined, false];
    const open = world.stores.open.bind(world.stores);
    world.stores.open = async (cluster, bucket) => {
      const opened = await open(cluster, bucket);
      if (!opened.ok || bucket !== 'desired') return opened;
      const store = opened.value;
      return ok({
        ...store,
        put: async (...given) => {
          if (isHeld && given[0] === 'h2')
            await new Promise<void>((resolve) => {
              goOn = resolve;
            });
          return store.put(...given);
        },
      });
    };
  });
  afterEach(() => world.stop());

  it('does not come back with what was being written for it', async () => {
    const coordinator = await world.start();
    for (const [i, agent] of [world.agent, other].entries())
      agent.others = [container(`adopted-${i}`, { origin: 'label', job: jobName(`web${i}`) })];
    const live = async (): Promise<void> => {
      for (const agent of [world.agent, other]) agent.report();
      await world.clock.advance(1000);
    };
    await live();
    isHeld = true;
    await world.call('policy-set', { policy: 'equal' });
    for (let second = 0; second < 10 && goOn === undefined; second += 1) await live();
    assert.ok(goOn !== undefined);
    assert.equal(world.agent.desired?.allocations.length, 1, 'written, while the other waits');
    assert.ok((await world.call('node-remove', { id: nodeId('h1') })).ok);
    isHeld = false;
    goOn();
    await world.clock.advance(3000);
    assert.equal(coordinator.lastKnown.state.nodes.has(nodeId('h1')), false);
  });
});
