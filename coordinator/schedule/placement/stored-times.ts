import { isSameContainer } from '../../../shared/fixed-parts.js';
import type { StoredTimes } from '../plan-parts.js';
import type { SnapshotJob } from '../types.js';

/** Nothing is known. */
export const NO_STORED_TIMES: StoredTimes = { jobs: new Map(), nodes: new Map() };

/**
 * Since when the change of a job has come no further at the latest, ms: another container had its
 * turn no later than its node was told something last. undefined = it is not known.
 */
export function unchangedSince(
  { spec, placed }: SnapshotJob,
  { jobs, nodes }: StoredTimes,
): number | undefined {
  const stored = jobs.get(spec.name);
  if (stored === undefined || !isSameContainer(stored.spec, spec)) return undefined;
  let { sinceMs } = stored;
  for (const { node, isOutdated } of placed) {
    if (isOutdated === true) continue;
    const toldMs = nodes.get(node);
    if (toldMs === undefined) return undefined;
    sinceMs = Math.max(sinceMs, toldMs);
  }
  return sinceMs;
}
