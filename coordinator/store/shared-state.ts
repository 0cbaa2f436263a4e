import type { Clock } from '../../shared/clock.js';
import type { NodeReport } from '../../shared/report.js';
import type { Ingest } from '../ingest/ingest.js';
import type { Pace } from '../pacing/pace.js';
import { SerialQueue } from '../pacing/serial-queue.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState } from '../state/model.js';
import type { StateMachine } from '../state/state-machine.js';

/** The state, the buffer of messages that feeds it, and how to yield the thread. */
export interface SharedStateOptions {
  readonly machine: Pick<StateMachine, 'state' | 'apply'>;
  readonly ingest: Ingest;
  readonly pace: Pace;
  readonly clock: Clock;
  /** Gets each report that counts, once the state has it. Must not throw. */
  readonly onReport?: (report: NodeReport) => void;
}

/** Reports, and acks, decoded without yielding the thread. */
const MESSAGES_PER_BATCH = 64;

/**
 * Gives the state to one user at a time: to the pass that decides and to the calls that change it.
 * Deciding yields the thread between its steps, so without this the state could change under it.
 */
export class SharedState {
  readonly #options: SharedStateOptions;
  readonly #queue = new SerialQueue();

  constructor(options: SharedStateOptions) {
    this.#options = options;
  }

  /**
   * Applies all buffered messages, then runs `decide`, during which nobody else changes the state
   * (but see `apply`). Settles as `decide` does.
   */
  runExclusive<T>(decide: () => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      await this.#drainBacklog();
      this.#applyBuffered();
      return decide();
    });
  }

  /**
   * Applies an event after the messages received before it; resolves when the state has it. New
   * jobs alone are applied at once, also while a pass decides: the pass ignores them.
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

  /** The state with all buffered messages; while a pass decides, the state before them. */
  async latest(): Promise<ClusterState> {
    if (this.#queue.size === 0) await this.runExclusive(async () => {});
    return this.#options.machine.state;
  }

  /** The same without waiting. */
  latestNow(): ClusterState {
    if (this.#queue.size === 0) this.#applyBuffered();
    return this.#options.machine.state;
  }

  /**
   * Applies messages in batches until one batch is left, yielding between them: after a stall there
   * is a report of every node.
   */
  async #drainBacklog(): Promise<void> {
    const { ingest, pace } = this.#options;
    const slice = pace.begin();
    while (ingest.buffered > MESSAGES_PER_BATCH) {
      this.#applyBuffered(MESSAGES_PER_BATCH);
      if (slice.isOver) await slice.yield();
    }
  }

  #applyBuffered(max?: number): void {
    const { machine, ingest, clock, onReport } = this.#options;
    const { reports, acks, twins } = ingest.read(max);
    const atMs = clock.now();
    if (reports.length > 0) machine.apply({ kind: 'reports', atMs, reports });
    if (twins.length > 0) machine.apply({ kind: 'twins', atMs, twins });
    if (acks.length > 0) machine.apply({ kind: 'acks', atMs, acks });
    if (onReport !== undefined) for (const { report } of reports) onReport(report);
  }
}
