import type { Clock } from '../../shared/clock.js';
import type { ContainerId } from '../../shared/ids.js';
import type { Managed } from '../containers/managed.js';

/** What is known of time and the engine when a list is looked at. */
export interface ListedWhen {
  readonly clock: Clock;
  /** See `EnforcerOptions`. */
  readonly engineReturns?: () => number;
}

/**
 * What ended so shortly before the engine came back ended with it, ms: a list may show that before
 * its events are heard again.
 */
const WITH_ENGINE_MS = 30_000;

/**
 * Job containers that ended because something else did, and are started again: while no agent ran,
 * as the first list shows, or with the engine, which stops all of them when it is restarted, and by
 * itself starts only those again that ended with a failure. What ends otherwise ends by itself.
 */
export class EndedBefore {
  readonly #ids = new Set<ContainerId>();
  /** When each one that has ended was first seen so, monotonic ms. */
  readonly #seenAtMs = new Map<ContainerId, number>();
  /** How often the engine had come back; null = nothing was looked at yet. */
  #returns: number | null = null;

  get isBegun(): boolean {
    return this.#returns !== null;
  }

  /** Takes the first list: what has ended there ended before this agent. */
  begin(managed: readonly Managed[], { clock, engineReturns }: ListedWhen): void {
    this.#returns = engineReturns?.() ?? 0;
    this.#note(managed, clock.now());
    for (const id of this.#seenAtMs.keys()) this.#ids.add(id);
  }

  /** Those that are to be started again, by the list at hand; none before `begin`. */
  of(managed: readonly Managed[], { clock, engineReturns }: ListedWhen): ReadonlySet<ContainerId> {
    if (this.#returns === null) return this.#ids;
    const nowMs = clock.now();
    this.#note(managed, nowMs);
    const returns = engineReturns?.() ?? 0;
    if (returns !== this.#returns)
      for (const [id, atMs] of this.#seenAtMs)
        if (nowMs - atMs <= WITH_ENGINE_MS) this.#ids.add(id);
    this.#returns = returns;
    return this.#ids;
  }

  #note(managed: readonly Managed[], nowMs: number): void {
    const ended = new Set(
      managed.flatMap(({ origin, state, containerId }) =>
        origin === 'dqoes' && state === 'exited' ? [containerId] : [],
      ),
    );
    for (const id of ended) if (!this.#seenAtMs.has(id)) this.#seenAtMs.set(id, nowMs);
    for (const id of [...this.#seenAtMs.keys()]) {
      if (ended.has(id)) continue;
      this.#seenAtMs.delete(id);
      this.#ids.delete(id);
    }
  }
}
