import { Field } from '../../../model/allocation-model.js';
import { arrivalRateOf } from '../../../model/fitted-law.js';
import { coresAt, type LatencyGoal, MAX_BAND_SLACK } from '../latency-goal.js';
import { boundedCores, type Member } from '../member.js';
import type { AllocationGoal } from './allocation-goal.js';
import { cpuPressureOf } from './cpu-pressure.js';
import { mayKeepHeld } from './hysteresis.js';
import type { NodePlan, NodePlanInput } from './node-plan.js';
import { startBoostsOf } from './start-boost.js';

/**
 * CPU that stays free beside all set points, cores: more than sums of the same numbers in another
 * order can differ by, so nobody would gain anything by leaving one out.
 */
const SURE_CORES = 1e-6;

/**
 * The plan of a node where all members are closed loops with a quota, all are served, and the set
 * points of all fit: so nearly every node is nearly always. Nobody has to be chosen then, so
 * nothing is made for a choice. Number by number what `planByChoice` says; null = it is not so.
 */
export function planAllServed(input: NodePlanInput): NodePlan | null {
  const { members, capacityCores, nowMs, lending, slowerRatio = 1 } = input;
  if (members.length === 0 || !members.every(isServedLoop)) return null;
  const sums = sumsOf(members);
  if (!fits(sums, capacityCores)) return null;
  const allocationGoals = goalsOf(members, Math.max(0, capacityCores - sums.aimCores));
  if (allocationGoals === null) return null;
  const { demandCores, stableCores } = sums;
  return {
    allocationGoals,
    startBoosts: startBoostsOf(members, allocationGoals, { lending, capacityCores, nowMs }),
    bandSlack: 0,
    demandCores,
    leftCores: capacityCores,
    slowerRatio,
    cpuPressure: cpuPressureOf(demandCores, capacityCores),
    reserved: members.map(() => null),
    useCores: 0,
    isCrowded: false,
    stableCores,
    isOverloaded: false,
  };
}

type ServedMember = Member & { readonly goal: LatencyGoal };

const isServedLoop = (member: Member): member is ServedMember =>
  member.goal !== null &&
  !member.isStale &&
  !member.isWeighted &&
  member.model[Field.isChosen] === 1 &&
  arrivalRateOf(member.model) === 0;

/** Sums over all members, cores. */
interface Sums {
  /** At their set points. */
  readonly aimCores: number;
  /** To stay chosen. That a host was slower lately keeps new ones away, and there are none. */
  readonly wantedCores: number;
  readonly demandCores: number;
  readonly stableCores: number;
}

function sumsOf(members: readonly ServedMember[]): Sums {
  let aimCores = 0;
  let wantedCores = 0;
  let demandCores = 0;
  let stableCores = 0;
  for (const member of members) {
    const { goal, floorCores, maxCores } = member;
    const least = Math.max(floorCores, 0);
    const wanted = Math.max(Math.min(least, maxCores), coresAt(goal, MAX_BAND_SLACK));
    aimCores += boundedCores(member, goal.aimCores);
    wantedCores += wanted <= maxCores ? boundedCores(member, wanted) : Number.POSITIVE_INFINITY;
    demandCores += Number.isFinite(goal.aimCores) ? goal.aimCores : 0;
    stableCores += least;
  }
  return { aimCores, wantedCores, demandCores, stableCores };
}

const fits = ({ aimCores, wantedCores }: Sums, capacityCores: number): boolean =>
  aimCores + SURE_CORES <= capacityCores && wantedCores <= capacityCores;

// Each keeps its limit where it may; null = not all of them can.
function goalsOf(members: readonly ServedMember[], spareCores: number): AllocationGoal[] | null {
  let more = 0;
  const goals = members.map((member): AllocationGoal => {
    const { goal, heldCores } = member;
    const planned = boundedCores(member, goal.aimCores);
    if (heldCores === null || !mayKeepHeld({ member, goal }, planned, 0))
      return { kind: 'atTarget', cores: planned };
    more += Math.max(0, heldCores - planned);
    return { kind: 'atTarget', cores: heldCores };
  });
  return more <= spareCores ? goals : null;
}
