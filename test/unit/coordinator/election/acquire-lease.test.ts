import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type AcquireLeaseOptions,
  acquireLease,
  type MissingLease,
} from '../../../../coordinator/election/candidate.js';
import { type HeldLease, releaseLease, renewLease } from '../../../../coordinator/store/lease.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { silentLog } from '../../../../shared/log.js';
import { err } from '../../../../shared/result.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';
import { candidate, leaseStore, take } from './lease-build.js';

const LEASE_MS = 8000;

describe('acquireLease with a bucket that was created again', () => {
  it('does not mistake the same revision for a lease that is unchanged', async () => {
    const clock = new ManualClock();
    const stores = new MemoryStores({ clock });
    await stores.install('test', { replicas: 1 });
    const opened = await stores.open('test', 'lease');
    assert.ok(opened.ok);
    await take(opened.value, candidate('a'));
    const [signal, leaseMs] = [new AbortController(), 10_000];
    let won: unknown;
    const standsBy = acquireLease({
      store: opened.value,
      clock,
      log: silentLog,
      leaseMs,
      signal: signal.signal,
      ...candidate('b'),
    }).then((result) => {
      won = result;
    });
    await clock.advance(9000);
    stores.destroy('test', 'lease');
    await stores.install('test', { replicas: 1 });
    await take(opened.value, candidate('c'));
    await clock.advance(5000);
    assert.equal(won, undefined);
    await clock.advance(10_000);
    assert.notEqual(won, undefined);
    signal.abort();
    await standsBy;
  });
});

describe('acquireLease', () => {
  const stand = (
    store: KeyValueStore,
    clock: ManualClock,
    change: Partial<
      Pick<AcquireLeaseOptions, 'lastNonce' | 'signal' | 'leaseMs' | 'missingLease' | 'onGone'>
    > = {},
  ) => {
    let won: HeldLease | null | undefined;
    const running = acquireLease({
      store,
      clock,
      log: silentLog,
      leaseMs: LEASE_MS,
      signal: new AbortController().signal,
      ...candidate('b'),
      ...change,
    }).then((result) => {
      won = result === null ? null : result.held;
    });
    return { running, won: () => won };
  };

  it('takes the lease at once where nobody leads or the leader released it', async () => {
    const store = await leaseStore();
    const clock = new ManualClock();
    const first = stand(store, clock);
    await first.running;
    const held = first.won();
    assert.ok(held);
    assert.equal(held.epoch, 1);
    const next = stand(store, clock);
    await clock.advance(LEASE_MS / 2);
    assert.equal(next.won(), undefined);
    await releaseLease(store, held);
    await settle();
    await clock.advance(0);
    assert.equal(next.won()?.epoch, 2);
  });

  it('waits a whole lease duration without a renewal, by its own clock', async () => {
    const store = await leaseStore();
    const clock = new ManualClock();
    let held = await take(store, candidate('a'));
    const { won } = stand(store, clock);
    for (let i = 0; i < 20; i += 1) {
      await clock.advance(LEASE_MS / 2);
      assert.ok(held.ok);
      held = (await renewLease(store, held.value)) as typeof held;
    }
    assert.equal(won(), undefined);
    await clock.advance(LEASE_MS - 1);
    assert.equal(won(), undefined);
    await clock.advance(LEASE_MS / 2);
    assert.equal(won()?.epoch, 2);
  });

  it('concludes nothing from a store that does not answer', async () => {
    const store = await leaseStore();
    const clock = new ManualClock();
    await take(store, candidate('a'));
    const silent: KeyValueStore = { ...store, get: async () => err('unknown') };
    const { won } = stand(silent, clock);
    await clock.advance(5 * LEASE_MS);
    assert.equal(won(), undefined);
  });

  it('of two candidates one takes the lease', async () => {
    const store = await leaseStore();
    const clock = new ManualClock();
    await take(store, candidate('a'));
    const both = [stand(store, clock), stand(store, clock)];
    await clock.advance(1.5 * LEASE_MS);
    assert.equal(both.filter(({ won }) => won() !== undefined).length, 1);
  });

  it('does not wait for its own lease after a cut in which nobody else led', async () => {
    const store = await leaseStore();
    const taken = await take(store, candidate('a'));
    assert.ok(taken.ok);
    const { running, won } = stand(store, new ManualClock(), { lastNonce: taken.value.nonce });
    await running;
    assert.equal(won()?.epoch, 2);
  });

  for (const [missing, leaseMs, leastMs] of [
    ['leave-to-all', 2000, 12_000],
    ['leave-to-all', LEASE_MS, 24_000],
    ['leave-to-later', 2000, 7000],
    ['leave-to-later', LEASE_MS, 16_000],
  ] as const)
    it(`leaves a missing lease of ${leaseMs} ms to others for long: ${missing}`, async () => {
      const clock = new ManualClock();
      const { won } = stand(await leaseStore(), clock, {
        leaseMs,
        missingLease: () => missing,
      });
      // Half a lease until it steps down, and a call that hangs in a store which died.
      await clock.advance(leastMs - 1);
      assert.equal(won(), undefined);
      await clock.advance(leaseMs);
      assert.equal(won()?.epoch, 1);
    });

  it('asks whether to take a missing lease before it takes it', async () => {
    const clock = new ManualClock();
    let missing: MissingLease = 'take';
    const { won } = stand(await leaseStore(), clock, {
      missingLease: () => missing,
      onGone: async () => {
        await clock.sleep(100);
        missing = 'leave-to-later';
      },
    });
    await clock.advance(LEASE_MS);
    assert.equal(won(), undefined);
  });

  it('ends when the signal is aborted', async () => {
    const store = await leaseStore();
    await take(store, candidate('a'));
    const stopping = new AbortController();
    const { running, won } = stand(store, new ManualClock(), { signal: stopping.signal });
    await settle();
    stopping.abort();
    await running;
    assert.equal(won(), null);
  });
});
