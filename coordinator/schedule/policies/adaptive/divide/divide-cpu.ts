import { sum } from '../../../limits/fit.js';
import type { Fairness } from '../../../types.js';
import { coresAt, MAX_BAND_SLACK } from '../latency-goal.js';
import { boundedCores } from '../member.js';
import type { AllocationGoal } from './allocation-goal.js';
import { drainCores } from './backlog.js';
import { type BestEffortClaim, shareBestEffort } from './best-effort.js';
import { chooseAllOrNone, chooseMembers } from './choose-members.js';
import type { Claimant, PlannedMember } from './cpu-claims.js';
import { keepHeldLimits } from './hysteresis.js';
import type { NodePlanInput } from './node-plan.js';
import { divideQueues } from './queues.js';
import { thinOut } from './thin-out.js';

/** Steps of the search for the band slack: 2 / 2^14, about 1/10000 of the way. */
const BISECTIONS = 14;

interface Divided {
  /** Same order as the claimants. */
  readonly allocationGoals: readonly AllocationGoal[];
  readonly bandSlack: number;
}

/**
 * Divides what is left among the claimants: chooses who is at its target, gives ceilings with open
 * arrivals their part, the other chosen ones what their targets take, and the rest to the others.
 */
export function divideCpu(
  claimants: readonly Claimant[],
  leftCores: number,
  how: Pick<NodePlanInput, 'fairness' | 'nowMs'>,
): Divided {
  const chosen =
    how.fairness === 'maxmin'
      ? chooseAllOrNone(claimants, leftCores)
      : chooseMembers(claimants, leftCores, how);
  const allocationGoals: AllocationGoal[] = claimants.map(({ claim }, i) => ({
    kind: chosen[i] ? 'atTarget' : 'bestEffort',
    cores: chosen[i] ? (claim.reservedCores ?? 0) : 0,
  }));
  const indexes = claimants.map((_, i) => i);
  const queues = indexes.filter((i) => isOpenCeiling(claimants[i]));
  const at = (list: readonly number[]): readonly Claimant[] =>
    list.map((i) => claimants[i] as Claimant);
  if (queues.length > 0) {
    const groupCores = groupCoresOf(claimants, chosen, leftCores);
    const ranked = divideQueues(at(queues), { groupCores, ...how });
    queues.forEach((i, at) => {
      allocationGoals[i] = ranked[at] ?? { kind: 'bestEffort', cores: 0 };
    });
  }
  const isBand = (i: number): boolean => claimants[i]?.claim.reservedCores === null;
  const left = at(indexes.filter((i) => !chosen[i] && !isOpenCeiling(claimants[i])));
  const promised = [...left.map(({ claim }) => claim.floorCores), ...coresOf(allocationGoals)];
  const served = servedOf(at(indexes.filter((i) => chosen[i] && isBand(i))), {
    leftCores: leftCores - sum(promised),
    fairness: how.fairness,
  });
  const isAimed = (i: number): boolean => served.has(claimants[i] as Claimant);
  const aimed = indexes.filter(isAimed);
  const others = indexes.filter(
    (i) => !isAimed(i) && !isOpenCeiling(claimants[i]) && (!chosen[i] || isBand(i)),
  );
  const floors = sum(at(others).map(({ claim }) => claim.floorCores));
  const aimCores = leftCores - floors - sum(coresOf(allocationGoals));
  const bandSlack = minBandSlack(at(aimed), aimCores);
  const targetCores = allocateAtTarget(at(aimed), aimCores, bandSlack);
  aimed.forEach((i, at) => {
    allocationGoals[i] = { kind: 'atTarget', cores: targetCores[at] ?? 0 };
  });
  const restCores = leftCores - sum(coresOf(allocationGoals));
  const shares = shareRest(at(others), { restCores, leftCores });
  others.forEach((i, at) => {
    allocationGoals[i] = { kind: 'bestEffort', cores: shares[at] ?? 0 };
  });
  return { allocationGoals, bandSlack };
}

// CPU for all ceilings with open arrivals, beside what the others must have.
function groupCoresOf(
  claimants: readonly Claimant[],
  chosen: readonly boolean[],
  leftCores: number,
): number {
  const wanted = claimants
    .filter(isOpenCeiling)
    .map(({ claim }) => Math.max(claim.stableCores, claim.reservedCores ?? 0));
  const others = claimants.map((one, i) =>
    isOpenCeiling(one) ? 0 : minCoresOf(one, chosen[i] ?? false),
  );
  return Math.max(0, Math.min(sum(wanted), leftCores - sum(others)));
}

const coresOf = (allocationGoals: readonly AllocationGoal[]): readonly number[] =>
  allocationGoals.map(({ cores }) => cores);

// Which bands stay of those that fit.
const servedOf = (
  bands: readonly Claimant[],
  how: { readonly leftCores: number; readonly fairness: Fairness },
): ReadonlySet<Claimant> =>
  how.fairness === 'maxmin'
    ? new Set(bands)
    : thinOut(bands, { ...how, bandSlackOf: minBandSlack });

/** Whether it is a ceiling with open arrivals, whose queue shares a pool with its like. */
export const isOpenCeiling = (one: Claimant | undefined): boolean =>
  one !== undefined && one.claim.tailCores > 0;

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
    aimed.map(({ member, goal }) => ({
      member,
      goal,
      cores: boundedCores(member, coresAt(goal, bandSlack)),
    })),
    aimCores,
    bandSlack,
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

/** The smallest band slack at which all chosen members fit. */
function minBandSlack(aimed: readonly PlannedMember[], leftCores: number): number {
  const coresFor = (bandSlack: number): number => {
    let cores = 0;
    for (const { member, goal } of aimed) cores += boundedCores(member, coresAt(goal, bandSlack));
    return cores;
  };
  if (coresFor(0) <= leftCores) return 0;
  let [low, high] = [0, 2];
  for (let round = 0; round < BISECTIONS; round += 1) {
    const middle = (low + high) / 2;
    if (coresFor(middle) <= leftCores) high = middle;
    else low = middle;
  }
  return high;
}
