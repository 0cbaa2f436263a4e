import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LEASE_KEY, readLease } from '../../../../coordinator/store/lease.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { err, ok } from '../../../../shared/result.js';
import { candidate, leaseStore, take } from './lease-build.js';

describe('takeLease', () => {
  it('makes the incarnation once and raises the epoch by one with every leader', async () => {
    const store = await leaseStore();
    const first = await take(store, candidate('a'));
    const second = await take(store, candidate('b'));
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
    const taken = await Promise.all([take(store, candidate('a')), take(store, candidate('b'))]);
    assert.deepEqual(taken.map((each) => each.ok && each.value.epoch).sort(), [1, 2]);
  });

  it('believes the store about a write without an answer', async () => {
    const store = await leaseStore();
    const happened: KeyValueStore = {
      ...store,
      put: async (...args) => ((await store.put(...args)).ok ? err('unknown') : err('conflict')),
    };
    const first = await take(happened, candidate('a'));
    assert.ok(first.ok && first.value.epoch === 1);
    let lost = 0;
    const dropped: KeyValueStore = {
      ...store,
      put: async (...args) => {
        lost += 1;
        return lost < 3 ? err('unknown') : store.put(...args);
      },
    };
    const second = await take(dropped, candidate('b'));
    assert.ok(second.ok && second.value.epoch === 2);
  });

  const lease = (change: object): Uint8Array =>
    new TextEncoder().encode(
      JSON.stringify({ incarnation: 'i', epoch: 7, holder: 'x', nonce: 'n', ...change }),
    );
  const marked = { incarnation: 'i', epoch: 7, isMarked: true, isAgreed: true } as const;
  const MARGIN = 2_000_001;

  for (const [name, stored] of [
    ['no JSON', new TextEncoder().encode('{')],
    ['empty', new Uint8Array()],
    ['a negative epoch', lease({ epoch: -1 })],
    ['an epoch that none can follow', lease({ epoch: 2 ** 52 })],
    ['the greatest safe epoch', lease({ epoch: 2 ** 53 - 1 })],
    ['an epoch out of reach of the marks', lease({ epoch: 2 ** 33 })],
    ['the incarnation of no bucket', lease({ incarnation: 'forged' })],
  ] as const)
    it(`rebuilds what is not believed from the marks: ${name}`, async () => {
      const store = await leaseStore();
      await store.put(LEASE_KEY, stored);
      const taken = await take(store, {
        ...candidate('a'),
        recallIdentity: async () => ok(marked),
      });
      assert.ok(taken.ok);
      assert.equal(taken.value.incarnation, 'i');
      assert.ok(taken.value.epoch > 7 && taken.value.epoch < 7 + MARGIN, `${taken.value.epoch}`);
      assert.deepEqual(await readLease(store), taken);
    });

  it('believes the lease where marks disagree among themselves, or a bucket is gone', async () => {
    for (const recallIdentity of [
      async () => ok({ incarnation: 'other', epoch: 7, isMarked: true } as const),
      async () => err('missing-bucket' as const),
    ]) {
      const store = await leaseStore();
      await store.put(LEASE_KEY, lease({}));
      const taken = await take(store, { ...candidate('a'), recallIdentity });
      assert.ok(taken.ok);
      assert.deepEqual([taken.value.incarnation, taken.value.epoch], ['i', 8]);
    }
  });

  it('goes beyond marks that are later, as where only the lease was put back', async () => {
    const store = await leaseStore();
    await store.put(LEASE_KEY, lease({}));
    const recallIdentity = async () => ok({ ...marked, epoch: 12 });
    const taken = await take(store, { ...candidate('a'), recallIdentity });
    assert.ok(taken.ok);
    assert.equal(taken.value.incarnation, 'i');
    assert.ok(taken.value.epoch > 12 && taken.value.epoch < 12 + MARGIN, `${taken.value.epoch}`);
  });

  it('begins again where nothing else is known, and the epoch is out of reach', async () => {
    const store = await leaseStore();
    await store.put(LEASE_KEY, lease({ epoch: 2 ** 33 }));
    const taken = await take(store, candidate('a'));
    assert.ok(taken.ok && taken.value.epoch === 1 && taken.value.incarnation === 'a-1');
  });

  it('takes nothing where the marks cannot be read', async () => {
    const store = await leaseStore();
    await store.put(LEASE_KEY, lease({}));
    const recallIdentity = async () => err('unknown' as const);
    assert.deepEqual(await take(store, { ...candidate('a'), recallIdentity }), err('unknown'));
  });

  it('follows what nodes obey only within reach', async () => {
    for (const [obeyedEpoch, most] of [
      [2 ** 53 - 1, 8],
      [9, 9 + MARGIN],
    ] as const) {
      const store = await leaseStore();
      await store.put(LEASE_KEY, lease({}));
      const taken = await take(store, { ...candidate('a'), obeyedEpoch });
      assert.ok(taken.ok && taken.value.epoch > 7 && taken.value.epoch <= most);
    }
  });

  it('fails when another process always writes first', async () => {
    const store = await leaseStore();
    const busy: KeyValueStore = { ...store, put: async () => err('conflict') };
    assert.deepEqual(await take(busy, candidate('a')), err('conflict'));
  });
});
