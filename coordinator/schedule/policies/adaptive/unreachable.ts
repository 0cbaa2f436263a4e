import { formatDurationMs } from '../../../../shared/units.js';
import { latencySeconds } from '../../model/latency-law.js';
import type { SnapshotNode, Unreachable } from '../../types.js';
import type { NodePlan } from './divide/node-plan.js';
import { cores, seconds } from './limit-reason.js';
import type { Member } from './member.js';

export interface UnreachableInput {
  readonly node: SnapshotNode;
  readonly members: readonly Member[];
  readonly plan: NodePlan;
}

/** Targets that are not met here now, with what is and what it would take. */
export function unreachableOf({ node, members, plan }: UnreachableInput): readonly Unreachable[] {
  const unreachable: Unreachable[] = [];
  members.forEach((member, i) => {
    const assigned = plan.allocationGoals[i];
    const { goal, allocation, maxCores } = member;
    if (goal === null || allocation.target === null || assigned?.kind !== 'bestEffort') return;
    const slowCores = plan.reserved[i] ?? goal.slowCores;
    const isPossible = slowCores <= maxCores;
    const reachableSeconds = latencySeconds(goal.law, isPossible ? assigned.cores : maxCores);
    const neededCores = Number.isFinite(slowCores) ? slowCores : null;
    const { latencyMs: targetMs } = allocation.target;
    const reason = isPossible
      ? `${formatDurationMs(targetMs)} would take ${cores(slowCores)} CPU; all targets here ` +
        `ask for ${cores(plan.demandCores)} of ${cores(plan.leftCores)}; ` +
        `${seconds(reachableSeconds)} is what ${cores(assigned.cores)} gives`
      : impossibleWords(member, reachableSeconds);
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

function impossibleWords({ goal, allocation, maxCores }: Member, reachableSeconds: number): string {
  const target = formatDurationMs(allocation.target?.latencyMs ?? Number.NaN);
  const best = `the best here is ${seconds(reachableSeconds)}`;
  if (goal === null || !Number.isFinite(goal.slowCores))
    return `${target} cannot be met with any amount of CPU; ${best}`;
  return (
    `${target} would take ${cores(goal.slowCores)} CPU, it may use ${cores(maxCores)}; ` + `${best}`
  );
}
