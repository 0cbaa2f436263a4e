import type { JobPlan, PlannedAllocation, PlannedEffect } from '../proto/service.js';
import type { AllocationId, JobName } from '../shared/ids.js';
import type { JobSpec } from '../shared/job.js';
import { formatDurationMs } from '../shared/units.js';
import { nextDesired } from './dispatch/next.js';
import { type SchedulerMemory, schedule } from './schedule/schedule.js';
import type { Decision, Pending, Policy, PolicyParams, Preempted, Unreachable } from './schedule/types.js';
import type { ClusterState } from './state/model.js';
import { reduce } from './state/reduce.js';
import { same } from './state/same.js';
import { viewOf } from './state/view.js';

export interface ForecastInput {
  readonly state: ClusterState;
  readonly jobs: readonly JobSpec[];
  readonly nowMs: number;
  readonly params: PolicyParams;
  readonly policy: Policy;
  readonly memory: SchedulerMemory;
}

export interface Forecast {
  readonly plans: readonly JobPlan[];
  readonly effects: readonly PlannedEffect[];
}

/** Limits move by a factor of four at a time, so a few rounds settle any change. */
const ROUNDS = 4;

/**
 * What would happen if the jobs were submitted now: the scheduler itself decides on the state as it would be, until its limits stand still, without moves between nodes. Pure; nothing is stored.
 * Who else fares otherwise is told against the same rounds without the jobs.
 */
export function forecast(input: ForecastInput): Forecast {
  const { state, jobs, nowMs: atMs } = input;
  const base = settle(input, state);
  const stored = jobs.map((spec) => ({ spec, revision: (state.jobs.get(spec.name)?.revision ?? 0) + 1 }));
  const then = reduce(state, { kind: 'jobs-stored', atMs, jobs: stored });
  const after = settle(input, then);
  const plans = jobs.map((spec) => planOf(spec, { ...input, after }));
  return { plans, effects: effectsOf(base, after, new Set(jobs.map(({ name }) => name))) };
}

interface Settled {
  readonly state: ClusterState;
  readonly memory: SchedulerMemory;
  readonly pending: readonly Pending[];
  readonly unreachable: ReadonlyMap<AllocationId, Unreachable>;
  readonly preempted: readonly Preempted[];
  /** Why each allocation that was placed is where it is. */
  readonly placed: ReadonlyMap<AllocationId, Extract<Decision, { kind: 'place' }>>;
}

function settle({ nowMs, params: given, policy, memory: start }: ForecastInput, from: ClusterState): Settled {
  const params = { ...given, movesPerMinute: 0 };
  let [state, memory] = [from, start];
  let pending: readonly Pending[] = [];
  let unreachable: readonly Unreachable[] = [];
  const preempted: Preempted[] = [];
  const placed = new Map<AllocationId, Extract<Decision, { kind: 'place' }>>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const { plan, memory: after } = schedule({ snapshot: viewOf(state), nowMs, params, policy }, memory);
    memory = after;
    pending = plan.pending;
    unreachable = plan.unreachable;
    preempted.push(...plan.preempted);
    for (const decision of plan.decisions) if (decision.kind === 'place') placed.set(decision.allocation, decision);
    const desired = nextDesired(state, plan, 0);
    if (desired.length === 0) break;
    state = reduce(state, { kind: 'desired-stored', atMs: nowMs, states: desired });
  }
  return {
    state,
    memory,
    pending,
    preempted,
    placed,
    unreachable: new Map(unreachable.map((each) => [each.allocation, each])),
  };
}

type PlanInput = ForecastInput & { readonly after: Settled };

function planOf(spec: JobSpec, input: PlanInput): JobPlan {
  const known = input.state.jobs.get(spec.name);
  const change = known === undefined ? 'created' : same(known.spec, spec) ? 'unchanged' : 'updated';
  const waiting = input.after.pending
    .filter(({ job }) => job === spec.name)
    .map(({ allocation, refusals }): PlannedAllocation => {
      const reason = refusals.map(({ message }) => message).join('; ') || 'no node has reported yet';
      return { ...NOWHERE, id: allocation, reason: reason.slice(0, 4000) };
    });
  return { job: spec.name, change, allocations: [...there(spec, input), ...waiting] };
}

const NOWHERE: Omit<PlannedAllocation, 'id' | 'reason'> = {
  node: null,
  verdict: 'nowhere',
  limitCores: null,
  expectedMs: null,
  reachableMs: null,
  neededCores: null,
};

function there(spec: JobSpec, { after, policy }: PlanInput): readonly PlannedAllocation[] {
  return [...after.state.nodes.values()].flatMap(({ id: node, desired }) =>
    (desired?.allocations ?? []).flatMap((allocation): readonly PlannedAllocation[] => {
      if (allocation.job !== spec.name || allocation.spec === undefined) return [];
      const { id, limit } = allocation;
      const remembered = after.memory.nodes.get(node);
      const expectedMs = remembered === undefined ? null : (policy.foresight?.expectedMs(remembered, id) ?? null);
      const lost = after.unreachable.get(id);
      const where = after.placed.get(id)?.reason ?? `runs on ${node} already`;
      const base = { id, node, limitCores: limit.cpuCores, expectedMs };
      if (lost !== undefined) {
        const { reachableMs, neededCores, reason } = lost;
        return [{ ...base, verdict: 'unmet', reachableMs, neededCores, reason: `${where}; ${reason}` }];
      }
      const verdict = expectedMs === null ? 'unknown' : 'met';
      const reason = expectedMs === null ? `${where}; ${UNKNOWN}` : `${where}; ${expectation(spec, expectedMs)}`;
      return [{ ...base, verdict, reachableMs: null, neededCores: null, reason }];
    }),
  );
}

const UNKNOWN =
  'nothing with this image, command and environment has answered yet: its first answers tell what the target takes';
const expectation = ({ target }: JobSpec, expectedMs: number): string =>
  `${formatDurationMs(expectedMs)} expected for ${formatDurationMs(target.latencyMs)}`;

function effectsOf(base: Settled, after: Settled, planned: ReadonlySet<JobName>): readonly PlannedEffect[] {
  const effects: PlannedEffect[] = after.preempted
    .filter(({ job }) => !planned.has(job))
    .map((each) => ({ ...each, effect: 'preempted' as const }));
  const gone = new Set(effects.map(({ allocation }) => allocation));
  for (const { allocation, job, node, reason } of after.unreachable.values())
    if (!planned.has(job) && !base.unreachable.has(allocation) && !gone.has(allocation))
      effects.push({ allocation, job, node, effect: 'loses-target', reason });
  for (const { allocation, job, node } of base.unreachable.values())
    if (!planned.has(job) && !after.unreachable.has(allocation) && !gone.has(allocation))
      effects.push({ allocation, job, node, effect: 'gains-target', reason: 'its target can be met then' });
  return effects;
}
