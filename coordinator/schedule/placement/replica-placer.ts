import type { AllocationId, NodeId } from '../../../shared/ids.js';
import type { Steps } from '../../../shared/steps.js';
import type { AllocationSummary, NodeSummary } from '../node-summary.js';
import type { Decision, Pending, Preempted, SnapshotJob } from '../types.js';
import { BudgetTable } from './budget-table.js';
import { type Choice, chooseNode, chooseNodeByRule } from './choose-node.js';
import { Newcomers } from './newcomers.js';
import {
  budgetAfter,
  gpuFor,
  type NodeBudget,
  type PlacementRequest,
  requestOfJob,
} from './node-budget.js';
import type { PlacementContext } from './placement-context.js';
import { planPreemption } from './preempt.js';
import { RefusalCache } from './refusal-cache.js';
import { waitingRefusal } from './refusals.js';

/** Nodes after placement, and what was decided. */
export interface PlacementResult {
  readonly nodes: readonly NodeSummary[];
  readonly decisions: readonly Decision[];
  readonly pending: readonly Pending[];
  readonly preempted: readonly Preempted[];
  readonly removed: readonly Decision[];
}

type Taken = Exclude<Choice, { readonly budget: null }>;

/** Places missing replicas one by one; budgets of nodes shrink on the way. */
export class ReplicaPlacer {
  readonly #table: BudgetTable;
  readonly #context: PlacementContext;
  readonly #decisions: Decision[] = [];
  readonly #pending: Pending[] = [];
  readonly #preempted: Preempted[] = [];
  readonly #newcomers = new Newcomers();
  readonly #refused = new RefusalCache();
  /** New allocations of the job that is being placed, by node. */
  #ofJob = new Map<NodeId, number>();

  constructor(budgets: readonly NodeBudget[], context: PlacementContext) {
    this.#table = new BudgetTable(budgets, context.speedOf);
    this.#context = context;
  }

  /** Places the missing replicas of one job, one per step. */
  *placeAll(job: SnapshotJob, ids: readonly AllocationId[]): Steps<void> {
    const { spec, waitsFor } = job;
    this.#ofJob = new Map();
    if (waitsFor !== undefined) {
      const refusals = [waitingRefusal(waitsFor)];
      for (const allocation of ids) this.#pending.push({ job: spec.name, allocation, refusals });
      return;
    }
    const request: PlacementRequest = {
      spec,
      resources: requestOfJob(spec, job.secretBytes),
      refusedBy: job.refusedBy,
      demand: this.#context.demandOf(job),
    };
    for (const [i, id] of ids.entries()) {
      if (i > 0) yield;
      const refusals = this.#refused.refusalsOf(request) ?? this.#tryToPlace(request, id);
      if (refusals === null) continue;
      // Nodes only get fuller: what refuses one replica refuses the rest.
      for (const allocation of ids.slice(i))
        this.#pending.push({ job: spec.name, allocation, refusals });
      return;
    }
  }

  /** null = it has a place. */
  #tryToPlace(request: PlacementRequest, id: AllocationId): Pending['refusals'] | null {
    const choice = this.#choose(request);
    if (choice.budget !== null) {
      this.#place(request, id, choice);
      return null;
    }
    const preemption = planPreemption(request, this.#table.budgets);
    if (preemption === undefined) {
      this.#refused.add(request, choice.refusals);
      return choice.refusals;
    }
    this.#preempted.push(...preemption.preempted);
    this.#place(request, id, {
      budget: preemption.budget,
      plannedCores: 0,
      reason: preemption.reason,
    });
    return null;
  }

  #choose(request: PlacementRequest): Choice {
    const { rule } = this.#context;
    if (rule === undefined) return chooseNode(request, this.#table);
    const isOfJob = ({ job }: { readonly job: AllocationSummary['job'] }): boolean =>
      job === request.spec.name;
    const ofJobOn = ({ node }: NodeBudget): number =>
      node.allocations.filter(isOfJob).length + (this.#ofJob.get(node.id) ?? 0);
    return chooseNodeByRule({ rule, ofJobOn }, request, this.#table);
  }

  /** What was placed, what waits, and what was preempted. `kept`: nodes before it. */
  result(kept: readonly NodeSummary[]): PlacementResult {
    const preempted = this.#preempted;
    const removed = preempted.map((each): Decision => ({ kind: 'remove', ...each }));
    const nodes = this.#newcomers.on(kept, new Set(preempted.map(({ allocation }) => allocation)));
    return { nodes, decisions: this.#decisions, pending: this.#pending, preempted, removed };
  }

  #place(
    { spec, resources }: PlacementRequest,
    id: AllocationId,
    { budget, plannedCores, reason }: Taken,
  ): void {
    const gpu = gpuFor(spec, budget);
    const given = gpu === undefined ? {} : { gpu };
    const node = budget.node.id;
    this.#decisions.push({ kind: 'place', allocation: id, job: spec.name, node, reason, ...given });
    this.#newcomers.add(budget.node, spec, id, gpu);
    this.#ofJob.set(node, (this.#ofJob.get(node) ?? 0) + 1);
    this.#table.replace(budgetAfter(budget, resources, plannedCores, gpu));
  }
}
