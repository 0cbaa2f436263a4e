import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LEASE_KEY, readLease, takeLease } from '../../../coordinator/state/persist-lease.js';
import { MemoryStores } from '../../../proto/memory-store.js';
import type { KeyValueStore } from '../../../proto/store.js';
import { err, ok } from '../../../shared/result.js';
import { ManualClock } from '../../lib/manual-clock.js';

async function leaseStore(): Promise<KeyValueStore> {
  const stores = new MemoryStores({ clock: new ManualClock() });
  await stores.install('test', { replicas: 1 });
  const opened = await stores.open('test', 'lease');
  assert.ok(opened.ok);
  return opened.value;
}

function candidate(holder: string) {
  let count = 0;
  const newNonce = () => {
    count += 1;
    return `${holder}-${count}`;
  };
  return { holder, newNonce };
}

describe('takeLease', () => {
  it('makes the incarnation once and raises the epoch by one with every leader', async () => {
    const store = await leaseStore();
    const first = await takeLease(store, candidate('a'));
    const second = await takeLease(store, candidate('b'));
    assert.deepEqual(first, ok({ incarnation: 'a-1', epoch: 1, holder: 'a', nonce: 'a-2' }));
    assert.deepEqual(second, ok({ incarnation: 'a-1', epoch: 2, holder: 'b', nonce: 'b-1' }));
    assert.deepEqual(await readLease(store), second);
  });

  it('two at once get two different epochs', async () => {
    const store = await leaseStore();
    const taken = await Promise.all([takeLease(store, candidate('a')), takeLease(store, candidate('b'))]);
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
