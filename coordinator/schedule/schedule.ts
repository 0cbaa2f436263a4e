import type { AllocationId, JobName } from '../../shared/ids.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import { GpuController, type GpuMemory } from './gpu/gpu-controller.js';
import type { Placement } from './moves/move-request.js';
import { type MoveMemory, NO_MOVES, planMoves } from './moves/moves.js';
import { decideNodeLimits, NONE_AT_REST, type NodesAtRest } from './node-limits.js';
import { jobsByName } from './placement/jobs-by-name.js';
import { type MissingGpus, missingGpus, NO_MISSING_GPUS } from './placement/missing-gpus.js';
import { Newcomers } from './placement/newcomers.js';
import type { NodeBudget } from './placement/node-budget.js';
import type { PlacementContext } from './placement/placement-context.js';
import { nodeBudgetsOf, reconcileReplicas } from './placement/reconcile-replicas.js';
import { NO_SETTLED_JOBS, type SettledJobs } from './placement/replica-diff.js';
import type { Rollouts } from './placement/rollout.js';
import { NO_STEADY_NODES, type SteadyNodes } from './placement/steady-nodes.js';
import { takeTurns } from './placement/take-turns.js';
import { NO_ROLLOUTS, type RolloutMemory } from './placement/turns.js';
import type { Decision, Plan, Policy, PolicyParams, Snapshot, SnapshotNode } from './types.js';
import { workloadKnowledgeSteps } from './workload-knowledge.js';
import { NO_PROFILES, type WorkloadProfiles } from './workloads/profiles.js';

/** What is remembered between two plans. */
export interface SchedulerMemory {
  readonly policy: string;
  /** What the named policy remembers of each node, by node id; JSON-serialisable. */
  readonly nodes: ReadonlyMap<string, unknown>;
  /** What is known of workloads, under any policy. */
  readonly knowledge: WorkloadProfiles;
  /** When that was last updated, ms; null = never. */
  readonly learntAtMs: number | null;
  readonly moves: MoveMemory;
  /** Jobs with nothing to do, and the other jobs. */
  readonly settled: SettledJobs;
  /** Nodes about which nothing has to be decided while they stay as they are. */
  readonly steady: SteadyNodes;
  readonly atRest: NodesAtRest;
  readonly rollouts: RolloutMemory;
  readonly missingGpus: MissingGpus;
  /** What is remembered of each GPU, by its id. */
  readonly gpus: ReadonlyMap<string, GpuMemory>;
}
/** Memory before the first plan. */
export const NO_MEMORY: SchedulerMemory = {
  policy: '',
  nodes: new Map(),
  knowledge: NO_PROFILES,
  learntAtMs: null,
  moves: NO_MOVES,
  settled: NO_SETTLED_JOBS,
  steady: NO_STEADY_NODES,
  atRest: NONE_AT_REST,
  rollouts: NO_ROLLOUTS,
  missingGpus: NO_MISSING_GPUS,
  gpus: new Map(),
};

/** One call's input: state, time, parameters and policy. */
export interface ScheduleInput {
  readonly snapshot: Snapshot;
  readonly nowMs: number;
  readonly params: PolicyParams;
  readonly policy: Policy;
}

/** The plan, and the memory for the next call. */
export interface Scheduled {
  readonly plan: Plan;
  readonly memory: SchedulerMemory;
}

/**
 * Decides everything there is to decide now: placement of missing replicas, removals, moves between
 * nodes, and limits of each node through the policy. Same input and memory, same answer. Decisions
 * come in the order removals, placements, moves, limits, each in id order. After every plan the
 * limits of a node sum to at most its allocatable CPU, including those of allocations that do not
 * report. Limits on silent nodes stay as they are.
 */
export const schedule = (input: ScheduleInput, memory: SchedulerMemory): Scheduled =>
  atOnce(scheduleSteps(input, memory));

/**
 * The same in steps, so that the caller can yield to other work: one step for each job that waits
 * for a place, and one for each node.
 */
export function* scheduleSteps(input: ScheduleInput, memory: SchedulerMemory): Steps<Scheduled> {
  const { snapshot, nowMs, params, policy } = input;
  const policyMemory = memory.policy === policy.name ? memory.nodes : new Map<string, unknown>();
  const known = { policy, nodes: policyMemory, snapshot, nowMs, memory };
  const workloads = yield* workloadKnowledgeSteps(known);
  const missing = missingNow(input, memory);
  const before = { moving: memory.moves, settled: memory.settled, rollouts: memory.rollouts };
  const placementContext = { ...workloads.placementContext(before), missing };
  yield;
  const reconciled = yield* reconcileReplicas(snapshot, placementContext, memory.steady);
  const turns = { snapshot, missing, nowMs, memory: memory.rollouts, context: placementContext };
  const { replicas, rollouts } = takeTurns(reconciled, turns);
  yield;
  const moved = planMoves({
    jobs: snapshot.jobs,
    nodes: replicas.nodes,
    refused: replicas.settled.refused,
    nowMs,
    placed: placedBy(replicas.decisions),
    movesPerMinute: params.movesPerMinute,
    isFrozen: snapshot.isFrozen === true,
    budgets: () => budgetsForMoves(snapshot, replicas.nodes, placementContext),
    changing: changingBy(rollouts),
    unmetOf: (node) => workloads.unmetOf(node),
    demandOf: (allocation, node) => workloads.demandOf(allocation, node),
    moving: replicas.moving,
    missing,
    memory: memory.moves,
  });
  const gpus = new GpuController({ nowMs, params, isOn: policy.steersGpus === true }, memory.gpus);
  const priorOf = workloads.priors(moved.decisions);
  const decided = yield* decideNodeLimits(
    withMoved(replicas.nodes, snapshot, moved.decisions),
    { nowMs, params, policy, gpus, priorOf, atRest: memory.atRest },
    policyMemory,
  );
  return {
    plan: {
      decisions: [...replicas.decisions, ...moved.decisions, ...decided.limits],
      pending: replicas.pending,
      preempted: replicas.preempted,
      unreachable: decided.unreachable,
      ...(decided.conditions.length === 0 ? {} : { conditions: decided.conditions }),
      ...gpus.planned,
      ...rollouts.planned,
    },
    memory: {
      policy: policy.name,
      nodes: decided.memory,
      ...workloads.memory,
      moves: moved.memory,
      settled: replicas.settled,
      steady: replicas.steady,
      atRest: decided.atRest,
      rollouts: rollouts.memory,
      missingGpus: missing,
      gpus: gpus.memory,
    },
  };
}

// A search for better places asks most nodes for their CPU only.
const budgetsForMoves = (
  snapshot: Snapshot,
  nodes: readonly SnapshotNode[],
  context: PlacementContext,
): readonly NodeBudget[] => atOnce(nodeBudgetsOf(snapshot, nodes, { ...context, sumsLater: true }));

// Known since the plan before: where no job asks for a GPU no allocation is looked at.
const missingNow = ({ snapshot, nowMs }: ScheduleInput, memory: SchedulerMemory): MissingGpus =>
  memory.settled.asksForGpu
    ? missingGpus(snapshot.nodes, memory.missingGpus, nowMs)
    : NO_MISSING_GPUS;

/** Jobs of which some allocation waits for its turn, or has it. */
const changingBy = ({ planned, memory }: Rollouts): ReadonlySet<JobName> =>
  new Set([
    ...(planned.rollouts ?? []).map(({ job }) => job),
    ...[...memory.turns.values()].map(({ job }) => job),
  ]);

const placedBy = (decisions: readonly Decision[]): readonly AllocationId[] =>
  decisions.flatMap(({ kind, allocation }) => (kind === 'place' ? [allocation] : []));

function withMoved(
  nodes: readonly SnapshotNode[],
  { jobs }: Snapshot,
  decisions: readonly Placement[],
): readonly SnapshotNode[] {
  if (decisions.length === 0) return nodes;
  const newcomers = new Newcomers();
  for (const { allocation, job, node: id, gpu } of decisions) {
    const node = nodes.find((each) => each.id === id);
    const spec = jobsByName(jobs).get(job)?.spec;
    if (node !== undefined && spec !== undefined) newcomers.add(node, spec, allocation, gpu);
  }
  return newcomers.on(nodes);
}
