import type { KeyValueStore, StoredValue, StoreFailure } from '../../proto/store.js';
import { err, ok, type Result } from '../../shared/result.js';

/** Who leads. The store's only copy of the cluster's identity: `incarnation` is made once, `epoch` rises with every leader. */
export interface Lease {
  readonly incarnation: string;
  readonly epoch: number;
  readonly holder: string;
  /** New with every attempt: after an unknown outcome it tells whether the write was ours. */
  readonly nonce: string;
}

export const LEASE_KEY = 'leader';
const ATTEMPTS = 8;

export interface Candidate {
  readonly holder: string;
  /** A fresh random text per call. */
  readonly newNonce: () => string;
}

export type LeaseFailure = StoreFailure | 'unreadable';

/**
 * Takes the lease: epoch + 1 by compare-and-set, the first one ever with a new incarnation and epoch 1. A write without an answer is
 * *unknown*: it is read again and the nonce compared, never taken as failure or success. Gives up after eight tries.
 */
export async function takeLease(store: KeyValueStore, candidate: Candidate): Promise<Result<Lease, LeaseFailure>> {
  let last: LeaseFailure = 'conflict';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const read = await store.get(LEASE_KEY);
    if (!read.ok) return read;
    const before = read.value === null ? null : parseLease(read.value);
    if (before === undefined) return err('unreadable');
    const lease: Lease = {
      incarnation: before?.incarnation ?? candidate.newNonce(),
      epoch: (before?.epoch ?? 0) + 1,
      holder: candidate.holder,
      nonce: candidate.newNonce(),
    };
    const put = await store.put(LEASE_KEY, encodeLease(lease), read.value?.revision ?? 0);
    if (put.ok) return ok(lease);
    if (put.error === 'missing-bucket') return err(put.error);
    if (put.error === 'unknown' && (await holdsNonce(store, lease.nonce))) return ok(lease);
    last = put.error;
  }
  return err(last);
}

const holdsNonce = async (store: KeyValueStore, nonce: string): Promise<boolean> => {
  const lease = await readLease(store);
  return lease.ok && lease.value?.nonce === nonce;
};

/** null = nobody ever led. */
export async function readLease(store: KeyValueStore): Promise<Result<Lease | null, LeaseFailure>> {
  const read = await store.get(LEASE_KEY);
  if (!read.ok) return read;
  if (read.value === null) return ok(null);
  const lease = parseLease(read.value);
  return lease === undefined ? err('unreadable') : ok(lease);
}

const encodeLease = (lease: Lease): Uint8Array => new TextEncoder().encode(JSON.stringify(lease));

function parseLease(stored: StoredValue): Lease | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(stored.value));
    if (typeof value !== 'object' || value === null) return undefined;
    const { incarnation, epoch, holder, nonce } = value as Readonly<Record<string, unknown>>;
    if (typeof incarnation !== 'string' || incarnation === '' || typeof holder !== 'string') return undefined;
    if (typeof nonce !== 'string' || !Number.isSafeInteger(epoch) || (epoch as number) < 0) return undefined;
    return { incarnation, epoch: epoch as number, holder, nonce };
  } catch {
    return undefined;
  }
}
