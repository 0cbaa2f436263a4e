import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LEASE_KEY } from '../../../coordinator/store/lease.js';
import type { KeyValueStore } from '../../../proto/store.js';
import { err, ok } from '../../../shared/result.js';
import { job } from './build.js';
import { World } from './world.js';

describe('coordinator: one that starts', () => {
  it('makes the stream of events again where it was removed while nobody led', async () => {
    const world = await World.make();
    await (await world.start('c1')).stop();
    const openEvents = world.stores.openEvents.bind(world.stores);
    const install = world.stores.install.bind(world.stores);
    let isMissing = true;
    world.stores.openEvents = async (cluster) =>
      isMissing ? err('missing-bucket') : openEvents(cluster);
    world.stores.install = (...args) => {
      isMissing = false;
      return install(...args);
    };
    world.events.length = 0;
    await world.start('c2');
    await world.clock.advance(50);
    assert.deepEqual(world.events, ['coordinator.elected']);
    await world.stop();
  });
});

describe('coordinator: one that another has replaced', () => {
  it('answers no call, though its last pass still waits for the store', async () => {
    const world = await World.make();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let hangs = false;
    const open = world.stores.open.bind(world.stores);
    world.stores.open = async (cluster, bucket) => {
      const opened = await open(cluster, bucket);
      if (bucket !== 'desired' || !opened.ok) return opened;
      const put: KeyValueStore['put'] = async (...given) => {
        if (hangs) await held;
        return opened.value.put(...given);
      };
      return ok({ ...opened.value, put });
    };
    const first = await world.start();
    await world.live(1);
    hangs = true;
    assert.ok((await world.call('job-submit', { jobs: [job('a')] })).ok);
    assert.ok((await world.call('policy-get', {})).ok);
    const leases = await open('test', 'lease');
    assert.ok(leases.ok);
    const { incarnation, epoch } = first;
    const lease = { incarnation, epoch: epoch + 1, holder: 'c2', nonce: 'another' };
    await leases.value.put(LEASE_KEY, new TextEncoder().encode(JSON.stringify(lease)));
    await world.clock.advance(0);
    const answer = await world.call('policy-get', {});
    assert.equal(answer.ok ? 'answered' : answer.error[0]?.code, 'service.unavailable');
    release();
    for (let i = 0; i < 10; i += 1) await world.clock.advance(10);
    assert.match(await first.ended, /another coordinator has led since epoch 2/);
    await world.stop();
  });
});
