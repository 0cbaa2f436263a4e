import type { PlannedAllocation } from '../../proto/schemas/plan.js';

/** Standard deviations on either side of the mean that hold nine tenths of a normal variable. */
const NINE_TENTHS = 1.645;

/** Between which values a report is expected nine times in ten, ms; empty = not known. */
export type LikelyRange = Pick<PlannedAllocation, 'expectedLowMs' | 'expectedHighMs'>;

/**
 * The range around an expected value. Response times are off by ratios, so it is as far below as
 * above by ratio. `spreadRatio`: relative standard deviation; null = not known.
 */
export function likelyRange(expectedMs: number | null, spreadRatio: number | null): LikelyRange {
  if (expectedMs === null || spreadRatio === null) return {};
  const factor = Math.exp(NINE_TENTHS * spreadRatio);
  const [expectedLowMs, expectedHighMs] = [expectedMs / factor, expectedMs * factor];
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
