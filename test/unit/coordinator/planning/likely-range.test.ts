import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { likelyRange, worstRange } from '../../../../coordinator/planning/likely-range.js';
import { quantileSpread } from '../../../../coordinator/schedule/model/tail.js';
import type { PlannedAllocation } from '../../../../proto/schemas/plan.js';
import { allocationId, nodeId } from '../build.js';

const planned = (expectedMs: number | null, spreadRatio: number | null): PlannedAllocation => ({
  ...{ id: allocationId('a-1'), node: nodeId('h1'), verdict: 'met', limitCores: 1, reason: '' },
  ...{ expectedMs, reachableMs: null, neededCores: null },
  ...likelyRange(expectedMs, spreadRatio),
});

describe('the range of an expected response time', () => {
  it('is as far below as above, by ratio: 1.645 standard deviations', () => {
    const { expectedLowMs = 0, expectedHighMs = 0 } = likelyRange(100, 0.1);
    assert.ok(Math.abs(expectedHighMs - 117.88) < 0.01, String(expectedHighMs));
    assert.ok(Math.abs(expectedLowMs * expectedHighMs - 10_000) < 1e-6);
    assert.deepEqual(likelyRange(100, 0), { expectedLowMs: 100, expectedHighMs: 100 });
  });

  it('is not there where nothing is known', () => {
    assert.deepEqual(likelyRange(null, 0.1), {});
    assert.deepEqual(likelyRange(100, null), {});
    assert.deepEqual(likelyRange(100, 1e6), {});
  });

  it('of replicas is that of the slowest, and none where one is not known', () => {
    const range = worstRange([planned(80, 0.3), planned(100, 0.1), planned(90, 0.2)]);
    assert.deepEqual(range, likelyRange(100, 0.1));
    assert.deepEqual(worstRange([planned(80, 0.1), planned(null, null)]), {});
    assert.deepEqual(worstRange([planned(80, 0.1), planned(100, null)]), {});
    assert.deepEqual(worstRange([]), {});
  });

  it('is wider for percentiles, as a few samples say less of them', () => {
    assert.equal(quantileSpread('mean'), 1);
    assert.ok(Math.abs(quantileSpread('p50') - Math.sqrt(Math.PI / 2)) < 0.001);
    assert.ok(Math.abs(quantileSpread('p95') - 2.113) < 0.01, String(quantileSpread('p95')));
  });
});
