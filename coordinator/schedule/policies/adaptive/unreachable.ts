import { formatDurationMs } from '../../../../shared/units.js';
import { latencySeconds } from '../../model/latency-law.js';
import type { SnapshotNode, Unreachable } from '../../types.js';
import type { NodePlan } from './divide/node-plan.js';
import { slowCoresOf } from './latency-goal.js';
import { describeDemand, formatCpu, formatLatency } from './limit-reason.js';
import type { Member } from './member.js';

/** A plan, and the node it is for. */
export interface UnreachableInput {
  readonly node: SnapshotNode;
  readonly members: readonly Member[];
  readonly plan: NodePlan;
}

/**
 * Targets that are not met on this node now, with the best value there and the CPU they would take.
 */
export function unreachableOf({ node, members, plan }: UnreachableInput): readonly Unreachable[] {
  if (!plan.allocationGoals.some(({ kind }) => kind === 'bestEffort')) return NO_UNREACHABLE;
  const unreachable: Unreachable[] = [];
  members.forEach((member, i) => {
    const assigned = plan.allocationGoals[i];
    const { goal, allocation, maxCores } = member;
    if (goal === null || allocation.target === null || assigned?.kind !== 'bestEffort') return;
    const slowCores = plan.reserved[i] ?? slowCoresOf(goal);
    const isPossible = slowCores <= maxCores;
    const reachableSeconds = latencySeconds(goal.law, isPossible ? assigned.cores : maxCores);
    const neededCores = Number.isFinite(slowCores) ? slowCores : null;
    const { latencyMs: targetMs } = allocation.target;
    const reason = isPossible
      ? `${best(reachableSeconds)} with ${formatCpu(assigned.cores)} CPU; ` +
        `${formatDurationMs(targetMs)} would take ${formatCpu(slowCores)} CPU (all targets ` +
        `on this node need ${describeDemand(plan)})`
      : impossibleReason(member, reachableSeconds);
    unreachable.push({
      allocation: allocation.id,
      job: allocation.job,
      node: node.id,
      targetMs,
      reachableMs: Number.isFinite(reachableSeconds) ? reachableSeconds * 1000 : null,
      neededCores,
      reason,
    });
  });
  return unreachable;
}

const NO_UNREACHABLE: readonly Unreachable[] = [];

const best = (reachableSeconds: number): string =>
  `${Number.isFinite(reachableSeconds) ? 'best ' : ''}${formatLatency(reachableSeconds)}`;

// Even all the CPU that it may have does not meet the target.
function impossibleReason(
  { goal, allocation, maxCores }: Member,
  reachableSeconds: number,
): string {
  const target = formatDurationMs(allocation.target?.latencyMs ?? Number.NaN);
  const slowCores = goal === null ? Number.POSITIVE_INFINITY : slowCoresOf(goal);
  if (!Number.isFinite(slowCores))
    return `${best(reachableSeconds)}; no amount of CPU meets ${target}`;
  return (
    `${best(reachableSeconds)} with its maximum of ${formatCpu(maxCores)} CPU; ` +
    `${target} would take ${formatCpu(slowCores)} CPU`
  );
}
