import type { SnapshotAllocation } from '../../types.js';

/**
 * `G`: faster than its band, `B`: slower, `S`: within, or nothing known. The paper's letters; see
 * schedule/README.md.
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
 * the tolerance of the container's own target. No target or no observation: S, so that it keeps its
 * limit. Mode `ceiling` is judged as `band`, the only mode of the paper. The age of an observation
 * is not looked at (the paper's rule does not).
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
