import type { JobSpec } from '../../../shared/job.js';
import { formatDurationMs } from '../../../shared/units.js';
import { sum } from '../limits/fit.js';
import { formatCores } from '../limits/format.js';
import { chooseSatisfied, type KnapsackItem } from '../model/knapsack.js';
import type { PlacementRule } from '../placement-rule.js';
import type { Refusal } from '../types.js';
import {
  type CpuDemand,
  lastingCores,
  type NodeBudget,
  type PlacementRequest,
  roomOf,
} from './node-budget.js';
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

/**
 * The node for a new allocation. Of the feasible nodes with enough CPU for its target: best fit
 * (Johnson 1973), the one with the least CPU left, so that larger jobs find room elsewhere. Where
 * none has enough: the one where the most weight of targets is met with it. For a workload that
 * nobody knows yet: the one with the most CPU for it. Ties by id. Where no node is feasible: the
 * reasons of at most a hundred nodes.
 */
export function chooseNode(request: PlacementRequest, budgets: readonly NodeBudget[]): Choice {
  let fitting: Offer | undefined;
  let roomiest: Offer | undefined;
  for (const budget of budgets) {
    if (!isFeasible(request, budget)) continue;
    const offer = offerOf(budget, request.demandOn(budget.node.id));
    if (roomiest === undefined || hasMoreLeft(offer, roomiest)) roomiest = offer;
    const isFitting = offer.demand !== null && offer.leftCores >= 0;
    if (isFitting && (fitting === undefined || hasLessLeft(offer, fitting))) fitting = offer;
  }
  if (roomiest === undefined) return { budget: null, refusals: refusalsBy(request, budgets) };
  if (fitting !== undefined) return bestFit(request.spec, fitting);
  return roomiest.demand === null ? mostFree(roomiest) : mostWeightMet(request, budgets);
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
  budgets: readonly NodeBudget[],
): Choice {
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
    throw new RangeError(`a placement rule chose ${node}, which cannot take ${request.spec.name}`);
  return { budget, plannedCores: request.demandOn(node)?.aimCores ?? 0, reason };
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
  readonly demand: CpuDemand | null;
  /** CPU that would stay free, or that an unknown workload would have, cores. */
  readonly leftCores: number;
}

function offerOf(budget: NodeBudget, demand: CpuDemand | null): Offer {
  const { capacityCores, demandedCores, count } = budget;
  if (demand === null)
    return {
      budget,
      demand,
      leftCores: Math.max(capacityCores / (count + 1), lastingCores(budget) - demandedCores),
    };
  return { budget, demand, leftCores: roomOf(budget) - demandedCores - demand.aimCores };
}

function best(
  offers: readonly Offer[],
  isBetter: (a: Offer, b: Offer) => boolean,
): Offer | undefined {
  let found: Offer | undefined;
  for (const offer of offers) if (found === undefined || isBetter(offer, found)) found = offer;
  return found;
}
const byId = (a: Offer, b: Offer): boolean => a.budget.node.id < b.budget.node.id;
const hasLessLeft = (a: Offer, b: Offer): boolean =>
  a.leftCores < b.leftCores || (a.leftCores === b.leftCores && byId(a, b));
const hasMoreLeft = (a: Offer, b: Offer): boolean =>
  a.leftCores > b.leftCores || (a.leftCores === b.leftCores && byId(a, b));

function bestFit(spec: JobSpec, { budget, demand, leftCores }: Offer): Choice {
  const plannedCores = demand?.aimCores ?? 0;
  const reason =
    `best fit: ${formatDurationMs(spec.target.latencyMs)} takes ` +
    `${formatCores(plannedCores)} CPU, ` +
    `${formatCores(leftCores)} of ${formatCores(budget.capacityCores)} CPU stay free`;
  return { budget, plannedCores, reason };
}

function mostFree({ budget, leftCores }: Offer): Choice {
  const reason =
    `most free CPU: ${formatCores(leftCores)} of ` +
    `${formatCores(budget.node.allocatableCpuCores)} (workload not known yet)`;
  return { budget, plannedCores: leftCores, reason };
}

// No node has enough CPU: where does taking it in gain the most weight of targets met?
function mostWeightMet(request: PlacementRequest, budgets: readonly NodeBudget[]): Choice {
  const { spec } = request;
  const offers = budgets
    .filter((budget) => isFeasible(request, budget))
    .map((budget) => offerOf(budget, request.demandOn(budget.node.id)));
  const near = [...offers].sort((a, b) => (hasMoreLeft(a, b) ? -1 : 1)).slice(0, CLOSE_LOOKS);
  const gains = near.map((offer) => ({ ...offer, leftCores: weightGainOf(spec, offer) }));
  const { budget, demand } = best(gains, hasMoreLeft) ?? (near[0] as Offer);
  const target = formatDurationMs(spec.target.latencyMs);
  const words = Number.isFinite(demand?.aimCores)
    ? `has the ${formatCores(demand?.aimCores ?? 0)} CPU free that ${target} takes`
    : `can meet ${target}`;
  const reason = `no node ${words}: most targets are met with it here`;
  return { budget, plannedCores: Math.min(demand?.aimCores ?? 0, budget.capacityCores), reason };
}

function weightGainOf(spec: JobSpec, { budget, demand }: Offer): number {
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
    cores: demand?.edgeCores ?? Number.POSITIVE_INFINITY,
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
