import type { AllocationId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import { formatDurationMs } from '../../../shared/units.js';
import type { AllocationDemand, DemandBySpeed } from '../forecast.js';
import { formatCores } from '../limits/format.js';
import type { NodeSummary } from '../node-summary.js';
import type { BudgetTable } from '../placement/budget-table.js';
import { type NodeBudget, type RequestOfNode, roomOf } from '../placement/node-budget.js';
import { isFeasible } from '../placement/refusals.js';

/** A node with enough free CPU. */
export interface Found {
  readonly to: NodeBudget;
  readonly plannedCores: number;
  readonly freeCores: number;
}

/** Where an allocation is to find a better place. */
interface Search {
  readonly request: RequestOfNode;
  /** CPU that it takes; null = not known. Asked once, and only where some node has CPU. */
  readonly demandOf: () => DemandBySpeed | null;
  readonly mayTake: (node: NodeSummary) => boolean;
}

/**
 * The node with enough CPU for the target of an allocation and the least of it left then; the first
 * of equal ones. undefined = there is none.
 */
export function bestNode(
  table: BudgetTable,
  { request, demandOf, mayTake }: Search,
): Found | undefined {
  let demand: DemandBySpeed | null | undefined;
  let best: Found | undefined;
  for (let place = 0; place < table.size; place += 1) {
    const freeCores = table.freeCoresAt(place);
    // Each target takes some: nodes without any need not be asked what it would be there.
    if (freeCores <= 0 || !mayTake(table.at(place).node)) continue;
    if (demand === undefined) demand = demandOf();
    if (demand === null) return undefined;
    const aimCores = table.aimCoresAt(place, demand);
    if (aimCores > freeCores || !mayUse(request.spec, table.edgeCoresAt(place, demand))) continue;
    const restCores = freeCores - aimCores;
    if (best !== undefined && restCores >= best.freeCores - best.plannedCores) continue;
    const to = table.at(place);
    // Asked last: it takes a look at all that runs there.
    if (isFeasible(request, to)) best = { to, plannedCores: aimCores, freeCores };
  }
  return best;
}

/** CPU that no target demands, less the headroom, cores. */
export const freeOf = (budget: NodeBudget): number =>
  Math.max(0, roomOf(budget) - budget.demandedCores);

/** Whether its owner lets the job use so much CPU: another node does not help where not. */
const mayUse = ({ resources }: JobSpec, cores: number): boolean =>
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
