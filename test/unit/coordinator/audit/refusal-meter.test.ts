import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { OTHERS, RefusalMeter } from '../../../../coordinator/audit/refusal-meter.js';

/** How many of `count` refusals of one requester at a time get a line. */
const admitted = (meter: RefusalMeter, who: string, count: number, nowMs: number): number =>
  Array.from({ length: count }).filter(() => meter.admits(who, nowMs)).length;

describe('how many refusals get a line', () => {
  it('thirty of one requester at once, then one every two minutes; the rest is counted', () => {
    const meter = new RefusalMeter();
    assert.equal(admitted(meter, 'sue', 1000, 0), 30);
    assert.equal(meter.hasUnwritten, true);
    assert.deepEqual(meter.takeUnwritten(), [{ who: 'sue', count: 970 }]);
    assert.equal(meter.hasUnwritten, false);
    assert.deepEqual(meter.takeUnwritten(), []);
    assert.equal(admitted(meter, 'sue', 10, 119_000), 0);
    assert.equal(admitted(meter, 'sue', 10, 121_000), 1);
    assert.equal(admitted(meter, 'sue', 1000, 86_400_000), 30);
  });

  it('one that floods takes nothing from another', () => {
    const meter = new RefusalMeter();
    admitted(meter, 'sue', 100_000, 0);
    assert.equal(admitted(meter, 'bob', 5, 0), 5);
  });

  it('all together get two hundred at once, however many names they have', () => {
    const meter = new RefusalMeter();
    let lines = 0;
    for (let i = 0; i < 10_000; i += 1) lines += admitted(meter, `key-${i}`, 10, 0);
    assert.equal(lines, 200);
    const unwritten = meter.takeUnwritten();
    assert.equal(
      unwritten.reduce((sum, { count }) => sum + count, 0),
      100_000 - 200,
    );
    assert.ok(unwritten.length <= 201, 'what it keeps is bounded');
    assert.ok(unwritten.some(({ who }) => who === OTHERS));
  });

  it('forgets requesters that were idle, so that new ones are told apart again', () => {
    const meter = new RefusalMeter();
    for (let i = 0; i < 200; i += 1) meter.admits(`key-${i}`, 0);
    meter.takeUnwritten();
    const laterMs = 86_400_000;
    assert.equal(admitted(meter, 'new', 31, laterMs), 30);
    assert.deepEqual(meter.takeUnwritten(), [{ who: 'new', count: 1 }]);
  });
});
