import type { PushedHistogram } from '../../../ports/push.js';
import { type Interval, joinIntervals, NO_INTERVAL } from '../../metrics/interval.js';

/** Label sets remembered of one container. */
const MAX_KEYS = 500;

/** Turns pushed histograms into what happened since the last push. */
export class HistogramDiffer {
  readonly #last = new Map<string, PushedHistogram>();

  /**
   * null = there is nothing to compare with yet: a label set that is new and cumulative only gives
   * the first value.
   */
  take(pushed: readonly PushedHistogram[]): Interval | null {
    let joined: Interval | null = null;
    for (const point of pushed) {
      const interval = point.isDelta ? intervalOf(point) : this.#since(point);
      if (interval !== null) joined = joined === null ? interval : joinIntervals(joined, interval);
    }
    return joined;
  }

  #since(point: PushedHistogram): Interval | null {
    const name = `${point.metric}\u0000${point.key}`;
    const before = this.#last.get(name);
    if (before === undefined && this.#last.size >= MAX_KEYS) return null;
    this.#last.set(name, point);
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
}

const intervalOf = ({ count, sumMs, buckets }: PushedHistogram): Interval =>
  count === 0
    ? NO_INTERVAL
    : { count, sumMs, buckets: buckets.length > 1 ? buckets : null, quantilesMs: null };
