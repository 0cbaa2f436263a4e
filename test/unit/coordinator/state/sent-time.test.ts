import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type SentTime, sentTimeOf } from '../../../../coordinator/state/sent-time.js';

/** The agent's clock is 5 s behind; `delaysMs` are those of reports sent a second apart. */
const times = (
  delaysMs: readonly number[],
  sentMs = (i: number): number => i * 1000,
  bootId = 'b',
) => {
  let sent: SentTime | null = null;
  return delaysMs.map((delayMs, i) => {
    const sentAtMs = sentMs(i);
    sent = sentTimeOf(sent, { bootId, sentAtMs, receivedAtMs: sentAtMs + 5000 + delayMs });
    return sent.atMs;
  });
};
const steps = (its: readonly number[]): readonly number[] =>
  its.slice(1).map((at, i) => at - (its[i] ?? 0));

describe('when a report was sent', () => {
  it('follows the agent’s clock, however late the report comes', () => {
    const late = steps(times([0, 700, 20, 950, 300, 0, 400]));
    assert.ok(
      late.every((step) => Math.abs(step - 1000) < 10),
      String(late),
    );
  });

  it('is never after the receipt, nor before the report before', () => {
    const seen = times([900, 0, 500, 0, 0]);
    assert.equal(seen[1], 6000);
    assert.ok(
      steps(seen).every((step) => step > 0),
      String(seen),
    );
    const fast = times([900, 0, 0], (i) => i * 100);
    assert.ok(
      steps(fast).every((step) => step > 0),
      String(fast),
    );
  });

  it('follows a clock that drifts, and one that stood still', () => {
    const drifting = times(Array.from({ length: 1001 }, (_, i) => i * 0.5));
    assert.ok(Math.abs((drifting.at(-1) ?? 0) - 1_005_500) < 50, String(drifting.at(-1)));
    const slept = times([0, 0, 60_000, 60_000]);
    assert.deepEqual(slept.slice(2), [67_000, 68_000]);
  });

  it('starts again with each boot of an agent', () => {
    const before = sentTimeOf(null, { bootId: 'a', sentAtMs: 9e6, receivedAtMs: 10_000 });
    const after = sentTimeOf(before, { bootId: 'b', sentAtMs: 5, receivedAtMs: 11_000 });
    assert.equal(after.atMs, 11_000);
  });
});
