import type { AllocationId } from '../../shared/ids.js';
import { isSatisfied } from '../../shared/qoe.js';
import type { Steps } from '../../shared/steps.js';
import { nextDesiredSteps } from '../dispatch/next-desired.js';
import { forecastGpus, type GpuForecast } from '../schedule/gpu/gpu-forecast.js';
import { memoryOf, withMemories } from '../schedule/node-memories.js';
import { type SchedulerMemory, scheduleSteps } from '../schedule/schedule.js';
import type {
  Decision,
  Pending,
  Policy,
  PolicyParams,
  Preempted,
  Unreachable,
} from '../schedule/types.js';
import type { ClusterState } from '../state/model.js';
import { reduce } from '../state/reduce.js';
import { type CachedSnapshot, snapshotSteps } from '../state/snapshot.js';

/** What the scheduler decides with. */
export interface SettleInput {
  readonly nowMs: number;
  readonly params: PolicyParams;
  readonly policy: Policy;
  readonly memory: SchedulerMemory;
  /** What may be reused of an earlier snapshot: it saves time and changes nothing. */
  readonly seen?: CachedSnapshot | null;
  /** Moves for targets that cannot be met may begin as well. Absent = no. */
  readonly makesMoves?: boolean;
}

/** Rounds of the scheduler: limits move by up to a factor of four in one, so few are enough. */
const MAX_ROUNDS = 4;

/** A state after the rounds of the scheduler that it takes to settle. */
export interface SettledState {
  readonly state: ClusterState;
  readonly memory: SchedulerMemory;
  readonly pending: readonly Pending[];
  readonly unreachable: ReadonlyMap<AllocationId, Unreachable>;
  readonly preempted: readonly Preempted[];
  /** Outlook of allocations whose target is held by the clock or power limit of a GPU. */
  readonly onGpus: ReadonlyMap<AllocationId, GpuForecast>;
  /** Why each allocation that was placed is where it is. */
  readonly placed: ReadonlyMap<AllocationId, Extract<Decision, { kind: 'place' }>>;
  /** What the next snapshot may reuse. */
  readonly seen: CachedSnapshot | null;
}

/** Lets the scheduler decide on a state until it changes nothing, a few rounds at most. */
export function* settledSteps(
  { nowMs, params: given, policy, memory: start, seen = null, makesMoves = false }: SettleInput,
  from: ClusterState,
): Steps<SettledState> {
  const moves = makesMoves ? {} : { movesPerMinute: 0 };
  // A loan for a start is over before what is forecast comes true.
  const params: PolicyParams = { ...given, ...moves, lendsNothing: true };
  // What is lost by then counts, however short a time ago too many nodes were silent.
  const before = { ...start, frozenAtMs: null };
  let [state, memory, cached] = [from, againOn(underWay(start, policy), before, policy), seen];
  let pending: readonly Pending[] = [];
  let unreachable: readonly Unreachable[] = [];
  const preempted: Preempted[] = [];
  const placed = new Map<AllocationId, Extract<Decision, { kind: 'place' }>>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    cached = yield* snapshotSteps(cached, state);
    const { snapshot } = cached;
    const { plan, memory: after } = yield* scheduleSteps(
      { snapshot, nowMs, params, policy },
      memory,
    );
    memory = after;
    pending = plan.pending;
    unreachable = plan.unreachable;
    preempted.push(...plan.preempted);
    for (const decision of plan.decisions)
      if (decision.kind === 'place') placed.set(decision.allocation, decision);
    const desired = yield* nextDesiredSteps(state, plan, 0);
    if (desired.length === 0) break;
    yield;
    state = reduce(state, { kind: 'desired-stored', atMs: nowMs, states: desired });
    memory = againOn(
      desired.map(({ node }) => node),
      memory,
      policy,
    );
    yield;
  }
  return {
    state,
    memory,
    pending,
    preempted,
    placed,
    seen: cached,
    onGpus: yield* onGpusOf(state, memory, cached),
    unreachable: new Map(unreachable.map((each) => [each.allocation, each])),
  };
}

/** Nodes on which a limit waits for the next report, to go on to where it goes. */
const underWay = (
  { nodes, policy }: SchedulerMemory,
  { forecaster, name }: Policy,
): readonly string[] =>
  // What another policy remembers says nothing to this one.
  forecaster === undefined || policy !== name
    ? []
    : nodes.ids.filter((_, place) => forecaster.isUnderWay(nodes.values[place]));

/**
 * The memory with which nodes whose limits have moved are decided about again: a limit that was
 * bounded in one step goes on to where it was to go, although the copy gets no reports.
 */
function againOn(
  names: readonly string[],
  memory: SchedulerMemory,
  { forecaster }: Policy,
): SchedulerMemory {
  if (forecaster === undefined || names.length === 0) return memory;
  const again = new Map<string, unknown>();
  for (const node of names) {
    const its = memoryOf(memory.nodes, node);
    if (its !== undefined) again.set(node, forecaster.again(its));
  }
  return { ...memory, nodes: withMemories(memory.nodes, again) };
}

function* onGpusOf(
  state: ClusterState,
  { gpus: memory }: SchedulerMemory,
  cached: CachedSnapshot | null,
): Steps<SettledState['onGpus']> {
  if (cached?.snapshot.nodes.every(({ gpus }) => gpus === undefined) !== false) return new Map();
  const { nodes, jobs } = (yield* snapshotSteps(cached, state)).snapshot;
  const workloads = new Map(jobs.map(({ spec, workload }) => [spec.name, workload]));
  return forecastGpus({
    nodes,
    memory,
    workloadOf: ({ origin, job }) => (origin === 'dqoes' ? workloads.get(job) : undefined),
  });
}

/** Whether the target that a GPU holds is expected to be met. */
export const isMetOnGpu = ({ allocation: { target }, expectedClass }: GpuForecast): boolean =>
  target !== null && expectedClass !== null && isSatisfied(target, expectedClass);
