import type { Static } from 'typebox';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import { array, objectOf, optional, safeId, text } from '../codec/words.js';
import { reason } from './job.js';
import { plannedAllocation, plannedEffect } from './plan.js';
import { MAX_ANSWERS } from './status.js';

/** An allocation that would leave the node, and what would take over from it. */
export const plannedMove = objectOf({
  allocation: safeId<AllocationId>(),
  job: safeId<JobName>(),
  to: plannedAllocation,
});
export type PlannedMove = Static<typeof plannedMove>;

/** An allocation that would stay on the node. */
export const plannedStay = objectOf({
  allocation: safeId<AllocationId>(),
  /** Name of a container that dqoes did not start; absent for ours. */
  container: optional(text(256)),
  job: safeId<JobName>(),
  reason,
});
export type PlannedStay = Static<typeof plannedStay>;

/** What draining a node would do, as the state is now. */
export const drainPlan = objectOf({
  node: safeId<NodeId>(),
  moves: array(plannedMove, MAX_ANSWERS),
  stays: array(plannedStay, MAX_ANSWERS),
  /** Others that would lose or gain their targets, or be preempted. */
  effects: array(plannedEffect, MAX_ANSWERS),
});
export type DrainPlan = Static<typeof drainPlan>;
