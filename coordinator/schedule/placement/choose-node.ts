import type { JobSpec } from '../../../shared/job.js';
import { formatDurationMs } from '../../../shared/units.js';
import type { DemandBySpeed } from '../forecast.js';
import { sum } from '../limits/fit.js';
import { formatCores } from '../limits/format.js';
import { chooseSatisfied, type KnapsackItem } from '../model/knapsack.js';
import type { NodeSummary } from '../node-summary.js';
import type { PlacementRule } from '../placement-rule.js';
import type { Refusal } from '../types.js';
import type { BudgetTable } from './budget-table.js';
import { lastingCores, type NodeBudget, type PlacementRequest } from './node-budget.js';
import { isFeasible, refusalsOf } from './refusals.js';

/**
 * The chosen node with the CPU planned for the allocation there, cores; or the reasons of all
 * nodes.
 */
export type Choice =
  | { readonly budget: NodeBudget; readonly plannedCores: number; readonly reason: string }
  | { readonly budget: null; readonly refusals: readonly Refusal[] };

/**
 * Maximum number of reasons that are reported: nobody reads a thousand, and thousands of jobs may
 * wait.
 */
const MAX_REFUSALS = 100;
/** Number of nodes that are examined closely where none has enough CPU. */
const CLOSE_LOOKS = 16;

const anyNode = (): boolean => true;

/**
 * The node for a new allocation. Of the feasible nodes with enough CPU for its target: best fit
 * (Johnson 1973), the one with the least CPU left, so that larger jobs find room elsewhere. Where
 * none has enough: the one where the most weight of targets is met with it. For a workload that
 * nobody knows yet: the one with the most CPU for it. Ties by id. Where no node is feasible: the
 * reasons of at most a hundred nodes. `mayTake`: nodes that are asked at all.
 */
export function chooseNode(
  request: PlacementRequest,
  table: BudgetTable,
  mayTake: (node: NodeSummary) => boolean = anyNode,
): Choice {
  const { spec, demand } = request;
  // Asked last: it looks at much of a node, and of most nodes it need not be known.
  const isOpen = (budget: NodeBudget): boolean =>
    mayTake(budget.node) && isFeasible(request, budget);
  if (demand === null) {
    const offer = mostFree(table, isOpen);
    if (offer !== undefined) return choiceOfFree(offer);
  } else {
    const fitting = leastLeft(demand, table, isOpen);
    if (fitting !== undefined) return bestFit(spec, fitting);
    const near = mostLeft(demand, table, isOpen);
    if (near.length > 0) return mostWeightMet(spec, near);
  }
  const asked = table.budgets.filter(({ node }) => mayTake(node));
  return { budget: null, refusals: refusalsBy(request, asked) };
}

/**
 * The same by a policy's own rule. `ofJobOn`: number of allocations of the new one's job on a node.
 * Throws RangeError where the rule names a node that is not feasible.
 */
export function chooseNodeByRule(
  {
    rule,
    ofJobOn,
  }: { readonly rule: PlacementRule; readonly ofJobOn: (budget: NodeBudget) => number },
  request: PlacementRequest,
  table: BudgetTable,
): Choice {
  const { budgets } = table;
  const { spec, demand } = request;
  const feasible = budgets.filter((budget) => isFeasible(request, budget));
  if (feasible.length === 0) return { budget: null, refusals: refusalsBy(request, budgets) };
  const { node, reason } = rule(
    feasible.map((budget) => ({
      node: budget.node.id,
      ofJob: ofJobOn(budget),
      ofAll: budget.count,
    })),
  );
  const budget = feasible.find((each) => each.node.id === node);
  if (budget === undefined)
    throw new RangeError(`a placement rule chose ${node}, which cannot take ${spec.name}`);
  const place = budgets.indexOf(budget);
  return { budget, plannedCores: demand === null ? 0 : table.aimCoresAt(place, demand), reason };
}

function refusalsBy(request: PlacementRequest, budgets: readonly NodeBudget[]): readonly Refusal[] {
  const refusals: Refusal[] = [];
  for (const budget of budgets) {
    if (refusals.length >= MAX_REFUSALS) break;
    refusals.push(...refusalsOf(request, budget));
  }
  return refusals;
}

interface Offer {
  readonly budget: NodeBudget;
  /** CPU that would stay free, or that an unknown workload would have, cores. */
  readonly leftCores: number;
}

interface KnownOffer extends Offer {
  /** CPU that the target takes there, cores. */
  readonly aimCores: number;
}

interface CloseOffer extends KnownOffer {
  /** The same at the slow edge of its band. */
  readonly edgeCores: number;
}

type IsOpen = (budget: NodeBudget) => boolean;

/** Of the open nodes that have enough, the one with the least left. */
function leastLeft(
  demand: DemandBySpeed,
  table: BudgetTable,
  isOpen: IsOpen,
): KnownOffer | undefined {
  let found: KnownOffer | undefined;
  for (const place of table.byId) {
    const freeCores = table.freeCoresAt(place);
    // No target takes less than nothing.
    if (freeCores < 0) continue;
    const aimCores = table.aimCoresAt(place, demand);
    const leftCores = freeCores - aimCores;
    const isFitting = leftCores >= 0;
    if (!isFitting || (found !== undefined && leftCores >= found.leftCores)) continue;
    const budget = table.at(place);
    if (isOpen(budget)) found = { budget, aimCores, leftCores };
  }
  return found;
}

/** The open nodes with the most left, most first, where none has enough. */
function mostLeft(
  demand: DemandBySpeed,
  table: BudgetTable,
  isOpen: IsOpen,
): readonly CloseOffer[] {
  const near: CloseOffer[] = [];
  for (const place of table.byId) {
    const aimCores = table.aimCoresAt(place, demand);
    const leftCores = table.freeCoresAt(place) - aimCores;
    const last = near[CLOSE_LOOKS - 1];
    if (last !== undefined && leftCores <= last.leftCores) continue;
    const budget = table.at(place);
    if (!isOpen(budget)) continue;
    const next = near.findIndex((each) => leftCores > each.leftCores);
    const edgeCores = table.edgeCoresAt(place, demand);
    near.splice(next < 0 ? near.length : next, 0, { budget, aimCores, edgeCores, leftCores });
    near.length = Math.min(near.length, CLOSE_LOOKS);
  }
  return near;
}

/** The open node with the most CPU for an unknown workload. */
function mostFree(table: BudgetTable, isOpen: IsOpen): Offer | undefined {
  let found: Offer | undefined;
  for (const place of table.byId) {
    const shareCores = table.shareCoresAt(place);
    if (found !== undefined && shareCores <= found.leftCores) continue;
    const budget = table.at(place);
    if (isOpen(budget)) found = { budget, leftCores: shareCores };
  }
  return found;
}

function bestFit(spec: JobSpec, { budget, aimCores: plannedCores, leftCores }: KnownOffer): Choice {
  const reason =
    `best fit: ${formatDurationMs(spec.target.latencyMs)} takes ` +
    `${formatCores(plannedCores)} CPU, ` +
    `${formatCores(leftCores)} of ${formatCores(budget.capacityCores)} CPU stay free`;
  return { budget, plannedCores, reason };
}

function choiceOfFree({ budget, leftCores }: Offer): Choice {
  const reason =
    `most free CPU: ${formatCores(leftCores)} of ` +
    `${formatCores(budget.node.allocatableCpuCores)} (workload not known yet)`;
  return { budget, plannedCores: leftCores, reason };
}

// No node has enough CPU: where does taking it in gain the most weight of targets met?
function mostWeightMet(spec: JobSpec, near: readonly CloseOffer[]): Choice {
  const gains = near.map((offer) => ({ ...offer, leftCores: weightGainOf(spec, offer) }));
  const { budget, aimCores } = gains.reduce((best, each) => (hasMore(each, best) ? each : best));
  const target = formatDurationMs(spec.target.latencyMs);
  const words = Number.isFinite(aimCores)
    ? `has the ${formatCores(aimCores)} CPU free that ${target} takes`
    : `can meet ${target}`;
  const reason = `no node ${words}: most targets are met with it here`;
  return { budget, plannedCores: Math.min(aimCores, budget.capacityCores), reason };
}

const hasMore = (a: Offer, b: Offer): boolean =>
  a.leftCores > b.leftCores || (a.leftCores === b.leftCores && a.budget.node.id < b.budget.node.id);

function weightGainOf(spec: JobSpec, { budget, edgeCores }: CloseOffer): number {
  const edges = new Map(
    budget.forecast?.demands.map((allocationDemand) => [
      allocationDemand.allocation,
      allocationDemand.edgeCores,
    ]),
  );
  const there = budget.node.allocations
    .filter(({ control }) => control === 'enforce')
    .map((allocation): KnapsackItem => {
      const cores = edges.get(allocation.id) ?? budget.capacityCores / Math.max(1, budget.count);
      return {
        cores,
        floorCores: allocation.minCores,
        weight: allocation.weight,
        isIncumbent: false,
      };
    });
  const newcomer: KnapsackItem = {
    cores: edgeCores,
    floorCores: spec.resources.cpu.minCores,
    weight: spec.weight,
    isIncumbent: false,
  };
  const cores = lastingCores(budget);
  return satisfiedWeight([...there, newcomer], cores) - satisfiedWeight(there, cores);
}

function satisfiedWeight(candidates: readonly KnapsackItem[], capacityCores: number): number {
  const chosen = chooseSatisfied(candidates, capacityCores);
  return sum(candidates.map(({ weight }, i) => (chosen[i] ? weight : 0)));
}
