import { type CpuLimit, DEFAULT_PERIOD_US, sameLimit } from '../../../../shared/command.js';
import { limitOf, sum, UNLIMITED } from '../../limits/fit.js';
import type { LimitDecision, PeriodRule } from '../../types.js';
import type { AllocationGoal } from './divide/allocation-goal.js';
import type { NodePlan } from './divide/node-plan.js';
import { periodWhen, withPeriod } from './divide/period.js';
import { boundSteps } from './divide/step-bound.js';
import {
  type Crowd,
  isNearWeight,
  isSameWeight,
  quotaWeight,
  weightLimit,
  weightOf,
} from './divide/weights.js';
import { type LimitChange, limitReason } from './limit-reason.js';
import type { Member } from './member.js';

/** A plan that is to become limits. */
export interface DecideInput {
  readonly members: readonly Member[];
  readonly plan: NodePlan;
  readonly capacityCores: number;
  readonly period: PeriodRule;
  /** Something takes all the CPU there is (contention.ts). */
  readonly isContested: boolean;
}

/** Smaller differences are the same limit, as a ratio. */
const MIN_CHANGE_RATIO = 0.002;

/** Limits that change, with their reasons; same order as the members. */
export function decideLimits(input: DecideInput): readonly LimitDecision[] {
  const { members, plan, capacityCores, period, isContested } = input;
  const hasWeighted = members.some(({ isWeighted }) => isWeighted);
  if (!hasWeighted && areAllKept(input)) return NO_LIMITS;
  const crowd = { isCrowded: plan.isCrowded, isContested };
  // Field by field: what is added to a copy takes ten times as long.
  const changes = changesOf({
    members,
    plan,
    capacityCores,
    period,
    isContested,
    hasWeighted,
    crowd,
  });
  return changes.map((change) => ({
    allocation: change.member.allocation.id,
    limit: change.limit,
    reason: limitReason(change, changes, plan, capacityCores),
  }));
}

const NO_LIMITS: readonly LimitDecision[] = [];

/**
 * Whether all goals are what is held, under limits that no rule changes: so it is on most nodes
 * most of the time, whether all are at their targets or not, and then no step has to be bounded.
 */
const areAllKept = (input: DecideInput): boolean =>
  !input.isContested &&
  input.plan.startBoosts.size === 0 &&
  input.members.every((member, i) => isKept(member, input.plan.allocationGoals[i], input));

function isKept(member: Member, assigned: AllocationGoal | undefined, input: DecideInput): boolean {
  const { allocation, heldCores, floorCores, maxCores } = member;
  const { limit } = allocation;
  return (
    assigned !== undefined &&
    assigned.cores === heldCores &&
    heldCores > 0 &&
    heldCores >= floorCores &&
    heldCores <= maxCores &&
    limit !== null &&
    limit.cpuCores !== null &&
    limit.weightCores === undefined &&
    !wantsLonger(member, assigned, input)
  );
}

/** With whether any member has a guarantee by weight. */
interface ChangesInput extends DecideInput {
  readonly hasWeighted: boolean;
  readonly crowd: Crowd;
}

function limitFor(
  member: Member,
  assigned: AllocationGoal,
  toCores: number,
  input: ChangesInput,
): CpuLimit {
  if (member.isWeighted) {
    const given = assigned.cores === toCores ? assigned : { ...assigned, cores: toCores };
    const weightCores = weightOf(given, input.crowd);
    return weightLimit(member, { guaranteeCores: toCores, weightCores });
  }
  const quota = quotaFor(member, toCores, input);
  // Without a weight of its own a container weighs as little as its quota: containers of others
  // would come first.
  if (isWeightless(input)) return quota;
  const limit = usesAllOf(member) ? withBurst(quota) : quota;
  return { ...limit, weightCores: quotaWeight(limit, input.isContested) };
}

/**
 * Maximum overhead of a closed loop that uses all of its quota, as a ratio of the target: one that
 * waits longer for other things than CPU saves quota meanwhile. Its burst, and the weight that goes
 * with it, comes below `comes` and goes above `goes` (hysteresis): neither is worth an update
 * for what chance adds to the overhead that is known.
 */
const MAX_OVERHEAD_RATIO = { comes: 0.015, first: 0.03, goes: 0.06 } as const;

// A closed loop without overhead uses all of its quota, and saves some only while it is kept
// waiting.
function usesAllOf({ goal, allocation: { limit } }: Member): boolean {
  if (goal === null || goal.law.ratePerSecond > 0) return false;
  const { comes, first, goes } = MAX_OVERHEAD_RATIO;
  const most = limit?.weightCores === undefined ? first : (limit.burstUs ?? 0) > 0 ? goes : comes;
  return goal.law.overheadSeconds < most * goal.aimSeconds;
}

function quotaFor(member: Member, toCores: number, { plan, period }: DecideInput): CpuLimit {
  const { goal, allocation } = member;
  const { target, limit } = allocation;
  const when = period === 'fixed' ? 'long' : periodWhen(plan.cpuPressure, member);
  if (when === 'long') return limitOf(toCores);
  if (when === 'held') return limitOf(toCores, limit?.periodUs);
  const isSteered = goal !== null && goal.law.ratePerSecond > 0 && target?.mode === 'band';
  const quota = withPeriod({
    cores: toCores,
    targetMs: target?.latencyMs ?? Number.POSITIVE_INFINITY,
    openWorkSeconds: isSteered ? goal.law.workSeconds : null,
  });
  return isSteered && target?.statistic !== 'mean' ? withBurst(quota) : quota;
}

// Bursts of arrivals make the tail of a queue, and services that come first keep a band waiting.
// Quota that was not used before may be used then (`cpu.max.burst`, Linux 5.14).
const withBurst = (quota: CpuLimit): CpuLimit => ({
  ...quota,
  burstUs: Math.floor((quota.cpuCores ?? 0) * quota.periodUs),
});

/** Whether a longer period alone is worth an update: where CPU is short it frees some. */
function wantsLonger(
  member: Member,
  assigned: AllocationGoal,
  { plan, period }: DecideInput,
): boolean {
  if (
    assigned.kind !== 'atTarget' ||
    period === 'fixed' ||
    (member.allocation.limit?.periodUs ?? DEFAULT_PERIOD_US) >= DEFAULT_PERIOD_US
  )
    return false;
  return periodWhen(plan.cpuPressure, member) === 'long';
}

function changesOf(input: ChangesInput): readonly LimitChange[] {
  const { members, plan, capacityCores } = input;
  const finals = boundSteps(
    members,
    plan.allocationGoals.map(({ cores: wished }, i) => wished + (plan.startBoosts.get(i) ?? 0)),
    capacityCores,
    plan.startBoosts,
  );
  let spare = capacityCores - sum(finals);
  const changes: LimitChange[] = [];
  members.forEach((member, i) => {
    const assigned = plan.allocationGoals[i];
    const toCores = finals[i] ?? 0;
    const fromCores = member.heldCores;
    if (assigned === undefined || assigned.kind === 'keep') return;
    if (assigned.kind === 'bootstrap' && assigned.cores === fromCores) return;
    // Without any weights on the node the cores say whether it stays: nearly all do.
    const limit = isWeightless(input) ? undefined : limitFor(member, assigned, toCores, input);
    const mayStay =
      fromCores !== null &&
      isNearEnough(member, toCores, limit) &&
      (member.isWeighted || !wantsLonger(member, assigned, input));
    if (mayStay && fromCores - toCores <= Math.max(0, spare))
      spare -= Math.max(0, fromCores - toCores);
    else {
      const to = limit ?? limitFor(member, assigned, toCores, input);
      const boostCores = plan.startBoosts.has(i) ? Math.max(0, toCores - assigned.cores) : 0;
      changes.push({ member, assigned, fromCores, toCores, boostCores, limit: to });
    }
  });
  return changes;
}

/** No limit that is made now has a weight. */
const isWeightless = ({ isContested, hasWeighted }: ChangesInput): boolean =>
  !isContested && !hasWeighted;

// `limit`: what it would become; undefined = not made yet, it would have no weight.
function isNearEnough(
  { allocation: { limit: held }, heldCores, isWeighted }: Member,
  toCores: number,
  limit: CpuLimit | undefined,
): boolean {
  if (held === null || heldCores === null) return false;
  if (isWeighted) return limit !== undefined && isNearWeight(held, limit);
  if (held.cpuCores === null || !keepsWeight(held, limit?.weightCores)) return false;
  return isSame(heldCores, toCores);
}

// Its own weight comes and goes with neighbours that have no quota, and with contention.
const keepsWeight = ({ weightCores: held }: CpuLimit, wanted: number | undefined): boolean =>
  held === undefined || wanted === undefined ? held === wanted : isSameWeight(held, wanted);

/** Drops all limits, as plain Docker does. Only limits that change. */
export function withoutLimits(
  members: readonly Member[],
  reason: string,
): readonly LimitDecision[] {
  return members.flatMap(({ allocation: { id, limit } }) =>
    sameLimit(limit, UNLIMITED) ? [] : [{ allocation: id, limit: UNLIMITED, reason }],
  );
}

// Whether the old limit is good enough was decided before (hysteresis.ts, divide-cpu.ts).
const isSame = (fromCores: number, toCores: number): boolean =>
  Math.abs(toCores - fromCores) < MIN_CHANGE_RATIO * fromCores;
