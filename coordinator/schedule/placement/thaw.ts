import type { NodeId } from '../../../shared/ids.js';
import type { ClusterSummary } from '../node-summary.js';

/**
 * So long after too many nodes were silent at once none counts as lost, ms: as long as it takes
 * until one that is silent is down. The fault was between them and the coordinator, and they are
 * heard again one after the other.
 */
export const THAW_MS = 16_000;

/** The same list each time. */
const NONE_LOST: readonly NodeId[] = [];

/** The cluster as it counts, and when too many nodes were silent last, ms; null = never. */
export interface Thawed {
  readonly cluster: ClusterSummary;
  readonly frozenAtMs: number | null;
}

/** The cluster without nodes that would count as lost too early. `before`: by the plan before. */
export function thawed(
  cluster: ClusterSummary,
  nowMs: number,
  before: Thawed['frozenAtMs'],
): Thawed {
  const frozenAtMs = cluster.isFrozen === true ? nowMs : before;
  const { lost = NONE_LOST } = cluster;
  if (frozenAtMs === null || nowMs - frozenAtMs >= THAW_MS || lost.length === 0)
    return { cluster, frozenAtMs };
  return { cluster: { ...cluster, lost: NONE_LOST }, frozenAtMs };
}
