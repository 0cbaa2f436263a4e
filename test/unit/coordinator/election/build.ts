import assert from 'node:assert/strict';
import { MemoryStores } from '../../../../proto/memory/store.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { ManualClock } from '../../../lib/manual-clock.js';

/** The bucket of leases, in memory. */
export async function leaseStore(): Promise<KeyValueStore> {
  const stores = new MemoryStores({ clock: new ManualClock() });
  await stores.install('test', { replicas: 1 });
  const opened = await stores.open('test', 'lease');
  assert.ok(opened.ok);
  return opened.value;
}

/** What a coordinator of this name says of itself. */
export function candidate(holder: string) {
  let count = 0;
  const newNonce = () => {
    count += 1;
    return `${holder}-${count}`;
  };
  return { holder, newNonce };
}
