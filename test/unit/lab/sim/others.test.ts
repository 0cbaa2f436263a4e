import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ForeignKind } from '../../../../lab/foreign/bursts.js';
import { OtherPrograms, otherLoadOf } from '../../../../lab/sim/others.js';

const burst = (
  atMs: number,
  untilMs: number,
  loadRatio: number,
  kind: ForeignKind = 'compute',
) => ({
  atMs,
  untilMs,
  loadRatio,
  kind,
});

/** What it says after each moment at which something changes, until `endMs`. */
function told(others: OtherPrograms, endMs: number): readonly (readonly number[])[] {
  const lines: (readonly number[])[] = [];
  while (others.nextMs < endMs) {
    const atMs = others.nextMs;
    others.step(atMs);
    lines.push([atMs, others.threads, others.stealRatio]);
  }
  return lines;
}

describe('other programs of a simulated host', () => {
  it('have threads while bursts last', () => {
    const load = otherLoadOf([burst(10, 50, 0.5), burst(30, 70, 0.5, 'memory')]);
    assert.deepEqual(told(new OtherPrograms(load, 2), 1000), [
      [10, 1, 0],
      [30, 2, 0],
      [50, 1, 0],
      [70, 0, 0],
    ]);
  });

  it('do not have what a hypervisor takes', () => {
    const load = otherLoadOf([burst(10, 50, 0.25, 'steal'), burst(20, 40, 1)]);
    assert.deepEqual(told(new OtherPrograms(load, 2), 1000), [
      [10, 0, 0.25],
      [20, 2, 0.25],
      [40, 0, 0.25],
      [50, 0, 0],
    ]);
  });

  it('have a thread of the engine for each start, for a while', () => {
    const others = new OtherPrograms(otherLoadOf([]), 2);
    others.start(100, 140);
    others.start(200, 140);
    others.start(200, 0);
    assert.equal(others.threads, 2);
    assert.deepEqual(told(others, 1000), [
      [240, 1, 0],
      [340, 0, 0],
    ]);
    assert.equal(others.nextMs, Number.POSITIVE_INFINITY);
  });
});
