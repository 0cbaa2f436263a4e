import type { Clock } from '../../shared/clock.js';
import type { Ingest } from '../ingest/ingest.js';
import type { Pace } from '../pacing/pace.js';
import { Turns } from '../pacing/serial-queue.js';
import type { Core } from '../state/state-machine.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState } from '../state/model.js';

export interface SharedStateOptions {
  readonly core: Core;
  readonly ingest: Ingest;
  readonly pace: Pace;
  readonly clock: Clock;
}

/** Reports and acks that are read in one go. */
const HEARD_AT_ONCE = 64;

/**
 * The state for all who change it, and for who decides by it: one at a time, since deciding takes
 * rests.
 */
export class SharedState {
  readonly #options: SharedStateOptions;
  readonly #turns = new Turns();

  constructor(options: SharedStateOptions) {
    this.#options = options;
  }

  /** All that was heard is read, then `decide` has the state for itself until it resolves. */
  decide<T>(decide: () => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      await this.#readMost();
      this.#readHeard();
      return decide();
    });
  }

  /**
   * In the order in which things came: what was reported before something else happened is read
   * before it. Only jobs that nobody knew need not wait for who decides, who leaves them out.
   */
  async apply(event: StateEvent): Promise<void> {
    const { core } = this.#options;
    if (
      event.kind === 'jobs-stored' &&
      event.jobs.every(({ spec }) => !core.state.jobs.has(spec.name))
    )
      core.apply(event);
    else await this.decide(async () => core.apply(event));
  }

  /** With all that was heard; while somebody decides, as it was before. */
  async newest(): Promise<ClusterState> {
    if (this.#turns.taken === 0) await this.decide(async () => {});
    return this.#options.core.state;
  }

  /** The same at once. */
  newestNow(): ClusterState {
    if (this.#turns.taken === 0) this.#readHeard();
    return this.#options.core.state;
  }

  /** Leaves so few reports that the rest is soon read: after a stall there is one of each node. */
  async #readMost(): Promise<void> {
    const { ingest, pace } = this.#options;
    const slice = pace.begin();
    while (ingest.waiting > HEARD_AT_ONCE) {
      this.#readHeard(HEARD_AT_ONCE);
      if (slice.isOver) await slice.rest();
    }
  }

  #readHeard(most?: number): void {
    const { core, ingest, clock } = this.#options;
    const { reports, acks } = ingest.read(most);
    const atMs = clock.now();
    if (reports.length > 0) core.apply({ kind: 'reports', atMs, reports });
    if (acks.length > 0) core.apply({ kind: 'acks', atMs, acks });
  }
}
