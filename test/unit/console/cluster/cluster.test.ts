import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Cluster } from '../../../../console/cluster/cluster.js';
import type { Bus } from '../../../../proto/bus.js';
import { silentLog } from '../../../../shared/log.js';
import { job, nodeId } from '../../coordinator/build.js';
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

  it('does not fill its log with what it cannot read', async () => {
    const said: string[] = [];
    const log = { ...silentLog, warn: (text: string) => void said.push(text) };
    const { clock } = world;
    const bus = world.hub.connect();
    const other = new Cluster({ bus, cluster: 'test', clock, log });
    await world.start();
    other.start();
    await world.live(1);
    for (let i = 0; i < 1000; i += 1)
      bus.publish(other.subjects.view(nodeId('h1')), new Uint8Array([i % 256, 1, 2]));
    await world.live(1);
    const lines = said.filter((text) => text === 'console: a message cannot be read').length;
    assert.ok(lines >= 1 && lines <= 20, `${lines}`);
    const stopped = other.stop();
    await world.clock.advance(10_000);
    await stopped;
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
