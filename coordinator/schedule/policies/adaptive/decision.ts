import { type CpuLimit, DEFAULT_PERIOD_US, sameLimit } from '../../../../shared/command.js';
import { formatDurationMs } from '../../../../shared/units.js';
import { limitOf, sum, UNLIMITED } from '../../limits/fit.js';
import { arrivalRateOf } from '../../model/fitted-law.js';
import { latencySeconds } from '../../model/latency-law.js';
import type { LimitDecision, PeriodRule, SnapshotNode, Unreachable } from '../../types.js';
import type { AllocationGoal } from './divide/allocation-goal.js';
import { periodWhen, withPeriod } from './divide/period.js';
import type { NodePlan } from './divide/plan.js';
import { boundSteps } from './divide/step-bound.js';
import {
  firstWeight,
  isNearWeight,
  isSameWeight,
  weightLimit,
  weightOf,
} from './divide/weights.js';
import type { Member } from './members.js';

export interface DecideInput {
  readonly members: readonly Member[];
  readonly plan: NodePlan;
  readonly capacityCores: number;
  readonly period: PeriodRule;
  /** Somebody takes all the CPU there is (contested.ts). */
  readonly isContested: boolean;
}

const MIN_CHANGE_RATIO = 0.002;

interface LimitChange {
  readonly member: Member;
  readonly assigned: AllocationGoal;
  readonly fromCores: number | null;
  readonly toCores: number;
  readonly limit: CpuLimit;
}

/** Limits that change, with their story; same order as the members.  */
export function decideLimits(input: DecideInput): readonly LimitDecision[] {
  const changes = changesOf(input);
  return changes.map((change) => ({
    allocation: change.member.allocation.id,
    limit: change.limit,
    reason: reasonOf(change, changes, input.plan, input.capacityCores),
  }));
}

function limitFor(
  member: Member,
  assigned: AllocationGoal,
  toCores: number,
  input: DecideInput,
): CpuLimit {
  if (member.isWeighted) {
    const weightCores = weightOf(
      member,
      { ...assigned, cores: toCores },
      { ...input.plan, isContested: input.isContested },
    );
    return weightLimit(member, { guaranteeCores: toCores, weightCores });
  }
  const quota = quotaFor(member, toCores, input);
  // Without a weight of its own a container weighs as little as its quota is: whoever is not ours
  // would come first.
  if (!input.isContested && !input.members.some(({ isWeighted }) => isWeighted)) return quota;
  const limit = usesAllOf(member) ? withBurst(quota) : quota;
  return { ...limit, weightCores: firstWeight(limit, input.isContested) };
}

/**
 * Of the target: a closed loop that waits longer for other things than CPU saves a part of its
 * quota by that.
 */
const MAX_OVERHEAD = 0.03;

// Who uses all of its quota saves none but while it is kept waiting.
const usesAllOf = ({ goal }: Member): boolean =>
  goal !== null &&
  goal.law.ratePerSecond === 0 &&
  goal.law.overheadSeconds < MAX_OVERHEAD * goal.aimSeconds;

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

// Bursts of arrivals make the tail of a queue, and services that come first keep a band waiting:
// what was not used before may be used then.
const withBurst = (quota: CpuLimit): CpuLimit => ({
  ...quota,
  burstUs: Math.floor((quota.cpuCores ?? 0) * quota.periodUs),
});

/** Whether a longer period alone is worth an update: where CPU is short it sets some free. */
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

function changesOf(input: DecideInput): readonly LimitChange[] {
  const { members, plan, capacityCores } = input;
  const finals = boundSteps(
    members,
    plan.allocationGoals.map(({ cores: wished }) => wished),
    capacityCores,
  );
  let spare = capacityCores - sum(finals);
  const changes: LimitChange[] = [];
  members.forEach((member, i) => {
    const assigned = plan.allocationGoals[i];
    const toCores = finals[i] ?? 0;
    const fromCores = member.heldCores;
    if (assigned === undefined || assigned.kind === 'keep') return;
    if (assigned.kind === 'bootstrap' && fromCores !== null && assigned.cores >= fromCores) return;
    const limit = limitFor(member, assigned, toCores, input);
    const mayStay =
      fromCores !== null && isNearEnough({ member, assigned, fromCores, toCores, limit }, input);
    if (mayStay && fromCores - toCores <= Math.max(0, spare))
      spare -= Math.max(0, fromCores - toCores);
    else changes.push({ member, assigned, fromCores, toCores, limit });
  });
  return changes;
}

function isNearEnough(
  { member, assigned, fromCores, toCores, limit }: LimitChange,
  input: DecideInput,
): boolean {
  const held = member.allocation.limit;
  if (held === null || fromCores === null) return false;
  if (member.isWeighted) return isNearWeight(held, limit);
  if (held.cpuCores === null || !keepsWeight(held, limit)) return false;
  return isSame(fromCores, toCores) && !wantsLonger(member, assigned, input);
}

// A weight of its own comes and goes with neighbours that have no quota, and with a contest.
const keepsWeight = (
  { weightCores: held }: CpuLimit,
  { weightCores: wanted }: CpuLimit,
): boolean =>
  held === undefined || wanted === undefined ? held === wanted : isSameWeight(held, wanted);

/** All limits given up: what plain Docker does. Only those that change. */
export function withoutLimits(
  members: readonly Member[],
  reason: string,
): readonly LimitDecision[] {
  return members.flatMap(({ allocation: { id, limit } }) =>
    sameLimit(limit, UNLIMITED) ? [] : [{ allocation: id, limit: UNLIMITED, reason }],
  );
}

// Whether staying is good enough was weighed before (keep.ts, shareRest in plan.ts).
const isSame = (fromCores: number, toCores: number): boolean =>
  Math.abs(toCores - fromCores) < MIN_CHANGE_RATIO * fromCores;

const cores = (value: number): string => value.toFixed(2);
const seconds = (value: number): string =>
  Number.isFinite(value) ? formatDurationMs(value * 1000) : 'an unbounded queue (overloaded)';
const percent = (ratio: number): string => `${Math.round(Math.abs(ratio) * 100)} %`;

function reasonOf(
  change: LimitChange,
  changes: readonly LimitChange[],
  plan: NodePlan,
  capacityCores: number,
): string {
  const { member, assigned, fromCores, toCores } = change;
  if (assigned.kind === 'bootstrap' && fromCores !== null)
    return `still without an answer: makes room for others${counterpart(change, changes)}`;
  if (assigned.kind === 'bootstrap' || member.goal === null)
    return (
      `start with ${cores(toCores)} of ${cores(capacityCores)} CPU until the first answer ` +
      'tells what a request costs'
    );
  const { goal, allocation } = member;
  if (member.isWeighted) return weightReason(change, plan);
  const target = formatDurationMs(allocation.target?.latencyMs ?? Number.NaN);
  const expected = seconds(latencySeconds(goal.law, toCores));
  const cost = `${goal.law.workSeconds.toPrecision(2)} CPU-s a request`;
  const now = fromCores === null ? '' : `, was ${nowWords(member, fromCores)}`;
  const part =
    assigned.kind === 'atTarget'
      ? `${expected} expected for ${target} (${cost})${now}`
      : `what is left: ${expected} expected, ${target} would take ${neededWords(member)} of ` +
        `${cores(plan.demandCores)} asked and ${cores(plan.leftCores)} there`;
  return `${part}${counterpart(change, changes)}`;
}

function weightReason({ member, assigned, toCores }: LimitChange, plan: NodePlan): string {
  const { goal, model, allocation } = member;
  const target = formatDurationMs(allocation.target?.latencyMs ?? Number.NaN);
  const rate = arrivalRateOf(model);
  const work = goal?.law.workSeconds ?? 0;
  const used =
    rate > 0
      ? `${rate.toPrecision(2)} requests/s use ${cores(rate * work)} CPU`
      : `${work.toPrecision(2)} CPU-s a request`;
  const what = `no quota, at most ${target} asked; ${cores(toCores)} CPU guaranteed by weight (${used})`;
  if (assigned.kind !== 'bestEffort') return what;
  return (
    `${what}; not all targets fit: they take ${cores(plan.demandCores)} of ` +
    `${cores(plan.leftCores)} CPU`
  );
}

const neededWords = ({ goal }: Member): string =>
  goal !== null && Number.isFinite(goal.aimCores)
    ? `${cores(goal.aimCores)} CPU`
    : 'more CPU than it can use';

function nowWords({ allocation, goal }: Member, heldCores: number): string {
  const { target, latencyMs } = allocation;
  const ms = latencyMs ?? (goal === null ? Number.NaN : latencySeconds(goal.law, heldCores) * 1000);
  if (target === null) return formatDurationMs(ms);
  const off = ms / target.latencyMs - 1;
  if (Math.abs(off) <= target.toleranceRatio) return `${formatDurationMs(ms)}, within`;
  return `${formatDurationMs(ms)}, ${percent(off)} ${off > 0 ? 'over' : 'under'}`;
}

// Who gets what this one gives, or gives what it gets: the largest move the other way.
function counterpart(
  { member, fromCores, toCores }: LimitChange,
  changes: readonly LimitChange[],
): string {
  if (fromCores === null) return '';
  const gives = toCores < fromCores;
  let best: LimitChange | undefined;
  for (const other of changes) {
    const moved = other.toCores - (other.fromCores ?? 0);
    if (other.member === member || (gives ? moved <= 0 : moved >= 0)) continue;
    if (best === undefined || Math.abs(moved) > Math.abs(best.toCores - (best.fromCores ?? 0)))
      best = other;
  }
  if (best === undefined) return gives ? '; the rest stays free' : '; from what was free';
  const amount = cores(
    Math.min(Math.abs(toCores - fromCores), Math.abs(best.toCores - (best.fromCores ?? 0))),
  );
  const other = best.member.allocation.job;
  return gives
    ? `; ${amount} given to ${other}${overWords(best.member)}`
    : `; ${amount} from ${other}`;
}

function overWords({ allocation: { target, latencyMs } }: Member): string {
  if (target === null || latencyMs === null) return '';
  const off = latencyMs / target.latencyMs - 1;
  return off > target.toleranceRatio ? `, ${percent(off)} over` : '';
}

export interface UnreachableInput {
  readonly node: SnapshotNode;
  readonly members: readonly Member[];
  readonly plan: NodePlan;
}

/** Targets that are not met here now, with what is and what it would take. */
export function unreachableOf({ node, members, plan }: UnreachableInput): readonly Unreachable[] {
  const unreachable: Unreachable[] = [];
  members.forEach((member, i) => {
    const assigned = plan.allocationGoals[i];
    const { goal, allocation, maxCores } = member;
    if (goal === null || allocation.target === null || assigned?.kind !== 'bestEffort') return;
    const slowCores = plan.reserved[i] ?? goal.slowCores;
    const isPossible = slowCores <= maxCores;
    const reachableSeconds = latencySeconds(goal.law, isPossible ? assigned.cores : maxCores);
    const neededCores = Number.isFinite(slowCores) ? slowCores : null;
    const { latencyMs: targetMs } = allocation.target;
    const reason = isPossible
      ? `${formatDurationMs(targetMs)} would take ${cores(slowCores)} CPU; all targets here ` +
        `ask for ${cores(plan.demandCores)} of ${cores(plan.leftCores)}; ` +
        `${seconds(reachableSeconds)} is what ${cores(assigned.cores)} gives`
      : impossibleWords(member, reachableSeconds);
    unreachable.push({
      allocation: allocation.id,
      job: allocation.job,
      node: node.id,
      targetMs,
      reachableMs: Number.isFinite(reachableSeconds) ? reachableSeconds * 1000 : null,
      neededCores,
      reason,
    });
  });
  return unreachable;
}

function impossibleWords({ goal, allocation, maxCores }: Member, reachableSeconds: number): string {
  const target = formatDurationMs(allocation.target?.latencyMs ?? Number.NaN);
  const best = `the best here is ${seconds(reachableSeconds)}`;
  if (goal === null || !Number.isFinite(goal.slowCores))
    return `${target} cannot be met with any amount of CPU; ${best}`;
  return (
    `${target} would take ${cores(goal.slowCores)} CPU, it may use ${cores(maxCores)}; ` + `${best}`
  );
}
