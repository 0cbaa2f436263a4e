import type { CpuLimit } from '../../shared/command.js';
import { showCores } from './figures.js';
import { fit, limitOf, sameLimit, sum, UNLIMITED } from './fit.js';
import type { Decision, LimitDecision, SnapshotAllocation, SnapshotNode } from './types.js';

interface Wish {
  readonly allocation: SnapshotAllocation;
  readonly limit: CpuLimit;
  readonly reason: string;
}

/** Has a place but no process: it takes no part in a policy, and holds its least CPU in case it is started again. */
export const isEnded = ({ state }: SnapshotAllocation): boolean => state === 'exited' || state === 'failed';

/** A policy sees only what it may limit. */
export const isSteered = (allocation: SnapshotAllocation): boolean =>
  allocation.control === 'enforce' && !isEnded(allocation);

/**
 * The last word on a node's limits, whatever the policy said: each allocation gets the policy's limit, else keeps its own; those we may not
 * change get none; if the sum is above allocatable, all shrink by one factor above their floors. Allocations that do not report
 * count in full. Returns only what changes, in the order of `node.allocations`.
 */
export function guardLimits(node: SnapshotNode, proposed: readonly LimitDecision[]): readonly Decision[] {
  const byId = new Map(proposed.map((decision) => [decision.allocation, decision]));
  const wishes = node.allocations.map((allocation) => wishOf(allocation, byId.get(allocation.id)));
  return shrinkToFit(wishes, node.allocatableCpuCores).flatMap(({ allocation, limit, reason }) =>
    sameLimit(allocation.limit, limit)
      ? []
      : [
          {
            kind: 'limit' as const,
            allocation: allocation.id,
            job: allocation.job,
            node: node.id,
            from: allocation.limit,
            to: limit,
            reason,
          },
        ],
  );
}

function wishOf(allocation: SnapshotAllocation, proposed: LimitDecision | undefined): Wish {
  if (allocation.control !== 'enforce')
    return { allocation, limit: UNLIMITED, reason: `control is ${allocation.control}: no limit of ours` };
  if (isEnded(allocation))
    return { allocation, limit: limitOf(allocation.minCores), reason: `${allocation.state}: holds its least CPU only` };
  if (proposed !== undefined) return { allocation, limit: proposed.limit, reason: proposed.reason };
  return { allocation, limit: allocation.limit ?? UNLIMITED, reason: 'unchanged' };
}

function shrinkToFit(wishes: readonly Wish[], capacityCores: number): readonly Wish[] {
  const wanted = wishes.map(({ limit }) => limit.cpuCores ?? 0);
  const total = sum(wanted);
  // Doubles: sums of exact quotas may differ from capacity by some 1e-15.
  if (total <= capacityCores + 1e-9) return wishes;
  const claims = wishes.map(({ allocation }, i) => {
    const wantCores = wanted[i] ?? 0;
    return { wantCores, floorCores: Math.min(wantCores, allocation.minCores) };
  });
  const fitted = fit(claims, capacityCores);
  return wishes.map((wish, i) => {
    if (wish.limit.cpuCores === null) return wish;
    const note = `shrunk to fit: ${showCores(total)} CPU asked of ${showCores(capacityCores)}`;
    return { ...wish, limit: limitOf(fitted[i] ?? 0), reason: wish.reason === 'unchanged' ? note : `${wish.reason}; ${note}` };
  });
}
