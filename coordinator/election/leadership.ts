import type { KeyValueStore } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import { formatDurationMs } from '../../shared/units.js';
import { type HeldLease, readLease, releaseLease, renewLease } from '../store/lease.js';

export interface LeadershipOptions {
  readonly held: HeldLease;
  /** When the attempt that took the lease began, ms. */
  readonly takenAtMs: number;
  readonly store: KeyValueStore;
  readonly clock: Clock;
  /** How long the others wait for a sign of life before they take over, ms. */
  readonly leaseMs: number;
}

const RENEWALS_PER_LEASE = 4;

/**
 * Whether this coordinator still leads. The lease is renewed four times in its time; a later epoch,
 * wherever it is seen, or half that time without a renewal ends it for ever: nobody else may have
 * taken over by then, whatever our clock or our process did meanwhile.
 */
export class Leadership {
  /** Resolves with one sentence once we do not lead any more. */
  readonly ended: Promise<string>;
  readonly #options: LeadershipOptions;
  readonly #stopping = new AbortController();
  #held: HeldLease;
  #renewedAtMs: number;
  #isOver = false;
  #end: (why: string) => void = () => {};
  #renewing: Promise<void> | undefined;

  constructor(options: LeadershipOptions) {
    this.#options = options;
    this.#held = options.held;
    this.#renewedAtMs = options.takenAtMs;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  start(): void {
    this.#renewing ??= this.#keepRenewing();
  }

  /**
   * To be asked before anything is written or said in the cluster's name: a process that stood
   * still may have been replaced.
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

  /** From now on the lease says that all buckets carry a mark. */
  noteBucketsMarked(): void {
    this.#held = { ...this.#held, isMarked: true };
  }

  /** Something was lost that only a new start brings back. */
  resign(why: string): void {
    this.#finish(why);
  }

  supersededBy(epoch: number): void {
    this.#finish(`another coordinator leads since epoch ${epoch}; ours was ${this.#held.epoch}`);
  }

  /** Something happened to the lease: look whose it is. */
  async checkHolder(): Promise<void> {
    const read = await readLease(this.#options.store);
    if (read.ok && read.value !== null && read.value.nonce !== this.#held.nonce)
      this.supersededBy(read.value.epoch);
  }

  /** Ends it from our side. The next one may lead at once. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#renewing;
    if (this.#isOver) return;
    this.#isOver = true;
    await releaseLease(this.#options.store, this.#held);
  }

  #finish(why: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
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
      this.#held = renewed.value;
      this.#renewedAtMs = begunAtMs;
    } else if (renewed.error === 'lost') await this.checkHolder();
  }
}
