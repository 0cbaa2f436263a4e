import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LEASE_KEY, readLease, takeLease } from '../../../../coordinator/store/lease.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { err, ok } from '../../../../shared/result.js';
import { candidate, leaseStore } from './lease-build.js';

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

  it('gives two candidates at once two different epochs', async () => {
    const store = await leaseStore();
    const taken = await Promise.all([
      takeLease(store, candidate('a')),
      takeLease(store, candidate('b')),
    ]);
    assert.deepEqual(taken.map((each) => each.ok && each.value.epoch).sort(), [1, 2]);
  });

  it('believes the store about a write without an answer', async () => {
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

  it('never overwrites a value it cannot read', async () => {
    const store = await leaseStore();
    await store.put(LEASE_KEY, new TextEncoder().encode('{"incarnation":"x","epoch":-1}'));
    assert.deepEqual(await takeLease(store, candidate('a')), err('unreadable'));
  });

  it('fails when another process always writes first', async () => {
    const store = await leaseStore();
    const busy: KeyValueStore = { ...store, put: async () => err('conflict') };
    assert.deepEqual(await takeLease(busy, candidate('a')), err('conflict'));
  });
});
