import type { KeyValueStore, StoredValue, StoreFailure } from '../../proto/store.js';
import { seedOf } from '../../shared/random.js';
import { err, ok, type Result } from '../../shared/result.js';

/**
 * Who leads. The store's only copy of the cluster's identity: `incarnation` is made once, `epoch`
 * rises with every leader.
 */
export interface Lease {
  readonly incarnation: string;
  readonly epoch: number;
  readonly holder: string;
  /** New with every attempt: after an unknown outcome it tells whether the write was ours. */
  readonly nonce: string;
  /** Its holder has let go of it. */
  readonly isReleased?: true;
  /** All buckets carry a mark (`persist-mark.ts`): one without it was lost. */
  readonly isMarked?: true;
}

/** What goes on from lease to lease. */
export type ClusterIdentity = Pick<Lease, 'incarnation' | 'epoch' | 'isMarked'>;

/** The lease as the store holds it; its revision changes with each renewal. */
export interface HeldLease extends Lease {
  readonly revision: number;
}

export const LEASE_KEY = 'leader';
/**
 * Where the lease was lost, others may have led whom nobody remembers: so many epochs are skipped,
 * and by chance some more, because two that remember the same must not take the same. They go to
 * 2^53: enough for billions of losses.
 */
const EPOCH_GAP = 1_000_000;
const epochGap = (nonce: string): number => EPOCH_GAP + (seedOf(nonce) % EPOCH_GAP);

/** Whether nobody is known to have led between the two epochs. */
export const isDirectSuccessor = (epoch: number, before: number): boolean =>
  epoch === before + 1 || (epoch > before + EPOCH_GAP && epoch <= before + 2 * EPOCH_GAP);
const MAX_ATTEMPTS = 8;

export interface LeaseCandidate {
  readonly holder: string;
  /** A fresh random text per call. */
  readonly newNonce: () => string;
  /** What is known of a lease that is not there any more; null = nobody ever led. Default null. */
  readonly recallIdentity?: () => Promise<Result<ClusterIdentity | null, StoreFailure>>;
  /**
   * An epoch that nodes obey, whatever the lease says: ours is to be later, and where it is news to
   * the lease, that lease is an old one. Default 0.
   */
  readonly obeyedEpoch?: number;
}

export type LeaseFailure = StoreFailure | 'unreadable';

/**
 * Takes the lease whoever holds it, for a coordinator that knows itself to be the only one. Gives
 * up after eight tries.
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
 * Takes the lease from whom it was seen with: epoch + 1 by compare-and-set, the first one ever with
 * a new incarnation and epoch 1. A lease that is gone (`null`) goes on from what is recalled of it.
 * A write without an answer is *unknown*: it is read again and the nonce compared, never taken as
 * failure or success.
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
 * Shows that its holder lives. `lost`: somebody else has it; any other failure leaves open whether
 * it was renewed.
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

/** Lets the next candidate take it at once. Best effort: where it fails, the others wait. */
export async function releaseLease(
  store: KeyValueStore,
  { revision, ...lease }: HeldLease,
): Promise<void> {
  await store.put(LEASE_KEY, encodeLease({ ...lease, isReleased: true }), revision);
}

/** null = nobody ever led. */
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
