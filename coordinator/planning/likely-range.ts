import type { PlannedAllocation } from '../../proto/schemas/plan.js';
import type { ReportSpread } from '../schedule/forecast.js';

/** Standard deviations on either side of the mean that hold nine tenths of a normal variable. */
const NINE_TENTHS = 1.645;

/** Between which values a report is expected nine times in ten, ms; empty = not known. */
export type LikelyRange = Pick<PlannedAllocation, 'expectedLowMs' | 'expectedHighMs'>;

/**
 * The range of reports around an expected value; `spread` null = not known. Response times are off
 * by ratios, so it is as far below the middle as above by ratio. The middle lies below the expected
 * value where reports hold too few requests to show all of a percentile.
 */
export function likelyRange(expectedMs: number | null, spread: ReportSpread | null): LikelyRange {
  if (expectedMs === null || spread === null) return {};
  const factor = Math.exp(NINE_TENTHS * spread.spreadRatio);
  const middleMs = expectedMs * spread.biasRatio;
  const [expectedLowMs, expectedHighMs] = [middleMs / factor, middleMs * factor];
  return Number.isFinite(expectedHighMs) ? { expectedLowMs, expectedHighMs } : {};
}

/** Of several replicas, the range of the one that is expected to be slowest. */
export function worstRange(allocations: readonly PlannedAllocation[]): LikelyRange {
  if (allocations.some(({ expectedMs }) => expectedMs === null)) return {};
  const [slowest] = [...allocations].sort((a, b) => (b.expectedMs ?? 0) - (a.expectedMs ?? 0));
  const { expectedLowMs, expectedHighMs } = slowest ?? {};
  return expectedLowMs === undefined || expectedHighMs === undefined
    ? {}
    : { expectedLowMs, expectedHighMs };
}
