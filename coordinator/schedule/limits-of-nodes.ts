import type { Steps } from '../../shared/steps.js';
import { GpuController, type GpuMemory } from './gpu/gpu-controller.js';
import {
  decideNodeLimits,
  NONE_AT_REST,
  type NodeLimits,
  type NodesAtRest,
} from './node-limits.js';
import { NO_NODE_MEMORIES, type NodeMemories } from './node-memories.js';
import type { Plan, Policy, PolicyInput, SnapshotNode } from './types.js';

/** What is remembered of the limits of some nodes between two plans. */
export interface LimitsMemory {
  readonly policy: string;
  /** What the named policy remembers of each node; JSON-serialisable. */
  readonly nodes: NodeMemories;
  readonly atRest: NodesAtRest;
  /** What is remembered of each GPU, by its id. */
  readonly gpus: ReadonlyMap<string, GpuMemory>;
}
/** Memory before the first plan. */
export const NO_LIMITS_MEMORY: LimitsMemory = {
  policy: '',
  nodes: NO_NODE_MEMORIES,
  atRest: NONE_AT_REST,
  gpus: new Map(),
};

/** What the policy remembers of nodes; what another one remembered says nothing to it. */
export const memoriesUnder = (
  { name }: Pick<Policy, 'name'>,
  { policy, nodes }: Pick<LimitsMemory, 'policy' | 'nodes'>,
): NodeMemories => (policy === name ? nodes : NO_NODE_MEMORIES);

/** What limits are decided with. */
export interface LimitsInput extends Pick<PolicyInput, 'nowMs' | 'params'> {
  readonly policy: Policy;
  /** What allocations start from that have not been measured on their node yet. */
  readonly priorOf: NonNullable<PolicyInput['priorOf']>;
}

/** What was decided for the nodes, in their order, and the memory for the next call. */
export interface LimitsPlan extends Pick<NodeLimits, 'limits' | 'unreachable' | 'conditions'> {
  readonly gpus?: Plan['gpus'];
  readonly memory: LimitsMemory;
}

/**
 * Limits and GPU settings of some nodes, with all that is placed there. What is decided for a node
 * depends on that node, on what is remembered of it and on the priors. So the nodes of a cluster
 * may be given to several calls, each with a memory of its own.
 */
export function* limitsSteps(
  nodes: readonly SnapshotNode[],
  { policy, params, nowMs, priorOf }: LimitsInput,
  memory: LimitsMemory,
): Steps<LimitsPlan> {
  const { atRest } = memory;
  const gpus = new GpuController({ nowMs, params, isOn: policy.steersGpus === true }, memory.gpus);
  const common = { nowMs, params, policy, gpus, priorOf, atRest };
  const decided = yield* decideNodeLimits(nodes, common, memoriesUnder(policy, memory));
  const { limits, unreachable, conditions } = decided;
  return {
    ...{ limits, unreachable, conditions },
    ...gpus.planned,
    memory: {
      policy: policy.name,
      nodes: decided.memory,
      atRest: decided.atRest,
      gpus: gpus.memory,
    },
  };
}
