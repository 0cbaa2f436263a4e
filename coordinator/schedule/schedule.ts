import { atOnce, type Steps } from '../../shared/steps.js';
import {
  type LimitsMemory,
  limitsSteps,
  memoriesUnder,
  NO_LIMITS_MEMORY,
} from './limits-of-nodes.js';
import { withChanges } from './node-change.js';
import { outlooksOf } from './node-outlooks.js';
import { NO_PLACES_MEMORY, type PlacesMemory, placesSteps } from './places.js';
import type { Plan, Policy, PolicyParams, Snapshot } from './types.js';

/** What is remembered between two plans. */
export interface SchedulerMemory extends PlacesMemory, LimitsMemory {}
/** Memory before the first plan. */
export const NO_MEMORY: SchedulerMemory = { ...NO_PLACES_MEMORY, ...NO_LIMITS_MEMORY };

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
 * for a place, and one for each node. First the places of all, then the limits of each node.
 */
export function* scheduleSteps(input: ScheduleInput, memory: SchedulerMemory): Steps<Scheduled> {
  const { snapshot, nowMs, params, policy } = input;
  const outlooks = outlooksOf(policy, memoriesUnder(policy, memory));
  const { movesPerMinute } = params;
  const seen = { cluster: snapshot, outlooks, policy, nowMs, movesPerMinute };
  const places = yield* placesSteps(seen, memory);
  const { changes, priorOf, priorFacts: _, memory: placesMemory, decisions, ...planned } = places;
  const nodes = withChanges(snapshot.nodes, changes);
  const decided = yield* limitsSteps(nodes, { nowMs, params, policy, priorOf }, memory);
  const { limits, unreachable, conditions, gpus, memory: limitsMemory } = decided;
  return {
    plan: {
      ...planned,
      decisions: [...decisions, ...limits],
      unreachable,
      ...(conditions.length === 0 ? {} : { conditions }),
      ...(gpus === undefined ? {} : { gpus }),
    },
    memory: { ...placesMemory, ...limitsMemory },
  };
}
