import { type CpuLimit, guaranteedCores, sameLimit } from '../../../shared/command.js';
import type { Decision, LimitDecision, SnapshotAllocation, SnapshotNode } from '../types.js';
import { type CpuClaim, fitClaims, limitOf, MIN_LIMIT_CORES, sum, UNLIMITED } from './fit.js';
import { formatCores } from './format.js';

/** The limit that an allocation would have without regard to the others. */
interface ProposedLimit {
  readonly allocation: SnapshotAllocation;
  readonly limit: CpuLimit;
  readonly reason: string;
}

/**
 * It has a place but no process: it takes no part in a policy, and keeps its minimum CPU in case it
 * is started again.
 */
export const isEnded = ({ state }: SnapshotAllocation): boolean =>
  state === 'exited' || state === 'failed';

/**
 * CPU that an ended allocation holds, cores: its minimum, or less where it had to shrink before; 0
 * for others.
 */
export const endedCores = (allocation: SnapshotAllocation): number =>
  isEnded(allocation) && allocation.control === 'enforce'
    ? (limitOf(Math.min(allocation.minCores, allocation.limit?.cpuCores ?? allocation.minCores))
        .cpuCores ?? 0)
    : 0;

/** Whether the policy may limit it; a policy sees only these. */
export const isSteered = (allocation: SnapshotAllocation): boolean =>
  allocation.control === 'enforce' && !isEnded(allocation);

/**
 * The last check of a node's limits, whatever the policy proposed. Each allocation gets the
 * proposed limit, or keeps its own; one that dqoes may not change gets none. If the guarantees
 * (quotas, or guarantees by weight) sum to more than the allocatable CPU, all shrink by one factor
 * above their floors. Allocations that do not report count in full. Returns only limits that
 * change, in the order of `node.allocations`.
 */
export function guardLimits(
  node: SnapshotNode,
  proposed: readonly LimitDecision[],
): readonly Decision[] {
  if (proposed.length === 0 && isSettled(node)) return NO_DECISIONS;
  const byId = new Map(proposed.map((decision) => [decision.allocation, decision]));
  const proposals = node.allocations.map((allocation) =>
    proposalOf(allocation, byId.get(allocation.id)),
  );
  const decisions: Decision[] = [];
  for (const { allocation, limit, reason } of shrinkToFit(proposals, node.allocatableCpuCores)) {
    const { id, job, limit: from } = allocation;
    if (sameLimit(from, limit)) continue;
    decisions.push({ kind: 'limit', allocation: id, job, node: node.id, from, to: limit, reason });
  }
  return decisions;
}

const NO_DECISIONS: readonly Decision[] = [];

// Nothing proposed and nothing to correct: the state of most nodes most of the time.
function isSettled({ allocations, allocatableCpuCores }: SnapshotNode): boolean {
  let total = 0;
  for (const allocation of allocations) {
    if (!isSteered(allocation) || allocation.limit === null) return false;
    total += guaranteedCores(allocation.limit);
  }
  return total <= allocatableCpuCores + 1e-9;
}

// A limit that is not a number could not be read back from the store.
const isAmount = ({ cpuCores, guaranteeCores, weightCores, burstUs }: CpuLimit): boolean =>
  (cpuCores === null || (Number.isFinite(cpuCores) && cpuCores > 0)) &&
  isAbsentOrAmount(guaranteeCores) &&
  isAbsentOrAmount(weightCores) &&
  isAbsentOrAmount(burstUs);

const isAbsentOrAmount = (amount: number | undefined): boolean =>
  amount === undefined || (Number.isFinite(amount) && amount >= 0);

function proposalOf(
  allocation: SnapshotAllocation,
  proposed: LimitDecision | undefined,
): ProposedLimit {
  if (allocation.control !== 'enforce')
    return {
      allocation,
      limit: UNLIMITED,
      reason: `control is ${allocation.control}: dqoes sets no limit`,
    };
  if (isEnded(allocation))
    return {
      allocation,
      limit: limitOf(endedCores(allocation)),
      reason: `${allocation.state}: keeps only its minimum CPU`,
    };
  if (proposed !== undefined && isAmount(proposed.limit))
    return { allocation, limit: proposed.limit, reason: proposed.reason };
  return { allocation, limit: allocation.limit ?? UNLIMITED, reason: 'unchanged' };
}

function shrinkToFit(
  proposals: readonly ProposedLimit[],
  capacityCores: number,
): readonly ProposedLimit[] {
  const wanted = proposals.map(({ limit }) => guaranteedCores(limit));
  const total = sum(wanted);
  // Doubles: sums of exact quotas may differ from capacity by some 1e-15.
  if (total <= capacityCores + 1e-9) return proposals;
  const claims = proposals.map(({ allocation }, i) => {
    const wantCores = wanted[i] ?? 0;
    const floorCores = Math.max(Math.min(wantCores, allocation.minCores), MIN_LIMIT_CORES);
    return wantCores === 0 ? NO_CLAIM : { wantCores, floorCores: Math.min(wantCores, floorCores) };
  });
  const fitted = fitAboveMinimum(claims, capacityCores);
  return proposals.map((proposal, i) => {
    if (wanted[i] === 0) return proposal;
    const note =
      `reduced to fit: limits add up to ${formatCores(total)} of ` +
      `${formatCores(capacityCores)} CPU`;
    return {
      ...proposal,
      limit: shrunk(proposal.limit, fitted[i] ?? 0),
      reason: proposal.reason === 'unchanged' ? note : `${proposal.reason}; ${note}`,
    };
  });
}

// Only a guarantee by weight shrinks: the quota and the weight beside it promise nothing.
const shrunk = (limit: CpuLimit, cores: number): CpuLimit =>
  limit.guaranteeCores === undefined
    ? limitOf(cores, limit.periodUs)
    : { ...limit, guaranteeCores: cores };

const NO_CLAIM: CpuClaim = { wantCores: 0, floorCores: 0 };

// Where even the floors exceed the capacity they shrink too, down to what the kernel can hold:
// rounding must not lift the sum again.
function fitAboveMinimum(claims: readonly CpuClaim[], capacityCores: number): readonly number[] {
  if (sum(claims.map(({ floorCores }) => floorCores)) <= capacityCores)
    return fitClaims(claims, capacityCores);
  const least = claims.map(({ floorCores }) => ({
    wantCores: floorCores,
    floorCores: Math.min(floorCores, MIN_LIMIT_CORES),
  }));
  return fitClaims(least, capacityCores);
}
