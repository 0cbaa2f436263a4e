import { type Interval, joinIntervals, NO_INTERVAL } from './interval.js';

/** Begin of an interval and end of its last request, on the agent's clock, ms. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}
/** Intervals joined until they tell enough, with the time they cover. */
export interface Gathered extends Span {
  readonly interval: Interval;
}

/**
 * Closed-loop clients, which wait for each answer, are told from random arrivals by the time
 * requests took ÷ the time between two readings (Little's law). Requests that straddle a reading
 * are an error of about a third of one response time, so where such clients are possible an
 * interval is handed on only when it covers this number of response times. Simulated with readings
 * every second (26 scenarios of the lab): 0.41 of the oracle without, 0.99 or more with.
 */
const COVERED_TIMES = 10;
/** An interval is handed on after this time even when it covers too little, ms. */
const LONGEST_MS = 20_000;
/**
 * More clients than this look like random arrivals to the scheduler
 * (coordinator/schedule/policies/adaptive/learn/arrivals.ts).
 */
const MAX_CLIENTS = 4;
const TOLERANCE = 0.1;
/**
 * A score of readings that, each by itself, cannot be of closed-loop clients. Such clients never
 * make them and random arrivals often do, which are then handed on at once. A single one may be a
 * client that came or went.
 */
const STRAYED = { byOne: 2, most: 10, isOpen: 5 } as const;

/**
 * Whether the requests in progress may be those of a few closed-loop clients: their number is about
 * a whole number, where each may straddle both ends. A growing queue is not, and must be handed on
 * at once.
 */
function mayBeClosed(sumMs: number, meanMs: number, spanMs: number): boolean {
  const underWay = sumMs / spanMs;
  const clients = Math.max(1, Math.round(underWay));
  return (
    clients <= MAX_CLIENTS &&
    Math.abs(underWay - clients) <= clients * (meanMs / spanMs + TOLERANCE)
  );
}

/** Joins what happened between readings until it covers enough to tell something. */
export class Gatherer {
  #held: Interval = NO_INTERVAL;
  #fromMs = 0;
  #toMs = 0;
  #strayed = 0;

  /**
   * The joined interval when it tells enough, else null. Call it after each reading, also after one
   * that saw nothing.
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
