import type { PushedHistogram } from '../../../ports/push.js';
import { type Interval, joinIntervals, NO_INTERVAL } from '../../metrics/interval.js';

/** Label sets remembered of one container. */
const MAX_KEYS = 500;
/** Where there is no room for a new one, one that was not pushed for so long gives it up, ms. */
const FORGET_MS = 600_000;

interface LastPoint {
  readonly point: PushedHistogram;
  readonly atMs: number;
}

/** Turns pushed histograms into what happened since the last push. */
export class HistogramDiffer {
  /** The one pushed longest ago first. */
  readonly #last = new Map<string, LastPoint>();

  /**
   * null = there is nothing to compare with yet: a label set that is new and cumulative only gives
   * the first value. `nowMs` on the agent's monotonic clock.
   */
  take(pushed: readonly PushedHistogram[], nowMs: number): Interval | null {
    let joined: Interval | null = null;
    for (const point of pushed) {
      const interval = point.isDelta ? intervalOf(point) : this.#since(point, nowMs);
      if (interval !== null) joined = joined === null ? interval : joinIntervals(joined, interval);
    }
    return joined;
  }

  #since(point: PushedHistogram, nowMs: number): Interval | null {
    const name = `${point.metric}\u0000${point.key}`;
    const before = this.#last.get(name)?.point;
    if (before === undefined && !this.#hasRoom(nowMs)) return null;
    this.#last.delete(name);
    this.#last.set(name, { point, atMs: nowMs });
    if (before === undefined) return null;
    const hasRestarted =
      point.startedAt !== before.startedAt ||
      point.count < before.count ||
      point.buckets.length !== before.buckets.length ||
      point.buckets.some(
        ({ boundMs, count }, at) =>
          boundMs !== before.buckets[at]?.boundMs || count < (before.buckets[at]?.count ?? 0),
      );
    if (hasRestarted) return null;
    const sumMs =
      point.sumMs === null || before.sumMs === null
        ? null
        : Math.max(0, point.sumMs - before.sumMs);
    const buckets = point.buckets.map(({ boundMs, count }, at) => ({
      boundMs,
      count: count - (before.buckets[at]?.count ?? 0),
    }));
    return intervalOf({ ...point, count: point.count - before.count, sumMs, buckets });
  }

  /** Workers that are replaced bring label sets of their own, and leave theirs behind. */
  #hasRoom(nowMs: number): boolean {
    if (this.#last.size < MAX_KEYS) return true;
    const [oldest] = this.#last;
    if (oldest === undefined || nowMs - oldest[1].atMs < FORGET_MS) return false;
    return this.#last.delete(oldest[0]);
  }
}

const intervalOf = ({ count, sumMs, buckets }: PushedHistogram): Interval =>
  count === 0
    ? NO_INTERVAL
    : { count, sumMs, buckets: buckets.length > 1 ? buckets : null, quantilesMs: null };
