import { sum } from '../../../../../coordinator/schedule/limits/fit.js';
import { formatCores } from '../../../../../coordinator/schedule/limits/format.js';
import {
  chooseSatisfied,
  type KnapsackItem,
} from '../../../../../coordinator/schedule/model/knapsack.js';
import type { Found } from '../../../../../coordinator/schedule/moves/node-capacity.js';
import type { NodeSummary } from '../../../../../coordinator/schedule/node-summary.js';
import type { Choice } from '../../../../../coordinator/schedule/placement/choose-node.js';
import {
  lastingCores,
  type NodeBudget,
  type PlacementRequest,
  roomOf,
} from '../../../../../coordinator/schedule/placement/node-budget.js';
import { isFeasible, refusalsOf } from '../../../../../coordinator/schedule/placement/refusals.js';
import type { PlacementRule } from '../../../../../coordinator/schedule/placement-rule.js';
import type { Refusal } from '../../../../../coordinator/schedule/types.js';
import type { NodeId } from '../../../../../shared/ids.js';
import type { JobSpec } from '../../../../../shared/job.js';
import { formatDurationMs } from '../../../../../shared/units.js';

// The choice of a node as it is defined: every node is asked everything, each time.

const MAX_REFUSALS = 100;
const CLOSE_LOOKS = 16;

/** What is chosen from. */
export interface Nodes {
  readonly budgets: readonly NodeBudget[];
  readonly speedOf: (node: NodeId) => number;
}

interface CpuDemand {
  readonly aimCores: number;
  readonly edgeCores: number;
}

const demandOn = ({ demand }: PlacementRequest, speedRatio: number): CpuDemand | null =>
  demand === null
    ? null
    : { aimCores: demand.aimCores(speedRatio), edgeCores: demand.edgeCores(speedRatio) };

export function chooseByAll(request: PlacementRequest, { budgets, speedOf }: Nodes): Choice {
  let fitting: Offer | undefined;
  let roomiest: Offer | undefined;
  for (const budget of budgets) {
    if (!isFeasible(request, budget)) continue;
    const offer = offerOf(budget, demandOn(request, speedOf(budget.node.id)));
    if (roomiest === undefined || hasMoreLeft(offer, roomiest)) roomiest = offer;
    const isFitting = offer.demand !== null && offer.leftCores >= 0;
    if (isFitting && (fitting === undefined || hasLessLeft(offer, fitting))) fitting = offer;
  }
  if (roomiest === undefined) return { budget: null, refusals: refusalsBy(request, budgets) };
  if (fitting !== undefined) return bestFit(request.spec, fitting);
  return roomiest.demand === null
    ? mostFree(roomiest)
    : mostWeightMet(request, { budgets, speedOf });
}

/** The same by a rule; `ofJobOn`: number of allocations of the job on a node. */
export function chooseByRule(
  { rule, ofJobOn }: { readonly rule: PlacementRule; ofJobOn: (budget: NodeBudget) => number },
  request: PlacementRequest,
  { budgets, speedOf }: Nodes,
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
  if (budget === undefined) throw new RangeError(`the rule chose ${node}`);
  return { budget, plannedCores: demandOn(request, speedOf(node))?.aimCores ?? 0, reason };
}

/** The better place of a move, among the nodes that may take it. */
export function bestNodeByAll(
  request: PlacementRequest,
  { budgets, speedOf }: Nodes,
  mayTake: (node: NodeSummary) => boolean,
): Found | undefined {
  let best: Found | undefined;
  for (const to of budgets) {
    if (!mayTake(to.node)) continue;
    const freeCores = Math.max(0, roomOf(to) - to.demandedCores);
    if (freeCores === 0) continue;
    const demand = demandOn(request, speedOf(to.node.id));
    if (demand === null || demand.aimCores > freeCores) continue;
    if (demand.edgeCores > (request.spec.resources.cpu.maxCores ?? Number.POSITIVE_INFINITY))
      continue;
    const restCores = freeCores - demand.aimCores;
    if (best !== undefined && restCores >= best.freeCores - best.plannedCores) continue;
    if (isFeasible(request, to)) best = { to, plannedCores: demand.aimCores, freeCores };
  }
  return best;
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
  readonly leftCores: number;
}

function offerOf(budget: NodeBudget, demand: CpuDemand | null): Offer {
  const { capacityCores, demandedCores, count } = budget;
  const leftCores =
    demand === null
      ? Math.max(capacityCores / (count + 1), lastingCores(budget) - demandedCores)
      : roomOf(budget) - demandedCores - demand.aimCores;
  return { budget, demand, leftCores };
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

function mostWeightMet(request: PlacementRequest, { budgets, speedOf }: Nodes): Choice {
  const { spec } = request;
  const near = budgets
    .filter((budget) => isFeasible(request, budget))
    .map((budget) => offerOf(budget, demandOn(request, speedOf(budget.node.id))))
    .sort((a, b) => (hasMoreLeft(a, b) ? -1 : 1))
    .slice(0, CLOSE_LOOKS);
  const [{ budget, demand }] = near
    .map((offer) => ({ ...offer, leftCores: weightGainOf(spec, offer) }))
    .sort((a, b) => (hasMoreLeft(a, b) ? -1 : 1)) as [Offer];
  const target = formatDurationMs(spec.target.latencyMs);
  const words = Number.isFinite(demand?.aimCores)
    ? `has the ${formatCores(demand?.aimCores ?? 0)} CPU free that ${target} takes`
    : `can meet ${target}`;
  const reason = `no node ${words}: most targets are met with it here`;
  return { budget, plannedCores: Math.min(demand?.aimCores ?? 0, budget.capacityCores), reason };
}

function weightGainOf(spec: JobSpec, { budget, demand }: Offer): number {
  const there = budget.node.allocations
    .filter(({ control }) => control === 'enforce')
    .map(({ id, minCores, weight }): KnapsackItem => {
      const known = budget.forecast?.demands.find(({ allocation }) => allocation === id);
      const cores = known?.edgeCores ?? budget.capacityCores / Math.max(1, budget.count);
      return { cores, floorCores: minCores, weight, isIncumbent: false };
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
