import { sumOf } from '../../../limits/fit.js';
import type { Member } from '../member.js';
import type { AllocationGoal } from './allocation-goal.js';
import { allocateBootstrap, type BootstrapInput } from './bootstrap.js';
import { wasChosen } from './choose-members.js';
import { type Claimant, claimsOf, type MemberClaim, type PlannedMember } from './cpu-claims.js';
import { cpuPressureOf } from './cpu-pressure.js';
import { divideCpu, isOpenCeiling } from './divide-cpu.js';
import type { NodePlan, NodePlanInput } from './node-plan.js';
import { planAllServed } from './plan-all-served.js';
import { startBoostsOf } from './start-boost.js';

/**
 * Divides a node's CPU. If Σ d(o) fits, every job gets d(o) and the rest stays idle: no job is
 * pushed out of its band by speed. Else all are planned nearer to the slow edge of their bands;
 * where even that does not fit, as many (or as much weight) as possible are chosen and the others
 * share what is left. Jobs of which nothing is known hold an equal share until their first answer.
 * Ceilings get no quota: what is reserved for them is their guarantee.
 */
export const planNode = (input: NodePlanInput): NodePlan =>
  planAllServed(input) ?? planByChoice(input);

/** The same of any members, whether all fit or some have to be left out. */
export function planByChoice(input: NodePlanInput): NodePlan {
  const { members, capacityCores, fairness, nowMs, admission, lending } = input;
  const allocationGoals = members.map(() => NOT_YET_PLANNED);
  const plannedMembers = plannedMembersOf(members);
  const { claims, leftCores } = claimCpu(allocationGoals, {
    members,
    plannedMembers,
    capacityCores,
    nowMs,
  });
  const claimants = plannedMembers.map(({ index, member, goal }, i) => ({
    index,
    member,
    goal,
    claim: claims.claims[i] ?? NO_CLAIM,
  }));
  // Where nobody is served, a new one puts nobody at risk.
  const isHeld = claimants.some(({ member }) => wasChosen(member));
  const slowerRatio = isHeld ? (input.slowerRatio ?? 1) : 1;
  const divided = divideCpu(claimants, leftCores, { fairness, nowMs, slowerRatio, admission });
  claimants.forEach(({ index }, i) => {
    allocationGoals[index] = divided.allocationGoals[i] ?? NOT_YET_PLANNED;
  });
  const demandCores = sumOf(claimants, demandOf);
  const reserved: (number | null)[] = members.map(() => null);
  for (const { index, claim } of claimants) reserved[index] = claim.reservedCores;
  const useCores = sumOf(claims.claims, useCoresOf);
  const isCrowded = claimants.some(
    (one) => isOpenCeiling(one) && allocationGoals[one.index]?.kind === 'bestEffort',
  );
  const cpuPressure = cpuPressureOf(demandCores, leftCores);
  return {
    allocationGoals,
    startBoosts: startBoostsOf(members, allocationGoals, { lending, capacityCores, nowMs }),
    bandSlack: divided.bandSlack,
    demandCores,
    leftCores,
    slowerRatio,
    cpuPressure,
    reserved,
    useCores,
    isCrowded,
    stableCores: claims.stableCores,
    isOverloaded: claims.isOverloaded,
  };
}

/** Of members whose goal comes later, so that it is made once. */
const NOT_YET_PLANNED: AllocationGoal = { kind: 'keep', cores: 0 };

const useCoresOf = ({ useCores }: MemberClaim): number => useCores;

// What new members hold depends on what the others claim, and those claims depend on what is left.
function claimCpu(allocationGoals: AllocationGoal[], input: Omit<BootstrapInput, 'claims'>) {
  const { plannedMembers, capacityCores } = input;
  const whole = claimsOf(plannedMembers, capacityCores);
  if (plannedMembers.length === input.members.length)
    return { claims: whole, leftCores: capacityCores };
  const heldCores = allocateBootstrap([...allocationGoals], { ...input, claims: whole.claims });
  const claims = claimsOf(plannedMembers, Math.max(0, capacityCores - heldCores));
  const held = allocateBootstrap(allocationGoals, { ...input, claims: claims.claims });
  return { claims, leftCores: Math.max(0, capacityCores - held) };
}

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
