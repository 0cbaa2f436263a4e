import { sum } from '../fit.js';
import type { Goal } from './goal.js';
import { rateOf } from './laws.js';
import type { Member } from './members.js';
import { type PooledService, poolFor } from './pool.js';

/** One member that is planned by its goal. */
export interface Seeker {
  readonly index: number;
  readonly member: Member;
  readonly goal: Goal;
}

/** What a member must have, beside what its target takes. */
export interface Claim {
  /** CPU that keeps its queue from growing, cores; less where the host is too small for all. */
  readonly floorCores: number;
  /** Of a ceiling: CPU to be set aside so that it meets its target; null = as its goal says. */
  readonly needCores: number | null;
  /** CPU its requests take on average, cores; 0 = a closed loop, which takes what it gets. */
  readonly useCores: number;
}

export interface Claims {
  /** Same order as the seekers. */
  readonly claims: readonly Claim[];
  /** CPU that keeps all queues from growing, cores. */
  readonly aliveCores: number;
  /** More than may be given out: some queues grow, whatever is decided. */
  readonly isOverloaded: boolean;
  /** CPU the open ceilings take together so that all that can meet their targets do, cores. */
  readonly pooledCores: number;
}

/** A queue that is busier than this grows at the first burst. */
const MOST_UTILISATION = 0.9;
/** Of its even part of a host that is too small nobody gets less than this. */
const LEAST_ALIVE = 0.5;

/** λ·W, cores: what the requests of a service take on average, learnt from arrivals; 0 = a closed loop. */
export const useOf = ({ member, goal }: Seeker): number => rateOf(member.known) * goal.law.workSeconds;

const isOpenCeiling = ({ member }: Seeker, useCores: number): boolean => member.isWeighted && useCores > 0;

/**
 * What each member must have. A service with open arrivals is never planned less than keeps its queue
 * from growing, while all of that fits into `capacityCores`. Where it does not, each is planned at
 * least half of its even part, so that nobody stands still. Ceilings with open arrivals set CPU aside
 * for their joint use: their queues are not all long at the same time, so that the sum is less than
 * that of the quotas they would take one by one.
 */
export function claimsOf(seekers: readonly Seeker[], capacityCores: number): Claims {
  const uses = seekers.map(useOf);
  const alive = uses.map((cores) => cores / MOST_UTILISATION);
  const floors = seekers.map(({ member }) => member.floorCores);
  const least = floors.map((floor, i) => Math.max(floor, alive[i] ?? 0));
  const aliveCores = sum(least);
  const isOverloaded = aliveCores > capacityCores && sum(uses) > 0;
  const scale = isOverloaded ? (LEAST_ALIVE * capacityCores) / aliveCores : 1;
  const pooledCores = pooledCoresOf(seekers, uses, capacityCores);
  const pool = pooledShares(seekers, uses, pooledCores);
  const claims = seekers.map((seeker, i): Claim => {
    const use = uses[i] ?? 0;
    const floorCores = isOverloaded ? Math.max(floors[i] ?? 0, (least[i] ?? 0) * scale) : (least[i] ?? 0);
    const { isWeighted, mostCores } = seeker.member;
    const needCores = !isWeighted ? null : use > 0 ? (pool[i] ?? 0) : seeker.goal.edgeCores;
    return { floorCores: Math.min(floorCores, mostCores), needCores, useCores: use };
  });
  return { claims, aliveCores, isOverloaded, pooledCores };
}

function pooledCoresOf(seekers: readonly Seeker[], uses: readonly number[], capacityCores: number): number {
  const open = seekers.filter((seeker, i) => isOpenCeiling(seeker, uses[i] ?? 0));
  const useCores = sum(open.map(useOf));
  const quotas = sum(open.map(({ goal, member }) => Math.min(member.mostCores, goal.aimCores)));
  const needs = open.map(({ goal, member }) => poolFor(serviceOf(goal, member), useCores));
  const reachable = needs.filter((cores) => cores <= capacityCores);
  return Math.max(useCores / MOST_UTILISATION, Math.min(quotas, Math.max(0, ...reachable)));
}

/** As a service of a pool. */
export const serviceOf = (goal: Goal, member: Member): PooledService => ({
  law: goal.law,
  targetSeconds: goal.targetSeconds,
  useCores: rateOf(member.known) * goal.law.workSeconds,
});

// What keeps its queue from growing for each, and of the rest more for those whose targets are tight.
function pooledShares(seekers: readonly Seeker[], uses: readonly number[], pooledCores: number): readonly number[] {
  const isIn = seekers.map((seeker, i) => isOpenCeiling(seeker, uses[i] ?? 0));
  const alive = uses.map((use, i) => (isIn[i] ? use / MOST_UTILISATION : 0));
  const tails = seekers.map((seeker, i) => (isIn[i] ? tailCores(seeker, uses[i] ?? 0) : 0));
  const rest = Math.max(0, pooledCores - sum(alive));
  const all = sum(tails);
  return alive.map((cores, i) => cores + (all > 0 ? (rest * (tails[i] ?? 0)) / all : 0));
}

/** CPU that a quota would need for the tail, cores, within what the service can use. */
export function tailCores({ goal, member }: Pick<Seeker, 'goal' | 'member'>, useCores: number): number {
  const tail = Number.isFinite(goal.aimCores) ? goal.aimCores : member.mostCores;
  return Math.min(member.mostCores, Math.max(useCores / MOST_UTILISATION, tail));
}
