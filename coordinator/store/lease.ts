import type { KeyValueStore, StoredValue, StoreFailure } from '../../proto/store.js';
import { isWithinReach, MAX_VERSION } from '../../shared/command.js';
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

/** An identity known from elsewhere than the lease. */
export interface RecalledIdentity extends ClusterIdentity {
  /** More than half of all buckets are marked with this incarnation. */
  readonly isAgreed?: true;
}

/** The lease as the store holds it; its revision changes with each renewal. */
export interface HeldLease extends Lease {
  readonly revision: number;
}

/** What is stored where the lease should be, and is none: damaged or forged. */
export interface UnreadableLease {
  readonly isUnreadable: true;
  readonly revision: number;
}

/** What a coordinator found where the lease is kept; null = nothing. */
export type SeenLease = HeldLease | UnreadableLease | null;

/** Whether there is a lease to read. */
export const isLease = (seen: SeenLease): seen is HeldLease =>
  seen !== null && !('isUnreadable' in seen);

/** The only key of the bucket of the lease. */
export const LEASE_KEY = 'leader';
/**
 * Epochs skipped after a lost lease, because coordinators that nobody remembers may have led. A
 * part that depends on the nonce is added, so that two candidates that remember the same epoch take
 * different ones. Epochs go to 2^52, which is enough for billions of losses.
 */
const EPOCH_GAP = 1_000_000;
const epochGap = (nonce: string): number => EPOCH_GAP + (seedOf(nonce) % EPOCH_GAP);

const MAX_ATTEMPTS = 8;

/** A coordinator that wants the lease, and what it knows of earlier leaders. */
export interface LeaseCandidate {
  /** Name for people, kept in the lease. */
  readonly holder: string;
  /** A fresh random text per call. */
  readonly newNonce: () => string;
  /**
   * What is known beside the lease, for one that is gone or cannot be believed; null = the cluster
   * never had a leader. Default null.
   */
  readonly recallIdentity?: () => Promise<Result<RecalledIdentity | null, StoreFailure>>;
  /**
   * The latest epoch that nodes were seen to obey; ours has to be later. Where it is later than the
   * lease's, the store was restored from an old copy. Default 0.
   */
  readonly obeyedEpoch?: number;
  /** Called before a lease is written: it may be stored though no answer comes. */
  readonly onClaim?: (claim: LeaseClaim) => void;
}

/** A lease that is about to be written, and the latest epoch that was known before it. */
export interface LeaseClaim extends Pick<Lease, 'nonce'> {
  readonly follows: number;
}

/**
 * Why the lease could not be read or written; `exhausted`: no later epoch can be, which only forged
 * marks and reports can bring about.
 */
export type LeaseFailure = StoreFailure | 'exhausted';

/**
 * Takes the lease from any holder, for a coordinator that knows to be the only one. Returns the
 * last failure after eight attempts.
 */
export async function takeLease(
  store: KeyValueStore,
  candidate: LeaseCandidate,
): Promise<Result<ClaimedLease, LeaseFailure>> {
  let last: LeaseFailure = 'conflict';
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const read = await readLease(store);
    if (!read.ok) return read;
    const recalled = await recall(read.value, candidate);
    if (!recalled.ok) return recalled;
    const claimed = await claimLease(
      store,
      { seen: read.value, recalled: recalled.value },
      candidate,
    );
    if (claimed.ok || claimed.error === 'missing-bucket') return claimed;
    last = claimed.error;
  }
  return err(last);
}

/** A lease that was just taken, and the latest epoch that was known before it; 0 = none. */
export interface ClaimedLease {
  readonly held: HeldLease;
  readonly follows: number;
}

/** What a candidate knows of the lease before it claims it. */
export interface LeaseKnowledge {
  readonly seen: SeenLease;
  /** null = nothing beside the lease. */
  readonly recalled: RecalledIdentity | null;
}

/**
 * What is known beside the lease. Where a bucket is gone, a lease that can be read is believed:
 * only who leads may make the bucket again.
 */
export async function recall(
  seen: SeenLease,
  { recallIdentity }: LeaseCandidate,
): Promise<Result<RecalledIdentity | null, StoreFailure>> {
  const recalled = recallIdentity === undefined ? ok(null) : await recallIdentity();
  return !recalled.ok && recalled.error === 'missing-bucket' && isLease(seen) ? ok(null) : recalled;
}

/**
 * Takes the lease by compare-and-set against what was seen, with its epoch + 1. A cluster's first
 * lease gets a new incarnation and epoch 1. A lease that is gone, unreadable or not believed is
 * rebuilt from what is recalled. A write without an answer is *unknown*: the lease is read again
 * and the nonce compared, never taken for failure or success.
 */
export async function claimLease(
  store: KeyValueStore,
  { seen, recalled }: LeaseKnowledge,
  { holder, newNonce, obeyedEpoch = 0, onClaim }: LeaseCandidate,
): Promise<Result<ClaimedLease, LeaseFailure>> {
  const before = identityAfter(seen, recalled);
  const incarnation = before?.identity.incarnation ?? newNonce();
  const nonce = newNonce();
  const known = before?.identity.epoch ?? 0;
  const obeyed = isWithinReach(obeyedEpoch, known) ? obeyedEpoch : 0;
  const follows = Math.max(known, obeyed);
  const isLost = before?.isRecalled === true || obeyed > known;
  const lease: Lease = {
    incarnation,
    holder,
    nonce,
    epoch: follows + 1 + (isLost ? epochGap(nonce) : 0),
    ...(before?.identity.isMarked === true ? { isMarked: true as const } : {}),
  };
  if (lease.epoch > MAX_VERSION) return err('exhausted');
  onClaim?.({ nonce, follows });
  const put = await store.put(LEASE_KEY, encodeLease(lease), seen?.revision ?? 0);
  if (put.ok) return ok({ held: { ...lease, revision: put.value }, follows });
  if (put.error !== 'unknown') return put;
  const read = await readLease(store);
  return read.ok && isLease(read.value) && read.value.nonce === lease.nonce
    ? ok({ held: read.value, follows })
    : put;
}

/** The identity to continue, and whether it was recalled instead of read from the lease. */
function identityAfter(
  seen: SeenLease,
  recalled: RecalledIdentity | null,
): { readonly identity: ClusterIdentity; readonly isRecalled: boolean } | null {
  if (isLease(seen) && (recalled === null ? isYoung(seen) : agrees(seen, recalled)))
    return isOutdated(seen, recalled)
      ? { identity: { ...seen, epoch: recalled.epoch }, isRecalled: true }
      : { identity: seen, isRecalled: false };
  return recalled === null ? null : { identity: recalled, isRecalled: true };
}

// Nothing is known beside the lease, so no term was ever completed, or a bucket is gone.
const isYoung = ({ epoch }: HeldLease): boolean => isWithinReach(epoch, 0);

// The buckets' marks are many and the lease is one value, so that marks which agree are right.
const agrees = (lease: HeldLease, { incarnation, epoch, isAgreed }: RecalledIdentity): boolean =>
  lease.incarnation === incarnation ? isWithinReach(lease.epoch, epoch) : isAgreed !== true;

// Its bucket alone was put back from a backup: leaders mark after they took the lease.
const isOutdated = (
  lease: HeldLease,
  recalled: RecalledIdentity | null,
): recalled is RecalledIdentity =>
  recalled?.incarnation === lease.incarnation && recalled.epoch > lease.epoch;

/**
 * Renews the lease, which shows the followers that its holder lives. Where something unreadable or
 * changed has taken its place, or an earlier renewal as after a server lost its last writes, the
 * lease is written over it. `lost`: another coordinator holds it;
 * after any other failure it is not known whether it was renewed.
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
  const seen = read.value;
  const isEarlier = isLease(seen) && seen.nonce === lease.nonce && seen.revision < before;
  if (!isLease(seen) || isEarlier || isChanged(seen, lease)) {
    const over = await store.put(LEASE_KEY, encodeLease(lease), seen.revision);
    return over.ok ? ok({ ...lease, revision: over.value }) : err('unknown');
  }
  if (seen.nonce !== lease.nonce) return err('lost');
  return seen.revision > before ? ok(seen) : err('unknown');
}

// Only its holder writes under a nonce, so what it did not write itself was forged.
const isChanged = (seen: HeldLease, { nonce, epoch, incarnation }: Lease): boolean =>
  seen.nonce === nonce && (seen.epoch !== epoch || seen.incarnation !== incarnation);

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

/** Reads what is stored in the place of the lease; null = nothing. */
export async function readLease(store: KeyValueStore): Promise<Result<SeenLease, StoreFailure>> {
  const read = await store.get(LEASE_KEY);
  if (!read.ok) return read;
  if (read.value === null) return ok(null);
  const { revision } = read.value;
  const lease = parseLease(read.value);
  return ok(lease === undefined ? { isUnreadable: true, revision } : { ...lease, revision });
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
    if (typeof nonce !== 'string' || !isEpoch(epoch)) return undefined;
    const flags = {
      ...(isReleased === true ? { isReleased: true as const } : {}),
      ...(isMarked === true ? { isMarked: true as const } : {}),
    };
    return { incarnation, epoch, holder, nonce, ...flags };
  } catch {
    return undefined;
  }
}

/** Whether a stored value is an epoch that a later one can follow. */
export const isEpoch = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < MAX_VERSION;
