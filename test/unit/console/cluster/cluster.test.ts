import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Cluster } from '../../../../console/cluster/cluster.js';
import type { Bus } from '../../../../proto/bus.js';
import { silentLog } from '../../../../shared/log.js';
import { job } from '../../coordinator/build.js';
import { World } from '../../coordinator/world.js';

describe('a cluster as a console knows it', () => {
  let world: World;
  let seen: Cluster;
  /** Messages that do not arrive. */
  let isDeaf = false;
  beforeEach(async () => {
    isDeaf = false;
    world = await World.make();
    const bus = world.hub.connect();
    const deafAtTimes: Bus = {
      ...bus,
      get state() {
        return bus.state;
      },
      subscribe: (subject, handler) =>
        bus.subscribe(subject, (message) => {
          if (!isDeaf) handler(message);
        }),
      request: (...args) => bus.request(...args),
      onState: (listener) => bus.onState(listener),
    };
    const { clock } = world;
    seen = new Cluster({ bus: deafAtTimes, cluster: 'test', clock, log: silentLog });
  });
  afterEach(async () => {
    const stopped = seen.stop();
    await world.clock.advance(10_000);
    await stopped;
    const ended = world.stop();
    await world.clock.advance(10_000);
    await ended;
  });

  const ids = (): readonly string[] =>
    seen.nodes().flatMap(({ allocations }) => allocations.map(({ id }) => id));

  it('is whole after one reading, however late it starts', async () => {
    await world.start();
    await world.live(3);
    await world.call('job-submit', { jobs: [job('a')] });
    await world.live(10);
    seen.start();
    await world.live(1);
    assert.deepEqual(ids(), ['a-1']);
    assert.equal(seen.summary().isWhole, true);
    assert.equal(seen.hasLeader, true);
  });

  it('finds that it missed something, and is whole again', async () => {
    await world.start();
    seen.start();
    await world.live(8);
    isDeaf = true;
    await world.call('job-submit', { jobs: [job('a'), job('b')] });
    await world.live(12);
    assert.deepEqual(ids(), []);
    isDeaf = false;
    await world.live(8);
    assert.deepEqual(ids(), ['a-1', 'b-1']);
  });

  it('jobs come by pages, and a change is seen by who asks next', async () => {
    await world.start();
    await world.live(3);
    seen.start();
    await world.live(1);
    await world.call('job-submit', { jobs: [job('b'), job('a')] });
    const asked = seen.jobs();
    await world.clock.advance(50);
    const jobs = await asked;
    assert.ok(jobs.ok);
    assert.deepEqual(
      jobs.value.map(({ spec }) => spec.name),
      ['a', 'b'],
    );
  });

  it('knows when nobody leads, keeps what it knew, and hears the next leader', async () => {
    const first = await world.start();
    await world.live(3);
    seen.start();
    await world.live(2);
    const stopping = first.stop();
    await world.clock.advance(1000);
    await stopping;
    await world.clock.advance(40_000);
    assert.equal(seen.hasLeader, false);
    assert.deepEqual(
      seen.nodes().map(({ id }) => id),
      ['h1'],
    );
    await world.start('c2');
    await world.live(12);
    assert.equal(seen.hasLeader, true);
    assert.equal(seen.summary().epoch, 2);
  });
});
