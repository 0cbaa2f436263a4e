import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { BUCKETS } from '../../../../proto/store.js';
import { err, ok } from '../../../../shared/result.js';
import { job, jobName } from '../build.js';
import { World } from '../world.js';

describe('coordinator: buckets that are full', () => {
  let world: World;
  let isFull: boolean;

  beforeEach(async () => {
    world = await World.make();
    isFull = false;
    const open = world.stores.open.bind(world.stores);
    world.stores.open = async (cluster, bucket) => {
      const opened = await open(cluster, bucket);
      if (!opened.ok || bucket === 'lease') return opened;
      const store = opened.value;
      return ok({
        ...store,
        put: async (...given) => (isFull ? err('full') : store.put(...given)),
      });
    };
  });
  afterEach(() => world.stop());

  it('keep nobody from leading, who then makes room', async () => {
    const first = await world.start('c1');
    assert.ok((await world.call('job-submit', { jobs: [job('a'), job('b')] })).ok);
    await world.live(5);
    await first.stop();
    isFull = true;
    await world.start('c2');
    await world.live(2);
    const refused = await world.call('job-submit', { jobs: [job('c')] });
    assert.equal(refused.ok ? '' : refused.error[0]?.code, 'service.full');
    assert.ok((await world.call('job-stop', { name: jobName('a') })).ok);
    isFull = false;
    await world.live(5);
    assert.deepEqual(
      world.agent.desired?.allocations.map(({ job: name }) => name),
      ['b'],
    );
    assert.equal(world.agent.desired?.epoch, 2);
  });

  it('without a mark are lost all the same', async () => {
    const first = await world.start('c1');
    await first.stop();
    for (const bucket of BUCKETS) if (bucket !== 'lease') world.stores.destroy('test', bucket);
    await world.stores.install('test', { replicas: 1 });
    isFull = true;
    const started = await world.tryStart('c2');
    assert.equal(started.ok ? '' : started.error[0]?.code, 'store.lost');
  });
});
