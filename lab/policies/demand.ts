import { clamp } from '../../coordinator/schedule/limits/fit.js';
import { isShort } from '../../coordinator/schedule/policies/adaptive/capacity.js';
import { afterChange } from '../../coordinator/schedule/policies/adaptive/learn/learn.js';
import type { Member } from '../../coordinator/schedule/policies/adaptive/member.js';
import { deliveryOf, membersOf } from '../../coordinator/schedule/policies/adaptive/members.js';
import type { Memory } from '../../coordinator/schedule/policies/adaptive/memory.js';
import type {
  LimitDecision,
  PolicyInput,
  SnapshotAllocation,
} from '../../coordinator/schedule/types.js';

/** A container and the CPU that its target takes, cores. */
export interface TargetDemand {
  readonly allocation: SnapshotAllocation;
  readonly cores: number;
  /** For people, with its numbers. */
  readonly reason: string;
}

/** Minimum demand, so that every container gets some CPU, cores. */
const MIN_CORES = 0.02;
/**
 * Limits change when a demand differs by more than this share from the one they were computed for.
 */
const WORTH_CHANGING = 0.1;

/**
 * Learns as `adaptive` does. A container of which nothing is known demands an equal share of the
 * node.
 */
export function learnDemands(
  { node, priorOf, nowMs, params: { intervalMs } }: PolicyInput,
  memory: Memory,
): { readonly demands: readonly TargetDemand[]; readonly members: readonly Member[] } {
  const isHostShort = isShort(node, deliveryOf(node.allocations));
  const members = membersOf(node, memory, {
    nowMs,
    isHostShort,
    commonSpread: 0,
    intervalMs,
    priorOf,
  });
  const equalCores = node.allocatableCpuCores / Math.max(1, members.length);
  return { members, demands: members.map((member) => demandOf(member, equalCores)) };
}

function demandOf({ allocation, goal }: Member, equalCores: number): TargetDemand {
  const { maxCores, target } = allocation;
  const cores = clamp(goal?.aimCores ?? equalCores, Math.min(MIN_CORES, maxCores), maxCores);
  if (goal === null || target === null)
    return {
      allocation,
      cores,
      reason: `nothing known yet: an equal share, ${cores.toFixed(3)} CPU`,
    };
  return { allocation, cores, reason: `${target.latencyMs} ms takes ${cores.toFixed(3)} CPU` };
}

/**
 * Whether one of the wanted amounts differs enough from the one in force, in the order of the
 * allocations; null = nothing is in force.
 */
export const isWorthChanging = (
  wantCores: readonly number[],
  heldCores: readonly (number | null)[],
): boolean =>
  wantCores.some((want, i) => {
    const held = heldCores[i] ?? null;
    return held === null || Math.abs(want - held) > WORTH_CHANGING * held;
  });

/** The memory for the next call, with what was learnt. */
export function rememberMembers(
  before: Memory,
  members: readonly Member[],
  limits: readonly LimitDecision[],
): Memory {
  const changed = new Map(limits.map(({ allocation, limit }) => [allocation, limit]));
  return {
    ...before,
    ids: members.map(({ allocation }) => allocation.id),
    lives: members.map(({ lifeId }) => lifeId),
    models: members.map(({ allocation, model }) => {
      const to = changed.get(allocation.id);
      return to === undefined || allocation.limit === null
        ? model
        : afterChange(model, allocation.limit, to);
    }),
  };
}
