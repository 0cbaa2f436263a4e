import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { Clock } from '../../shared/clock.js';
import { deriveEvents } from './derive-events.js';
import type { StateEvent } from './events.js';
import type { ClusterState } from './model.js';
import { reduce } from './reduce.js';

/** The first state, and where its events go. */
export interface StateMachineOptions {
  readonly start: ClusterState;
  readonly clock: Clock;
  /** CloudEvents source of the events. */
  readonly source: string;
  readonly onEvents: (events: readonly DqoesEvent[]) => void;
}

/** The only holder of the state: state events go in, published events come out. */
export class StateMachine {
  /** Without the first state, which is as large as the cluster. */
  readonly #options: Omit<StateMachineOptions, 'start'>;
  #state: ClusterState;

  constructor({ start, ...options }: StateMachineOptions) {
    this.#options = options;
    this.#state = start;
  }

  get state(): ClusterState {
    return this.#state;
  }

  /** Folds one event into the state and passes on what changed, before it returns. */
  apply(event: StateEvent): void {
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state === before) return;
    const { clock, source, onEvents } = this.#options;
    const events = deriveEvents(before, this.#state, {
      nowMs: event.atMs,
      wallMs: clock.wall(),
      source,
    });
    if (events.length > 0) onEvents(events);
  }
}
