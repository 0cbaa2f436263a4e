import assert from 'node:assert/strict';
import {
  type HeldLease,
  type LeaseCandidate,
  type LeaseFailure,
  takeLease,
} from '../../../../coordinator/store/lease.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { ok, type Result } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';

/** An empty lease bucket in memory. */
export async function leaseStore(): Promise<KeyValueStore> {
  const stores = new MemoryStores({ clock: new ManualClock() });
  await stores.install('test', { replicas: 1 });
  const opened = await stores.open('test', 'lease');
  assert.ok(opened.ok);
  return opened.value;
}

/** A candidate whose nonces are HOLDER-1, HOLDER-2 … */
export function candidate(holder: string) {
  let count = 0;
  const newNonce = () => {
    count += 1;
    return `${holder}-${count}`;
  };
  return { holder, newNonce };
}

/** `takeLease`, and what the store then holds. */
export async function take(
  store: KeyValueStore,
  asking: LeaseCandidate,
): Promise<Result<HeldLease, LeaseFailure>> {
  const taken = await takeLease(store, asking);
  return taken.ok ? ok(taken.value.held) : taken;
}
