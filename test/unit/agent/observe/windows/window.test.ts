import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LatencyWindow } from '../../../../../agent/observe/windows/window.js';

describe('LatencyWindow', () => {
  it('has no report without a sample, never zeros', () => {
    const window = new LatencyWindow({ windowMs: 1000 });
    window.reject();
    assert.equal(window.report(5000, null), null);
  });

  it('takes the samples of the last window', () => {
    const window = new LatencyWindow({ windowMs: 1000 });
    for (let at = 0; at < 20; at += 1) window.add(at, at * 100);
    const report = window.report(2000, null);
    // Ended at 1000, 1100 … 1900.
    assert.equal(report?.window.count, 10);
    assert.equal(report?.window.minMs, 10);
    assert.equal(report?.newestAgeMs, 100);
    assert.equal(report?.totalCount, 20);
    assert.equal(report?.totalMs, 190);
  });

  it('takes the last five where the window has fewer, with their age', () => {
    const window = new LatencyWindow({ windowMs: 1000 });
    for (let at = 0; at < 20; at += 1) window.add(at, at * 100);
    const report = window.report(100_000, null);
    assert.equal(report?.window.count, 5);
    assert.equal(report?.window.minMs, 15);
    assert.equal(report?.newestAgeMs, 98_100);
  });

  it('says a negative age of an answer that ended since', () => {
    const window = new LatencyWindow({ windowMs: 1000 });
    window.add(5, 2100);
    assert.equal(window.report(2000, null)?.newestAgeMs, -100);
  });

  it('holds at most its capacity, and counts all', () => {
    const window = new LatencyWindow({ windowMs: 1000 });
    for (let n = 0; n < 20_000; n += 1) window.add(n, 500);
    const report = window.report(600, null);
    assert.equal(report?.window.count, 8192);
    assert.equal(report?.window.minMs, 20_000 - 8192);
    assert.equal(report?.totalCount, 20_000);
  });

  it('holds everything that belongs to the window, however much that is all at once', () => {
    const window = new LatencyWindow({ windowMs: 1000 });
    for (let n = 0; n < 700; n += 1) window.add(n, n);
    for (let n = 700; n < 5000; n += 1) window.add(n, 700 + n / 100);
    const report = window.report(760, null);
    assert.deepEqual(
      [report?.window.count, report?.window.minMs, report?.window.maxMs],
      [5000, 0, 4999],
    );
    assert.equal(window.report(1100, null)?.window.minMs, 100);
  });

  it('tells the share of just these samples within a time', () => {
    const window = new LatencyWindow({ windowMs: 1000 });
    assert.equal(window.within(10, 0), null);
    for (let n = 1; n <= 10; n += 1) window.add(n * 10, n * 100);
    assert.deepEqual(
      [window.within(50, 1000), window.within(95, 1500), window.within(5, 60_000)],
      [0.5, 5 / 6, 0],
    );
  });

  it('counts as new only what began after the limit changed', () => {
    const window = new LatencyWindow({ windowMs: 10_000 });
    window.add(300, 1000);
    window.add(300, 1299);
    window.add(300, 1300);
    window.add(300, 1600);
    assert.equal(window.report(1700, 1000)?.sinceChangeCount, 2);
    assert.equal(window.report(1700, null)?.sinceChangeCount, 4);
    assert.equal(window.report(1700, 5000)?.sinceChangeCount, 0);
  });

  it('weighs totals, and counts rejects', () => {
    const window = new LatencyWindow({ windowMs: 1000 });
    window.add(5, 100, 10);
    window.reject(3);
    const report = window.report(100, null);
    assert.equal(report?.totalCount, 10);
    assert.equal(report?.totalMs, 50);
    assert.equal(report?.window.count, 1);
    assert.equal(report?.rejectedCount, 3);
  });
});
