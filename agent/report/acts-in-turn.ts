import type { HostAct } from '../../shared/report.js';

/** Time between two reports that say an act, ms: a host causes six lines of the audit a minute. */
const BETWEEN_ACTS_MS = 10_000;

/**
 * Which report says what people did on this host: one act at a time, the oldest first, then again
 * from the first. Nothing answers a report, and one may be lost; the coordinator writes one line
 * for each act, however often it hears of it.
 */
export class ActsInTurn {
  readonly #acts: readonly HostAct[];
  #next = 0;
  #saidMs = Number.NEGATIVE_INFINITY;

  constructor(acts: readonly HostAct[]) {
    this.#acts = acts;
  }

  /** What a report made at `nowMs` (monotonic) says; undefined = nothing. */
  next(nowMs: number): HostAct | undefined {
    if (this.#acts.length === 0 || nowMs - this.#saidMs < BETWEEN_ACTS_MS) return undefined;
    this.#saidMs = nowMs;
    const act = this.#acts[this.#next];
    this.#next = (this.#next + 1) % this.#acts.length;
    return act;
  }
}
