import { type Interval, joinIntervals, NO_INTERVAL } from './interval.js';

/** When an interval began and when its last request had ended, on the agent's clock, ms. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}
export interface Gathered extends Span {
  readonly interval: Interval;
}

/**
 * A client that waits for each answer is told from random arrivals by the time requests took ÷ the
 * time between two looks (Little's law). Requests that straddle a look are an error of about a
 * third of one response time, so where it may be such clients an interval is told only when it
 * covers so many of them. Simulated with looks every second (26 scenarios of the lab): 0.41 of the
 * oracle without, 0.99 or more with.
 */
const COVERED_TIMES = 10;
/** Whoever is so slow is told of anyway, ms. */
const LONGEST_MS = 20_000;
/**
 * More clients look like random arrivals to whoever decides
 * (coordinator/schedule/policies/adaptive/learn/arrivals.ts).
 */
const MAX_CLIENTS = 4;
const TOLERANCE = 0.1;
/**
 * Looks, each for itself, that cannot be such clients: they never are with such clients, and often
 * are with random arrivals, which are then told of at once. A lone one may be a client who came or
 * went.
 */
const STRAYED = { byOne: 2, most: 10, isOpen: 5 } as const;

/**
 * Whether requests under way may be those of a few clients who wait: about a whole number, where
 * each may straddle both ends. A queue that grows is not, and must be told of at once.
 */
function mayBeClosed(sumMs: number, meanMs: number, spanMs: number): boolean {
  const underWay = sumMs / spanMs;
  const clients = Math.max(1, Math.round(underWay));
  return (
    clients <= MAX_CLIENTS &&
    Math.abs(underWay - clients) <= clients * (meanMs / spanMs + TOLERANCE)
  );
}

/** Joins what happened between looks until it covers enough to tell something. */
export class Gatherer {
  #held: Interval = NO_INTERVAL;
  #fromMs = 0;
  #toMs = 0;
  #strayed = 0;

  /**
   * What is ready to be told, if anything. To be called after each look, also one that saw nothing.
   */
  add(interval: Interval, { fromMs, toMs }: Span): Gathered | null {
    if (interval.count > 0) {
      this.#watch(interval, toMs - fromMs);
      if (this.#held.count === 0) this.#fromMs = fromMs;
      this.#held = joinIntervals(this.#held, interval);
      this.#toMs = toMs;
    }
    const { count, sumMs } = this.#held;
    if (count === 0) return null;
    if (sumMs !== null && this.#waits(sumMs, sumMs / count, toMs)) return null;
    const gathered = { interval: this.#held, fromMs: this.#fromMs, toMs: this.#toMs };
    this.#held = NO_INTERVAL;
    return gathered;
  }

  #watch({ count, sumMs }: Interval, spanMs: number): void {
    if (sumMs === null) return;
    const mayBe = mayBeClosed(sumMs, sumMs / count, spanMs);
    this.#strayed = mayBe
      ? Math.max(0, this.#strayed - 1)
      : Math.min(STRAYED.most, this.#strayed + STRAYED.byOne);
  }

  #waits(sumMs: number, meanMs: number, nowMs: number): boolean {
    if (this.#strayed >= STRAYED.isOpen) return false;
    if (nowMs - this.#fromMs >= Math.min(LONGEST_MS, COVERED_TIMES * meanMs)) return false;
    return mayBeClosed(sumMs, meanMs, nowMs - this.#fromMs);
  }
}
