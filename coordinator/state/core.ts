import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { Clock } from '../../shared/clock.js';
import { deriveEvents } from './derive.js';
import type { StateEvent } from './events.js';
import type { ClusterState } from './model.js';
import { reduce } from './reduce.js';

export interface CoreOptions {
  readonly start: ClusterState;
  readonly clock: Clock;
  /** CloudEvents source. */
  readonly source: string;
  readonly onEvents: (events: readonly DqoesEvent[]) => void;
}

/** The one place that holds the state: events go in, what happened goes out. */
export class Core {
  readonly #options: CoreOptions;
  #state: ClusterState;

  constructor(options: CoreOptions) {
    this.#options = options;
    this.#state = options.start;
  }

  get state(): ClusterState {
    return this.#state;
  }

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
