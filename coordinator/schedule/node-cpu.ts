import type { NodeId } from '../../shared/ids.js';
import type { Steps } from '../../shared/steps.js';
import { memoriesUnder } from './limits-of-nodes.js';
import { outlooksOf } from './node-outlooks.js';
import { type NodeBudget, roomOf } from './placement/node-budget.js';
import { nodeBudgetsOf } from './placement/reconcile-replicas.js';
import type { ScheduleInput, SchedulerMemory } from './schedule.js';
import { workloadKnowledgeSteps } from './workload-knowledge.js';

/** The CPU of one node as placement counts it, cores. */
export interface NodeCpu {
  readonly node: NodeId;
  /** It takes new allocations. */
  readonly isOpen: boolean;
  readonly allocatableCores: number;
  /** What the targets of its allocations take; null = the policy forecasts nothing. */
  readonly neededCores: number | null;
  /** What a newcomer may take without harm; null = as above. */
  readonly freeCores: number | null;
  readonly allocations: number;
}

/** The CPU of each node of the snapshot, in its order, one node per step. */
export function* nodeCpuSteps(
  { snapshot, nowMs, policy }: Pick<ScheduleInput, 'snapshot' | 'nowMs' | 'policy'>,
  memory: SchedulerMemory,
): Steps<readonly NodeCpu[]> {
  const outlooks = outlooksOf(policy, memoriesUnder(policy, memory));
  const known = yield* workloadKnowledgeSteps({ policy, outlooks, snapshot, nowMs, memory });
  const context = known.placementContext({ moving: memory.moves, settled: memory.settled });
  const budgets = yield* nodeBudgetsOf(snapshot, snapshot.nodes, context);
  const forecasts = policy.forecaster !== undefined;
  return budgets.map((budget) => (forecasts ? cpuOf(budget) : { ...cpuOf(budget), ...UNKNOWN }));
}

const UNKNOWN = { neededCores: null, freeCores: null };

function cpuOf(budget: NodeBudget): NodeCpu {
  const { node, count, demandedCores } = budget;
  const leftCores = roomOf(budget) - demandedCores;
  return {
    node: node.id,
    isOpen: node.schedulable,
    allocatableCores: node.allocatableCpuCores,
    neededCores: demandedCores,
    freeCores: node.schedulable ? Math.max(0, leftCores) : 0,
    allocations: count,
  };
}
