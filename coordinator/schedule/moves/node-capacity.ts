import type { AllocationId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import { formatDurationMs } from '../../../shared/units.js';
import type { AllocationDemand } from '../forecast.js';
import { formatCores } from '../limits/format.js';
import { type NodeBudget, roomOf } from '../placement/node-budget.js';

/** A node with enough free CPU. */
export interface Found {
  readonly to: NodeBudget;
  readonly plannedCores: number;
  readonly freeCores: number;
}

/** CPU that no target demands, less the headroom, cores. */
export const freeOf = (budget: NodeBudget): number =>
  Math.max(0, roomOf(budget) - budget.demandedCores);

/** Whether its owner lets the job use so much CPU: another node does not help where not. */
export const mayUse = ({ resources }: JobSpec, cores: number): boolean =>
  cores <= (resources.cpu.maxCores ?? Number.POSITIVE_INFINITY);

/** How long a start takes, rounded up to seconds, in words. */
export const describeStart = (startMs: number): string =>
  `starting takes about ${formatDurationMs(Math.ceil(startMs / 1000) * 1000)}`;

/** How much of the node is free, in words. */
export const describeFree = ({ to, freeCores }: Found): string =>
  `${formatCores(freeCores)} of ${formatCores(to.capacityCores)} CPU are free`;

/** Demand of an allocation on its node; undefined = the policy has not seen it. */
export const demandAt = (
  { forecast }: NodeBudget,
  id: AllocationId,
): AllocationDemand | undefined => forecast?.demands.find(({ allocation }) => allocation === id);
