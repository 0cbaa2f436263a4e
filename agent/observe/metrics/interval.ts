import { msPerUnit } from '../../../shared/job.js';
import type { MetricReading } from '../../../shared/metrics/presets.js';
import type { Family, MetricPage, Series } from './page.js';
import type { PageFault } from './stream.js';

/** Number of requests at or below an upper bound. */
export interface Bucket {
  /** ms; +Infinity in the last one. */
  readonly boundMs: number;
  readonly count: number;
}

/** What a server did between two readings of its metrics. */
export interface Interval {
  /** Requests answered; of a gauge the readings. */
  readonly count: number;
  /** What they took together, ms; null = the server does not say. */
  readonly sumMs: number | null;
  /** Cumulative, bounds rising, the last one all; null = the server does not say. */
  readonly buckets: readonly Bucket[] | null;
  /**
   * The server's own quantiles (0..1 → ms), over a window of its own; null = it has none, or
   * several that cannot be combined.
   */
  readonly quantilesMs: ReadonlyMap<number, number> | null;
}

/**
 * What two pages yield. `reset`: the server started again or its buckets changed, so the interval
 * says nothing.
 */
export type Between =
  | { readonly kind: 'interval'; readonly interval: Interval }
  | { readonly kind: 'reset'; readonly reason: string }
  | { readonly kind: 'fault'; readonly page: 'before' | 'after'; readonly fault: PageFault };

/** Nothing was answered. */
export const NO_INTERVAL: Interval = { count: 0, sumMs: 0, buckets: null, quantilesMs: null };

interface SeriesChange {
  readonly after: Series;
  readonly count: number;
  readonly sum: number | null;
  /** Bound → requests at or below it meanwhile. */
  readonly buckets: ReadonlyMap<number, number>;
}

/**
 * What happened between two pages of one server, by one reading. Subtracts series by series: a new
 * series began at zero, one that is gone no longer counts; a counter that fell, a restarted process
 * or other bounds are a reset. Sums over label sets bucket by bucket, at the bounds they share.
 */
export function intervalBetween(
  before: MetricPage,
  after: MetricPage,
  reading: number,
  of: MetricReading,
): Between {
  const [from, to] = [before.families[reading] ?? null, after.families[reading] ?? null];
  if (to === null) return { kind: 'interval', interval: NO_INTERVAL };
  if (hasRestarted(before, after)) return { kind: 'reset', reason: 'the process started again' };
  const lack = of.kind === 'counter-pair' ? pairLack(from, to) : null;
  if (lack !== null) return lack;
  if (of.kind === 'gauge') return gaugeBetween(from, to, msPerUnit(of.unit));
  const changes: SeriesChange[] = [];
  for (const [key, series] of to.series) {
    const found = changeOf(from?.series.get(key), series, of.kind);
    if (found.kind !== 'change') return found;
    changes.push(found.change);
  }
  return { kind: 'interval', interval: summed(changes, of.kind, msPerUnit(of.unit)) };
}

/** Two counters need not have the same label sets, but each page must have both of them. */
function pairLack(from: Family | null, to: Family): Between | null {
  const has = (family: Family | null, part: 'sum' | 'count'): boolean =>
    [...(family?.series.values() ?? [])].some((series) => series[part] !== null);
  for (const part of ['sum', 'count'] as const) {
    const [before, after] = [has(from, part), has(to, part)];
    const message =
      `stands without the ${part === 'sum' ? 'time' : 'number'} of requests, the other ` +
      'counter of the pair: the page was cut';
    if (!after) return { kind: 'fault', page: 'after', fault: { line: to.line, message } };
    if (from !== null && from.series.size > 0 && !before)
      return { kind: 'fault', page: 'before', fault: { line: from.line, message } };
  }
  return null;
}

/** Start times less than a second apart are the same time, rounded. */
const hasRestarted = (before: MetricPage, after: MetricPage): boolean =>
  before.processStart !== null &&
  after.processStart !== null &&
  Math.abs(after.processStart - before.processStart) > 1;

type ChangeResult =
  | { readonly kind: 'change'; readonly change: SeriesChange }
  | Exclude<Between, { kind: 'interval' }>;

function changeOf(
  before: Series | undefined,
  after: Series,
  kind: MetricReading['kind'],
): ChangeResult {
  const missing = missingIn(after, kind);
  if (missing !== null) return faultIn('after', after, missing);
  if (before === undefined) return { kind: 'change', change: sinceZero(after) };
  const missingBefore = missingIn(before, kind);
  if (missingBefore !== null) return faultIn('before', before, missingBefore);
  const lost = lostBetween(before, after);
  if (lost !== null) return faultIn('after', after, `has no ${lost} any more: the page was cut`);
  const buckets = new Map<number, number>();
  if (kind === 'histogram') {
    if (!hasSameBounds(before, after)) return { kind: 'reset', reason: 'the buckets have changed' };
    for (const [bound, count] of after.buckets)
      buckets.set(bound, count - (before.buckets.get(bound) ?? 0));
  }
  const count = totalOf(after) - totalOf(before);
  const sum = after.sum === null ? null : after.sum - (before.sum ?? 0);
  const hasFallen =
    count < 0 || (sum !== null && sum < -1e-9 * Math.abs(before.sum ?? 0)) || anyNegative(buckets);
  if (hasFallen) return { kind: 'reset', reason: 'a counter fell' };
  return { kind: 'change', change: { after, count, sum, buckets } };
}

function lostBetween(before: Series, after: Series): string | null {
  if (before.sum !== null && after.sum === null) return 'sum';
  if (before.count !== null && after.count === null) return 'count';
  if (before.buckets.has(Number.POSITIVE_INFINITY) && !after.buckets.has(Number.POSITIVE_INFINITY))
    return 'last bucket +Inf';
  return [...before.quantiles.keys()].every((quantile) => after.quantiles.has(quantile))
    ? null
    : 'quantiles';
}

const faultIn = (page: 'before' | 'after', { line }: Series, message: string): ChangeResult => ({
  kind: 'fault',
  page,
  fault: { line, message },
});

function missingIn(series: Series, kind: MetricReading['kind']): string | null {
  if (kind === 'counter-pair') return null;
  if (kind === 'summary')
    return series.count === null
      ? 'begins a summary without a count: the page was cut, or this is no summary'
      : null;
  if (series.buckets.size === 0)
    return 'begins a histogram without buckets: the page was cut, or this is no histogram';
  const isWhole = series.count !== null || series.buckets.has(Number.POSITIVE_INFINITY);
  return isWhole ? null : 'begins a histogram without its last bucket +Inf: the page was cut';
}

const totalOf = (series: Series): number =>
  series.count ?? series.buckets.get(Number.POSITIVE_INFINITY) ?? 0;
const sinceZero = (after: Series): SeriesChange => ({
  after,
  count: totalOf(after),
  sum: after.sum,
  buckets: after.buckets,
});
const hasSameBounds = (a: Series, b: Series): boolean =>
  a.buckets.size === b.buckets.size && [...a.buckets.keys()].every((bound) => b.buckets.has(bound));
const anyNegative = (counts: ReadonlyMap<number, number>): boolean =>
  [...counts.values()].some((count) => count < 0);

function summed(
  changes: readonly SeriesChange[],
  kind: MetricReading['kind'],
  msPer: number,
): Interval {
  const moved = changes.filter(
    ({ count, sum }) => count > 0 || (kind === 'counter-pair' && (sum ?? 0) > 0),
  );
  const count = moved.reduce((total, change) => total + change.count, 0);
  if (count === 0) return NO_INTERVAL;
  const sumMs =
    moved.reduce(
      (total, { sum }) => total + (sum ?? (kind === 'counter-pair' ? 0 : Number.NaN)),
      0,
    ) * msPer;
  return {
    count,
    sumMs: Number.isFinite(sumMs) ? Math.max(0, sumMs) : null,
    buckets: kind === 'histogram' ? bucketsOf(moved, count, msPer) : null,
    quantilesMs: kind === 'summary' ? quantilesOf(moved, msPer) : null,
  };
}

function bucketsOf(
  changes: readonly SeriesChange[],
  count: number,
  msPer: number,
): readonly Bucket[] {
  const [first, ...others] = changes;
  const shared = [...(first?.buckets.keys() ?? [])].filter((bound) =>
    others.every(({ buckets }) => buckets.has(bound)),
  );
  const bounds = shared.filter(Number.isFinite).sort((a, b) => a - b);
  const buckets: Bucket[] = [];
  let least = 0;
  for (const bound of bounds) {
    const seen = changes.reduce((total, change) => total + (change.buckets.get(bound) ?? 0), 0);
    // A page may be read while the server writes it: what is at or below a bound is at least what
    // is below a lower one.
    least = Math.min(count, Math.max(least, seen));
    buckets.push({ boundMs: bound * msPer, count: least });
  }
  return [...buckets, { boundMs: Number.POSITIVE_INFINITY, count }];
}

// Quantiles of several label sets cannot be made into one.
function quantilesOf(
  changes: readonly SeriesChange[],
  msPer: number,
): ReadonlyMap<number, number> | null {
  const [only] = changes;
  if (only === undefined || changes.length > 1) return null;
  const finite = [...only.after.quantiles].filter(
    ([, value]) => Number.isFinite(value) && value >= 0,
  );
  return finite.length === 0
    ? null
    : new Map(finite.map(([quantile, value]) => [quantile, value * msPer]));
}

// An unchanged gauge may be of an idle server, so it is no new value.
function gaugeBetween(from: Family | null, to: Family, msPer: number): Between {
  const [only, second] = [...to.series.values()];
  if (second !== undefined)
    return {
      kind: 'fault',
      page: 'after',
      fault: {
        line: second.line,
        message: 'is one more label set of a gauge: choose one with a match',
      },
    };
  const value = only?.value ?? Number.NaN;
  const before = [...(from?.series.values() ?? [])][0]?.value ?? Number.NaN;
  if (!(value >= 0) || !Number.isFinite(value) || value === before)
    return { kind: 'interval', interval: NO_INTERVAL };
  return {
    kind: 'interval',
    interval: { count: 1, sumMs: value * msPer, buckets: null, quantilesMs: null },
  };
}

/** Two intervals of one server as one; quantiles are those of the later one that answered. */
export function joinIntervals(a: Interval, b: Interval): Interval {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const sumMs = a.sumMs === null || b.sumMs === null ? null : a.sumMs + b.sumMs;
  return {
    count: a.count + b.count,
    sumMs,
    buckets: joinBuckets(a.buckets, b.buckets),
    quantilesMs: b.quantilesMs,
  };
}

function joinBuckets(a: Interval['buckets'], b: Interval['buckets']): Interval['buckets'] {
  if (a === null || b === null) return null;
  const counts = new Map(b.map(({ boundMs, count }) => [boundMs, count]));
  return a.flatMap(({ boundMs, count }) => {
    const other = counts.get(boundMs);
    return other === undefined ? [] : [{ boundMs, count: count + other }];
  });
}
