import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Bandwidth } from '../../../lab/host/cfs.js';
import { limit } from './build.js';

/** Runs at `rate` until `toMs`, stopping where the rate changes by itself; returns CPU used, core-ms. */
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
      const used = runUntil(new Bandwidth(limit(0.37, 25_000), 0, phase), { fromMs: 0, toMs: 10_000 }, 2);
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
