import { type CpuLimit, guaranteedCores, sameLimit } from '../../../shared/command.js';
import type { Decision, LimitDecision, SnapshotAllocation, SnapshotNode } from '../types.js';
import { type Claim, fitClaims, LEAST_LIMIT_CORES, limitOf, sum, UNLIMITED } from './fit.js';
import { formatCores } from './format.js';

interface Wish {
  readonly allocation: SnapshotAllocation;
  readonly limit: CpuLimit;
  readonly reason: string;
}

/**
 * Has a place but no process: it takes no part in a policy, and holds its least CPU in case it is
 * started again.
 */
export const isEnded = ({ state }: SnapshotAllocation): boolean =>
  state === 'exited' || state === 'failed';

/**
 * What an ended allocation holds, cores: its least CPU, or less where it had to shrink before; 0
 * for others.
 */
export const endedCores = (allocation: SnapshotAllocation): number =>
  isEnded(allocation) && allocation.control === 'enforce'
    ? (limitOf(Math.min(allocation.minCores, allocation.limit?.cpuCores ?? allocation.minCores))
        .cpuCores ?? 0)
    : 0;

/** A policy sees only what it may limit. */
export const isSteered = (allocation: SnapshotAllocation): boolean =>
  allocation.control === 'enforce' && !isEnded(allocation);

/**
 * The last word on a node's limits, whatever the policy said: each allocation gets the policy's
 * limit, else keeps its own; those we may not change get none; if the sum of what is guaranteed
 * (quotas, or guarantees by weight) is above allocatable, all guarantees shrink by one factor above
 * their floors. Allocations that do not report count in full. Returns only what changes, in the
 * order of `node.allocations`.
 */
export function guardLimits(
  node: SnapshotNode,
  proposed: readonly LimitDecision[],
): readonly Decision[] {
  if (proposed.length === 0 && isSettled(node)) return NOTHING;
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

const NOTHING: readonly Decision[] = [];

// Nothing asked, nothing to put right: the state of most nodes most of the time.
function isSettled({ allocations, allocatableCpuCores }: SnapshotNode): boolean {
  let total = 0;
  for (const allocation of allocations) {
    if (!isSteered(allocation) || allocation.limit === null) return false;
    total += guaranteedCores(allocation.limit);
  }
  return total <= allocatableCpuCores + 1e-9;
}

// What is no number could not be read again where it is stored.
const isAmount = ({ cpuCores, guaranteeCores, weightCores, burstUs }: CpuLimit): boolean =>
  (cpuCores === null || (Number.isFinite(cpuCores) && cpuCores > 0)) &&
  [guaranteeCores, weightCores, burstUs].every(
    (amount) => amount === undefined || (Number.isFinite(amount) && amount >= 0),
  );

function wishOf(allocation: SnapshotAllocation, proposed: LimitDecision | undefined): Wish {
  if (allocation.control !== 'enforce')
    return {
      allocation,
      limit: UNLIMITED,
      reason: `control is ${allocation.control}: no limit of ours`,
    };
  if (isEnded(allocation))
    return {
      allocation,
      limit: limitOf(endedCores(allocation)),
      reason: `${allocation.state}: holds its least CPU only`,
    };
  if (proposed !== undefined && isAmount(proposed.limit))
    return { allocation, limit: proposed.limit, reason: proposed.reason };
  return { allocation, limit: allocation.limit ?? UNLIMITED, reason: 'unchanged' };
}

function shrinkToFit(wishes: readonly Wish[], capacityCores: number): readonly Wish[] {
  const wanted = wishes.map(({ limit }) => guaranteedCores(limit));
  const total = sum(wanted);
  // Doubles: sums of exact quotas may differ from capacity by some 1e-15.
  if (total <= capacityCores + 1e-9) return wishes;
  const claims = wishes.map(({ allocation }, i) => {
    const wantCores = wanted[i] ?? 0;
    const floorCores = Math.max(Math.min(wantCores, allocation.minCores), LEAST_LIMIT_CORES);
    return wantCores === 0 ? NO_CLAIM : { wantCores, floorCores: Math.min(wantCores, floorCores) };
  });
  const fitted = fitAboveLeast(claims, capacityCores);
  return wishes.map((wish, i) => {
    if (wanted[i] === 0) return wish;
    const note = `shrunk to fit: ${formatCores(total)} CPU asked of ${formatCores(capacityCores)}`;
    return {
      ...wish,
      limit: shrunk(wish.limit, fitted[i] ?? 0),
      reason: wish.reason === 'unchanged' ? note : `${wish.reason}; ${note}`,
    };
  });
}

// A guarantee by weight shrinks alone: what bounds a container, and its weight, promise nothing.
const shrunk = (limit: CpuLimit, cores: number): CpuLimit =>
  limit.guaranteeCores === undefined
    ? limitOf(cores, limit.periodUs)
    : { ...limit, guaranteeCores: cores };

const NO_CLAIM: Claim = { wantCores: 0, floorCores: 0 };

// Where even the floors are too much they give way too, down to what the kernel can hold: rounding
// must not lift the sum again.
function fitAboveLeast(claims: readonly Claim[], capacityCores: number): readonly number[] {
  if (sum(claims.map(({ floorCores }) => floorCores)) <= capacityCores)
    return fitClaims(claims, capacityCores);
  const least = claims.map(({ floorCores }) => ({
    wantCores: floorCores,
    floorCores: Math.min(floorCores, LEAST_LIMIT_CORES),
  }));
  return fitClaims(least, capacityCores);
}
