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
 * A client that waits for each answer is told from random arrivals by the time requests took ÷ the time between two looks (Little's law). Requests that straddle a look are an error of about a third of one
 * response time, so an interval is told only when it covers so many of them. Simulated with looks every second (26 scenarios of the lab): 0.41 of the oracle without, 0.99 with.
 */
const COVERED_TIMES = 10;
/** Whoever is so slow is told of anyway, ms. */
const LONGEST_MS = 20_000;

/** Joins what happened between looks until it covers enough to tell something. */
export class Gatherer {
  private held: Interval = NO_INTERVAL;
  private fromMs = 0;
  private toMs = 0;

  /** What is ready to be told, if anything. To be called after each look, also one that saw nothing. */
  add(interval: Interval, { fromMs, toMs }: Span): Gathered | null {
    if (interval.count > 0) {
      if (this.held.count === 0) this.fromMs = fromMs;
      this.held = joinIntervals(this.held, interval);
      this.toMs = toMs;
    }
    const { count, sumMs } = this.held;
    if (count === 0) return null;
    const enoughMs = sumMs === null ? 0 : Math.min(LONGEST_MS, (COVERED_TIMES * sumMs) / count);
    if (toMs - this.fromMs < enoughMs) return null;
    const gathered = { interval: this.held, fromMs: this.fromMs, toMs: this.toMs };
    this.held = NO_INTERVAL;
    return gathered;
  }
}
