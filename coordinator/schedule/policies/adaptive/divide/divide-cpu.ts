import { sum, sumOf } from '../../../limits/fit.js';
import { leastStep } from '../../../model/least-step.js';
import { coresAt, MAX_BAND_SLACK } from '../latency-goal.js';
import { boundedCores } from '../member.js';
import type { AllocationGoal } from './allocation-goal.js';
import { drainCores } from './backlog.js';
import { type BestEffortClaim, shareBestEffort } from './best-effort.js';
import {
  chooseAllOrNone,
  chooseMembers,
  comersInTurn,
  type How,
  serveInTurn,
} from './choose-members.js';
import type { Claimant, MemberClaim, PlannedMember } from './cpu-claims.js';
import { keepHeldLimits } from './hysteresis.js';
import { divideQueues, type QueueInput } from './queues.js';
import { thinOut } from './thin-out.js';

/** The band slack is found in steps: all of it, 2, in 2^14, about 1/10000 of the way each. */
const SLACK_STEPS = 2 ** 14;
const SLACK_STEP = 2 / SLACK_STEPS;

interface Divided {
  /** Same order as the claimants. */
  readonly allocationGoals: readonly AllocationGoal[];
  readonly bandSlack: number;
}

/**
 * Divides what is left among the claimants: chooses who is at its target, gives ceilings with open
 * arrivals their part, the other chosen ones what their targets take, and the rest to the others.
 */
export function divideCpu(claimants: readonly Claimant[], leftCores: number, how: How): Divided {
  const chosen =
    how.fairness === 'maxmin'
      ? chooseAllOrNone(claimants, leftCores, how)
      : chooseMembers(claimants, leftCores, how);
  const allocationGoals = claimants.map(({ claim }, i) => firstGoalOf(claim, chosen[i] ?? false));
  if (claimants.some(isOpenCeiling))
    serveQueues(allocationGoals, claimants, {
      ...groupCoresOf(claimants, chosen, leftCores),
      ...how,
    });
  const aimed = servedOf(chosenBands(claimants, chosen), {
    leftCores: leftCores - promisedCores(claimants, chosen, allocationGoals),
    inTurn: comersInTurn(claimants, chosen, how.nowMs),
    ...how,
  });
  const others = othersOf(claimants, chosen, aimed);
  const aimCores = leftCores - sumOf(others, floorCoresOf) - sumOf(allocationGoals, coresOf);
  const bandSlack = minBandSlack(aimed, aimCores);
  const targetCores = allocateAtTarget(aimed, aimCores, bandSlack);
  give(allocationGoals, claimants, aimed, (at) => ({
    kind: 'atTarget',
    cores: targetCores[at] ?? 0,
  }));
  if (others.length === 0) return { allocationGoals, bandSlack };
  const restCores = leftCores - sumOf(allocationGoals, coresOf);
  const shares = shareRest(others, { restCores, leftCores });
  give(allocationGoals, claimants, others, (at) => ({
    kind: 'bestEffort',
    cores: shares[at] ?? 0,
  }));
  return { allocationGoals, bandSlack };
}

/** Goals of those that are looked at later, so that each of them is made once. */
const NOT_YET = {
  atTarget: { kind: 'atTarget', cores: 0 },
  bestEffort: { kind: 'bestEffort', cores: 0 },
} as const satisfies Record<string, AllocationGoal>;

function firstGoalOf({ reservedCores }: MemberClaim, isChosen: boolean): AllocationGoal {
  if (!isChosen) return NOT_YET.bestEffort;
  return reservedCores === null ? NOT_YET.atTarget : { kind: 'atTarget', cores: reservedCores };
}

const isBand = ({ claim }: Claimant): boolean => claim.reservedCores === null;
const floorCoresOf = ({ claim }: Claimant): number => claim.floorCores;
const coresOf = ({ cores }: AllocationGoal): number => cores;

// Writes the goals of some of the claimants, which come in the same order.
function give(
  allocationGoals: AllocationGoal[],
  claimants: readonly Claimant[],
  some: readonly Claimant[],
  goalAt: (at: number) => AllocationGoal,
): void {
  let at = 0;
  claimants.forEach((one, i) => {
    if (one !== some[at]) return;
    allocationGoals[i] = goalAt(at);
    at += 1;
  });
}

// Gives the ceilings with open arrivals their part.
function serveQueues(
  allocationGoals: AllocationGoal[],
  claimants: readonly Claimant[],
  input: QueueInput,
): void {
  const queues = claimants.filter(isOpenCeiling);
  const ranked = divideQueues(queues, input);
  give(allocationGoals, claimants, queues, (at) => ranked[at] ?? NOT_YET.bestEffort);
}

// What is given already, and the floors of those that are left out, cores.
function promisedCores(
  claimants: readonly Claimant[],
  chosen: readonly boolean[],
  allocationGoals: readonly AllocationGoal[],
): number {
  let total = 0;
  claimants.forEach((one, i) => {
    if (chosen[i] !== true && !isOpenCeiling(one)) total += one.claim.floorCores;
  });
  for (const { cores } of allocationGoals) total += cores;
  return total;
}

// Nearly always all of them.
function chosenBands(
  claimants: readonly Claimant[],
  chosen: readonly boolean[],
): readonly Claimant[] {
  const isIn = (one: Claimant, i: number): boolean => chosen[i] === true && isBand(one);
  return claimants.every(isIn) ? claimants : claimants.filter(isIn);
}

// Those that share the rest. `aimed` comes in the order of the claimants.
function othersOf(
  claimants: readonly Claimant[],
  chosen: readonly boolean[],
  aimed: readonly Claimant[],
): readonly Claimant[] {
  if (aimed.length === claimants.length) return NOBODY;
  let at = 0;
  return claimants.filter((one, i) => {
    if (one !== aimed[at]) return !isOpenCeiling(one) && (chosen[i] !== true || isBand(one));
    at += 1;
    return false;
  });
}

const NOBODY: readonly Claimant[] = [];

// CPU for all ceilings with open arrivals, beside what the others must have.
function groupCoresOf(
  claimants: readonly Claimant[],
  chosen: readonly boolean[],
  leftCores: number,
): Pick<QueueInput, 'groupCores' | 'roomCores'> {
  const wanted = claimants
    .filter(isOpenCeiling)
    .map(({ claim }) => Math.max(claim.stableCores, claim.reservedCores ?? 0));
  const others = claimants.map((one, i) =>
    isOpenCeiling(one) ? 0 : minCoresOf(one, chosen[i] ?? false),
  );
  const roomCores = Math.max(0, leftCores - sum(others));
  return { roomCores, groupCores: Math.min(sum(wanted), roomCores) };
}

// Which bands stay of those that fit, in the same order.
function servedOf(
  bands: readonly Claimant[],
  how: How & { readonly leftCores: number; readonly inTurn: ReadonlySet<Claimant> },
): readonly Claimant[] {
  if (how.fairness === 'maxmin') return bands;
  return serveInTurn(bands, thinOut(bands, { ...how, bandSlackOf: minBandSlack }), how);
}

/** Whether it is a ceiling with open arrivals, whose queue shares a pool with its like. */
export const isOpenCeiling = ({ claim }: Claimant): boolean => claim.tailCores > 0;

// Minimum CPU of a member that is no open ceiling: at the slow edge if it is chosen, else its
// floor.
function minCoresOf({ member, goal, claim }: Claimant, isChosen: boolean): number {
  if (!isChosen) return claim.floorCores;
  return Math.max(
    claim.floorCores,
    claim.reservedCores ?? boundedCores(member, coresAt(goal, MAX_BAND_SLACK)),
  );
}

// A queue that has built up is drained first, as far as there is CPU that no other member was
// promised.
function allocateAtTarget(
  aimed: readonly Claimant[],
  aimCores: number,
  bandSlack: number,
): readonly number[] {
  const targetCores = keepHeldLimits(
    aimed,
    aimed.map(({ member, goal }) => boundedCores(member, coresAt(goal, bandSlack))),
    { leftCores: aimCores, bandSlack },
  );
  const drains = aimed.map(({ member, goal }, i) => drainCores(member, goal, targetCores[i] ?? 0));
  const wanted = sum(drains);
  if (wanted === 0) return targetCores;
  const part = Math.min(1, Math.max(0, aimCores - sum(targetCores)) / wanted);
  return targetCores.map((cores, i) => {
    const member = aimed[i]?.member;
    return member === undefined ? cores : boundedCores(member, cores + part * (drains[i] ?? 0));
  });
}

/**
 * Share of the rest that is given out: the remainder absorbs small changes of members at their
 * targets.
 */
const REST_SHARED_RATIO = 0.95;

/**
 * Best-effort limits that differ less than this from their new share stay, as a ratio of the limit
 * and of the CPU there is: the rest is as uncertain as what the node delivers, and their targets
 * are missed with either.
 */
const REST_DEAD_BAND = { limit: 0.3, node: 0.03 } as const;

/** What those that are not at their targets share. */
interface Rest {
  readonly restCores: number;
  /** CPU of all members, cores. */
  readonly leftCores: number;
}

// Limits that are near their new share stay (hysteresis).
function shareRest(others: readonly Claimant[], { restCores, leftCores }: Rest): readonly number[] {
  const fresh = shareBestEffort(others.map(bestEffortClaimOf), restCores * REST_SHARED_RATIO);
  const held = others.map(({ member }, i) =>
    boundedCores(member, member.heldCores ?? fresh[i] ?? 0),
  );
  const isNear = held.every(
    (cores, i) =>
      Math.abs(cores - (fresh[i] ?? 0)) <=
      Math.max(REST_DEAD_BAND.node * leftCores, REST_DEAD_BAND.limit * cores),
  );
  return isNear && sum(held) <= restCores ? held : fresh;
}

const bestEffortClaimOf = ({ member, goal, claim }: Claimant): BestEffortClaim => ({
  law: goal.law,
  aimSeconds: goal.aimSeconds,
  weight: member.allocation.weight,
  floorCores: claim.floorCores,
  maxCores: member.maxCores,
});

/** The smallest band slack at which all chosen members, or all but one of them, fit. */
function minBandSlack(
  aimed: readonly PlannedMember[],
  leftCores: number,
  without?: PlannedMember,
): number {
  const excessAt = (step: number): number => {
    let cores = 0;
    for (const one of aimed)
      if (one !== without) cores += boundedCores(one.member, coresAt(one.goal, step * SLACK_STEP));
    return cores - leftCores;
  };
  const excess = excessAt(0);
  return excess <= 0 ? 0 : leastStep(SLACK_STEPS, excess, excessAt) * SLACK_STEP;
}
