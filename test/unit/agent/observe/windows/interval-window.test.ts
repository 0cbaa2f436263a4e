import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { reportable } from '../../../../../agent/observe/feeds/feed.js';
import type { Interval } from '../../../../../agent/observe/metrics/interval.js';
import { IntervalWindow } from '../../../../../agent/observe/windows/interval-window.js';
import type { Target } from '../../../../../shared/qoe.js';

/** Requests up to 100 and 200 ms, and beyond. */
const interval = (fast: number, slow: number, beyond = 0): Interval => ({
  count: fast + slow + beyond,
  sumMs: fast * 50 + slow * 150 + beyond * 300,
  buckets: [
    { boundMs: 100, count: fast },
    { boundMs: 200, count: fast + slow },
    { boundMs: Number.POSITIVE_INFINITY, count: fast + slow + beyond },
  ],
  quantilesMs: null,
});
const means = (count: number, meanMs: number): Interval => ({
  count,
  sumMs: count * meanMs,
  buckets: null,
  quantilesMs: null,
});
const target = (over: Partial<Target> = {}): Target => ({
  latencyMs: 100,
  statistic: 'p95',
  toleranceRatio: 0.1,
  mode: 'band',
  ...over,
});

describe('window of intervals', () => {
  it('says nothing while nothing was answered', () => {
    const window = new IntervalWindow({ windowMs: 5000 });
    assert.equal(window.report(1000, null), null);
    window.add(interval(0, 0), { fromMs: 0, toMs: 1000 });
    assert.equal(window.report(1000, null), null);
  });

  it('holds what a report may need, and no more', () => {
    const often = new IntervalWindow({ windowMs: 5000 });
    for (let second = 1; second <= 600; second += 1)
      often.add(interval(10, 0), { fromMs: 1000 * (second - 1), toMs: 1000 * second });
    assert.equal(often.size, 6);
    const report = often.report(600_000, null)?.report;
    assert.deepEqual([report?.window.count, report?.totalCount], [60, 6000]);
    // Five requests are needed, however old they are.
    const rarely = new IntervalWindow({ windowMs: 5000 });
    for (let minute = 1; minute <= 60; minute += 1)
      rarely.add(interval(1, 0), { fromMs: 60_000 * minute - 1000, toMs: 60_000 * minute });
    assert.equal(rarely.size, 5);
    assert.equal(rarely.report(3_700_000, null)?.report.window.count, 5);
  });

  it('joins what ended within the window, and counts everything since the first', () => {
    const window = new IntervalWindow({ windowMs: 5000 });
    window.add(interval(100, 0), { fromMs: 0, toMs: 1000 });
    window.add(interval(10, 10), { fromMs: 5000, toMs: 6000 });
    window.add(interval(10, 10), { fromMs: 6000, toMs: 7000 });
    const told = window.report(7500, null);
    assert.deepEqual(told?.report.window, {
      count: 40,
      meanMs: 100,
      p50Ms: 100,
      p90Ms: 180,
      p95Ms: 190,
      p99Ms: 198,
      minMs: null,
      maxMs: null,
    });
    assert.deepEqual(
      [told?.report.totalCount, told?.report.totalMs, told?.report.newestAgeMs],
      [140, 9000, 500],
    );
    assert.equal(window.report(6900, null)?.report.newestAgeMs, -100);
  });

  it('goes further back where the window holds few requests', () => {
    const window = new IntervalWindow({ windowMs: 1000 });
    window.add(interval(4, 0), { fromMs: 0, toMs: 1000 });
    window.add(interval(1, 0), { fromMs: 50_000, toMs: 60_000 });
    assert.equal(window.report(70_000, null)?.report.window.count, 5);
    window.add(interval(5, 0), { fromMs: 70_000, toMs: 71_000 });
    assert.equal(window.report(71_000, null)?.report.window.count, 5);
  });

  it('counts as begun after a change only what surely was', () => {
    const window = new IntervalWindow({ windowMs: 60_000 });
    window.add(interval(3, 4, 5), { fromMs: 1000, toMs: 2000 });
    const since = (changedAtMs: number | null) =>
      window.report(2000, changedAtMs)?.report.sinceChangeCount;
    assert.deepEqual(
      [since(null), since(800), since(900), since(901), since(1500)],
      [12, 7, 3, 0, 0],
    );
    const meansOnly = new IntervalWindow({ windowMs: 60_000 });
    meansOnly.add(means(10, 200), { fromMs: 1000, toMs: 2000 });
    assert.deepEqual(
      [800, 801].map((at) => meansOnly.report(2000, at)?.report.sinceChangeCount),
      [10, 0],
    );
  });

  it('holds no percentile of means, and no requests of a gauge', () => {
    const window = new IntervalWindow({ windowMs: 5000 });
    window.add(means(1, 80), { fromMs: 0, toMs: 1000 }, false);
    const report = window.report(1000, null)?.report;
    assert.deepEqual(
      [report?.window.meanMs, report?.window.p95Ms, report?.totalCount, report?.totalMs],
      [80, null, 0, 0],
    );
  });

  it('keeps a bounded number of intervals', () => {
    const window = new IntervalWindow({ windowMs: 1e9, capacity: 10 });
    for (let n = 0; n < 100; n += 1) window.add(interval(1, 0), { fromMs: n, toMs: n + 1 });
    assert.equal(window.report(100, null)?.report.window.count, 10);
    assert.equal(window.report(100, null)?.report.totalCount, 100);
  });
});

describe('what may be judged', () => {
  const told = (of: Interval) => {
    const window = new IntervalWindow({ windowMs: 5000 });
    window.add(of, { fromMs: 0, toMs: 1000 });
    return window.report(1000, null) ?? { report: null };
  };

  it('comes with the share within the target, where that is exact', () => {
    assert.equal(
      reportable(told(interval(6, 3, 1)), target({ statistic: 'mean' })).report?.satisfiedRatio,
      0.6,
    );
    const { report } = reportable(
      told(interval(6, 3, 1)),
      target({ statistic: 'mean', latencyMs: 150 }),
    );
    assert.ok(report !== null && !('satisfiedRatio' in report));
  });

  it('is a mean under a mean target, but never under a percentile target', () => {
    assert.equal(
      reportable(told(means(9, 80)), target({ statistic: 'mean' })).report?.window.meanMs,
      80,
    );
    const { report, note } = reportable(told(means(9, 80)), target());
    assert.equal(report, null);
    assert.match(
      note,
      /^the p95 is not known, because the source does not expose it: use the statistic mean/,
    );
  });

  it('is a percentile beyond the last bound where that is above the band, and else nothing', () => {
    const beyond = told(interval(0, 1, 9));
    const slower = reportable(beyond, target());
    assert.equal(slower.report?.window.p95Ms, 200);
    assert.match(slower.note, /^the p95 is at least 200 ms, the last bound of the histogram$/);
    const unknown = reportable(beyond, target({ latencyMs: 190 }));
    assert.equal(unknown.report, null);
    assert.match(unknown.note, /which is below the target: the server must have higher buckets$/);
    assert.equal(reportable(beyond, target({ statistic: 'mean', latencyMs: 190 })).note, '');
  });
});
