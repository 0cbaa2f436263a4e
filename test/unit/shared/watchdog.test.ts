import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { feedEveryMs, mayFeed, watchdogMsFor } from '../../../shared/watchdog.js';

const last = { atMs: 1000, passes: { enforce: 5, report: 7 } };
const everyMs = 20_000;

describe('a watchdog', () => {
  it('is fed when every loop has finished a pass since, and that is long enough ago', () => {
    const passes = { enforce: 6, report: 8 };
    assert.equal(mayFeed({ passes, last, nowMs: 21_000, everyMs }), true);
    assert.equal(mayFeed({ passes, last, nowMs: 20_999, everyMs }), false);
  });

  it('starves when one loop hangs, however often the other goes round', () => {
    const hangs = { enforce: 5, report: 900 };
    assert.equal(mayFeed({ passes: hangs, last, nowMs: 900_000, everyMs }), false);
  });

  it('is fed for the first time when every loop has gone round once', () => {
    const first = { last: null, nowMs: 0, everyMs };
    assert.equal(mayFeed({ ...first, passes: { enforce: 1, report: 0 } }), false);
    assert.equal(mayFeed({ ...first, passes: { enforce: 1, report: 1 } }), true);
  });

  it('has more time where passes are rare, and eats three times in it', () => {
    assert.equal(watchdogMsFor(60_000, 2000), 60_000);
    assert.equal(watchdogMsFor(60_000, 120_000), 480_000);
    assert.equal(feedEveryMs(60_000), 20_000);
  });
});
