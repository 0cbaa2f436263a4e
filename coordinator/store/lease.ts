import type { KeyValueStore, StoredValue, StoreFailure } from '../../proto/store.js';
import { seedOf } from '../../shared/random.js';
import { err, ok, type Result } from '../../shared/result.js';

/**
 * Who leads, and the cluster's identity: `incarnation` is made once for a cluster's store, `epoch`
 * rises with every leader.
 */
export interface Lease {
  readonly incarnation: string;
  readonly epoch: number;
  readonly holder: string;
  /** New with every attempt: after a write without an answer it shows whose write it was. */
  readonly nonce: string;
  /** Its holder has released it. Absent = held. */
  readonly isReleased?: true;
  /** All buckets carry a mark (`bucket-mark.ts`), so one without a mark was lost. */
  readonly isMarked?: true;
}

/** What a new lease takes over from the one before. */
export type ClusterIdentity = Pick<Lease, 'incarnation' | 'epoch' | 'isMarked'>;

/** The lease as the store holds it; its revision changes with each renewal. */
export interface HeldLease extends Lease {
  readonly revision: number;
}

/** The only key of the bucket of the lease. */
export const LEASE_KEY = 'leader';
/**
 * Epochs skipped after a lost lease, because coordinators that nobody remembers may have led. A
 * part that depends on the nonce is added, so that two candidates that remember the same epoch take
 * different ones. Epochs go to 2^53, which is enough for billions of losses.
 */
const EPOCH_GAP = 1_000_000;
const epochGap = (nonce: string): number => EPOCH_GAP + (seedOf(nonce) % EPOCH_GAP);

/** Whether no other coordinator is known to have led between the two epochs. */
export const isDirectSuccessor = (epoch: number, before: number): boolean =>
  epoch === before + 1 || (epoch > before + EPOCH_GAP && epoch <= before + 2 * EPOCH_GAP);
const MAX_ATTEMPTS = 8;

/** A coordinator that wants the lease, and what it knows of earlier leaders. */
export interface LeaseCandidate {
  /** Name for people, kept in the lease. */
  readonly holder: string;
  /** A fresh random text per call. */
  readonly newNonce: () => string;
  /** What is known of a lease that is gone; null = the cluster never had a leader. Default null. */
  readonly recallIdentity?: () => Promise<Result<ClusterIdentity | null, StoreFailure>>;
  /**
   * The latest epoch that nodes were seen to obey; ours has to be later. Where it is later than the
   * lease's, the store was restored from an old copy. Default 0.
   */
  readonly obeyedEpoch?: number;
}

/** Why the lease could not be read or written; `unreadable`: its value is not a lease. */
export type LeaseFailure = StoreFailure | 'unreadable';

/**
 * Takes the lease from any holder, for a coordinator that knows to be the only one. Returns the
 * last failure after eight attempts.
 */
export async function takeLease(
  store: KeyValueStore,
  candidate: LeaseCandidate,
): Promise<Result<HeldLease, LeaseFailure>> {
  let last: LeaseFailure = 'conflict';
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const read = await readLease(store);
    if (!read.ok) return read;
    const claimed = await claimLease(store, read.value, candidate);
    if (claimed.ok || claimed.error === 'missing-bucket') return claimed;
    last = claimed.error;
  }
  return err(last);
}

/**
 * Takes the lease by compare-and-set against the one that was read (`seen`), with its epoch + 1. A
 * cluster's first lease gets a new incarnation and epoch 1; a lease that is gone (`seen` null)
 * continues from `recallIdentity`. A write without an answer is *unknown*: the lease is read again
 * and the nonce compared, never taken for failure or success.
 */
export async function claimLease(
  store: KeyValueStore,
  seen: HeldLease | null,
  { holder, newNonce, recallIdentity, obeyedEpoch = 0 }: LeaseCandidate,
): Promise<Result<HeldLease, LeaseFailure>> {
  const before = seen === null && recallIdentity !== undefined ? await recallIdentity() : ok(seen);
  if (!before.ok) return before;
  const incarnation = before.value?.incarnation ?? newNonce();
  const nonce = newNonce();
  const known = before.value?.epoch ?? 0;
  const isLost = (seen === null && before.value !== null) || obeyedEpoch > known;
  const lease: Lease = {
    incarnation,
    holder,
    nonce,
    epoch: Math.max(known, obeyedEpoch) + 1 + (isLost ? epochGap(nonce) : 0),
    ...(before.value?.isMarked === true ? { isMarked: true as const } : {}),
  };
  const put = await store.put(LEASE_KEY, encodeLease(lease), seen?.revision ?? 0);
  if (put.ok) return ok({ ...lease, revision: put.value });
  if (put.error !== 'unknown') return put;
  const read = await readLease(store);
  return read.ok && read.value?.nonce === lease.nonce ? ok(read.value) : put;
}

/**
 * Renews the lease, which shows the followers that its holder lives. `lost`: another coordinator
 * holds it; after any other failure it is not known whether it was renewed.
 */
export async function renewLease(
  store: KeyValueStore,
  { revision: before, ...lease }: HeldLease,
): Promise<Result<HeldLease, LeaseFailure | 'lost'>> {
  const put = await store.put(LEASE_KEY, encodeLease(lease), before);
  if (put.ok) return ok({ ...lease, revision: put.value });
  if (put.error === 'missing-bucket') return put;
  const read = await readLease(store);
  if (!read.ok) return read;
  if (read.value === null) return err('unknown');
  if (read.value.nonce !== lease.nonce) return err('lost');
  return read.value.revision > before ? ok(read.value) : err('unknown');
}

/**
 * Marks the lease as released, so that the next candidate takes it at once. Best effort: where it
 * fails, followers wait for the lease duration.
 */
export async function releaseLease(
  store: KeyValueStore,
  { revision, ...lease }: HeldLease,
): Promise<void> {
  await store.put(LEASE_KEY, encodeLease({ ...lease, isReleased: true }), revision);
}

/** Reads the lease; null = there is none. */
export async function readLease(
  store: KeyValueStore,
): Promise<Result<HeldLease | null, LeaseFailure>> {
  const read = await store.get(LEASE_KEY);
  if (!read.ok) return read;
  if (read.value === null) return ok(null);
  const lease = parseLease(read.value);
  return lease === undefined ? err('unreadable') : ok({ ...lease, revision: read.value.revision });
}

const encodeLease = (lease: Lease): Uint8Array => new TextEncoder().encode(JSON.stringify(lease));

function parseLease(stored: StoredValue): Lease | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(stored.value));
    if (typeof value !== 'object' || value === null) return undefined;
    const { incarnation, epoch, holder, nonce, isReleased, isMarked } = value as Readonly<
      Record<string, unknown>
    >;
    if (typeof incarnation !== 'string' || incarnation === '' || typeof holder !== 'string')
      return undefined;
    if (typeof nonce !== 'string' || !Number.isSafeInteger(epoch) || (epoch as number) < 0)
      return undefined;
    const flags = {
      ...(isReleased === true ? { isReleased: true as const } : {}),
      ...(isMarked === true ? { isMarked: true as const } : {}),
    };
    return { incarnation, epoch: epoch as number, holder, nonce, ...flags };
  } catch {
    return undefined;
  }
}
