import type { AllocationId, JobName } from '../../shared/ids.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import type { NodeOutlooks } from './forecast.js';
import type { Placement } from './moves/move-request.js';
import { type MoveMemory, NO_MOVES, planMoves } from './moves/moves.js';
import { changesBetween, type NodeChange } from './node-change.js';
import type { ClusterSummary, NodeSummary } from './node-summary.js';
import { jobsByName } from './placement/jobs-by-name.js';
import { type MissingGpus, missingGpus, NO_MISSING_GPUS } from './placement/missing-gpus.js';
import { Newcomers } from './placement/newcomers.js';
import type { NodeBudget } from './placement/node-budget.js';
import type { PlacementContext } from './placement/placement-context.js';
import { nodeBudgetsOf, type Replicas, reconcileReplicas } from './placement/reconcile-replicas.js';
import { NO_SETTLED_JOBS, type SettledJobs } from './placement/replica-diff.js';
import type { Rollouts } from './placement/rollout.js';
import { NO_STEADY_NODES, type SteadyNodes } from './placement/steady-nodes.js';
import { type TakenTurns, takeTurns } from './placement/take-turns.js';
import { thawed } from './placement/thaw.js';
import { NO_ROLLOUTS, type RolloutMemory } from './placement/turns.js';
import type { StoredTimes } from './plan-parts.js';
import type { Decision, Plan, Policy } from './types.js';
import {
  isScanDue,
  type PriorFacts,
  type PriorOf,
  type WorkloadKnowledge,
  workloadKnowledgeSteps,
} from './workload-knowledge.js';
import { NO_PROFILES, type WorkloadProfiles } from './workloads/profiles.js';

/** What is remembered of places between two plans. */
export interface PlacesMemory {
  /** What is known of workloads, under any policy. */
  readonly knowledge: WorkloadProfiles;
  /** When that was last updated, ms; null = never. */
  readonly learntAtMs: number | null;
  readonly moves: MoveMemory;
  /** Jobs with nothing to do, and the other jobs. */
  readonly settled: SettledJobs;
  /** Nodes about which nothing has to be decided while they stay as they are. */
  readonly steady: SteadyNodes;
  readonly rollouts: RolloutMemory;
  readonly missingGpus: MissingGpus;
  /** When too many nodes were silent at once last, ms; null = never. */
  readonly frozenAtMs: number | null;
}
/** Memory before the first plan. */
export const NO_PLACES_MEMORY: PlacesMemory = {
  knowledge: NO_PROFILES,
  learntAtMs: null,
  moves: NO_MOVES,
  settled: NO_SETTLED_JOBS,
  steady: NO_STEADY_NODES,
  rollouts: NO_ROLLOUTS,
  missingGpus: NO_MISSING_GPUS,
  frozenAtMs: null,
};

/** Memory before the first plan, with what an earlier leader knew or stored. */
export const placesMemoryOf = ({ knowledge, times }: EarlierTerm): PlacesMemory => ({
  ...NO_PLACES_MEMORY,
  knowledge,
  rollouts: { ...NO_ROLLOUTS, stored: times },
});

/** What is left of the time before a leader began. */
export interface EarlierTerm {
  readonly knowledge: WorkloadProfiles;
  readonly times: StoredTimes;
}

/** What places are decided from: of each node its summary, and what the policy says of it. */
export interface PlacesInput {
  readonly cluster: ClusterSummary;
  readonly outlooks: NodeOutlooks;
  readonly policy: Pick<Policy, 'forecaster' | 'place'>;
  readonly nowMs: number;
  readonly movesPerMinute: number;
}

/** Who runs where, and the memory for the next call. */
export interface Places
  extends Pick<Plan, 'decisions' | 'pending' | 'preempted' | 'turns' | 'rollouts'> {
  /** What that changes on nodes, for their limits. */
  readonly changes: readonly NodeChange[];
  readonly priorOf: PriorOf;
  /** The same as data, for nodes that are decided about elsewhere. */
  readonly priorFacts: () => PriorFacts;
  readonly memory: PlacesMemory;
}

/** Nodes of which a plan needs the profiles, whatever is decided: it is time to look at all. */
export const nodesToLearnFrom = (
  { cluster, policy, nowMs }: PlacesInput,
  memory: PlacesMemory,
): readonly NodeSummary[] =>
  policy.forecaster !== undefined && isScanDue({ snapshot: cluster, nowMs, memory })
    ? cluster.nodes
    : [];

/**
 * Decides which allocations there are, on which nodes and with which GPUs: placement of missing
 * replicas, removals, turns of changed jobs and moves between nodes. Looks at all nodes, but at
 * little of each. In steps, one for each job that waits for a place.
 */
export function* placesSteps(given: PlacesInput, memory: PlacesMemory): Steps<Places> {
  const { policy, nowMs, outlooks } = given;
  const { cluster, frozenAtMs } = thawed(given.cluster, nowMs, memory.frozenAtMs);
  const input = { ...given, cluster };
  const known = { policy, outlooks, snapshot: cluster, nowMs, memory };
  const workloads = yield* workloadKnowledgeSteps(known);
  const missing = missingNow(input, memory);
  const before = { moving: memory.moves, settled: memory.settled, rollouts: memory.rollouts };
  const context = { ...workloads.placementContext(before), missing };
  yield;
  const reconciled = yield* reconcileReplicas(cluster, context, memory.steady);
  const turns = { snapshot: cluster, missing, nowMs, memory: memory.rollouts, context };
  const taken = takeTurns(reconciled, turns);
  yield;
  const { replicas, rollouts } = taken;
  const moved = movesAfter(taken, { input, memory, workloads, context });
  const nodes = withMoved(replicas.nodes, cluster, moved.decisions);
  return {
    decisions: [...replicas.decisions, ...moved.decisions],
    pending: replicas.pending,
    preempted: replicas.preempted,
    ...rollouts.planned,
    changes: changesBetween(cluster.nodes, nodes),
    priorOf: workloads.priors(moved.decisions),
    priorFacts: () => workloads.priorFacts(moved.decisions),
    memory: {
      ...workloads.memory,
      moves: moved.memory,
      settled: replicas.settled,
      steady: replicas.steady,
      rollouts: rollouts.memory,
      missingGpus: missing,
      frozenAtMs,
    },
  };
}

// Known since the plan before: where no job asks for a GPU no allocation is looked at.
const missingNow = ({ cluster, nowMs }: PlacesInput, memory: PlacesMemory): MissingGpus =>
  memory.settled.asksForGpu
    ? missingGpus(cluster.nodes, memory.missingGpus, nowMs)
    : NO_MISSING_GPUS;

interface MovesContext {
  readonly input: PlacesInput;
  readonly memory: PlacesMemory;
  readonly workloads: WorkloadKnowledge;
  readonly context: PlacementContext & { readonly missing: MissingGpus };
}

const movesAfter = (
  { replicas, rollouts }: TakenTurns,
  { input, memory, workloads, context }: MovesContext,
) =>
  planMoves({
    jobs: input.cluster.jobs,
    nodes: replicas.nodes,
    refused: replicas.settled.refused,
    nowMs: input.nowMs,
    placed: placedBy(replicas.decisions),
    movesPerMinute: input.movesPerMinute,
    isFrozen: input.cluster.isFrozen === true,
    budgets: () => budgetsForMoves(input.cluster, replicas.nodes, context),
    changing: changingBy(rollouts),
    unmetOf: (node, place) => workloads.unmetOf(node, place),
    demandOf: (allocation) => workloads.demandOf(allocation),
    speedOf: context.speedOf,
    moving: replicas.moving,
    missing: context.missing,
    memory: memory.moves,
  });

// A search for better places asks most nodes for their CPU only.
const budgetsForMoves = (
  cluster: ClusterSummary,
  nodes: readonly NodeSummary[],
  context: PlacementContext,
): readonly NodeBudget[] => atOnce(nodeBudgetsOf(cluster, nodes, { ...context, sumsLater: true }));

/** Jobs of which some allocation waits for its turn, or has it. */
const changingBy = ({ planned, memory }: Rollouts): ReadonlySet<JobName> =>
  new Set([
    ...(planned.rollouts ?? []).map(({ job }) => job),
    ...[...memory.turns.values()].map(({ job }) => job),
  ]);

const placedBy = (decisions: Replicas['decisions']): readonly AllocationId[] =>
  decisions.flatMap(({ kind, allocation }: Decision) => (kind === 'place' ? [allocation] : []));

function withMoved(
  nodes: readonly NodeSummary[],
  { jobs }: ClusterSummary,
  decisions: readonly Placement[],
): readonly NodeSummary[] {
  if (decisions.length === 0) return nodes;
  const newcomers = new Newcomers();
  for (const { allocation, job, node: id, gpu } of decisions) {
    const node = nodes.find((each) => each.id === id);
    const spec = jobsByName(jobs).get(job)?.spec;
    if (node !== undefined && spec !== undefined) newcomers.add(node, spec, allocation, gpu);
  }
  return newcomers.on(nodes);
}
