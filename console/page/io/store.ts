import { type Action, reduce, START, type State } from '../model/state.js';

/** The state of the page, and who is told when it changes. */
export class Store {
  readonly #listeners = new Set<() => void>();
  #state: State = START;

  get state(): State {
    return this.#state;
  }

  readonly dispatch = (action: Action): void => {
    const next = reduce(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener();
  };

  /** Calls at each change; returns what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
