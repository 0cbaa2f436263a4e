import type { KeyValueStore } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import { claimLease, type HeldLease, type LeaseCandidate, readLease } from '../store/lease.js';

export interface AcquireLeaseOptions extends LeaseCandidate {
  readonly store: KeyValueStore;
  readonly clock: Clock;
  readonly log: Log;
  /** How long the lease must have stood still before it may be taken, ms. */
  readonly leaseMs: number;
  readonly signal: AbortSignal;
  /** Of the lease we held last: nobody has led since, if it is still there. */
  readonly lastNonce?: string;
  /**
   * The bucket of the lease is gone: may make it again, from what the caller remembers. Absent = it
   * is waited for.
   */
  readonly onMissing?: () => Promise<void>;
  /**
   * Whether a lease that is not there is another's to bring back: it is then waited for as if it
   * were held. Default no.
   */
  readonly leaveMissingToOthers?: () => boolean;
  /** Told of each lease that is seen. */
  readonly onSeen?: (lease: HeldLease) => void;
}

export interface AcquiredLease {
  readonly held: HeldLease;
  /** When the attempt that took it began, ms. */
  readonly takenAtMs: number;
}

const POLLS_PER_LEASE = 4;

/**
 * Waits until this coordinator may lead, and takes the lease: at once where nobody holds it, it was
 * let go of, or it was ours; else when it has itself seen no change for a whole lease on its own
 * clock. A store that does not answer proves nothing. null = the signal came first.
 */
export async function acquireLease(options: AcquireLeaseOptions): Promise<AcquiredLease | null> {
  const { store, clock, signal, leaseMs } = options;
  let nap = new AbortController();
  const hints = await store.watch(() => nap.abort());
  const wake = (): void => nap.abort();
  signal.addEventListener('abort', wake);
  const watcher = new LeaseWatcher(options);
  try {
    while (!signal.aborted) {
      const takenAtMs = clock.now();
      const held = await watcher.tryToLead();
      if (held !== null) return { held, takenAtMs };
      nap = new AbortController();
      if (!signal.aborted) await clock.sleep(leaseMs / POLLS_PER_LEASE, nap.signal);
    }
    return null;
  } finally {
    signal.removeEventListener('abort', wake);
    hints.unsubscribe();
  }
}

/** The lease as this candidate has seen it. */
class LeaseWatcher {
  readonly #options: AcquireLeaseOptions;
  #seen: string | undefined;
  #sinceMs = 0;
  #lastLogged = '';

  constructor(options: AcquireLeaseOptions) {
    this.#options = options;
  }

  async tryToLead(): Promise<HeldLease | null> {
    const { store } = this.#options;
    const read = await readLease(store);
    if (!read.ok) {
      this.#logOnce(`the lease cannot be read (${read.error})`);
      if (read.error === 'missing-bucket') await this.#options.onMissing?.();
      return null;
    }
    const held = read.value;
    if (held !== null) this.#options.onSeen?.(held);
    if (!this.#isFree(held)) {
      this.#logOnce(
        held === null ? 'the lease is gone' : `${held.holder} leads, epoch ${held.epoch}`,
      );
      return null;
    }
    const claimed = await claimLease(store, held, this.#options);
    return claimed.ok ? claimed.value : null;
  }

  #isFree(held: HeldLease | null): boolean {
    const { clock, leaseMs, lastNonce, leaveMissingToOthers } = this.#options;
    if (
      held === null
        ? leaveMissingToOthers?.() !== true
        : held.isReleased === true || held.nonce === lastNonce
    )
      return true;
    const nowMs = clock.now();
    // Of a bucket that was made anew the revisions begin anew: the same number is no sign of
    // standing still.
    const seen = held === null ? '' : `${held.revision} ${held.nonce}`;
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#sinceMs = nowMs;
    }
    return nowMs - this.#sinceMs >= leaseMs;
  }

  // Each thing once, not at every look.
  #logOnce(what: string): void {
    if (what === this.#lastLogged) return;
    this.#lastLogged = what;
    this.#options.log.info('coordinator: stands by', { why: what });
  }
}
