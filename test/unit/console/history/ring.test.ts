import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Day } from '../../../../console/history/day.js';
import { Ring } from '../../../../console/history/ring.js';
import { minute, row } from './build.js';

/** Minutes since 1970, some day. */
const NOW = 29_700_000;
const stepsIn = (ring: Ring, from = 0, to = Number.POSITIVE_INFINITY): readonly number[] =>
  [...ring.rows(from, to)].map(({ step }) => step);

describe('a ring', () => {
  it('holds the newest rows, in the order of time, across pages and laps', () => {
    const ring = new Ring(1440, 2);
    for (let step = NOW; step < NOW + 2000; step += 1) ring.write(step, [step % 7, Number.NaN]);
    const kept = Array.from({ length: 1440 }, (_, at) => NOW + 560 + at);
    assert.deepEqual(stepsIn(ring), kept);
    assert.deepEqual(stepsIn(ring, NOW + 600, NOW + 602), [NOW + 600, NOW + 601, NOW + 602]);
    assert.deepEqual(ring.at(NOW + 1999), [(NOW + 1999) % 7, Number.NaN]);
    assert.equal(ring.valueAt(NOW + 700, 0), (NOW + 700) % 7);
    assert.equal(ring.at(NOW + 559), undefined);
    assert.equal(ring.valueAt(NOW + 2000, 0), undefined);
  });

  it('leaves out what is older than what its slot holds', () => {
    const ring = new Ring(100, 1);
    ring.write(NOW + 100, [1]);
    ring.write(NOW, [2]);
    assert.deepEqual([...ring.rows(0, NOW + 200)], [{ step: NOW + 100, row: [1] }]);
    ring.write(NOW + 100, [3]);
    assert.deepEqual(ring.at(NOW + 100), [3]);
  });

  it('tells steps apart as late as in a century, at any number of slots', () => {
    for (const slots of [1440, 360, 366]) {
      const ring = new Ring(slots, 1);
      const late = 6 * NOW * 4;
      for (const step of [late, late + 1, late + slots - 1]) ring.write(step, [1]);
      assert.deepEqual(stepsIn(ring), [late, late + 1, late + slots - 1]);
      assert.equal(ring.at(late + slots), undefined);
      assert.equal(ring.at(late - slots), undefined);
    }
  });

  it('takes memory for what was written, and gives it back', () => {
    const ring = new Ring(1440, 8);
    assert.equal(ring.byteLength, 0);
    for (let step = NOW; step < NOW + 3; step += 1) ring.write(step, new Array(8).fill(1));
    assert.ok(ring.byteLength > 0 && ring.byteLength < 5000, `${ring.byteLength}`);
    for (let step = NOW; step < NOW + 3000; step += 1) ring.write(step, new Array(8).fill(1));
    assert.equal(ring.byteLength, 1440 * 9 * 4);
    ring.clear();
    assert.equal(ring.byteLength, 0);
    assert.deepEqual(stepsIn(ring), []);
  });
});

describe('a day of allocations that came and went', () => {
  it('takes a few kB for each', () => {
    const before = process.memoryUsage().arrayBuffers;
    const day = new Day(1000);
    for (let at = 0; at < 500; at += 1)
      for (const step of [NOW, NOW + 1, NOW + 2]) day.takeMinute(minute(step, row(`a-${at}`)));
    assert.equal(day.size, 500);
    const each = (process.memoryUsage().arrayBuffers - before) / 500;
    assert.ok(each < 5000, `${each} bytes`);
  });
});
