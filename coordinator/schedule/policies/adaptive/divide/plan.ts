import { sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import { chooseSatisfied, type KnapsackItem } from '../../../model/knapsack.js';
import type { Fairness } from '../../../types.js';
import { coresAt, MAX_BAND_SLACK } from '../latency-goal.js';
import { boundedCores, type Member } from '../members.js';
import { takeTurns } from './ageing.js';
import { type AllocationGoal, waitingSinceMs, wasDropped } from './allocation-goal.js';
import { drainCores } from './backlog.js';
import { type BestEffortClaim, shareBestEffort } from './best-effort.js';
import { allocateBootstrap, type BootstrapInput } from './bootstrap.js';
import {
  type Claimant,
  claimsOf,
  type MemberClaim,
  type MemberClaims,
  type PlannedMember,
} from './cpu-claims.js';
import { keepHeldLimits } from './hysteresis.js';
import { divideQueues } from './queues.js';

export interface NodePlan {
  /** Same order as the members. */
  readonly allocationGoals: readonly AllocationGoal[];
  /** 0 = everybody chosen is aimed at its target, 1 = at the slow edge of its band. */
  readonly bandSlack: number;
  /** CPU that all reachable targets together would take, cores. */
  readonly demandCores: number;
  /** What is there for them: what may be given out less what those without a goal hold, cores. */
  readonly leftCores: number;
  /** `tight`: not everybody reachable can be at its target; `loose`: with room to spare. */
  readonly cpuPressure: CpuPressure;
  /**
   * CPU to be set aside for each ceiling, cores; null = not a ceiling. Same order as the members.
   */
  readonly reserved: readonly (number | null)[];
  /** CPU that requests with open arrivals take on average, cores. */
  readonly useCores: number;
  /** Some ceilings with open arrivals come after others. */
  readonly isCrowded: boolean;
  /** CPU that keeps all queues from growing, cores. */
  readonly stableCores: number;
  /** That is more than may be given out. */
  readonly isOverloaded: boolean;
}
export type CpuPressure = 'high' | 'medium' | 'low';

export interface PlanInput {
  readonly members: readonly Member[];
  /** What may be given out, cores. */
  readonly capacityCores: number;
  readonly fairness: Fairness;
  readonly nowMs: number;
}

const BISECTIONS = 14;

/**
 * Divides a node's CPU. Σd(o) fits: everybody gets d(o), the rest stays idle; nobody is pushed out
 * of its band by speed. Else all are eased towards the slow edge of their bands; where even that
 * does not fit, as many (or as much weight) as possible are chosen, and the others share what is
 * left. Jobs of which nothing is known hold an equal share until their first answer. Ceilings get
 * no quota: what is set aside for them is their guarantee.
 */
export function planNode({ members, capacityCores, fairness, nowMs }: PlanInput): NodePlan {
  const allocationGoals: AllocationGoal[] = members.map(({ heldCores }) => ({
    kind: 'keep',
    cores: heldCores ?? 0,
  }));
  const plannedMembers = plannedMembersOf(members);
  const { claims, leftCores } = claimed(allocationGoals, {
    members,
    plannedMembers,
    capacityCores,
  });
  const claimants = plannedMembers.map((plannedMember, i) => ({
    ...plannedMember,
    claim: claims.claims[i] ?? NO_CLAIM,
  }));
  const divided = divide(claimants, leftCores, { fairness, nowMs });
  claimants.forEach(({ index }, i) => {
    allocationGoals[index] = divided.allocationGoals[i] ?? { kind: 'keep', cores: 0 };
  });
  const demandCores = sum(claimants.map(demandOf));
  const reserved: (number | null)[] = members.map(() => null);
  for (const { index, claim } of claimants) reserved[index] = claim.reservedCores;
  const useCores = sum(claims.claims.map((claim) => claim.useCores));
  const isCrowded = claimants.some(
    (one) => isOpenCeiling(one) && allocationGoals[one.index]?.kind === 'bestEffort',
  );
  const cpuPressure = cpuPressureOf(demandCores, leftCores);
  return {
    allocationGoals,
    bandSlack: divided.bandSlack,
    demandCores,
    leftCores,
    cpuPressure,
    reserved,
    useCores,
    isCrowded,
    ...of(claims),
  };
}

// What starters hold depends on what the others claim, and what those claim on what is left for
// them.
function claimed(allocationGoals: AllocationGoal[], input: Omit<BootstrapInput, 'claims'>) {
  const { plannedMembers, capacityCores } = input;
  const whole = claimsOf(plannedMembers, capacityCores);
  if (plannedMembers.length === input.members.length)
    return { claims: whole, leftCores: capacityCores };
  const heldCores = allocateBootstrap([...allocationGoals], { ...input, claims: whole.claims });
  const claims = claimsOf(plannedMembers, Math.max(0, capacityCores - heldCores));
  const held = allocateBootstrap(allocationGoals, { ...input, claims: claims.claims });
  return { claims, leftCores: Math.max(0, capacityCores - held) };
}

const of = ({
  stableCores,
  isOverloaded,
}: MemberClaims): Pick<MemberClaims, 'stableCores' | 'isOverloaded'> => ({
  stableCores,
  isOverloaded,
});

const NO_CLAIM: MemberClaim = {
  floorCores: 0,
  reservedCores: null,
  useCores: 0,
  tailCores: 0,
  stableCores: 0,
};

function plannedMembersOf(members: readonly Member[]): PlannedMember[] {
  const plannedMembers: PlannedMember[] = [];
  members.forEach((member, index) => {
    if (member.goal !== null && !member.isStale)
      plannedMembers.push({ index, member, goal: member.goal });
  });
  return plannedMembers;
}

function demandOf({ goal, claim }: Claimant): number {
  const cores = claim.reservedCores ?? goal.aimCores;
  return Number.isFinite(cores) ? cores : 0;
}

interface Divided {
  /** Same order as the claimants. */
  readonly allocationGoals: readonly AllocationGoal[];
  readonly bandSlack: number;
}

function divide(
  claimants: readonly Claimant[],
  leftCores: number,
  how: Pick<PlanInput, 'fairness' | 'nowMs'>,
): Divided {
  const chosen =
    how.fairness === 'maxmin'
      ? chooseAllOrNone(claimants, leftCores)
      : choose(claimants, leftCores, how);
  const allocationGoals: AllocationGoal[] = claimants.map(({ claim }, i) => ({
    kind: chosen[i] ? 'atTarget' : 'bestEffort',
    cores: chosen[i] ? (claim.reservedCores ?? 0) : 0,
  }));
  const indexes = claimants.map((_, i) => i);
  const queues = indexes.filter((i) => isOpenCeiling(claimants[i]));
  const at = (list: readonly number[]): readonly Claimant[] =>
    list.flatMap((i) => claimants[i] ?? []);
  const groupCores = Math.max(
    0,
    Math.min(
      sum(at(queues).map(({ claim }) => Math.max(claim.stableCores, claim.reservedCores ?? 0))),
      leftCores -
        sum(
          indexes.map((i) =>
            isOpenCeiling(claimants[i]) ? 0 : minCoresOf(claimants[i], chosen[i] ?? false),
          ),
        ),
    ),
  );
  const ranked = divideQueues(at(queues), { groupCores, ...how });
  queues.forEach((i, at) => {
    allocationGoals[i] = ranked[at] ?? { kind: 'bestEffort', cores: 0 };
  });
  const aimed = indexes.filter((i) => chosen[i] && claimants[i]?.claim.reservedCores === null);
  const others = indexes.filter((i) => !chosen[i] && !isOpenCeiling(claimants[i]));
  const floors = sum(at(others).map(({ claim }) => claim.floorCores));
  const aimCores = leftCores - floors - sum(allocationGoals.map(({ cores }) => cores));
  const bandSlack = minBandSlack(at(aimed), aimCores);
  const aims = aim(at(aimed), aimCores, bandSlack);
  aimed.forEach((i, at) => {
    allocationGoals[i] = { kind: 'atTarget', cores: aims[at] ?? 0 };
  });
  const shares = shareRest(at(others), leftCores - sum(allocationGoals.map(({ cores }) => cores)));
  others.forEach((i, at) => {
    allocationGoals[i] = { kind: 'bestEffort', cores: shares[at] ?? 0 };
  });
  return { allocationGoals, bandSlack };
}

const isOpenCeiling = (one: Claimant | undefined): boolean =>
  one !== undefined && one.claim.tailCores > 0;

// What one that is no queue takes at least: chosen at the slow edge, else its floor.
function minCoresOf(one: Claimant | undefined, isChosen: boolean): number {
  if (one === undefined) return 0;
  const { member, goal, claim } = one;
  if (!isChosen) return claim.floorCores;
  return Math.max(
    claim.floorCores,
    claim.reservedCores ?? boundedCores(member, coresAt(goal, MAX_BAND_SLACK)),
  );
}

// A queue that has built up is drained first, as far as there is CPU that nobody else was promised.
function aim(aimed: readonly Claimant[], aimCores: number, bandSlack: number): readonly number[] {
  const aims = keepHeldLimits(
    aimed.map(({ member, goal }) => ({
      member,
      goal,
      cores: boundedCores(member, coresAt(goal, bandSlack)),
    })),
    aimCores,
    bandSlack,
  );
  const drains = aimed.map(({ member, goal }, i) => drainCores(member, goal, aims[i] ?? 0));
  const wanted = sum(drains);
  if (wanted === 0) return aims;
  const part = Math.min(1, Math.max(0, aimCores - sum(aims)) / wanted);
  return aims.map((cores, i) => {
    const member = aimed[i]?.member;
    return member === undefined ? cores : boundedCores(member, cores + part * (drains[i] ?? 0));
  });
}

/** Below this share of what there is, nobody is squeezed. */
const LOW_PRESSURE_LOAD = 0.92;
function cpuPressureOf(demandCores: number, leftCores: number): CpuPressure {
  if (demandCores > leftCores) return 'high';
  return demandCores < LOW_PRESSURE_LOAD * leftCores ? 'low' : 'medium';
}

/**
 * Part of the rest that is given out anew: what is kept back takes up small changes of those who
 * are aimed at.
 */
const REST_SHARED_RATIO = 0.95;
const REST_DEAD_BAND = 0.3;

// Who has about its share already keeps it.
function shareRest(others: readonly Claimant[], restCores: number): readonly number[] {
  const fresh = shareBestEffort(others.map(bestEffortClaimOf), restCores * REST_SHARED_RATIO);
  const held = others.map(({ member }, i) =>
    boundedCores(member, member.heldCores ?? fresh[i] ?? 0),
  );
  const isNear = held.every(
    (cores, i) => Math.abs(cores - (fresh[i] ?? 0)) <= Math.max(0.005, REST_DEAD_BAND * cores),
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

const isReachable = ({ goal, claim, member }: Claimant): boolean =>
  (claim.reservedCores ?? goal.edgeCores) <= member.maxCores;

function chooseAllOrNone(claimants: readonly Claimant[], leftCores: number): readonly boolean[] {
  const reachable = claimants.filter(isReachable);
  const floors = sum(
    claimants.filter((one) => !isReachable(one)).map(({ claim }) => claim.floorCores),
  );
  const reserved = reachable.map(({ claim, goal }) =>
    Math.max(claim.floorCores, claim.reservedCores ?? goal.edgeCores),
  );
  const fits = sum(reserved) + floors <= leftCores;
  return claimants.map((one) => fits && isReachable(one));
}

/** Who was given up lately needs so much more room to come back. */
const READMIT_MARGIN = 1.025;

/**
 * Incumbents stay unless more can be had, or they do not fit any more; newcomers need their whole
 * margin.
 */
function choose(
  claimants: readonly Claimant[],
  leftCores: number,
  { fairness, nowMs }: Pick<PlanInput, 'fairness' | 'nowMs'>,
): readonly boolean[] {
  const items = claimants.map((one): KnapsackItem => {
    const { member, goal, claim } = one;
    const isIncumbent = member.model[Field.isChosen] === 1;
    const margin = !isIncumbent && wasDropped(member, nowMs) ? READMIT_MARGIN : 1;
    const cores =
      claim.reservedCores ?? (isIncumbent ? coresAt(goal, MAX_BAND_SLACK) : goal.edgeCores);
    const asked = Math.max(claim.floorCores, cores * margin);
    return {
      cores: asked <= member.maxCores ? boundedCores(member, asked) : Number.POSITIVE_INFINITY,
      floorCores: claim.floorCores,
      weight: fairness === 'weighted' ? member.allocation.weight : 1,
      isIncumbent,
    };
  });
  const all = sum(
    items.map(({ cores, floorCores }) => (Number.isFinite(cores) ? cores : floorCores)),
  );
  if (all <= leftCores + 1e-9) return items.map(({ cores }) => Number.isFinite(cores));
  const chosen = chooseSatisfied(items, leftCores);
  const candidates = items.map((candidate, i) => ({
    ...candidate,
    sinceMs: waitingSinceMs(claimants[i], nowMs),
  }));
  return takeTurns(candidates, chosen, leftCores, nowMs);
}

/** The least ease at which everybody chosen fits; steps of 1/10000 of the way. */
function minBandSlack(aimed: readonly PlannedMember[], leftCores: number): number {
  const reserved = (bandSlack: number): number =>
    sum(aimed.map(({ member, goal }) => boundedCores(member, coresAt(goal, bandSlack))));
  if (reserved(0) <= leftCores) return 0;
  let [low, high] = [0, 2];
  for (let round = 0; round < BISECTIONS; round += 1) {
    const middle = (low + high) / 2;
    if (reserved(middle) <= leftCores) high = middle;
    else low = middle;
  }
  return high;
}
