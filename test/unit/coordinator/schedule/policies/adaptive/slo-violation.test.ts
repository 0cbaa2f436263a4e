import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { baselineViolations } from '../../../../../../coordinator/schedule/policies/adaptive/divide/baseline-violation.js';
import {
  forecastViolation,
  violationOf,
} from '../../../../../../coordinator/schedule/policies/adaptive/divide/slo-violation.js';
import { seen } from './seen.js';

describe('harm', () => {
  it('is 0 within target and chance, 1 from a quarter beyond, and never more', () => {
    assert.equal(violationOf(seen('a-1', { ms: 1050 })), 0);
    assert.equal(violationOf(seen('a-1', { ms: 400 })), 0);
    const late = violationOf(seen('a-1', { ms: 1500 })) ?? 0;
    assert.ok(late > 0.9 && late <= 1, `${late}`);
    assert.equal(violationOf(seen('a-1', { ms: 60_000 })), 1);
    assert.equal(violationOf(seen('a-1', { ms: 5000, change: { isStale: true } })), null);
  });

  it('of a percentile goes by how many were late, as far as so few tell', () => {
    const p95 = { statistic: 'p95', mode: 'ceiling' } as const;
    assert.ok((violationOf(seen('a-1', { ms: 1500, count: 200, asked: p95 })) ?? 0) >= 1);
    assert.equal(violationOf(seen('a-1', { ms: 1000, count: 200, asked: p95 })), 0);
  });

  it('is foreseen the same way', () => {
    assert.deepEqual(
      [forecastViolation(0.9, 1.1), forecastViolation(Number.POSITIVE_INFINITY, 1.1)],
      [0, 1],
    );
  });
});

describe('plain Docker foreseen', () => {
  it('gives everybody the same share; who takes less leaves the rest', () => {
    const members = [seen('a-1', { ms: 1 }), seen('b-1', { ms: 1 }), seen('c-1', { ms: 1 })];
    // Each would take one core of two for its second: two thirds of one make 1.5 s.
    assert.deepEqual(baselineViolations(members, 2), [1, 1, 1]);
    for (const violation of baselineViolations(members, 3)) assert.equal(violation, 0);
    assert.deepEqual(baselineViolations([seen('x-1', { ms: 1, change: { goal: null } })], 2), [
      null,
    ]);
  });
});
