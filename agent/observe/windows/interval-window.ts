import { STATISTICS, type Statistic } from '../../../shared/qoe.js';
import type { LatencyReport } from '../../../shared/report.js';
import type { Summary } from '../../../shared/samples.js';
import { type Interval, joinIntervals, NO_INTERVAL } from '../metrics/interval.js';
import { satisfiedRatio, statisticIn } from '../metrics/statistic.js';

/** How much of the past an interval window summarises. */
export interface IntervalWindowOptions {
  /** Intervals that ended within this time of now make the summary, ms. */
  readonly windowMs: number;
  /**
   * Where they hold fewer requests, older intervals are added until there are this many. Default 5.
   */
  readonly minRequests?: number;
  /** Intervals held at most; the oldest are dropped. Default 1024. */
  readonly capacity?: number;
}

interface HeldInterval {
  readonly interval: Interval;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Summary of the recent intervals. */
export interface IntervalReport {
  readonly report: LatencyReport;
  /**
   * Statistics that lie above the histogram's last bound: the report holds the bound, the value is
   * that or more.
   */
  readonly atLeast: ReadonlySet<Statistic>;
  /**
   * Share of the window's requests at or below a time, exact; null = it is no bound of the
   * histogram.
   */
  within(targetMs: number): number | null;
}

/**
 * Recent intervals of a server that exposes buckets or sums instead of single requests; counters
 * run since the first.
 */
export class IntervalWindow {
  readonly #options: Required<IntervalWindowOptions>;
  #held: HeldInterval[] = [];
  #totalCount = 0;
  #totalMs = 0;
  #rejectedCount = 0;

  constructor(options: IntervalWindowOptions) {
    this.#options = { minRequests: 5, capacity: 1024, ...options };
  }

  /**
   * Times on the agent's monotonic clock, not falling. `isCounted` false: how many requests there
   * were is not known (a gauge).
   */
  add(
    interval: Interval,
    times: { readonly fromMs: number; readonly toMs: number },
    isCounted = true,
  ): void {
    if (interval.count <= 0 || interval.sumMs === null) return;
    this.#held.push({ interval, ...times });
    // What no report from now on needs is let go: the buckets of one second may be many.
    const needed = Math.min(this.#recent(times.toMs).length, this.#options.capacity);
    if (needed < this.#held.length) this.#held = this.#held.slice(-needed);
    if (!isCounted) return;
    this.#totalCount += interval.count;
    this.#totalMs += interval.sumMs;
  }

  /** How many intervals are held. */
  get size(): number {
    return this.#held.length;
  }

  reject(count = 1): void {
    this.#rejectedCount += count;
  }

  /**
   * null while nothing was ever answered. `limitChangedAtMs` null = the limit was never changed.
   * The age is negative where the newest interval ended after `nowMs`.
   */
  report(nowMs: number, limitChangedAtMs: number | null): IntervalReport | null {
    const recent = this.#recent(nowMs);
    const newest = recent[0];
    const joined = recent.reduce((all, { interval }) => joinIntervals(interval, all), NO_INTERVAL);
    if (newest === undefined || joined.sumMs === null) return null;
    const count = Math.max(1, Math.round(joined.count));
    const since = recent.reduce((total, held) => total + begunSince(held, limitChangedAtMs), 0);
    const report: LatencyReport = {
      window: summaryOf(joined, joined.sumMs, count),
      newestAgeMs: nowMs - newest.toMs,
      sinceChangeCount: Math.min(count, Math.round(since)),
      totalCount: Math.round(this.#totalCount),
      totalMs: this.#totalMs,
      rejectedCount: this.#rejectedCount,
    };
    const atLeast = new Set(
      STATISTICS.filter((each) => statisticIn(joined, each)?.isAtLeast === true),
    );
    return { report, atLeast, within: (targetMs) => satisfiedRatio(joined, targetMs) };
  }

  /** Newest first. */
  #recent(nowMs: number): readonly HeldInterval[] {
    const { windowMs, minRequests } = this.#options;
    const found: HeldInterval[] = [];
    let requests = 0;
    for (let at = this.#held.length - 1; at >= 0; at -= 1) {
      const held = this.#held[at];
      if (held === undefined || (nowMs - held.toMs > windowMs && requests >= minRequests)) break;
      found.push(held);
      requests += held.interval.count;
    }
    return found;
  }
}

function summaryOf(joined: Interval, sumMs: number, count: number): Summary {
  const at = (statistic: Statistic): number | null =>
    statisticIn(joined, statistic)?.valueMs ?? null;
  // The smallest and the largest value are not known: a bucket only says that its values lie within
  // it.
  return {
    count,
    meanMs: sumMs / joined.count,
    p50Ms: at('p50'),
    p90Ms: at('p90'),
    p95Ms: at('p95'),
    p99Ms: at('p99'),
    minMs: null,
    maxMs: null,
  };
}

/**
 * Requests of an interval that certainly began after the change: they ended after `fromMs` and took
 * at most the upper bound of their bucket. Of a source with means only: about the mean.
 */
function begunSince({ interval, fromMs }: HeldInterval, changedAtMs: number | null): number {
  if (changedAtMs === null) return interval.count;
  const room = fromMs - changedAtMs;
  if (interval.buckets === null)
    return (interval.sumMs ?? 0) / interval.count <= room ? interval.count : 0;
  return interval.buckets.findLast(({ boundMs }) => boundMs <= room)?.count ?? 0;
}
