import { clamp, sum } from '../../../limits/fit.js';
import { arrivalRateOf } from '../../../model/fitted-law.js';
import { poolCoresFor } from '../../../model/pool.js';
import type { LatencyGoal } from '../latency-goal.js';
import type { Member } from '../member.js';

/** One member that is planned by its goal. */
export interface PlannedMember {
  readonly index: number;
  readonly member: Member;
  readonly goal: LatencyGoal;
}

/** A seeker with what it must have. */
export interface Claimant extends PlannedMember {
  readonly claim: MemberClaim;
}

/** What a member must have, beside what its target takes. */
export interface MemberClaim {
  /** CPU that keeps its queue from growing, cores; less where the host is too small for all. */
  readonly floorCores: number;
  /** Of a ceiling: CPU to be set aside so that it meets its target; null = as its goal says. */
  readonly reservedCores: number | null;
  /** CPU its requests take on average, cores; 0 = a closed loop, which takes what it gets. */
  readonly useCores: number;
  /** CPU that keeps its queue short on average, cores; 0 = a closed loop. */
  readonly stableCores: number;
  /** Of an open ceiling: what a quota would have to be for its tail, cores. */
  readonly tailCores: number;
}

export interface MemberClaims {
  /** Same order as the seekers. */
  readonly claims: readonly MemberClaim[];
  /** CPU that keeps all queues from growing, cores. */
  readonly stableCores: number;
  /** More than may be given out: some queues grow, whatever is decided. */
  readonly isOverloaded: boolean;
}

/**
 * A queue that is busier than this grows at the first burst; where the host has no more to give,
 * than that.
 */
const MAX_UTILISATION = { planned: 0.9, borne: 0.98 } as const;
/** Of its even part of a host that is too small nobody gets less than this. */
export const MIN_STABLE_SHARE = 0.5;

/**
 * λ·W, cores: what the requests of a service take on average, learnt from arrivals; 0 = a closed
 * loop.
 */
export const offeredLoadCores = ({
  member,
  goal,
}: Pick<PlannedMember, 'goal' | 'member'>): number =>
  arrivalRateOf(member.model) * goal.law.workSeconds;

/**
 * What each member must have. A service with open arrivals is never planned less than keeps its
 * queue from growing, while all of that fits into `capacityCores`. Where it does not, each is
 * planned at least half of its even part, so that nobody stands still. Ceilings with open arrivals
 * set CPU aside for their joint use: their queues are not all long at the same time, so that the
 * sum is less than that of the quotas they would take one by one.
 */
export function claimsOf(
  plannedMembers: readonly PlannedMember[],
  capacityCores: number,
): MemberClaims {
  const uses = plannedMembers.map(offeredLoadCores);
  const floors = plannedMembers.map(({ member }) => member.floorCores);
  const others = sum(floors.filter((_, i) => uses[i] === 0));
  const utilisation = clamp(
    sum(uses) / Math.max(1e-9, capacityCores - others),
    MAX_UTILISATION.planned,
    MAX_UTILISATION.borne,
  );
  const least = floors.map((floor, i) => Math.max(floor, (uses[i] ?? 0) / utilisation));
  const stableCores = sum(least);
  const isOverloaded = stableCores > capacityCores + 1e-9 && sum(uses) > 0;
  const scale = isOverloaded ? (MIN_STABLE_SHARE * capacityCores) / stableCores : 1;
  const pool = poolOf(plannedMembers, { uses, utilisation, capacityCores });
  const claims = plannedMembers.map((plannedMember, i): MemberClaim => {
    const use = uses[i] ?? 0;
    const floorCores = isOverloaded
      ? Math.max(floors[i] ?? 0, (least[i] ?? 0) * scale)
      : (least[i] ?? 0);
    const { isWeighted, maxCores } = plannedMember.member;
    const reservedCores = !isWeighted
      ? null
      : steady(plannedMember, use > 0 ? (pool.reserved[i] ?? 0) : plannedMember.goal.edgeCores);
    return {
      floorCores: Math.min(floorCores, maxCores),
      reservedCores,
      useCores: use,
      ...tellingOf(use, pool.tails[i] ?? 0),
    };
  });
  return { claims, stableCores, isOverloaded };
}

const tellingOf = (
  useCores: number,
  tailCores: number,
): Pick<MemberClaim, 'stableCores' | 'tailCores'> => ({
  stableCores: useCores / MAX_UTILISATION.planned,
  tailCores,
});

/** Changes of a need that are not worth one of all that hangs on it, as a ratio. */
const STEADY = 0.1;

const steady = ({ member: { heldCores } }: PlannedMember, cores: number): number =>
  heldCores !== null && Math.abs(heldCores - cores) <= STEADY * cores ? heldCores : cores;

/**
 * Set aside at most this part of what there is: what is left takes up small changes, or each would
 * be one of all.
 */
const HEADROOM = 0.85;
/**
 * Of the pool's need so much is set aside beside quotas: bands weigh less and catch up by their
 * burst, so that the pool has more of the host than they leave (real containers, 40 % use, three
 * bands: all held, and share within of the services 0.98; with the whole need a band was given up,
 * and 0.97; n = 3 and 2).
 */
const BESIDE_QUOTAS = 0.75;

interface PoolInput {
  readonly uses: readonly number[];
  readonly utilisation: number;
  readonly capacityCores: number;
}

interface Pool {
  /**
   * What each sets aside, cores: what keeps its queue from growing, and of the rest more for those
   * whose targets are tight.
   */
  readonly reserved: readonly number[];
  /**
   * What a quota would have to be for the tail of each, cores; no more than keeps its queue from
   * growing where the target cannot be met here at all.
   */
  readonly tails: readonly number[];
}

function poolOf(
  plannedMembers: readonly PlannedMember[],
  { uses, utilisation, capacityCores }: PoolInput,
): Pool {
  const isIn = plannedMembers.map(({ member }, i) => member.isWeighted && (uses[i] ?? 0) > 0);
  const useCores = sum(uses.filter((_, i) => isIn[i]));
  const wholes = plannedMembers.map(({ goal }, i) => (isIn[i] ? poolCoresFor(goal, useCores) : 0));
  const stable = uses.map((use, i) => (isIn[i] ? use / utilisation : 0));
  const tails = plannedMembers.map((plannedMember, i) =>
    isIn[i] ? tailCores(plannedMember, stable[i] ?? 0) : 0,
  );
  const reachable = wholes.filter((cores) => cores <= capacityCores);
  const part = plannedMembers.some(({ member }) => !member.isWeighted) ? BESIDE_QUOTAS : 1;
  const pooledCores =
    part * Math.min(sum(tails), Math.max(0, ...reachable), HEADROOM * capacityCores);
  const rest = Math.max(0, pooledCores - sum(stable));
  const all = sum(tails);
  const reserved = stable.map((cores, i) => cores + (all > 0 ? (rest * (tails[i] ?? 0)) / all : 0));
  return { reserved, tails };
}

function tailCores({ goal, member: { maxCores } }: PlannedMember, stableCores: number): number {
  const tail = Number.isFinite(goal.aimCores) ? goal.aimCores : 0;
  return Math.min(maxCores, Math.max(stableCores, tail));
}
