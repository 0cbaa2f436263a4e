import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { likelyRange, worstRange } from '../../../../coordinator/planning/likely-range.js';
import { reportedTailRatio, statisticSpread } from '../../../../coordinator/schedule/model/tail.js';
import type { PlannedAllocation } from '../../../../proto/schemas/plan.js';
import { seededRandom } from '../../../../shared/random.js';
import { allocationId, nodeId } from '../build.js';
import { near, normal } from '../schedule/policies/adaptive/build.js';

const around = (spreadRatio: number, biasRatio = 1) => ({ spreadRatio, biasRatio });
const planned = (expectedMs: number | null, spreadRatio: number | null): PlannedAllocation => ({
  ...{ id: allocationId('a-1'), node: nodeId('h1'), verdict: 'met', limitCores: 1, reason: '' },
  ...{ expectedMs, reachableMs: null, neededCores: null },
  ...likelyRange(expectedMs, spreadRatio === null ? null : around(spreadRatio)),
});

describe('the range of an expected response time', () => {
  it('is as far below as above, by ratio: 1.645 standard deviations', () => {
    const { expectedLowMs = 0, expectedHighMs = 0 } = likelyRange(100, around(0.1));
    assert.ok(Math.abs(expectedHighMs - 117.88) < 0.01, String(expectedHighMs));
    assert.ok(Math.abs(expectedLowMs * expectedHighMs - 10_000) < 1e-6);
    assert.deepEqual(likelyRange(100, around(0)), { expectedLowMs: 100, expectedHighMs: 100 });
    assert.equal(likelyRange(100, around(0, 0.9)).expectedLowMs, 90);
  });

  it('is not there where nothing is known', () => {
    assert.deepEqual(likelyRange(null, around(0.1)), {});
    assert.deepEqual(likelyRange(100, null), {});
    assert.deepEqual(likelyRange(100, around(1e6)), {});
  });

  it('of replicas is that of the slowest, and none where one is not known', () => {
    const range = worstRange([planned(80, 0.3), planned(100, 0.1), planned(90, 0.2)]);
    assert.deepEqual(range, likelyRange(100, around(0.1)));
    assert.deepEqual(worstRange([planned(80, 0.1), planned(null, null)]), {});
    assert.deepEqual(worstRange([planned(80, 0.1), planned(100, null)]), {});
    assert.deepEqual(worstRange([]), {});
  });

  it('is wider for percentiles, as a few samples say less of them', () => {
    const many = 10_000;
    const spread = (statistic: 'mean' | 'p50' | 'p95') =>
      statisticSpread(statistic, many) * Math.sqrt(many);
    assert.equal(spread('mean'), 1);
    assert.ok(Math.abs(spread('p50') - Math.sqrt(Math.PI / 2)) < 0.01, String(spread('p50')));
    assert.ok(Math.abs(spread('p95') - 2.113) < 0.02, String(spread('p95')));
  });

  for (const count of [5, 20, 100])
    it(`of a percentile is that of reports of ${count} requests`, () => {
      const random = seededRandom(count);
      const reports = Array.from({ length: 4000 }, () => {
        const sorted = Array.from({ length: count }, () => 1 + 0.1 * normal(random)).sort(
          (a, b) => a - b,
        );
        return sorted[Math.ceil(0.95 * count) - 1] ?? Number.NaN;
      });
      const mean = reports.reduce((sum, each) => sum + each, 0) / reports.length;
      const variance = reports.reduce((sum, each) => sum + (each - mean) ** 2, 0) / reports.length;
      near(mean - 1, reportedTailRatio(1.1645, 'p95', count) - 1, 0.05);
      near(Math.sqrt(variance), 0.1 * statisticSpread('p95', count), 0.12);
    });

  it('of the mean does not hang on the number of requests, nor does what lies under it', () => {
    assert.equal(reportedTailRatio(1, 'mean', 5), 1);
    assert.equal(reportedTailRatio(0.9, 'p95', 5), 0.9);
    assert.equal(reportedTailRatio(1.2, 'p50', 5), 1.2);
  });
});
