import { sum } from './fit.js';
import { endedCores, guardLimits, isSteered } from './guard.js';
import { isSteerable } from './place.js';
import { matchReplicas } from './replicas.js';
import type { Decision, Plan, Policy, PolicyParams, Snapshot, SnapshotNode, Unreachable } from './types.js';

/** What the policy remembers of each node, by node id; JSON-serialisable. Belongs to the policy named. */
export interface SchedulerMemory {
  readonly policy: string;
  readonly nodes: ReadonlyMap<string, unknown>;
}
export const NO_MEMORY: SchedulerMemory = { policy: '', nodes: new Map() };

export interface ScheduleInput {
  readonly snapshot: Snapshot;
  readonly nowMs: number;
  readonly params: PolicyParams;
  readonly policy: Policy;
}

export interface Scheduled {
  readonly plan: Plan;
  readonly memory: SchedulerMemory;
}

/**
 * Decides everything there is to decide now: placements of missing replicas, removals, and limits of each node through the policy. Same input and memory, same
 * answer; decisions come in the order removals, placements, limits, each in id order. After every plan the limits of a node sum to at most its
 * allocatable CPU, those of allocations that do not report included. Limits on silent nodes stay as they are.
 */
export function schedule({ snapshot, nowMs, params, policy }: ScheduleInput, memory: SchedulerMemory): Scheduled {
  const { nodes, decisions, pending } = matchReplicas(snapshot);
  const before = memory.policy === policy.name ? memory.nodes : new Map<string, unknown>();
  const after = new Map<string, unknown>();
  const limits: Decision[] = [];
  const unreachable: Unreachable[] = [];
  for (const node of nodes) {
    const remembered = before.get(node.id) ?? policy.start;
    if (!isSteerable(node)) {
      after.set(node.id, remembered);
      limits.push(...guardLimits(desiredPart(node), []));
      continue;
    }
    const decided = policy.decide({ node: steeredPart(node), nowMs, params }, remembered);
    after.set(node.id, decided.memory);
    limits.push(...guardLimits(node, decided.limits));
    unreachable.push(...(decided.unreachable ?? []));
  }
  return {
    plan: { decisions: [...decisions, ...limits], pending, unreachable },
    memory: { policy: policy.name, nodes: after },
  };
}

// What ended allocations hold is not the policy's to give.
function steeredPart(node: SnapshotNode): SnapshotNode {
  if (node.allocations.every(isSteered)) return node;
  return {
    ...node,
    allocatableCpuCores: Math.max(0, node.allocatableCpuCores - sum(node.allocations.map(endedCores))),
    allocations: node.allocations.filter(isSteered),
  };
}

// What is seen of a silent node is old: nothing is taken over there that was not desired before.
const desiredPart = (node: SnapshotNode): SnapshotNode => ({
  ...node,
  allocations: node.allocations.filter(({ limit }) => limit !== null),
});
