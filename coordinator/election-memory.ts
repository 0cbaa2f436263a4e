import { isWithinReach } from '../shared/command.js';
import type { CoordinatorHandle } from './contract.js';
import type { AcquiredLease, MissingLease } from './election/candidate.js';
import type { ClaimedLease, ClusterIdentity } from './store/lease.js';
import type { LastKnown } from './store/refill.js';

/** What this process knows from its last term, and of the leases seen since. */
export class ElectionMemory {
  lastNonce: string | undefined;
  lastKnown: LastKnown | undefined;
  obeyedEpoch = 0;
  #seen: ClusterIdentity | null = null;
  /** Of our latest lease: nobody else has led between what is known and that. */
  #latestEpoch = 0;
  /** By the clock, ms: when the lease of the last term was renewed last. */
  #renewedAtMs = Number.NEGATIVE_INFINITY;
  /** undefined = nobody has looked whether others have led since. */
  #isOutdated: boolean | undefined;

  /**
   * What lost buckets may be refilled with under this lease; {} where another led in between. Of
   * what is out of date no tokens: one of them may have been revoked since.
   */
  lastKnownFor({ follows }: AcquiredLease): { readonly lastKnown?: LastKnown } {
    const { lastKnown } = this;
    if (lastKnown === undefined || this.#latestEpoch !== follows) return {};
    if (this.#isOutdated !== true) return { lastKnown };
    return { lastKnown: { ...lastKnown, tokens: new Map() } };
  }

  /** The lease seen last; null = none yet. */
  get seen(): ClusterIdentity | null {
    return this.#seen;
  }

  /** Whose a missing lease is to restore. */
  get missingLease(): MissingLease {
    if (this.#seen === null) return 'take';
    if (this.lastKnown === undefined) return 'leave-to-all';
    return this.#isOutdated === true ? 'leave-to-later' : 'take';
  }

  /**
   * What is known and may be out of date, because the lease was not renewed for so long that
   * another coordinator may have led: nothing of that is stored where the store was lost since.
   * undefined = it is known to be the latest, or not to be.
   */
  doubtful(nowMs: number, leaseMs: number): LastKnown | undefined {
    const isOld = nowMs - this.#renewedAtMs > leaseMs;
    return isOld && this.#isOutdated === undefined ? this.lastKnown : undefined;
  }

  /** Whether others have led since what is known. */
  judge(isOutdated: boolean): void {
    this.#isOutdated = isOutdated;
  }

  /** A term has begun: what was known before it is as large as the cluster, and out of date. */
  noteTermBegin(): void {
    this.lastKnown = undefined;
  }

  noteTermEnd(term: CoordinatorHandle): void {
    const { nonce, lastKnown, obeyedEpoch, incarnation, epoch, renewedAtMs } = term;
    this.lastNonce = nonce;
    this.lastKnown = obeyedEpoch > epoch ? undefined : lastKnown;
    this.obeyedEpoch = obeyedEpoch;
    this.#renewedAtMs = renewedAtMs;
    this.#isOutdated = undefined;
    this.#latestEpoch = epoch;
    this.noteLease({ incarnation, epoch, isMarked: true });
  }

  /**
   * A lease of ours under which nothing was led, because a bucket did not answer: what is known
   * stays the latest if it was so before, and the lease is ours to take again.
   */
  noteAttempt({ held, follows }: ClaimedLease): void {
    if (this.lastKnown !== undefined && follows === this.#latestEpoch) {
      this.#latestEpoch = held.epoch;
      this.lastNonce = held.nonce;
      this.#isOutdated = undefined;
    }
    this.noteLease(held);
  }

  /**
   * After a term of another coordinator, what we knew is out of date. One out of reach of what was
   * seen before was forged.
   */
  noteLease(lease: ClusterIdentity): void {
    const before = this.#seen?.incarnation === lease.incarnation ? this.#seen.epoch : 0;
    if (!isWithinReach(lease.epoch, before)) return;
    this.#seen = lease;
    if (lease.epoch > this.#latestEpoch) this.lastKnown = undefined;
  }
}
