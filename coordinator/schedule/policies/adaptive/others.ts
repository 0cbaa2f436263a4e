import type { SnapshotAllocation, SnapshotNode } from '../../types.js';
import type { Delivery } from './capacity.js';

/** What other programs take of a node's CPU, over time. */
export interface Others {
  /** Mean over about `MEMORY_INTERVALS`, cores. */
  readonly meanCores: number;
  /** When the newest report was made that is in it, ms; 0 = none. */
  readonly atMs: number;
}

/** Before the first report: nobody else is known. */
export const NO_OTHERS: Others = { meanCores: 0, atMs: 0 };

/**
 * The mean covers about this number of intervals. One report holds a burst of another program or
 * none: bursts of half a second that take 5 % of a host are 0 to 40 % of a second.
 */
const MEMORY_INTERVALS = 2;
/** One report counts at most for the time of this number of reports, after a silence, too. */
const MAX_REPORTS = 3;

/** When the newest report of these was made, ms; 0 = there is none. */
export function newestReportMs(
  allocations: readonly Pick<SnapshotAllocation, 'observedAtMs'>[],
): number {
  let newestMs = 0;
  for (const { observedAtMs } of allocations) newestMs = Math.max(newestMs, observedAtMs);
  return newestMs;
}

/**
 * Folds what other programs used of the host in the newest report into their mean. A report is
 * never counted twice; unchanged where the host does not say what is idle.
 */
export function foldOthers(
  before: Others,
  { allocations, allocatableCpuCores, idleCpuCores, reportIntervalMs }: SnapshotNode,
  { usedCores }: Delivery,
  intervalMs: number,
): Others {
  const atMs = newestReportMs(allocations);
  if (idleCpuCores === null || atMs <= before.atMs) return before;
  const nowCores = Math.max(0, allocatableCpuCores - idleCpuCores - usedCores);
  if (before.atMs === 0) return { meanCores: 0, atMs };
  const elapsedMs = Math.min(atMs - before.atMs, MAX_REPORTS * reportIntervalMs);
  const gain = 1 - Math.exp(-elapsedMs / (MEMORY_INTERVALS * intervalMs));
  return { meanCores: before.meanCores + gain * (nowCores - before.meanCores), atMs };
}
