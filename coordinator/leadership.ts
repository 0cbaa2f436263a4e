import type { KeyValueStore } from '../proto/store.js';
import type { Clock } from '../shared/clock.js';
import { type Lease, readLease } from './state/persist-lease.js';

export interface LeadershipOptions {
  readonly lease: Lease;
  readonly store: KeyValueStore;
  readonly clock: Clock;
  /** Least time between two looks at the lease, ms. */
  readonly checkMs: number;
}

/** Whether this coordinator still leads. A later epoch, wherever it is seen, ends it for ever. */
export class Leadership {
  readonly lease: Lease;
  /** Resolves with one sentence once somebody else leads. */
  readonly ended: Promise<string>;
  readonly #options: LeadershipOptions;
  #isOver = false;
  #end: (why: string) => void = () => {};
  #checkedAtMs: number;

  constructor(options: LeadershipOptions) {
    this.#options = options;
    this.lease = options.lease;
    this.#checkedAtMs = options.clock.now();
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  supersededBy(epoch: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#end(`another coordinator leads since epoch ${epoch}; ours was ${this.lease.epoch}`);
  }

  /** Looks at the lease when it is due, or when `isUrgent`. True while we lead; no answer is not an end. */
  async check(isUrgent = false): Promise<boolean> {
    const { clock, store, checkMs } = this.#options;
    if (this.#isOver) return false;
    if (!isUrgent && clock.now() - this.#checkedAtMs < checkMs) return true;
    this.#checkedAtMs = clock.now();
    const read = await readLease(store);
    if (read.ok && read.value !== null && read.value.nonce !== this.lease.nonce) this.supersededBy(read.value.epoch);
    return !this.#isOver;
  }
}
