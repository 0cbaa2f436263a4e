import type { Steps } from '../../shared/steps.js';
import type { GpuController } from './gpu/gpu-controller.js';
import { sum } from './limits/fit.js';
import { endedCores, guardLimits, isSteered } from './limits/guard.js';
import { memoryAt, NO_NODE_MEMORIES, type NodeMemories } from './node-memories.js';
import { isSteerable } from './placement/node-budget.js';
import type {
  Decision,
  NodeCondition,
  Policy,
  PolicyInput,
  PolicyOutput,
  SnapshotNode,
  Unreachable,
} from './types.js';

/** What all nodes have in common in one plan. */
export interface NodeLimitsInput extends Pick<PolicyInput, 'nowMs' | 'params'> {
  readonly priorOf: NonNullable<PolicyInput['priorOf']>;
  readonly policy: Policy;
  readonly gpus: GpuController;
  /** Of the plan before. */
  readonly atRest?: NodesAtRest;
}

/** What the policy said of a node, beside its limits. */
type Said = Required<Pick<PolicyOutput<unknown>, 'unreachable' | 'conditions'>>;

/**
 * Nodes for which the policy waits for news: while node and memory are the same objects, it is not
 * asked again. Lists side by side, in the order of that plan's nodes, so that nothing of a node has
 * to be read to find that it is at rest.
 */
export interface NodesAtRest {
  /** What the policy remembered by that plan. */
  readonly memory: NodeMemories;
  /** undefined = that one is not at rest. */
  readonly nodes: readonly (SnapshotNode | undefined)[];
  /** What was said of each; undefined = nothing. */
  readonly said: readonly (Said | undefined)[];
}
/** Nothing was decided yet. */
export const NONE_AT_REST: NodesAtRest = { memory: NO_NODE_MEMORIES, nodes: [], said: [] };

/** What the policy decided for all nodes, in node order. */
export interface NodeLimits {
  readonly limits: readonly Decision[];
  readonly unreachable: readonly Unreachable[];
  readonly conditions: readonly (NodeCondition & { readonly node: SnapshotNode['id'] })[];
  /** What the policy remembers. */
  readonly memory: NodeMemories;
  readonly atRest: NodesAtRest;
}

/**
 * Asks the policy for the limits of each node, one node per step but for those at rest; the guard
 * checks each answer. A node that cannot be steered now (silent, or obeying another store) keeps
 * its limits and its memory.
 */
export function* decideNodeLimits(
  nodes: readonly SnapshotNode[],
  { policy, gpus, priorOf, nowMs, params, atRest = NONE_AT_REST }: NodeLimitsInput,
  before: NodeMemories,
): Steps<NodeLimits> {
  const values: unknown[] = [];
  const limits: Decision[] = [];
  const unreachable: Unreachable[] = [];
  const conditions: NodeLimits['conditions'][number][] = [];
  const resting: (SnapshotNode | undefined)[] = [];
  const saidAtRest: (Said | undefined)[] = [];
  const rested = atRest.memory === before ? atRest.nodes : NONE_AT_REST.nodes;
  const note = (node: SnapshotNode, said: Said): void => {
    if (said.unreachable.length > 0) unreachable.push(...said.unreachable);
    for (const condition of said.conditions) conditions.push({ node: node.id, ...condition });
  };
  for (const node of nodes) {
    const place = values.length;
    if (rested[place] === node) {
      const said = atRest.said[place];
      values.push(before.values[place]);
      resting.push(node);
      saidAtRest.push(said);
      if (said !== undefined) note(node, said);
      continue;
    }
    yield;
    const remembered = memoryAt(before, node.id, place) ?? policy.start;
    if (!isSteerable(node)) {
      values.push(remembered);
      gpus.keep(node);
      limits.push(...guardLimits(desiredPart(node), []));
      resting.push(undefined);
      saidAtRest.push(undefined);
      continue;
    }
    const { rest, limits: gpuJobLimits, unreachable: slowOnGpu } = gpus.steer(node);
    const steered = steeredPart(rest);
    const decided = policy.decide({ node: steered, priorOf, nowMs, params }, remembered);
    values.push(decided.memory);
    const proposed =
      gpuJobLimits.length === 0 ? decided.limits : [...decided.limits, ...gpuJobLimits];
    const final = guardLimits(node, proposed);
    limits.push(...final);
    const { memory, unreachable: slow = [], conditions: states = [] } = decided;
    const said = slowOnGpu.length === 0 ? slow : [...slow, ...slowOnGpu];
    note(node, { unreachable: said, conditions: states });
    const isQuiet = proposed.length === 0 && final.length === 0 && !hasGpus(node);
    // Known now, while all of it is at hand: to ask the next time would be to look at all again.
    const rests = isQuiet && policy.waitsForNews?.(steered, memory) === true;
    resting.push(rests ? node : undefined);
    saidAtRest.push(rests ? saidOf(slow, states) : undefined);
  }
  const after = { ids: idsAfter(before, nodes, rested), values };
  const nowAtRest = { memory: after, nodes: resting, said: saidAtRest };
  return { limits, unreachable, conditions, memory: after, atRest: nowAtRest };
}

// The same list while the nodes are the same; those at rest need not be asked for their names.
function idsAfter(
  { ids }: NodeMemories,
  nodes: readonly SnapshotNode[],
  rested: NodesAtRest['nodes'],
): readonly string[] {
  const areSame =
    ids.length === nodes.length &&
    nodes.every((node, place) => rested[place] === node || ids[place] === node.id);
  return areSame ? ids : nodes.map(({ id }) => id);
}

const saidOf = (
  unreachable: Said['unreachable'],
  conditions: Said['conditions'],
): Said | undefined =>
  unreachable.length === 0 && conditions.length === 0 ? undefined : { unreachable, conditions };

const hasGpus = ({ gpus }: SnapshotNode): boolean => gpus !== undefined && gpus.length > 0;

// The policy cannot give away what ended allocations hold.
function steeredPart(node: SnapshotNode): SnapshotNode {
  if (node.allocations.every(isSteered)) return node;
  return {
    ...node,
    allocatableCpuCores: Math.max(
      0,
      node.allocatableCpuCores - sum(node.allocations.map(endedCores)),
    ),
    allocations: node.allocations.filter(isSteered),
  };
}

// The report of a silent node is old: only allocations that were desired before count.
const desiredPart = (node: SnapshotNode): SnapshotNode => ({
  ...node,
  allocations: node.allocations.filter(({ limit }) => limit !== null),
});
