import type { Steps } from '../../shared/steps.js';
import type { GpuController } from './gpu/gpu-controller.js';
import { sum } from './limits/fit.js';
import { endedCores, guardLimits, isSteered } from './limits/guard.js';
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

/** A node for which the policy waits for news, and what it said of it. */
export interface RestingNode
  extends Required<Pick<PolicyOutput<unknown>, 'memory' | 'unreachable' | 'conditions'>> {
  readonly node: SnapshotNode;
}

/** While node and memory are the same objects, the policy is not asked again. */
export interface NodesAtRest {
  /** What the policy remembered by that plan, by node id. */
  readonly memory: ReadonlyMap<string, unknown>;
  /** In the order of its nodes; undefined = that one is not at rest. */
  readonly places: readonly (RestingNode | undefined)[];
}
/** Nothing was decided yet. */
export const NONE_AT_REST: NodesAtRest = { memory: new Map(), places: [] };

/** What the policy decided for all nodes, in node order. */
export interface NodeLimits {
  readonly limits: readonly Decision[];
  readonly unreachable: readonly Unreachable[];
  readonly conditions: readonly (NodeCondition & { readonly node: SnapshotNode['id'] })[];
  /** What the policy remembers, by node id. */
  readonly memory: ReadonlyMap<string, unknown>;
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
  before: ReadonlyMap<string, unknown>,
): Steps<NodeLimits> {
  const after = new Map<string, unknown>();
  const limits: Decision[] = [];
  const unreachable: Unreachable[] = [];
  const conditions: NodeLimits['conditions'][number][] = [];
  const resting: (RestingNode | undefined)[] = [];
  const mayRest = atRest.memory === before;
  const note = (node: SnapshotNode, said: Said): void => {
    if (said.unreachable.length > 0) unreachable.push(...said.unreachable);
    for (const condition of said.conditions) conditions.push({ node: node.id, ...condition });
  };
  for (const node of nodes) {
    const rested = mayRest ? atRest.places[resting.length] : undefined;
    if (rested?.node === node) {
      after.set(node.id, rested.memory);
      resting.push(rested);
      note(node, rested);
      continue;
    }
    yield;
    const remembered = before.get(node.id) ?? policy.start;
    if (!isSteerable(node)) {
      after.set(node.id, remembered);
      gpus.keep(node);
      limits.push(...guardLimits(desiredPart(node), []));
      resting.push(undefined);
      continue;
    }
    const { rest, limits: gpuJobLimits, unreachable: slowOnGpu } = gpus.steer(node);
    const steered = steeredPart(rest);
    const decided = policy.decide({ node: steered, priorOf, nowMs, params }, remembered);
    after.set(node.id, decided.memory);
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
    resting.push(rests ? { node, memory, unreachable: slow, conditions: states } : undefined);
  }
  const nowAtRest = { memory: after, places: resting };
  return { limits, unreachable, conditions, memory: after, atRest: nowAtRest };
}

type Said = Pick<RestingNode, 'unreachable' | 'conditions'>;

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
