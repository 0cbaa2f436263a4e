import type { Clock } from '../../shared/clock.js';
import type { Ingest } from '../ingest/ingest.js';
import type { Pace } from '../pacing/pace.js';
import { SerialQueue } from '../pacing/serial-queue.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState } from '../state/model.js';
import type { StateMachine } from '../state/state-machine.js';

export interface SharedStateOptions {
  readonly machine: StateMachine;
  readonly ingest: Ingest;
  readonly pace: Pace;
  readonly clock: Clock;
}

/** Reports and acks that are read in one go. */
const MESSAGES_PER_BATCH = 64;

/**
 * The state for all who change it, and for who decides by it: one at a time, since deciding takes
 * rests.
 */
export class SharedState {
  readonly #options: SharedStateOptions;
  readonly #turns = new SerialQueue();

  constructor(options: SharedStateOptions) {
    this.#options = options;
  }

  /** All that was heard is read, then `decide` has the state for itself until it resolves. */
  runExclusive<T>(decide: () => Promise<T>): Promise<T> {
    return this.#turns.run(async () => {
      await this.#drainBacklog();
      this.#applyBuffered();
      return decide();
    });
  }

  /**
   * In the order in which things came: what was reported before something else happened is read
   * before it. Only jobs that nobody knew need not wait for who decides, who leaves them out.
   */
  async apply(event: StateEvent): Promise<void> {
    const { machine } = this.#options;
    if (
      event.kind === 'jobs-stored' &&
      event.jobs.every(({ spec }) => !machine.state.jobs.has(spec.name))
    )
      machine.apply(event);
    else await this.runExclusive(async () => machine.apply(event));
  }

  /** With all that was heard; while somebody decides, as it was before. */
  async latest(): Promise<ClusterState> {
    if (this.#turns.size === 0) await this.runExclusive(async () => {});
    return this.#options.machine.state;
  }

  /** The same at once. */
  latestNow(): ClusterState {
    if (this.#turns.size === 0) this.#applyBuffered();
    return this.#options.machine.state;
  }

  /** Leaves so few reports that the rest is soon read: after a stall there is one of each node. */
  async #drainBacklog(): Promise<void> {
    const { ingest, pace } = this.#options;
    const slice = pace.begin();
    while (ingest.buffered > MESSAGES_PER_BATCH) {
      this.#applyBuffered(MESSAGES_PER_BATCH);
      if (slice.isOver) await slice.yield();
    }
  }

  #applyBuffered(max?: number): void {
    const { machine, ingest, clock } = this.#options;
    const { reports, acks } = ingest.read(max);
    const atMs = clock.now();
    if (reports.length > 0) machine.apply({ kind: 'reports', atMs, reports });
    if (acks.length > 0) machine.apply({ kind: 'acks', atMs, acks });
  }
}
