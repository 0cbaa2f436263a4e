import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { clockText, dayText, momentText } from '../../../../console/page/ui/time.js';

describe('a moment on the page', () => {
  const nowMs = Date.UTC(2026, 10, 27, 12);
  it('has its day where that is not today, and its year where that is another', () => {
    assert.ok(!momentText(nowMs - 3_600_000, nowMs).includes(dayText(nowMs)));
    const yesterday = momentText(nowMs - 86_400_000, nowMs);
    assert.ok(yesterday.startsWith(dayText(nowMs - 86_400_000)));
    assert.doesNotMatch(yesterday, /2026/);
    const aYearAgo = Date.UTC(2025, 10, 27, 12);
    assert.equal(dayText(aYearAgo), dayText(nowMs));
    assert.match(momentText(aYearAgo, nowMs), /2025/);
  });
  it('that an agent invents and no calendar has ends nothing', () => {
    for (const ms of [2 ** 53 - 1, 8.64e15 + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.equal(momentText(ms, nowMs), '–');
      assert.deepEqual([clockText(ms), dayText(ms)], ['–', '–']);
    }
    assert.match(momentText(0, Number.NaN), /1970|1969/);
  });
});
