import type { SnapshotAllocation } from '../../types.js';

/**
 * `G`: faster than its band, `B`: slower, `S`: within it, or nothing known. The paper's letters;
 * see schedule/README.md.
 */
export type SetName = 'G' | 'S' | 'B';

/** One container in the rule's terms. */
export interface RatedMember {
  readonly allocation: SnapshotAllocation;
  readonly set: SetName;
  /** q = o − p, ms: positive when faster than the target; 0 when nothing is known. */
  readonly qMs: number;
}

/**
 * Sorts containers into the three sets: q = o − p; G when q > αo, B when q < −αo, S otherwise. α is
 * the tolerance of the container's own target. Without target or observation: S, so that it keeps
 * its limit. Mode `ceiling` counts as `band`, the only mode of the paper. As in the paper, the age
 * of an observation does not count.
 */
export function sortIntoSets(allocations: readonly SnapshotAllocation[]): readonly RatedMember[] {
  return allocations.map((allocation) => {
    const { target, latencyMs } = allocation;
    if (target === null || latencyMs === null || !Number.isFinite(latencyMs))
      return { allocation, set: 'S', qMs: 0 };
    const qMs = target.latencyMs - latencyMs;
    const bandMs = target.toleranceRatio * target.latencyMs;
    if (qMs > bandMs) return { allocation, set: 'G', qMs };
    return { allocation, set: qMs < -bandMs ? 'B' : 'S', qMs };
  });
}
