import type { DemandBySpeed, NodeForecast } from '../../../coordinator/schedule/forecast.js';
import { NO_MOVES } from '../../../coordinator/schedule/moves/moves.js';
import type { NodeSummary } from '../../../coordinator/schedule/node-summary.js';
import {
  type NodeBudget,
  nodeBudgetOf,
  type PlacementRequest,
  requestOfJob,
} from '../../../coordinator/schedule/placement/node-budget.js';
import type { PlacementContext } from '../../../coordinator/schedule/placement/placement-context.js';
import { NO_SETTLED_JOBS } from '../../../coordinator/schedule/placement/replica-diff.js';
import type { JobSpec } from '../../../shared/job.js';
import { allocationId } from './build.js';

/**
 * What allocations of a node ask, cores: `null` = not known; `unmet` names those whose target is
 * not met.
 */
export const forecastOf = (
  capacityCores: number,
  demands: Readonly<Record<string, number | null>>,
  unmet: readonly string[] = [],
): NodeForecast => ({
  capacityCores,
  demands: Object.entries(demands).map(([id, cores]) => ({
    allocation: allocationId(id),
    aimCores: cores,
    edgeCores: cores === null ? null : cores / 1.1,
    isMet: !unmet.includes(id),
  })),
});

/** The same on every node. */
export const demandOf = (cores: number): DemandBySpeed => ({
  aimCores: () => cores,
  edgeCores: () => cores / 1.1,
});

export const placementRequestOf = (spec: JobSpec, cores: number | null): PlacementRequest => ({
  spec,
  resources: requestOfJob(spec),
  demand: cores === null ? null : demandOf(cores),
});

export const budgetWith = (node: NodeSummary, forecast?: NodeForecast): NodeBudget =>
  nodeBudgetOf(
    node,
    (allocation) => ({ cpuCores: allocation.minCores, memoryBytes: 0, commandBytes: 0 }),
    forecast,
  );

/** Nothing is known. */
export const EMPTY_CONTEXT: PlacementContext = {
  nowMs: 0,
  moving: NO_MOVES,
  settled: NO_SETTLED_JOBS,
  forecastOf: () => undefined,
  demandOf: () => null,
  speedOf: () => 1,
  rule: undefined,
};
