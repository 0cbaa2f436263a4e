import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CoordinatorHandle } from '../../../coordinator/contract.js';
import { job, nodeId } from './build.js';
import { FakeAgent } from './fake-agent.js';
import { World } from './world.js';

const H1 = nodeId('h1');

describe('a node whose approval is taken back', () => {
  let world: World;
  let other: FakeAgent;
  let leader: CoordinatorHandle;

  beforeEach(async () => {
    world = await World.make();
    [world.policy, world.registration] = ['equal', 'approved'];
    other = new FakeAgent(world.hub.connect(), world.subjects, 'h2');
    leader = await world.start();
    for (const id of [H1, other.node]) await world.call('node-approve', { id });
    await live(3);
    await world.call('node-set', { id: other.node, scheduling: 'cordoned' });
    await world.call('job-submit', { jobs: [job('a'), job('b')] });
    await live(5);
    await world.call('node-set', { id: other.node, scheduling: 'open' });
    assert.deepEqual([jobsOf(world.agent), jobsOf(other)], [['a', 'b'], []]);
  });
  afterEach(() => world.stop());

  const jobsOf = ({ desired }: FakeAgent): readonly string[] =>
    (desired?.allocations ?? [])
      .flatMap(({ job: name, spec }) => (spec === undefined ? [] : [name]))
      .sort();
  const live = async (seconds: number, agents = [world.agent, other]): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      for (const agent of agents) agent.report();
      await world.clock.advance(1000);
    }
  };
  const isWaiting = async (): Promise<boolean | undefined> => {
    const answer = await world.call('node-list', {});
    assert.ok(answer.ok);
    const node = answer.value.nodes.find(({ id }) => id === H1);
    return node === undefined ? undefined : node.isWaiting === true;
  };

  it('waits; its jobs start elsewhere, and it takes part again once it is approved', async () => {
    assert.ok((await world.call('node-unapprove', { id: H1 })).ok);
    await live(5);
    assert.equal(await isWaiting(), true);
    assert.deepEqual(jobsOf(other), ['a', 'b']);
    assert.deepEqual(jobsOf(world.agent), ['a', 'b'], 'it is told nothing');
    assert.ok((await world.call('node-approve', { id: H1 })).ok);
    await live(5);
    assert.equal(await isWaiting(), false);
    assert.deepEqual([...jobsOf(world.agent), ...jobsOf(other)].sort(), ['a', 'b']);
  });

  it('waits under the next leader, too, though it was forgotten and is desired still', async () => {
    assert.ok((await world.call('node-unapprove', { id: H1 })).ok);
    await live(60, [other]);
    assert.equal(await isWaiting(), undefined, 'silent names are forgotten');
    assert.deepEqual(jobsOf(other), ['a', 'b']);
    await leader.stop();
    leader = await world.start('c2');
    await live(5, [other]);
    assert.deepEqual(jobsOf(other), ['a', 'b']);
    await live(3);
    assert.equal(await isWaiting(), true);
    assert.ok((await world.call('node-approve', { id: H1 })).ok);
    await live(10);
    assert.equal(await isWaiting(), false);
    assert.deepEqual([...jobsOf(world.agent), ...jobsOf(other)].sort(), ['a', 'b']);
  });
});
