import type { JobPlan, PlannedAllocation, PlannedEffect } from '../../proto/schemas/plan.js';
import type { JobCost } from '../../proto/schemas/plan-cost.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Prices } from '../../shared/prices.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import { cutText } from '../../shared/text.js';
import { formatDurationMs } from '../../shared/units.js';
import type { GpuForecast } from '../schedule/gpu/gpu-forecast.js';
import { memoryOf } from '../schedule/node-memories.js';
import type { Policy } from '../schedule/types.js';
import { adoptedName } from '../state/container-names.js';
import { deepEqual } from '../state/deep-equal.js';
import type { ClusterState } from '../state/model.js';
import { reduce } from '../state/reduce.js';
import { likelyRange } from './likely-range.js';
import { type PlannedSpot, promiseOf } from './planned-spot.js';
import { jobCostOf } from './reservation.js';
import { isMetOnGpu, type SettledState, type SettleInput, settledSteps } from './settle.js';

/** The state to start from and the jobs that would be submitted. */
export interface ForecastInput extends SettleInput {
  readonly state: ClusterState;
  readonly jobs: readonly JobSpec[];
  /** What resources cost; absent = the cluster has no prices: costs are in CPU cores. */
  readonly prices?: Prices;
}

/** What would become of the jobs, and which other allocations would gain or lose. */
export interface Forecast {
  readonly plans: readonly JobPlan[];
  readonly effects: readonly PlannedEffect[];
  /** What each of the jobs reserves before and afterwards. */
  readonly costs: readonly JobCost[];
  readonly prices?: Prices;
}

/**
 * What would happen if the jobs were submitted now. The scheduler itself decides on the state as it
 * would be, for a few rounds and without moves between nodes. Effects on other allocations are the
 * difference to the same rounds without the jobs. Pure; nothing is stored.
 */
export const forecast = (input: ForecastInput): Forecast => atOnce(forecastSteps(input));

/** `forecast` in steps. */
export function* forecastSteps(input: ForecastInput): Steps<Forecast> {
  return yield* forecastOver(input, yield* settledSteps(input, input.state));
}

/** `forecastSteps` where the state without the jobs has settled already. */
export function* forecastOver(input: ForecastInput, base: SettledState): Steps<Forecast> {
  return yield* forecastBetween(input, base, yield* settledSteps(input, withJobs(input)));
}

/** The state with the jobs stored. */
export const withJobs = ({
  state,
  jobs,
  nowMs: atMs,
}: Pick<ForecastInput, 'state' | 'jobs' | 'nowMs'>): ClusterState => {
  const stored = jobs.map((spec) => ({
    spec,
    revision: (state.jobs.get(spec.name)?.revision ?? 0) + 1,
  }));
  return reduce(state, { kind: 'jobs-stored', atMs, jobs: stored });
};

/** What differs between the state without the jobs and the one with them; both have settled. */
export function* forecastBetween(
  input: ForecastInput,
  base: SettledState,
  after: SettledState,
): Steps<Forecast> {
  const { state, jobs, prices } = input;
  const plans: JobPlan[] = [];
  const costs: JobCost[] = [];
  for (const spec of jobs) {
    yield;
    plans.push(planOf(spec, { ...input, after }));
    costs.push(jobCostOf(spec, state, { base, after, prices }));
  }
  const effects = effectsOf(base, after, new Set(jobs.map(({ name }) => name)));
  return {
    plans,
    effects: effects.map((effect) => withName(state, effect)),
    costs,
    ...(prices === undefined ? {} : { prices }),
  };
}

/** An effect with the name of its container, where dqoes did not start it. */
export function withName(state: ClusterState, effect: PlannedEffect): PlannedEffect {
  const container = adoptedName(state, effect.node, effect.allocation);
  return container === undefined ? effect : { ...effect, container };
}

/** What a plan is read from. */
export type JobPlanInput = ForecastInput & { readonly after: SettledState };

function planOf(spec: JobSpec, input: JobPlanInput): JobPlan {
  const known = input.state.jobs.get(spec.name);
  const change =
    known === undefined ? 'created' : deepEqual(known.spec, spec) ? 'unchanged' : 'updated';
  const waiting = input.after.pending
    .filter(({ job }) => job === spec.name)
    .map(({ allocation, refusals }): PlannedAllocation => {
      const reason =
        refusals.map(({ message }) => message).join('; ') || 'no node has reported yet';
      return { ...UNPLACED, id: allocation, reason: cutText(reason, 4000) };
    });
  return { job: spec.name, change, allocations: [...plannedAllocations(spec, input), ...waiting] };
}

const UNPLACED: Omit<PlannedAllocation, 'id' | 'reason'> = {
  node: null,
  verdict: 'nowhere',
  limitCores: null,
  expectedMs: null,
  reachableMs: null,
  neededCores: null,
};

function plannedAllocations(spec: JobSpec, input: JobPlanInput): readonly PlannedAllocation[] {
  return [...input.after.state.nodes.values()].flatMap(({ id: node, desired }) =>
    (desired?.allocations ?? []).flatMap(({ id, job, limit, spec: own }) =>
      job === spec.name && own !== undefined
        ? [plannedAt(spec, { id, node, ...promiseOf(limit) }, input)]
        : [],
    ),
  );
}

/** What becomes of one allocation of a job where it is placed. */
export function plannedAt(
  spec: JobSpec,
  spot: PlannedSpot,
  { after, policy, params: { intervalMs } }: JobPlanInput,
): PlannedAllocation {
  const { id, node } = spot;
  const where = after.placed.get(id)?.reason ?? `already runs on ${node}`;
  const onGpu = policy.steersGpus === true ? after.onGpus.get(id) : undefined;
  if (onGpu !== undefined) return plannedOnGpu(spot, onGpu, where);
  const { expectedMs, ...known } = outlookOf(spot, { after, policy, intervalMs });
  const base = { ...spot, expectedMs, ...known };
  const lost = after.unreachable.get(id);
  if (lost !== undefined) {
    const { reachableMs, neededCores, reason } = lost;
    return { ...base, verdict: 'unmet', reachableMs, neededCores, reason: `${where}; ${reason}` };
  }
  const verdict = expectedMs === null ? 'unknown' : 'met';
  const reason =
    expectedMs === null
      ? `${where}; ${unknownReason(policy)}`
      : `${where}; ${expectation(spec, expectedMs)}${unprovenText(known.provenCores)}`;
  return { ...base, verdict, reachableMs: null, neededCores: null, reason };
}

type Outlook = Pick<
  PlannedAllocation,
  'expectedMs' | 'expectedLowMs' | 'expectedHighMs' | 'provenCores'
>;

// What the policy expects of an allocation; nothing where it has not learnt anything of the node.
function outlookOf(
  { id, node }: PlannedSpot,
  {
    after,
    policy: { forecaster },
    intervalMs,
  }: Pick<JobPlanInput, 'after' | 'policy'> & { readonly intervalMs: number },
): Outlook {
  const remembered = memoryOf(after.memory.nodes, node);
  if (remembered === undefined || forecaster === undefined) return { expectedMs: null };
  const expectedMs = forecaster.expectedMs(remembered, id);
  const provenCores = forecaster.provenCores(remembered, id);
  // How long a request takes with CPU that may not help is a guess: it has no likely range.
  if (provenCores !== null) return { expectedMs, provenCores };
  return {
    expectedMs,
    ...likelyRange(expectedMs, forecaster.reportSpread(remembered, id, intervalMs)),
  };
}

const unprovenText = (provenCores: number | undefined): string =>
  provenCores === undefined
    ? ''
    : `, if more than ${provenCores.toFixed(2)} CPU helps, which has not been seen`;

const CLASS_WORDS = {
  within: 'in its band',
  faster: 'faster than its band',
  slower: 'slower than its band',
} as const;

function plannedOnGpu(base: PlannedSpot, outlook: GpuForecast, where: string): PlannedAllocation {
  const { expectedMs, expectedClass, reachableMs } = outlook;
  const verdict = expectedClass === null ? 'unknown' : isMetOnGpu(outlook) ? 'met' : 'unmet';
  const words = expectedClass === null ? '' : `, ${CLASS_WORDS[expectedClass]}`;
  const best =
    verdict === 'unmet' && reachableMs !== null ? `; at best ${formatDurationMs(reachableMs)}` : '';
  const reason = `${where}; ${outlook.reason}${words}${best}`;
  return {
    ...base,
    expectedMs,
    verdict,
    reachableMs: verdict === 'unmet' ? reachableMs : null,
    neededCores: null,
    reason,
  };
}

/** Allocations on GPUs that another clock would bring to their target or away from it. */
function effectsOnGpus(base: SettledState, after: SettledState): readonly PlannedEffect[] {
  return [...after.onGpus.values()].flatMap((now): readonly PlannedEffect[] => {
    const { id: allocation, job, node } = now.allocation;
    const before = base.onGpus.get(allocation);
    if (before === undefined || before.expectedClass === null || now.expectedClass === null)
      return [];
    if (isMetOnGpu(before) === isMetOnGpu(now)) return [];
    const reason = `${now.reason}, ${CLASS_WORDS[now.expectedClass]}`;
    return [
      { allocation, job, node, effect: isMetOnGpu(now) ? 'gains-target' : 'loses-target', reason },
    ];
  });
}

const unknownReason = ({ name, forecaster }: Policy): string =>
  forecaster === undefined
    ? `the policy ${name} learns nothing of workloads: under adaptive it would be known`
    : 'no container with this image, command and environment has answered yet: the CPU that the ' +
      'target takes is known after its first answers';
const expectation = ({ target }: JobSpec, expectedMs: number): string =>
  `${formatDurationMs(expectedMs)} expected for ${formatDurationMs(target.latencyMs)}`;

/** Who else gains or loses between two states; `planned`: jobs that are left out. */
export function effectsOf(
  base: SettledState,
  after: SettledState,
  planned: ReadonlySet<JobName>,
): readonly PlannedEffect[] {
  const effects: PlannedEffect[] = after.preempted
    .filter(({ job }) => !planned.has(job))
    .map((each) => ({ ...each, effect: 'preempted' as const }));
  const gone = new Set(effects.map(({ allocation }) => allocation));
  effects.push(...effectsOnGpus(base, after).filter(({ job }) => !planned.has(job)));
  const onGpus = new Set(after.onGpus.keys());
  for (const { allocation, job, node, reason } of after.unreachable.values())
    if (
      !onGpus.has(allocation) &&
      !planned.has(job) &&
      !base.unreachable.has(allocation) &&
      !gone.has(allocation)
    )
      effects.push({ allocation, job, node, effect: 'loses-target', reason });
  for (const { allocation, job, node } of base.unreachable.values())
    if (
      !onGpus.has(allocation) &&
      !planned.has(job) &&
      !after.unreachable.has(allocation) &&
      !gone.has(allocation)
    )
      effects.push({
        allocation,
        job,
        node,
        effect: 'gains-target',
        reason: 'its target could then be met',
      });
  return effects;
}
