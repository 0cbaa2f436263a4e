import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { curveOf, leastCores, type ProfilePoint } from '../../../../lab/bench/curve.js';
import { nonIncreasing } from '../../../../lab/bench/isotonic.js';

const weighted = fc.record({
  value: fc.double({ min: 1, max: 1000, noNaN: true }),
  weight: fc.double({ min: 0.5, max: 20, noNaN: true }),
});
const cost = (
  values: readonly { value: number; weight: number }[],
  fitted: readonly number[],
): number =>
  values.reduce(
    (sum, { value, weight }, index) => sum + weight * (value - (fitted[index] ?? 0)) ** 2,
    0,
  );

describe('lab bench: isotonic regression (laws)', () => {
  it('never rises, keeps the weighted mean, and is its own answer', () => {
    fc.assert(
      fc.property(fc.array(weighted, { maxLength: 15 }), (values) => {
        const fitted = nonIncreasing(values);
        assert.equal(fitted.length, values.length);
        for (const [index, value] of fitted.entries())
          assert.ok(value <= (fitted[index - 1] ?? Number.POSITIVE_INFINITY) + 1e-9);
        const total = (of: readonly number[]) =>
          of.reduce((sum, value, i) => sum + value * (values[i]?.weight ?? 0), 0);
        assert.ok(
          Math.abs(total(fitted) - total(values.map(({ value }) => value))) <
            1e-6 * (1 + total(fitted)),
        );
        const again = nonIncreasing(
          values.map(({ weight }, i) => ({ weight, value: fitted[i] ?? 0 })),
        );
        for (const [i, value] of again.entries())
          assert.ok(Math.abs(value - (fitted[i] ?? 0)) < 1e-9);
      }),
    );
  });

  it('is at least as near as any other sequence that never rises', () => {
    const other = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        fc.array(weighted, { minLength: 8, maxLength: 8 }),
        other,
        (values, candidate) => {
          const falling = [...candidate].sort((a, b) => b - a);
          assert.ok(cost(values, nonIncreasing(values)) <= cost(values, falling) + 1e-6);
        },
      ),
    );
  });
});

describe('lab bench: least CPU (laws)', () => {
  const ratios = { mean: 1, p50: 1, p90: 1, p95: 1, p99: 1 };
  const point = fc.record({
    cores: fc.integer({ min: 1, max: 400 }).map((hundredths) => hundredths / 100),
    meanMs: fc.double({ min: 1, max: 10_000, noNaN: true }),
    requests: fc.integer({ min: 3, max: 100 }),
  });
  const points = fc.uniqueArray(point, {
    minLength: 1,
    maxLength: 12,
    selector: ({ cores }) => cores,
  });

  it('never asks for less CPU for a tighter target, and meets every measured point', () => {
    fc.assert(
      fc.property(
        points,
        fc.double({ min: 1, max: 10_000, noNaN: true }),
        (measured, latencyMs) => {
          const profile = {
            arrivals: 'closed' as const,
            workSeconds: 1,
            points: measured.map((each): ProfilePoint => ({ ...each, isContended: false, ratios })),
          };
          const curve = curveOf(profile, 'mean');
          assert.ok(leastCores(curve, latencyMs) >= leastCores(curve, latencyMs * 1.1) - 1e-12);
          for (const { cores, latencyMs: reached } of curve.points)
            assert.ok(leastCores(curve, reached) <= cores + 1e-9);
        },
      ),
    );
  });
});
