import type { KeyValueStore } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import { formatDurationMs } from '../../shared/units.js';
import { type HeldLease, isLease, readLease, releaseLease, renewLease } from '../store/lease.js';

/** The lease to defend and what to defend it with. */
export interface LeadershipOptions {
  readonly held: HeldLease;
  /** When the attempt that took the lease began, ms. */
  readonly takenAtMs: number;
  readonly store: KeyValueStore;
  readonly clock: Clock;
  /** Lease duration: how long followers wait for a renewal before they take over, ms. */
  readonly leaseMs: number;
}

const RENEWALS_PER_LEASE = 4;

/**
 * Whether this coordinator still leads. The lease is renewed four times per lease duration.
 * Leadership ends for good when a later epoch is seen anywhere, or after half the lease duration
 * without a renewal: followers wait the whole duration, so no other coordinator leads by then even
 * where our process or clock stood still.
 *
 * `deadlineMs` bounds what is decided and written, here by `leads` and on other threads by
 * `tellDeadline`. `ended` only says so, and may come later, even after another has taken over: a
 * renewal that hangs takes two deadlines of the store (10 s) to fail, and nobody may ask meanwhile.
 */
export class Leadership {
  /** Resolves with the reason, one sentence, when leadership is lost; never after `stop`. */
  readonly ended: Promise<string>;
  readonly #options: LeadershipOptions;
  readonly #stopping = new AbortController();
  #held: HeldLease;
  #renewedAtMs: number;
  #isOver = false;
  #end: (why: string) => void = () => {};
  #onDeadline: (untilMs: number) => void = () => {};
  #renewing: Promise<void> | undefined;

  constructor(options: LeadershipOptions) {
    this.#options = options;
    this.#held = options.held;
    this.#renewedAtMs = options.takenAtMs;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** By the clock, ms: when the attempt began that renewed the lease last. */
  get renewedAtMs(): number {
    return this.#renewedAtMs;
  }

  /** By the clock, ms: until when it leads if the lease is not renewed; 0 = not any more. */
  get deadlineMs(): number {
    return this.#isOver ? 0 : this.#renewedAtMs + this.#options.leaseMs / 2;
  }

  /**
   * For who writes on another thread, and cannot ask `leads`: gets `deadlineMs` now and each time
   * that it changes. There is one; it must not throw.
   */
  tellDeadline(onDeadline: (untilMs: number) => void): void {
    this.#onDeadline = onDeadline;
    onDeadline(this.deadlineMs);
  }

  /** Starts renewing the lease. Safe to call twice. */
  start(): void {
    this.#renewing ??= this.#keepRenewing();
  }

  /**
   * To be asked before every write and every message: a process that stood still may have been
   * replaced. Reading it ends the leadership where the lease is too old.
   */
  get leads(): boolean {
    const { clock, leaseMs } = this.#options;
    const ageMs = clock.now() - this.#renewedAtMs;
    if (!this.#isOver && ageMs > leaseMs / 2)
      this.#finish(
        `the lease was not renewed for ${formatDurationMs(ageMs)}: is NATS reachable, is ` +
          'this process starved?',
      );
    return !this.#isOver;
  }

  /** From the next renewal on the lease says that all buckets carry a mark. */
  noteBucketsMarked(): void {
    this.#held = { ...this.#held, isMarked: true };
  }

  /** Ends the leadership from our side, for a loss that only a new start repairs. */
  resign(why: string): void {
    this.#finish(why);
  }

  /** Ends the leadership because a later epoch was seen. */
  supersededBy(epoch: number): void {
    this.#finish(`another coordinator has led since epoch ${epoch}; ours was ${this.#held.epoch}`);
  }

  /** Reads the lease and ends the leadership where another coordinator holds it. */
  async checkHolder(): Promise<void> {
    const read = await readLease(this.#options.store);
    if (read.ok && isLease(read.value) && read.value.nonce !== this.#held.nonce)
      this.supersededBy(read.value.epoch);
  }

  /** Stops renewing and releases the lease, so that the next coordinator may lead at once. */
  async stop(): Promise<void> {
    if (await this.#isEndedHere()) await releaseLease(this.#options.store, this.#held);
  }

  /** Stops renewing and leaves the lease as it is: others wait for its whole duration. */
  async leave(): Promise<void> {
    await this.#isEndedHere();
  }

  /** False = it had ended before. */
  async #isEndedHere(): Promise<boolean> {
    this.#stopping.abort();
    await this.#renewing;
    const isNow = !this.#isOver;
    this.#isOver = true;
    this.#onDeadline(0);
    return isNow;
  }

  #finish(why: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onDeadline(0);
    this.#stopping.abort();
    this.#end(why);
  }

  async #keepRenewing(): Promise<void> {
    const { clock, leaseMs } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await clock.sleep(leaseMs / RENEWALS_PER_LEASE, signal);
      if (!signal.aborted && this.leads) await this.#renew();
    }
  }

  async #renew(): Promise<void> {
    const { clock, store } = this.#options;
    const begunAtMs = clock.now();
    const renewed = await renewLease(store, this.#held);
    if (renewed.ok) {
      // It may have been noted meanwhile.
      const { isMarked } = this.#held;
      this.#held = { ...renewed.value, ...(isMarked === true ? { isMarked } : {}) };
      this.#renewedAtMs = begunAtMs;
      this.#onDeadline(this.deadlineMs);
    } else if (renewed.error === 'lost') await this.checkHolder();
  }
}
