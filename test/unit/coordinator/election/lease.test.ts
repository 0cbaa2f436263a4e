import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Leadership } from '../../../../coordinator/election/leadership.js';
import { LEASE_KEY, readLease, takeLease } from '../../../../coordinator/store/lease.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { err, ok } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { candidate, leaseStore } from './build.js';

const LEASE_MS = 8000;

describe('takeLease', () => {
  it('makes the incarnation once and raises the epoch by one with every leader', async () => {
    const store = await leaseStore();
    const first = await takeLease(store, candidate('a'));
    const second = await takeLease(store, candidate('b'));
    assert.deepEqual(
      first,
      ok({ incarnation: 'a-1', epoch: 1, holder: 'a', nonce: 'a-2', revision: 1 }),
    );
    assert.deepEqual(
      second,
      ok({ incarnation: 'a-1', epoch: 2, holder: 'b', nonce: 'b-1', revision: 2 }),
    );
    assert.deepEqual(await readLease(store), second);
  });

  it('two at once get two different epochs', async () => {
    const store = await leaseStore();
    const taken = await Promise.all([
      takeLease(store, candidate('a')),
      takeLease(store, candidate('b')),
    ]);
    assert.deepEqual(taken.map((each) => each.ok && each.value.epoch).sort(), [1, 2]);
  });

  it('takes a write without an answer for what the store says it was', async () => {
    const store = await leaseStore();
    const happened: KeyValueStore = {
      ...store,
      put: async (...args) => ((await store.put(...args)).ok ? err('unknown') : err('conflict')),
    };
    const first = await takeLease(happened, candidate('a'));
    assert.ok(first.ok && first.value.epoch === 1);
    let lost = 0;
    const dropped: KeyValueStore = {
      ...store,
      put: async (...args) => {
        lost += 1;
        return lost < 3 ? err('unknown') : store.put(...args);
      },
    };
    const second = await takeLease(dropped, candidate('b'));
    assert.ok(second.ok && second.value.epoch === 2);
  });

  it('never starts anew over a value it cannot read', async () => {
    const store = await leaseStore();
    await store.put(LEASE_KEY, new TextEncoder().encode('{"incarnation":"x","epoch":-1}'));
    assert.deepEqual(await takeLease(store, candidate('a')), err('unreadable'));
  });

  it('gives up when somebody else always writes first', async () => {
    const store = await leaseStore();
    const busy: KeyValueStore = { ...store, put: async () => err('conflict') };
    assert.deepEqual(await takeLease(busy, candidate('a')), err('conflict'));
  });
});

describe('leadership', () => {
  const leading = async (over: (store: KeyValueStore) => Partial<KeyValueStore> = () => ({})) => {
    const clock = new ManualClock();
    const store = await leaseStore();
    const taken = await takeLease(store, candidate('a'));
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

  it('lasts as long as the lease is renewed, four times in its time', async () => {
    const { clock, store, leadership, why } = await leading();
    await clock.advance(10 * LEASE_MS);
    assert.ok(leadership.leads);
    assert.deepEqual([await revisionOf(store), why()], [41, '']);
    await leadership.stop();
  });

  it('is over after half a lease without renewal, before another may have taken over', async () => {
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

  it('is over for a process that stood still, at the first question', async () => {
    const { clock, leadership } = await leading(() => ({ put: () => new Promise(() => {}) }));
    assert.ok(leadership.leads);
    await clock.advance(LEASE_MS);
    assert.ok(!leadership.leads);
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

  it('is over when somebody else has the lease, and does not take it back', async () => {
    const { clock, store, leadership, why } = await leading();
    const other = await takeLease(store, candidate('b'));
    await clock.advance(LEASE_MS / 4);
    assert.ok(!leadership.leads);
    assert.match(why(), /leads since epoch 2; ours was 1/);
    await leadership.stop();
    assert.deepEqual(await readLease(store), other);
  });

  it('is let go of at a stop', async () => {
    const { store, leadership } = await leading();
    await leadership.stop();
    const read = await readLease(store);
    assert.equal(read.ok && read.value?.isReleased, true);
    assert.ok(!leadership.leads);
  });
});
