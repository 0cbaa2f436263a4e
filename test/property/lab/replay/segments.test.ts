import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  type Segment,
  segmentsOf,
  sharpened,
  withoutRamps,
} from '../../../../lab/replay/segments.js';

const piecesOf = (values: readonly number[]): readonly Segment[] =>
  values.map((value, i) => ({
    fromMs: 1000 * i,
    toMs: 1000 * (i + 1),
    value,
    weight: 1 + (i % 3),
  }));
const apart = (a: Segment, b: Segment): number => Math.abs(a.value - b.value);
const within = (most: number) => ({
  isSame: (a: Segment, b: Segment) => apart(a, b) <= most,
  distance: apart,
});
const values = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), {
  minLength: 1,
  maxLength: 900,
});
const massOf = (pieces: readonly Segment[]): number =>
  pieces.reduce((sum, { value, weight }) => sum + value * weight, 0);
const near = (a: number, b: number): void =>
  assert.ok(Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)), `${a} for ${b}`);

describe('segments of a series', () => {
  it('leave no gaps, keep the mean, and differ from their neighbours by more than chance', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 5, noNaN: true }), (given, most) => {
        const pieces = piecesOf(given);
        const levels = segmentsOf(pieces, within(most));
        assert.deepEqual([levels[0]?.fromMs, levels.at(-1)?.toMs], [0, 1000 * given.length]);
        near(massOf(levels), massOf(pieces));
        for (const [i, level] of levels.entries()) {
          const before = levels[i - 1];
          if (before === undefined) continue;
          assert.equal(before.toMs, level.fromMs);
          assert.ok(apart(before, level) > most);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are one for a constant, and two for a step, wherever it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 40 }),
        fc.integer({ min: 4, max: 40 }),
        (first, second) => {
          const step = piecesOf([
            ...Array<number>(first).fill(1),
            ...Array<number>(second).fill(2),
          ]);
          const levels = segmentsOf(step, within(0.2));
          assert.deepEqual(
            levels.map(({ fromMs, value }) => [fromMs, value]),
            [
              [0, 1],
              [1000 * first, 2],
            ],
          );
          assert.equal(segmentsOf(step, within(1)).length, 1);
        },
      ),
    );
  });

  it('give a step inside a piece back where it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), (at) => {
        // 100 fine pieces of 100 ms with a step after `at` of them, seen in coarse pieces of a
        // second.
        const fine = Array.from({ length: 300 }, (_, i): Segment => {
          const value = i < 100 + at ? 1 : 2;
          return { fromMs: 100 * i, toMs: 100 * (i + 1), value, weight: 1 };
        });
        const stepMs = 100 * (100 + at);
        const mixed = (at + 2 * (100 - at)) / 100;
        const coarse: readonly Segment[] = [
          { fromMs: 0, toMs: 10_000, value: 1, weight: 100 },
          { fromMs: 10_000, toMs: 20_000, value: mixed, weight: 100 },
          { fromMs: 20_000, toMs: 30_000, value: 2, weight: 100 },
        ];
        const levels = withoutRamps(coarse, 10_000);
        assert.equal(levels.length, 2);
        near(levels[1]?.fromMs ?? 0, stepMs);
        const [before, after] = [coarse[0], coarse[2]];
        assert.ok(before !== undefined && after !== undefined);
        const rough = [{ ...before, toMs: 20_000 }, after];
        assert.equal(sharpened(rough, fine, 10_000)[1]?.fromMs, stepMs);
        assert.equal(withoutRamps(coarse, 9_000).length, 3);
      }),
    );
  });
});
