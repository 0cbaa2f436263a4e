import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readAll } from '../../proto/nats/listing.js';
import type { KeyValueStore } from '../../proto/store.js';
import { connectForTest } from '../lib/nats-client.js';
import { bytes } from '../lib/utf8.js';
import { ALL, MarkerWorld, names, STREAM, SUBJECT } from './marker-world.js';
import { must } from './store-world.js';

const HOUR_MS = 3_600_000;

describe('store: markers of deleted keys on NATS', () => {
  let world: MarkerWorld;
  let jobs: KeyValueStore;
  beforeEach(async () => {
    world = await MarkerWorld.start();
    ({ jobs } = world);
  });
  afterEach(() => world.stop());

  const holdAtMost = (maxBytes: number) =>
    world.asked((manager) => manager.streams.update(STREAM, { max_bytes: maxBytes }));
  /** Until nothing more fits, however small it is. */
  const fill = async (): Promise<void> => {
    for (let size = 1024; size >= 1; size /= 2)
      for (let at = 0; ; at += 1) {
        const put = await jobs.put(`f${size}-${at}`, bytes('x'.repeat(size)), 0);
        if (!put.ok) break;
      }
  };

  it('go, and every value stays under its revision', async () => {
    const first = must(await jobs.put('first', bytes('1'), 0));
    await world.comeAndGo(names(0, 250));
    const second = must(await jobs.put('second', bytes('2'), 0));
    assert.equal(await world.messages(), 252);
    assert.equal(must(await jobs.clearMarkers(ALL)), 250);
    assert.equal(await world.messages(), 3, 'two values and what is known of the cleared');
    assert.deepEqual(await world.listed(), [`first ${first}: 1`, `second ${second}: 2`]);
    assert.equal(must(await jobs.get('first'))?.revision, first);
    assert.equal(must(await jobs.get('name-7')), null);
    assert.equal(must(await jobs.clearMarkers(ALL)), 0);
  });

  it('do not fill a bucket whose names are used once', async () => {
    await holdAtMost(100_000);
    for (let at = 0; at < 2000; at += 250) {
      await world.comeAndGo(names(at, at + 250));
      must(await jobs.clearMarkers(ALL));
    }
    assert.deepEqual(await world.listed(), []);
  });

  it('go from a bucket that is full, too, and nothing that lives', async () => {
    await holdAtMost(150_000);
    await world.come(names(0, 100, 'live'));
    const gone = names(0, 200);
    await world.comeAndGo(gone);
    await fill();
    const kept = await world.listed();
    assert.deepEqual(await jobs.put('one-more', bytes('1'), 0), { ok: false, error: 'full' });

    const cleared = must(await jobs.clearMarkers(ALL));
    assert.ok(cleared >= 150, `${cleared} of 200`);
    assert.deepEqual(await world.listed(), kept);
    assert.equal((await jobs.put('one-more', bytes('1'), 0)).ok, true, 'there is room');
    assert.equal(must(await jobs.clearMarkers(ALL)), 200 - cleared, 'and the others go now');
    const after = await world.listed();
    assert.equal(after.length, kept.length + 1);
    await world.killAndStart();
    assert.deepEqual(await world.listedAnew(), after);
    assert.deepEqual(await world.listed(), after);
  });

  it('hold nothing of what was read from the socket with them', async () => {
    await world.comeAndGo(names(0, 300));
    const found = await world.asked((manager) => {
      const where = { stream: STREAM, prefix: `${SUBJECT}.`, timeoutMs: 2000 };
      return readAll({ js: manager.jetstream(), manager, ...where });
    });
    assert.equal(found.size, 300);
    const held = new Set([...found.values()].map(({ stored }) => stored.value.buffer));
    assert.deepEqual(
      [...held].map(({ byteLength }) => byteLength),
      [0],
    );
  });

  it('stay while they are young or few, and the oldest go first', async () => {
    await world.comeAndGo(names(0, 20));
    assert.equal(must(await jobs.clearMarkers({ ...ALL, olderThanMs: HOUR_MS })), 0);
    assert.equal(must(await jobs.clearMarkers({ ...ALL, spare: 20 })), 0);
    assert.equal(await world.messages(), 20);
    assert.equal(must(await jobs.clearMarkers({ ...ALL, max: 5 })), 5);
    assert.equal(await world.messages(), 16);
    assert.equal(must(await jobs.clearMarkers(ALL)), 15);
  });

  it('hide no value any more that a killed server reads again', async () => {
    const keys = names(0, 50);
    const kept = must(await jobs.put('kept', bytes('kept'), 0));
    await world.comeAndGo(keys);
    assert.equal(must(await jobs.clearMarkers(ALL)), 50);
    assert.deepEqual(await world.valuesOf(keys), []);
    await world.killAndStart();
    const back = await world.valuesOf(keys);
    assert.notEqual(back.length, 0, 'nothing came back, so this shows nothing');
    const [one = ''] = back;
    const other = await connectForTest(world.server.url);
    const fresh = must(await other.stores.open('main', 'jobs'));
    assert.equal(must(await fresh.get(one)), null, 'one that opened it just now');
    assert.equal(must(await jobs.get(one)), null, 'one that had it open');
    assert.deepEqual(await world.listed(fresh), [`kept ${kept}: kept`]);
    await other.bus.close();
    assert.deepEqual(await world.listed(), [`kept ${kept}: kept`]);
    assert.equal((await jobs.put(one, bytes('again'), 0)).ok, true, 'its name can be used again');
    assert.equal(must(await jobs.clearMarkers(ALL)), back.length - 1);
    assert.deepEqual(await world.valuesOf(keys), [one]);
  });

  it('are cleared again and again, and nothing comes back or is lost', async () => {
    const live: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const keys = names(100 * round, 100 * round + 30);
      await world.comeAndGo(keys);
      const revision = must(await jobs.put(`live-${round}`, bytes(`${round}`), 0));
      live.push(`live-${round} ${revision}: ${round}`);
      must(await jobs.clearMarkers({ ...ALL, max: 20 }));
      await world.killAndStart();
      assert.deepEqual(await world.listed(), live);
      must(await jobs.clearMarkers(ALL));
      assert.deepEqual(await world.listed(), live);
    }
  });

  it('leave out a key that is written meanwhile', async () => {
    await world.comeAndGo(names(0, 200));
    const cleared = jobs.clearMarkers(ALL);
    const written = await Promise.all(
      names(0, 200).map(async (key) => must(await jobs.put(key, bytes('new'), 0))),
    );
    must(await cleared);
    const expected = written.map((revision, at) => `name-${at} ${revision}: new`);
    assert.deepEqual(await world.listed(), expected.sort());
  });
});
