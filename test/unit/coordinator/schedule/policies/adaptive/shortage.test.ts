import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  foldShortage,
  isLasting,
  NO_SHORTAGE,
  type Shortage,
} from '../../../../../../coordinator/schedule/policies/adaptive/shortage.js';

const INTERVAL_MS = 5000;

const at = (atMs: number, isShort: boolean) => ({ isShort, atMs, reportIntervalMs: 1000 });

describe('adaptive shortage of a host', () => {
  const seen = (reports: readonly boolean[]): Shortage =>
    reports.reduce(
      (before, isShort, i) => foldShortage(before, at(1000 * (i + 1), isShort)),
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
    assert.equal(foldShortage(once, at(1000, false)), once);
  });

  it('does not last through a silence in which nobody knows what was', () => {
    const before = foldShortage(NO_SHORTAGE, at(1000, true));
    const after = foldShortage(before, at(61_000, true));
    assert.ok(!isLasting(after, INTERVAL_MS));
    assert.ok(isLasting(foldShortage(before, at(4000, true)), INTERVAL_MS), 'two were lost');
    const slow = { isShort: true, reportIntervalMs: 10_000 };
    const rare = foldShortage(NO_SHORTAGE, { ...slow, atMs: 10_000 });
    assert.ok(isLasting(foldShortage(rare, { ...slow, atMs: 20_000 }), INTERVAL_MS));
  });
});
