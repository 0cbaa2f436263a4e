import type { NodeOutlook } from '../../../coordinator/schedule/forecast.js';
import { NONE_SETTLED } from '../../../coordinator/schedule/placement/replica-diff.js';
import type { Surroundings } from '../../../coordinator/schedule/placement/reconcile-replicas.js';
import {
  type Need,
  needsOfJob,
  type Room,
  roomOf,
  type Wanted,
} from '../../../coordinator/schedule/placement/node-budget.js';
import type { SnapshotNode } from '../../../coordinator/schedule/types.js';
import type { JobSpec } from '../../../shared/job.js';
import { allocationId } from './build.js';

/**
 * What allocations of a node ask, cores: `null` = not known; `unmet` names those whose target is
 * not met.
 */
export const outlookOf = (
  capacityCores: number,
  asks: Readonly<Record<string, number | null>>,
  unmet: readonly string[] = [],
): NodeOutlook => ({
  capacityCores,
  asks: Object.entries(asks).map(([id, cores]) => ({
    allocation: allocationId(id),
    aimCores: cores,
    edgeCores: cores === null ? null : cores / 1.1,
    isMet: !unmet.includes(id),
  })),
});

export const needOf = (cores: number): Need => ({ aimCores: cores, edgeCores: cores / 1.1 });

export const wantedOf = (spec: JobSpec, cores: number | null): Wanted => ({
  spec,
  needs: needsOfJob(spec),
  needOn: () => (cores === null ? null : needOf(cores)),
});

export const roomWith = (node: SnapshotNode, outlook?: NodeOutlook): Room =>
  roomOf(
    node,
    (allocation) => ({ cpuCores: allocation.minCores, memoryBytes: 0, commandBytes: 0 }),
    outlook,
  );

/** Nothing is known. */
export const NOTHING_AROUND: Surroundings = {
  nowMs: 0,
  movingSinceMs: new Map(),
  settled: NONE_SETTLED,
  outlookOf: () => undefined,
  needOf: () => () => null,
  rule: undefined,
};
