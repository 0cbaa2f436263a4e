import type { KeyValueStore } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import {
  type ClaimedLease,
  claimLease,
  type HeldLease,
  isLease,
  type LeaseCandidate,
  type LeaseClaim,
  readLease,
  recall,
  type SeenLease,
} from '../store/lease.js';
import { isStandbyKey } from './standby.js';

/**
 * What a coordinator does where there is no lease: takes it; leaves it to those who have led since
 * it did, and know what it does not; or to all who know the jobs, since it knows none. It then
 * counts as held for two or three lease durations, and at least for one and 5 or 10 s.
 */
export type MissingLease = 'take' | 'leave-to-later' | 'leave-to-all';

/** Where the lease is, how long to wait for it, and what the caller knows of earlier terms. */
export interface AcquireLeaseOptions extends LeaseCandidate {
  readonly store: KeyValueStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Lease duration: how long it must be unchanged before it may be taken from its holder, ms. */
  readonly leaseMs: number;
  readonly signal: AbortSignal;
  /** Nonce of the lease we held last: where it is still there, nobody has led since. */
  readonly lastNonce?: string;
  /**
   * Called where the bucket of the lease is gone; may create it again. Absent = wait until it is
   * back.
   */
  readonly onMissing?: () => Promise<void>;
  /** Asked at each look. Default `take`. */
  readonly missingLease?: () => MissingLease;
  /** Called where the lease is gone, before it is decided whether to take it. */
  readonly onGone?: () => Promise<void>;
  /** Called after each look at the lease, whatever it showed; `leads`: it was taken. */
  readonly onLook?: (leads: boolean) => void;
  /** Called with each lease that is read, but for those of attempts of this call. */
  readonly onSeen?: (lease: HeldLease) => void;
  /** Called with those: nobody answered when it was written, and it is stored all the same. */
  readonly onOwnSeen?: (lease: ClaimedLease) => void;
}

/** A lease that this coordinator holds now. */
export interface AcquiredLease extends ClaimedLease {
  /** When the attempt that took it began, ms. */
  readonly takenAtMs: number;
}

const POLLS_PER_LEASE = 4;
/** Attempts without an answer that are remembered: one is stored at most, and of the last ones. */
const MAX_CLAIMS = 4;
/**
 * How much longer than a lease a missing one is left to others, ms: half a lease until the leader
 * steps down, a renewal that hangs for its whole deadline (5 s) in the store that went, and its own
 * look. Longest by who knows nothing, and could only give the jobs up.
 */
const missingMoreMs = (missing: Exclude<MissingLease, 'take'>, leaseMs: number): number =>
  missing === 'leave-to-all' ? Math.max(2 * leaseMs, 10_000) : Math.max(leaseMs, 5000);

/**
 * Waits until this coordinator may lead, and takes the lease: at once where nobody holds it, it was
 * released, or it was ours; else after it has seen no renewal for a whole lease duration on its own
 * clock. What cannot be read counts as held: its holder writes over it. A store that does not
 * answer is no evidence of either. null = the signal was aborted first.
 */
export async function acquireLease(options: AcquireLeaseOptions): Promise<AcquiredLease | null> {
  const { store, clock, signal, leaseMs } = options;
  let pause = new AbortController();
  const wake = (): void => pause.abort();
  const subscription = await store.watch((key) => {
    if (!isStandbyKey(key)) wake();
  });
  signal.addEventListener('abort', wake);
  const watcher = new LeaseWatcher(options);
  try {
    while (!signal.aborted) {
      const acquired = await watcher.tryToLead();
      options.onLook?.(acquired !== null);
      if (acquired !== null) return acquired;
      pause = new AbortController();
      if (!signal.aborted) await clock.sleep(leaseMs / POLLS_PER_LEASE, pause.signal);
    }
    return null;
  } finally {
    signal.removeEventListener('abort', wake);
    subscription.unsubscribe();
  }
}

/** Reads the lease, times how long it has been unchanged, and claims it when it is free. */
class LeaseWatcher {
  readonly #options: AcquireLeaseOptions;
  #seen: string | undefined;
  #sinceMs = 0;
  #claims: readonly LeaseClaim[] = [];
  #lastLogged = '';

  constructor(options: AcquireLeaseOptions) {
    this.#options = options;
  }

  async tryToLead(): Promise<AcquiredLease | null> {
    const { store, clock } = this.#options;
    const read = await readLease(store);
    if (!read.ok) {
      this.#logOnce(`the lease cannot be read (${read.error})`);
      if (read.error === 'missing-bucket') await this.#options.onMissing?.();
      return null;
    }
    const seen = read.value;
    if (isLease(seen)) this.#tellOf(seen);
    if (seen === null) await this.#options.onGone?.();
    if (!this.#isFree(seen)) {
      this.#logOnce(describe(seen));
      return null;
    }
    const recalled = await recall(seen, this.#options);
    if (!recalled.ok) {
      this.#logOnce(`the marks of the buckets cannot be read (${recalled.error})`);
      return null;
    }
    const takenAtMs = clock.now();
    const onClaim = (claim: LeaseClaim): void => {
      this.#claims = [...this.#claims, claim].slice(-MAX_CLAIMS);
    };
    const candidate = { ...this.#options, onClaim };
    const claimed = await claimLease(store, { seen, recalled: recalled.value }, candidate);
    if (!claimed.ok) this.#logOnce(`the lease cannot be taken (${claimed.error})`);
    return claimed.ok ? { ...claimed.value, takenAtMs } : null;
  }

  #tellOf(held: HeldLease): void {
    const { onSeen, onOwnSeen } = this.#options;
    const own = this.#claimOf(held);
    if (own === undefined) onSeen?.(held);
    else onOwnSeen?.({ held, follows: own.follows });
  }

  #claimOf(lease: HeldLease): LeaseClaim | undefined {
    return this.#claims.find(({ nonce }) => nonce === lease.nonce);
  }

  #isFree(lease: SeenLease): boolean {
    const { clock, leaseMs, lastNonce, missingLease } = this.#options;
    const missing = lease === null ? (missingLease?.() ?? 'take') : null;
    if (missing === 'take') return true;
    if (isLease(lease)) {
      const isOwn = lease.nonce === lastNonce || this.#claimOf(lease) !== undefined;
      if (isOwn || lease.isReleased === true) return true;
    }
    const nowMs = clock.now();
    // Revisions start again in a bucket that was created again, so the revision alone does not
    // show that the lease is unchanged.
    const nonce = isLease(lease) ? lease.nonce : '';
    const seen = lease === null ? '' : `${lease.revision} ${nonce}`;
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#sinceMs = nowMs;
    }
    const waitMs = missing === null ? leaseMs : leaseMs + missingMoreMs(missing, leaseMs);
    return nowMs - this.#sinceMs >= waitMs;
  }

  // Once per change, not at every poll.
  #logOnce(what: string): void {
    if (what === this.#lastLogged) return;
    this.#lastLogged = what;
    this.#options.log.info('coordinator: standing by as follower', { why: what });
  }
}

function describe(seen: SeenLease): string {
  if (seen === null) return 'the lease is gone';
  return isLease(seen)
    ? `${seen.holder} leads with epoch ${seen.epoch}`
    : 'the lease is unreadable; it is rebuilt unless its holder writes it again';
}
