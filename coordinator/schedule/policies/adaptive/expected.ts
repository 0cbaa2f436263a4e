import { sum } from '../../limits/fit.js';
import { latencySeconds } from '../../model/latency-law.js';
import { pooledSeconds } from '../../model/pool.js';
import type { AllocationGoal } from './divide/allocation-goal.js';
import { offeredLoadCores } from './divide/cpu-claims.js';
import type { Member } from './member.js';

/**
 * What each member's statistic should be under a plan, s; null = nothing is known of it, Infinity =
 * its queue grows without bound. Quotas: by the law. Ceilings with open arrivals: in their shared
 * pool, on the CPU that quotas leave. Ceilings with closed loops: on the rest, in proportion to
 * guarantees.
 */
export function expectedSeconds(
  members: readonly Member[],
  allocationGoals: readonly AllocationGoal[],
  capacityCores: number,
): readonly (number | null)[] {
  const uses = members.map((member) =>
    member.goal === null ? 0 : offeredLoadCores({ member, goal: member.goal }),
  );
  const coresOf = (isIn: (member: Member, i: number) => boolean): number =>
    sum(allocationGoals.map(({ cores }, i) => (isIn(members[i] as Member, i) ? cores : 0)));
  const isOpen = (i: number): boolean => (uses[i] ?? 0) > 0;
  const quotas = coresOf(({ isWeighted }) => !isWeighted);
  const roomCores = Math.max(0, capacityCores - quotas);
  const useCores = sum(uses.map((use, i) => (members[i]?.isWeighted ? use : 0)));
  const closed = coresOf(({ isWeighted }, i) => isWeighted && !isOpen(i));
  const leftCores = Math.max(0, roomCores - useCores);
  return members.map((member, i) => {
    const { goal, isWeighted, maxCores } = member;
    const assigned = allocationGoals[i];
    if (goal === null || assigned === undefined) return null;
    if (!isWeighted) return latencySeconds(goal.law, assigned.cores);
    if (isOpen(i))
      return assigned.kind === 'bestEffort'
        ? Number.POSITIVE_INFINITY
        : pooledSeconds(goal, useCores, roomCores);
    const part = closed > 0 ? (leftCores * assigned.cores) / closed : 0;
    return latencySeconds(goal.law, Math.min(maxCores, Math.max(part, assigned.cores)));
  });
}
