import { clamp, sum } from '../../../limits/fit.js';
import { arrivalRateOf } from '../../../model/fitted-law.js';
import { poolCoresFor } from '../../../model/pool.js';
import type { LatencyGoal } from '../latency-goal.js';
import type { Member } from '../member.js';

/** A member that is planned by its latency goal. */
export interface PlannedMember {
  readonly index: number;
  readonly member: Member;
  readonly goal: LatencyGoal;
}

/** A planned member with its minimum claims. */
export interface Claimant extends PlannedMember {
  readonly claim: MemberClaim;
}

/** CPU that a member must have, besides what its target takes. */
export interface MemberClaim {
  /** CPU that keeps its queue from growing, cores; less where the host is too small for all. */
  readonly floorCores: number;
  /** Of a ceiling: CPU to reserve so that it meets its target; null = as its goal says. */
  readonly reservedCores: number | null;
  /**
   * Offered load: CPU its requests take on average, cores; 0 = a closed loop, which takes what it
   * gets.
   */
  readonly useCores: number;
  /** CPU that keeps its queue short on average, cores; 0 = a closed loop. */
  readonly stableCores: number;
  /** Of a ceiling with open arrivals: the quota that its tail would take, cores. */
  readonly tailCores: number;
}

/** Claims of all planned members. */
export interface MemberClaims {
  /** Same order as the planned members. */
  readonly claims: readonly MemberClaim[];
  /** CPU that keeps all queues from growing, cores. */
  readonly stableCores: number;
  /** That exceeds the capacity: some queues grow under any decision. */
  readonly isOverloaded: boolean;
}

/**
 * A queue that is busier than `planned` grows at the first burst; where the host has no more CPU,
 * `borne` is accepted.
 */
const MAX_UTILISATION = { planned: 0.9, borne: 0.98 } as const;
/** On an overloaded host every member gets at least this part of its even share. */
export const MIN_STABLE_SHARE = 0.5;

/**
 * Offered load λ·W, cores: CPU that the requests of a service take on average, learnt from
 * arrivals; 0 = a closed loop.
 */
export const offeredLoadCores = ({
  member,
  goal,
}: Pick<PlannedMember, 'goal' | 'member'>): number =>
  arrivalRateOf(member.model) * goal.law.workSeconds;

/**
 * What each member must have. While Σ λW fits into `capacityCores`, a service with open arrivals is
 * never planned less than keeps its queue from growing (stability, ρ < 1). Where it does not fit,
 * each is planned at least half of its even share, so that none stands still. Ceilings with open
 * arrivals reserve CPU for their joint use: their queues are not all long at the same time, so this
 * is less than the sum of separate quotas.
 */
export function claimsOf(
  plannedMembers: readonly PlannedMember[],
  capacityCores: number,
): MemberClaims {
  const uses = plannedMembers.map(offeredLoadCores);
  const useCores = sum(uses);
  const utilisation = clamp(
    useCores / Math.max(1e-9, capacityCores - closedFloors(plannedMembers, uses)),
    MAX_UTILISATION.planned,
    MAX_UTILISATION.borne,
  );
  const least = plannedMembers.map(({ member }, i) =>
    Math.max(member.floorCores, (uses[i] ?? 0) / utilisation),
  );
  const stableCores = sum(least);
  const isOverloaded = stableCores > capacityCores + 1e-9 && useCores > 0;
  const scale = isOverloaded ? (MIN_STABLE_SHARE * capacityCores) / stableCores : 1;
  const pool = poolOf(plannedMembers, { uses, utilisation, capacityCores });
  const claims = plannedMembers.map((plannedMember, i): MemberClaim => {
    const use = uses[i] ?? 0;
    const { isWeighted, maxCores } = plannedMember.member;
    const floorCores = isOverloaded
      ? Math.max(plannedMember.member.floorCores, (least[i] ?? 0) * scale)
      : (least[i] ?? 0);
    const reservedCores = !isWeighted
      ? null
      : steady(plannedMember, use > 0 ? (pool.reserved[i] ?? 0) : plannedMember.goal.edgeCores);
    return {
      floorCores: Math.min(floorCores, maxCores),
      reservedCores,
      useCores: use,
      stableCores: use / MAX_UTILISATION.planned,
      tailCores: pool.tails[i] ?? 0,
    };
  });
  return { claims, stableCores, isOverloaded };
}

// What closed loops must have, cores.
function closedFloors(plannedMembers: readonly PlannedMember[], uses: readonly number[]): number {
  let total = 0;
  plannedMembers.forEach(({ member }, i) => {
    if (uses[i] === 0) total += member.floorCores;
  });
  return total;
}

/** Smaller changes of a claim are ignored, as a ratio, since all other limits depend on it. */
const CLAIM_DEAD_BAND = 0.1;

const steady = ({ member: { heldCores } }: PlannedMember, cores: number): number =>
  heldCores !== null && Math.abs(heldCores - cores) <= CLAIM_DEAD_BAND * cores ? heldCores : cores;

/**
 * Maximum share of the capacity that is reserved: the rest absorbs small changes, which would
 * otherwise each change all limits.
 */
const MAX_RESERVED_RATIO = 0.85;
/**
 * Share of the pool's need that is reserved beside quotas. Bands weigh less and catch up by their
 * burst, so the pool gets more of the host than they leave (real containers, 40 % use, three bands:
 * all held, and share within of the services 0.98; with the whole need a band was dropped, and
 * 0.97; n = 3 and 2).
 */
const POOL_SHARE_BESIDE_QUOTAS = 0.75;

interface PoolInput {
  readonly uses: readonly number[];
  readonly utilisation: number;
  readonly capacityCores: number;
}

interface Pool {
  /**
   * CPU reserved for each, cores: what keeps its queue from growing, and of the rest more for those
   * with tight targets.
   */
  readonly reserved: readonly number[];
  /**
   * The quota that the tail of each would take, cores; only what keeps its queue from growing where
   * the target cannot be met here at all.
   */
  readonly tails: readonly number[];
}

/** Nobody shares one. */
const NO_POOL: Pool = { reserved: [], tails: [] };

function poolOf(
  plannedMembers: readonly PlannedMember[],
  { uses, utilisation, capacityCores }: PoolInput,
): Pool {
  const isPooled = ({ member }: PlannedMember, i: number): boolean =>
    member.isWeighted && (uses[i] ?? 0) > 0;
  if (!plannedMembers.some(isPooled)) return NO_POOL;
  const isIn = plannedMembers.map(isPooled);
  const useCores = sum(uses.filter((_, i) => isIn[i]));
  const wholes = plannedMembers.map(({ goal }, i) => (isIn[i] ? poolCoresFor(goal, useCores) : 0));
  const stable = uses.map((use, i) => (isIn[i] ? use / utilisation : 0));
  const tails = plannedMembers.map((plannedMember, i) =>
    isIn[i] ? tailCores(plannedMember, stable[i] ?? 0) : 0,
  );
  const reachable = wholes.filter((cores) => cores <= capacityCores);
  const part = plannedMembers.some(({ member }) => !member.isWeighted)
    ? POOL_SHARE_BESIDE_QUOTAS
    : 1;
  const pooledCores =
    part * Math.min(sum(tails), Math.max(0, ...reachable), MAX_RESERVED_RATIO * capacityCores);
  const rest = Math.max(0, pooledCores - sum(stable));
  const all = sum(tails);
  const reserved = stable.map((cores, i) => cores + (all > 0 ? (rest * (tails[i] ?? 0)) / all : 0));
  return { reserved, tails };
}

function tailCores({ goal, member: { maxCores } }: PlannedMember, stableCores: number): number {
  const tail = Number.isFinite(goal.aimCores) ? goal.aimCores : 0;
  return Math.min(maxCores, Math.max(stableCores, tail));
}
