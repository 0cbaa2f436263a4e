import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { job, jobName, nodeId, target } from '../build.js';
import { DividedWorld } from './divided-world.js';

const JOBS = [
  job('a', { target: target(500) }),
  job('b', { target: target(200), replicas: 2 }),
  job('c', { target: target(250), replicas: 3 }),
  job('d', { target: target(400) }),
  job('e', { target: target(1000), replicas: 4 }),
];

/** What became of a cluster in which jobs come, change and go, and hosts are emptied. */
async function life(workers: number) {
  const world = await DividedWorld.make();
  await world.start(workers);
  await world.live(3);
  await world.ask('job-submit', { jobs: JOBS });
  await world.live(20);
  await world.ask('job-stop', { name: jobName('d') });
  await world.ask('job-submit', { jobs: [job('a', { target: target(300) })] });
  await world.ask('node-set', { id: nodeId('h2'), scheduling: 'draining' });
  await world.live(90);
  const { placed, limits } = world;
  const { jobs } = await world.ask('job-list', {});
  await world.stop();
  return {
    placed: [...placed.keys()],
    twice: [...placed].filter(([, nodes]) => nodes.length > 1),
    onDrained: [...placed].filter(([, nodes]) => nodes.includes('h2')),
    jobs,
    states: jobs.map(({ spec, state }) => [spec.name, state]),
    limits: Object.fromEntries(limits),
    events: new Set(world.facts.map(({ type }) => type)),
    ids: world.facts.map(({ id }) => id),
  };
}

describe('coordinator: one with workers', () => {
  for (const workers of [1, 2, 4])
    it(`of ${workers} places what one without places, and holds the same targets`, async () => {
      const [alone, divided] = [await life(0), await life(workers)];
      assert.deepEqual(divided.placed, alone.placed);
      assert.deepEqual(divided.twice, []);
      assert.deepEqual(divided.onDrained, []);
      assert.deepEqual(divided.states, alone.states);
      assert.deepEqual([...divided.events].sort(), [...alone.events].sort());
      assert.equal(new Set(divided.ids).size, divided.ids.length, 'an event was published twice');
      // The policy takes back slowly what is more than enough, so how much is left differs.
      for (const { spec, allocations } of divided.jobs)
        for (const { id, qoeClass } of allocations)
          assert.notEqual(qoeClass, 'slower', `${id} for ${spec.target.latencyMs} ms`);
      // 100 ms ÷ limit.
      assert.ok(Math.abs(100 / (divided.limits['a-1'] ?? 0) / 300 - 1) < 0.12);
    });
});
