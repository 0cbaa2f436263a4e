import { releaseGpus } from '../gpu/gpu-budget.js';
import { sum } from '../limits/fit.js';
import type { AllocationSummary } from '../node-summary.js';
import type { Preempted } from '../types.js';
import type { NodeBudget, PlacementRequest, ResourceRequest } from './node-budget.js';
import { isFeasible, refusalsOf } from './refusals.js';

/** A node on which allocations of lighter jobs are removed for one of a heavier job. */
export interface Preemption {
  /** The node without them. */
  readonly budget: NodeBudget;
  readonly preempted: readonly Preempted[];
  readonly reason: string;
}

/** Resources that removing allocations can free; it does not change a label or a cordon. */
const CURABLE: ReadonlySet<string> = new Set(['cpu', 'memory', 'gpu', 'command', 'port']);

/**
 * Where an allocation that fits nowhere may replace lighter ones that dqoes placed: on the node
 * where the least weight has to go, the lightest first; undefined = nowhere. Never allocations of
 * the same weight or more, so that two jobs cannot evict each other for ever (as pod priority in
 * Kubernetes).
 */
export function planPreemption(
  request: PlacementRequest,
  budgets: readonly NodeBudget[],
): Preemption | undefined {
  let best: { readonly preemption: Preemption; readonly weight: number } | undefined;
  for (const budget of budgets) {
    const preempted = preemptedOn(request, budget);
    if (preempted === undefined) continue;
    const weight = sum(preempted.map(({ weight: each }) => each));
    if (best === undefined || weight < best.weight)
      best = { preemption: preemptionOf(request, budget, preempted), weight };
  }
  return best?.preemption;
}

function preemptedOn(
  request: PlacementRequest,
  budget: NodeBudget,
): readonly AllocationSummary[] | undefined {
  const lighter = budget.node.allocations
    .filter(
      ({ origin, weight, control }) =>
        origin === 'dqoes' && control === 'enforce' && weight < request.spec.weight,
    )
    .sort((a, b) => a.weight - b.weight || (a.id < b.id ? -1 : 1));
  // Texts are built last: this runs for every node and every job that fits nowhere.
  if (lighter.length === 0) return undefined;
  if (refusalsOf(request, budget).some(({ resource }) => !CURABLE.has(resource))) return undefined;
  const preempted: AllocationSummary[] = [];
  for (const allocation of lighter) {
    preempted.push(allocation);
    if (isFeasible(request, budgetWithout(budget, preempted)))
      return minimalPreemption(request, budget, preempted);
  }
  return undefined;
}

// The last one added may have made some before it needless.
function minimalPreemption(
  request: PlacementRequest,
  budget: NodeBudget,
  preempted: readonly AllocationSummary[],
): readonly AllocationSummary[] {
  let needed = preempted;
  for (const victim of [...preempted].reverse()) {
    const fewer = needed.filter((each) => each !== victim);
    if (isFeasible(request, budgetWithout(budget, fewer))) needed = fewer;
  }
  return needed;
}

type Amount = Exclude<keyof ResourceRequest, 'hostPorts'>;

function budgetWithout(budget: NodeBudget, gone: readonly AllocationSummary[]): NodeBudget {
  const stays = budget.node.allocations.filter((each) => !gone.includes(each));
  const less = (of: Amount): number =>
    budget.promised[of] - sum(gone.map((each) => budget.requestOf(each)[of]));
  return {
    ...budget,
    count: budget.count - gone.length,
    gpus: releaseGpus(budget.gpus, gone),
    hostPorts: portsWithout(budget, gone, stays),
    promised: {
      cpuCores: less('cpuCores'),
      memoryBytes: less('memoryBytes'),
      commandBytes: less('commandBytes'),
    },
    node: { ...budget.node, allocations: stays },
  };
}

function portsWithout(
  { hostPorts, requestOf }: NodeBudget,
  gone: readonly AllocationSummary[],
  stays: readonly AllocationSummary[],
): ReadonlySet<number> {
  const portsOf = (each: AllocationSummary): readonly number[] => requestOf(each).hostPorts ?? [];
  const freed = gone.flatMap(portsOf);
  if (freed.length === 0) return hostPorts;
  const kept = new Set(stays.flatMap(portsOf));
  const left = new Set(hostPorts);
  for (const port of freed) if (!kept.has(port)) left.delete(port);
  return left;
}

function preemptionOf(
  { spec }: PlacementRequest,
  budget: NodeBudget,
  victims: readonly AllocationSummary[],
): Preemption {
  const preempted = victims.map(
    ({ id, job, weight }): Preempted => ({
      allocation: id,
      job,
      node: budget.node.id,
      reason:
        `preempted by ${spec.name} (weight ${spec.weight}, own weight ${weight}), which fits ` +
        'on no other node',
    }),
  );
  const names = victims.map(({ id }) => id).join(', ');
  return {
    budget: budgetWithout(budget, victims),
    preempted,
    reason: `preempts ${names} (lower weight): it fits on no other node`,
  };
}
