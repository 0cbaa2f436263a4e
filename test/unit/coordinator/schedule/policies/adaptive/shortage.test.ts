import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  foldShortage,
  isLasting,
  NO_SHORTAGE,
  type Shortage,
} from '../../../../../../coordinator/schedule/policies/adaptive/shortage.js';

const INTERVAL_MS = 5000;

describe('adaptive shortage of a host', () => {
  const seen = (reports: readonly boolean[]): Shortage =>
    reports.reduce(
      (before, isShort, i) => foldShortage(before, isShort, 1000 * (i + 1)),
      NO_SHORTAGE,
    );

  it('lasts once half an interval has passed without a report that shows none', () => {
    assert.ok(!isLasting(seen([]), INTERVAL_MS));
    assert.ok(!isLasting(seen([true, true, true]), INTERVAL_MS));
    assert.ok(isLasting(seen([true, true, true, true]), INTERVAL_MS));
    assert.ok(!isLasting(seen([true, true, false, true]), INTERVAL_MS));
    assert.ok(!isLasting(seen([true, true, true, true, false]), INTERVAL_MS));
  });

  it('counts a report once', () => {
    const once = seen([true]);
    assert.equal(foldShortage(once, false, 1000), once);
  });
});
