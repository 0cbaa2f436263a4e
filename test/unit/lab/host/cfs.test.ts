import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Bandwidth } from '../../../../lab/host/cfs.js';
import { limit } from '../sim/build.js';

/**
 * Runs at `rate` until `toMs`, stopping where the rate changes by itself; returns CPU used,
 * core-ms.
 */
function runUntil(
  bandwidth: Bandwidth,
  span: { readonly fromMs: number; readonly toMs: number },
  rate: number,
): number {
  let now = span.fromMs;
  let used = 0;
  while (now < span.toMs) {
    const running = bandwidth.throttled ? 0 : rate;
    const next = Math.min(span.toMs, bandwidth.nextChangeMs(now, running));
    bandwidth.run(now, next, running);
    used += running * (next - now);
    now = next;
  }
  return used;
}

describe('CFS bandwidth', () => {
  it('gives the quota of each period and throttles for the rest of it', () => {
    const bandwidth = new Bandwidth(limit(0.3), 0, 0);
    assert.equal(bandwidth.nextChangeMs(0, 1), 30);
    bandwidth.run(0, 30, 1);
    assert.equal(bandwidth.throttled, true);
    assert.equal(bandwidth.nextChangeMs(30, 0), 100);
    bandwidth.run(30, 100, 0);
    assert.equal(bandwidth.throttled, false);
    assert.equal(bandwidth.leftMs, 30);
    assert.deepEqual([bandwidth.periods, bandwidth.throttledPeriods], [1, 1]);
  });

  it('uses up the quota faster on more cores', () => {
    assert.equal(new Bandwidth(limit(0.4), 0, 0).nextChangeMs(0, 4), 10);
  });

  it('does not add what was left over to the next period', () => {
    const bandwidth = new Bandwidth(limit(0.3), 0, 0);
    bandwidth.run(0, 10, 1);
    bandwidth.run(10, 250, 0);
    assert.equal(bandwidth.leftMs, 30);
    assert.equal(runUntil(bandwidth, { fromMs: 250, toMs: 300 }, 1), 30);
  });

  it('gives c × time over many periods, whatever the phase', () => {
    for (const phase of [0, 0.25, 0.9]) {
      const used = runUntil(
        new Bandwidth(limit(0.37, 25_000), 0, phase),
        { fromMs: 0, toMs: 10_000 },
        2,
      );
      assert.ok(Math.abs(used - 3700) < 0.37 * 25 + 1e-6, `${used}`);
    }
  });

  it('never throttles one that cannot use up its quota', () => {
    const bandwidth = new Bandwidth(limit(1), 0, 0.5);
    assert.equal(runUntil(bandwidth, { fromMs: 0, toMs: 5000 }, 1), 5000);
    assert.equal(bandwidth.throttledPeriods, 0);
    assert.equal(bandwidth.periods, 50);
  });

  it('counts only periods that the timer saw: it rests after one without use', () => {
    const bandwidth = new Bandwidth(limit(0.5), 0, 0);
    bandwidth.run(0, 10, 1);
    bandwidth.run(10, 10_000, 0);
    assert.equal(bandwidth.periods, 2);
    assert.equal(bandwidth.throttledPeriods, 0);
  });

  it('keeps what was used when the limit changes within a period', () => {
    const bandwidth = new Bandwidth(limit(0.5), 0, 0);
    bandwidth.run(0, 30, 1);
    bandwidth.change(limit(0.2), 30);
    assert.equal(bandwidth.throttled, true);
    bandwidth.change(limit(0.6), 40);
    assert.equal(bandwidth.throttled, false);
    assert.ok(Math.abs(bandwidth.leftMs - 40) < 1e-9, `${bandwidth.leftMs}`);
    assert.equal(bandwidth.endsAtMs, 100);
  });

  it('begins a new period where its length changes', () => {
    const bandwidth = new Bandwidth(limit(0.5), 0, 0);
    bandwidth.change(limit(0.5, 10_000), 42);
    assert.equal(bandwidth.endsAtMs, 52);
    assert.equal(bandwidth.leftMs, 5);
  });

  it('counts no periods without a limit', () => {
    const bandwidth = new Bandwidth(limit(null), 0, 0);
    assert.equal(runUntil(bandwidth, { fromMs: 0, toMs: 1000 }, 8), 8000);
    assert.deepEqual([bandwidth.periods, bandwidth.throttled], [0, false]);
  });
});

describe('CFS bandwidth with burst', () => {
  const saving = (cores: number, burstUs: number) => ({ ...limit(cores), burstUs });

  it('keeps unused quota up to the burst, as long as the timer refills', () => {
    const some = new Bandwidth(saving(0.3, 20_000), 0, 0);
    some.run(0, 10, 1);
    some.run(10, 1000, 0);
    assert.equal(some.leftMs, 50);
    const much = new Bandwidth(saving(0.3, 300_000), 0, 0);
    much.run(0, 10, 1);
    much.run(10, 1000, 0);
    assert.equal(much.leftMs, 80);
  });

  it('lets a peak run through several periods and then throttles', () => {
    const bandwidth = new Bandwidth(saving(0.5, 120_000), 0, 0);
    bandwidth.leftMs = 170;
    // 170 less 100 and 50 more at 100; 120 less 100 and 50 more at 200; 70 more lasts to 270.
    assert.equal(bandwidth.nextChangeMs(0, 1), 270);
    assert.equal(runUntil(bandwidth, { fromMs: 0, toMs: 300 }, 1), 270);
    assert.equal(bandwidth.throttledPeriods, 1);
    assert.equal(bandwidth.leftMs, 50);
  });

  it('never gives more than quota and burst in a period, and c × time and one burst in all', () => {
    const bandwidth = new Bandwidth(saving(0.37, 37_000), 0, 0.3);
    const used = runUntil(bandwidth, { fromMs: 0, toMs: 10_000 }, 2);
    assert.ok(used <= 3700 + 2 * 37 + 1e-6 && used >= 3700 - 37, `${used}`);
  });

  it('saves while it runs below its quota', () => {
    const bandwidth = new Bandwidth(saving(0.5, 50_000), 0, 0);
    runUntil(bandwidth, { fromMs: 0, toMs: 150 }, 0.3);
    // At 100: 50 − 30 + 50 = 70; then 15 used.
    assert.ok(Math.abs(bandwidth.leftMs - 55) < 1e-9, `${bandwidth.leftMs}`);
    runUntil(bandwidth, { fromMs: 150, toMs: 1050 }, 0.3);
    assert.ok(Math.abs(bandwidth.leftMs - 85) < 1e-9, `${bandwidth.leftMs}`);
  });

  it('keeps savings when the limit changes, as far as the new one may', () => {
    const bandwidth = new Bandwidth(saving(0.3, 30_000), 0, 0);
    bandwidth.run(0, 250, 0);
    bandwidth.leftMs = 60;
    bandwidth.change(saving(0.4, 10_000), 250);
    assert.equal(bandwidth.leftMs, 50);
    bandwidth.change({ cpuCores: null, periodUs: 100_000 }, 260);
    assert.equal(bandwidth.nextChangeMs(260, 2), Number.POSITIVE_INFINITY);
    bandwidth.run(260, 900, 2);
    assert.equal(bandwidth.throttled, false);
  });
});
