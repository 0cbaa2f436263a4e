import type { Static } from 'typebox';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import {
  array,
  nullable,
  number,
  objectOf,
  oneOf,
  optional,
  safeId,
  text,
} from '../codec/words.js';
import { MAX_CORES, MAX_MS, reason } from './job.js';
import { MAX_ANSWERS } from './status.js';

const milliseconds = number(0, MAX_MS);
const cores = number(0, MAX_CORES);

/**
 * `met`: the target is expected to be met; `unmet`: it is not; `unknown`: nothing like the job has
 * run yet; `nowhere`: no node takes it.
 */
export type PlanVerdict = 'met' | 'unmet' | 'unknown' | 'nowhere';
export const PLAN_VERDICTS: readonly PlanVerdict[] = ['met', 'unmet', 'unknown', 'nowhere'];
export type PlanEffect = 'loses-target' | 'gains-target' | 'preempted';
export const PLAN_EFFECTS: readonly PlanEffect[] = ['loses-target', 'gains-target', 'preempted'];

/** What would become of one allocation of a job that is planned. */
export const plannedAllocation = objectOf({
  id: safeId<AllocationId>(),
  /** null = no node takes it. */
  node: nullable(safeId<NodeId>()),
  verdict: oneOf(PLAN_VERDICTS),
  /** The limit it would begin with, cores; null = none. */
  limitCores: nullable(cores),
  /** What it would be guaranteed, cores; absent = its limit, or nothing without one. */
  guaranteeCores: optional(cores),
  /** The statistic of its target under that limit, ms; null = not known. */
  expectedMs: nullable(milliseconds),
  /** What a report shows is between these nine times in ten, ms; absent = not known. */
  expectedLowMs: optional(milliseconds),
  expectedHighMs: optional(milliseconds),
  /** CPU above which more has not been seen to help, where the limit is above it, cores. */
  provenCores: optional(cores),
  /** Best value reachable there, ms, where the target is not; null = not known. */
  reachableMs: nullable(milliseconds),
  /** CPU that the target would take there, cores; null = not known, or no CPU does it. */
  neededCores: nullable(cores),
  /** In numbers, for people. */
  reason,
});
export type PlannedAllocation = Static<typeof plannedAllocation>;

/** Another allocation that would change: it loses or gains its target, or is preempted. */
export const plannedEffect = objectOf({
  allocation: safeId<AllocationId>(),
  /** Name of a container that dqoes did not start; absent for ours. */
  container: optional(text(256)),
  job: safeId<JobName>(),
  node: safeId<NodeId>(),
  effect: oneOf(PLAN_EFFECTS),
  reason,
});
export type PlannedEffect = Static<typeof plannedEffect>;

/** What submitting one job would do. */
export const jobPlan = objectOf({
  job: safeId<JobName>(),
  change: oneOf(['created', 'updated', 'unchanged']),
  allocations: array(plannedAllocation, MAX_ANSWERS),
});
export type JobPlan = Static<typeof jobPlan>;
