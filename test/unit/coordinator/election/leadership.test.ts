import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Leadership } from '../../../../coordinator/election/leadership.js';
import { isLease, LEASE_KEY, readLease } from '../../../../coordinator/store/lease.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { err } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { candidate, leaseStore, take } from './lease-build.js';

const LEASE_MS = 8000;

describe('leadership', () => {
  const leading = async (over: (store: KeyValueStore) => Partial<KeyValueStore> = () => ({})) => {
    const clock = new ManualClock();
    const store = await leaseStore();
    const taken = await take(store, candidate('a'));
    assert.ok(taken.ok);
    const leadership = new Leadership({
      held: taken.value,
      takenAtMs: clock.now(),
      clock,
      leaseMs: LEASE_MS,
      store: { ...store, ...over(store) },
    });
    let why = '';
    void leadership.ended.then((said) => {
      why = said;
    });
    leadership.start();
    return { clock, store, leadership, why: () => why };
  };
  const revisionOf = async (store: KeyValueStore): Promise<number> => {
    const read = await readLease(store);
    return read.ok ? (read.value?.revision ?? 0) : 0;
  };

  it('lasts while the lease is renewed, four times per lease duration', async () => {
    const { clock, store, leadership, why } = await leading();
    await clock.advance(10 * LEASE_MS);
    assert.ok(leadership.leads);
    assert.deepEqual([await revisionOf(store), why()], [41, '']);
    await leadership.stop();
  });

  it('tells until when it lasts at each renewal, and at its end that it is over', async () => {
    const { clock, leadership } = await leading();
    const told: number[] = [];
    const startMs = clock.now();
    leadership.tellDeadline((untilMs) => told.push(untilMs));
    await clock.advance(LEASE_MS / 2);
    const halves = [2, 3, 4].map((quarters) => startMs + (quarters * LEASE_MS) / 4);
    assert.deepEqual(told, halves);
    assert.equal(leadership.deadlineMs, halves[2]);
    leadership.resign('a test');
    assert.deepEqual(told, [...halves, 0]);
    assert.equal(leadership.deadlineMs, 0);
    await leadership.stop();
  });

  it('tells so where it is given back, too', async () => {
    const { leadership } = await leading();
    const told: number[] = [];
    leadership.tellDeadline((untilMs) => told.push(untilMs));
    await leadership.stop();
    assert.equal(told.at(-1), 0);
  });

  it('ends after half a lease duration without a renewal, before any takeover', async () => {
    let isDead = false;
    const { clock, leadership, why } = await leading((store) => ({
      put: async (...args) => (isDead ? err('unknown') : store.put(...args)),
    }));
    await clock.advance(LEASE_MS);
    isDead = true;
    await clock.advance(LEASE_MS / 2 - 1);
    assert.ok(leadership.leads);
    await clock.advance(LEASE_MS / 4 + 2);
    assert.ok(!leadership.leads);
    assert.match(why(), /not renewed for .*NATS/);
  });

  it('ends by its deadline though a renewal hangs, and says so when that has failed', async () => {
    const hung = async () => {
      await its.clock.sleep(5000);
      return err('unknown' as const);
    };
    const its = await leading(() => ({ put: hung, get: hung }));
    const { clock, leadership, why } = its;
    const untilMs = clock.now() + LEASE_MS / 2;
    let mayWriteUntilMs = 0;
    leadership.tellDeadline((ms) => {
      mayWriteUntilMs = ms;
    });
    await clock.advance(LEASE_MS / 4 + 9999);
    // Nobody has asked since, and another may lead by now.
    assert.deepEqual([leadership.deadlineMs, mayWriteUntilMs, why()], [untilMs, untilMs, '']);
    await clock.advance(LEASE_MS / 4 + 1);
    assert.match(why(), /not renewed for 14s/);
    assert.deepEqual([leadership.deadlineMs, mayWriteUntilMs], [0, 0]);
  });

  it('ends for a process that stood still, when first asked', async () => {
    const { clock, leadership } = await leading(() => ({ put: () => new Promise(() => {}) }));
    assert.ok(leadership.leads);
    await clock.advance(LEASE_MS);
    assert.ok(!leadership.leads);
  });

  it('keeps the note of marked buckets that comes while the lease is being renewed', async () => {
    let note = (): void => {};
    const { clock, store, leadership } = await leading((inner) => ({
      put: async (...args) => {
        note();
        return inner.put(...args);
      },
    }));
    note = () => leadership.noteBucketsMarked();
    await clock.advance(LEASE_MS / 4);
    note = () => {};
    await clock.advance(LEASE_MS / 4);
    const read = await readLease(store);
    assert.ok(read.ok && isLease(read.value) && read.value.isMarked === true);
    await leadership.stop();
  });

  it('counts a renewal without an answer when the store shows it', async () => {
    const { clock, leadership } = await leading((store) => ({
      put: async (...args) => {
        await store.put(...args);
        return err('unknown');
      },
    }));
    await clock.advance(3 * LEASE_MS);
    assert.ok(leadership.leads);
    await leadership.stop();
  });

  it('ends when another coordinator has the lease, and does not take it back', async () => {
    const { clock, store, leadership, why } = await leading();
    const other = await take(store, candidate('b'));
    await clock.advance(LEASE_MS / 4);
    assert.ok(!leadership.leads);
    assert.match(why(), /has led since epoch 2; ours was 1/);
    await leadership.stop();
    assert.deepEqual(await readLease(store), other);
  });

  it('goes on, and writes the lease again, where something unreadable took its place', async () => {
    const { clock, store, leadership, why } = await leading();
    const own = await readLease(store);
    assert.ok(own.ok && isLease(own.value));
    const forged = JSON.stringify({ ...own.value, epoch: 2 ** 33 });
    for (const junk of ['{', '', '{"incarnation":"x","epoch":9007199254740991}', forged]) {
      await store.put(LEASE_KEY, new TextEncoder().encode(junk));
      await clock.advance(LEASE_MS / 4);
      const read = await readLease(store);
      assert.ok(read.ok && isLease(read.value), junk);
      assert.equal(read.value.epoch, 1);
    }
    await clock.advance(2 * LEASE_MS);
    assert.ok(leadership.leads, why());
    await leadership.stop();
  });

  it('goes on where the store has lost the last renewals', async () => {
    let restored: KeyValueStore | undefined;
    const { clock, store, leadership, why } = await leading((first) => ({
      get: (key) => (restored ?? first).get(key),
      put: (...given) => (restored ?? first).put(...given),
    }));
    await clock.advance(LEASE_MS);
    const earlier = await store.get(LEASE_KEY);
    assert.ok(earlier.ok && earlier.value !== null);
    await clock.advance(LEASE_MS);
    const old = await leaseStore();
    await old.put(LEASE_KEY, earlier.value.value);
    restored = old;
    await clock.advance(2 * LEASE_MS);
    assert.deepEqual([leadership.leads, why()], [true, '']);
    assert.equal(await revisionOf(old), 9, 'renewed four times per lease, on what was there');
    await leadership.stop();
  });

  it('releases the lease at a stop', async () => {
    const { store, leadership } = await leading();
    await leadership.stop();
    const read = await readLease(store);
    assert.equal(read.ok && isLease(read.value) && read.value.isReleased, true);
    assert.ok(!leadership.leads);
  });
});
