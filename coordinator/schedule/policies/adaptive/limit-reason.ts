import type { CpuLimit } from '../../../../shared/command.js';
import { formatDurationMs } from '../../../../shared/units.js';
import { Field } from '../../model/allocation-model.js';
import { arrivalRateOf } from '../../model/fitted-law.js';
import { latencySeconds } from '../../model/latency-law.js';
import type { AllocationGoal } from './divide/allocation-goal.js';
import type { NodePlan } from './divide/node-plan.js';
import type { Member } from './member.js';

/** A limit that changes, with its causes. */
export interface LimitChange {
  readonly member: Member;
  readonly assigned: AllocationGoal;
  readonly fromCores: number | null;
  readonly toCores: number;
  /** What of it is lent until the first answer, cores. */
  readonly boostCores: number;
  readonly limit: CpuLimit;
}

/** A number with two digits that count, and no exponent where it is large: `0.060`, `512`. */
export const twoDigits = (value: number): string =>
  value < 99.5 ? value.toPrecision(2) : value.toFixed(0);

/** Cores with two decimals. */
export const formatCpu = (value: number): string => value.toFixed(2);

const NO_CPU = formatCpu(0);

/** A response time, or that there is none because the queue grows without bound. */
export const formatLatency = (value: number): string =>
  Number.isFinite(value) ? formatDurationMs(value * 1000) : 'unbounded queue (overloaded)';

const formatPercent = (ratio: number): string => `${Math.round(Math.abs(ratio) * 100)} %`;

/**
 * Why a limit changes: what is expected of it, what the target takes, and which job gains or loses
 * the CPU.
 */
export function limitReason(
  change: LimitChange,
  changes: readonly LimitChange[],
  plan: NodePlan,
  capacityCores: number,
): string {
  const { member, assigned, fromCores, toCores, boostCores } = change;
  if (assigned.kind === 'bootstrap' && fromCores !== null)
    return toCores < fromCores
      ? `no answer yet: reduced to free CPU for others${counterpart(change, changes)}`
      : `no answer yet: raised to ${formatCpu(toCores)} CPU${counterpart(change, changes)}`;
  if (assigned.kind === 'bootstrap' || member.goal === null)
    return (
      `initial limit: ${formatCpu(toCores)} of ${formatCpu(capacityCores)} CPU until the ` +
      'first answer shows what a request costs'
    );
  const { goal, allocation } = member;
  if (member.isWeighted) return weightReason(change, plan);
  const target = formatDurationMs(allocation.target?.latencyMs ?? Number.NaN);
  if (boostCores > 0)
    return (
      `starting: ${formatCpu(toCores)} CPU until its first answer, of which ` +
      `${formatCpu(boostCores)} are lent; ${target} takes ${formatCpu(assigned.cores)}` +
      (fromCores !== null && toCores < fromCores ? counterpart(change, changes) : '')
    );
  const expected = formatLatency(latencySeconds(goal.law, toCores));
  const cost = costText(member);
  const now = fromCores === null ? '' : `, was ${describeNow(member, fromCores)}`;
  const part =
    assigned.kind === 'atTarget'
      ? `${expected} expected for ${target} (${cost})${now}`
      : `best effort: ${expected} expected; ${target} would take ${describeNeeded(member)}, all ` +
        `targets need ${describeDemand(plan)}`;
  return `${part}${counterpart(change, changes)}`;
}

// One whose CPU explains nothing is planned by its response times, and the reason says so.
function costText({ goal, model }: Member): string {
  if (model[Field.isRefuted] === 0)
    return `${twoDigits(goal?.law.workSeconds ?? 0)} CPU-s per request`;
  const spent = twoDigits(model[Field.workSeconds] / Math.max(1e-9, model[Field.workCount]));
  return (
    `by its response times: the ${spent} CPU-s that it spends per request do not explain them; ` +
    'threads that spin, or more clients than are known'
  );
}

function weightReason({ member, assigned, toCores }: LimitChange, plan: NodePlan): string {
  const { goal, model, allocation } = member;
  const target = formatDurationMs(allocation.target?.latencyMs ?? Number.NaN);
  const rate = arrivalRateOf(model);
  const work = goal?.law.workSeconds ?? 0;
  const used =
    rate > 0
      ? `${twoDigits(rate)} requests/s use ${formatCpu(rate * work)} CPU`
      : `${twoDigits(work)} CPU-s per request`;
  const guaranteed = `${formatCpu(toCores)} CPU guaranteed by weight`;
  const what = `no quota (ceiling ${target}); ${guaranteed} (${used})`;
  if (assigned.kind !== 'bestEffort') return what;
  return `${what}; not all targets fit: they need ${describeDemand(plan)}`;
}

/** CPU that all targets of a node need, and of what. New jobs have to fit at the usual speed. */
export function describeDemand({ demandCores, leftCores, slowerRatio = 1 }: NodePlan): string {
  const now = `${formatCpu(demandCores)} of ${formatCpu(leftCores)} CPU`;
  if (slowerRatio === 1 || demandCores > leftCores) return now;
  return `${now}, and needed ${formatCpu(demandCores * slowerRatio)} lately`;
}

const describeNeeded = ({ goal }: Member): string =>
  goal !== null && Number.isFinite(goal.aimCores)
    ? `${formatCpu(goal.aimCores)} CPU`
    : 'more CPU than it can use';

function describeNow({ allocation, goal }: Member, heldCores: number): string {
  const { target, latencyMs } = allocation;
  const ms = latencyMs ?? (goal === null ? Number.NaN : latencySeconds(goal.law, heldCores) * 1000);
  if (target === null) return formatDurationMs(ms);
  const off = ms / target.latencyMs - 1;
  if (Math.abs(off) <= target.toleranceRatio) return `${formatDurationMs(ms)}, within`;
  if (isManyTimes(off)) return `${formatDurationMs(ms)}, ${timesText(off)} the target`;
  return `${formatDurationMs(ms)}, ${formatPercent(off)} ${off > 0 ? 'over' : 'under'}`;
}

// The job that gets what this one gives, or gives what it gets: the largest change in the other
// direction.
function counterpart(
  { member, fromCores, toCores }: LimitChange,
  changes: readonly LimitChange[],
): string {
  // Where only its period, burst or weight changes, no CPU goes from one to another.
  if (fromCores === null || formatCpu(Math.abs(toCores - fromCores)) === NO_CPU) return '';
  const gives = toCores < fromCores;
  let best: LimitChange | undefined;
  for (const other of changes) {
    const moved = other.toCores - (other.fromCores ?? 0);
    if (other.member === member || (gives ? moved <= 0 : moved >= 0)) continue;
    if (best === undefined || Math.abs(moved) > Math.abs(best.toCores - (best.fromCores ?? 0)))
      best = other;
  }
  if (best === undefined) return gives ? '; the rest stays free' : '; from free CPU';
  const amount = formatCpu(
    Math.min(Math.abs(toCores - fromCores), Math.abs(best.toCores - (best.fromCores ?? 0))),
  );
  if (amount === NO_CPU) return '';
  const other = best.member.allocation.job;
  return gives
    ? `; ${amount} given to ${other}${describeOver(best.member)}`
    : `; ${amount} from ${other}`;
}

function describeOver({ allocation: { target, latencyMs } }: Member): string {
  if (target === null || latencyMs === null) return '';
  const off = latencyMs / target.latencyMs - 1;
  if (isManyTimes(off)) return `, ${timesText(off)} its target`;
  return off > target.toleranceRatio ? `, ${formatPercent(off)} over` : '';
}

/** Per cent of thousands say nothing: `82903 % over` is 830 times the target. */
const isManyTimes = (off: number): boolean => Number.isFinite(off) && off >= 9;
const timesText = (off: number): string => `${Math.round(off + 1)} times`;
