import type { AllocationId } from '../../../shared/ids.js';
import type { NodeSummary } from '../node-summary.js';
import { NO_SETTLED_JOBS, type SettledJobs } from './replica-diff.js';

/**
 * Nodes where all is as the jobs want it: every allocation stays, and every one of ours is desired.
 * It holds for as long as the settled jobs are the same object.
 */
export interface SteadyNodes {
  readonly settled: SettledJobs;
  /** In the order of that plan's nodes; undefined = that one is not steady. */
  readonly nodes: readonly (SteadyNode | undefined)[];
}

/** A steady node, and its allocations in a list of its own: theirs are spread over memory. */
export interface SteadyNode {
  readonly node: NodeSummary;
  /** null = some of them are not ours. */
  readonly ids: readonly AllocationId[] | null;
}

/** Nothing is known. */
export const NO_STEADY_NODES: SteadyNodes = { settled: NO_SETTLED_JOBS, nodes: [] };

/**
 * The nodes that are steady as they were before, each as it is now: they stand in the same places,
 * and are the same objects, or have the same allocations of ours, all of them desired, in the same
 * order, and nothing else. A report alone changes none of that. Undefined = not as before.
 */
export const stillSteady = (
  { settled: before, nodes: steady }: SteadyNodes,
  settled: SettledJobs,
  nodes: readonly NodeSummary[],
): SteadyNodes['nodes'] =>
  nodes.map((node, place) =>
    before === settled ? stillSteadyOne(steady[place], node) : undefined,
  );

function stillSteadyOne(was: SteadyNode | undefined, node: NodeSummary): SteadyNode | undefined {
  if (was === undefined || was.node === node) return was;
  const { ids } = was;
  const { allocations } = node;
  if (ids === null || was.node.id !== node.id || allocations.length !== ids.length)
    return undefined;
  const isAsBefore = allocations.every(
    ({ id, origin, limit }, i) => id === ids[i] && origin === 'dqoes' && limit !== null,
  );
  return isAsBefore ? { node, ids } : undefined;
}

/**
 * The nodes that are steady now. `kept[i]` is what stays of `nodes[i]`, and `still[i]` what it is
 * where it is steady as before.
 */
export const steadyNodes = (
  nodes: readonly NodeSummary[],
  kept: readonly NodeSummary[],
  { settled, still }: { readonly settled: SettledJobs; readonly still: SteadyNodes['nodes'] },
): SteadyNodes => ({
  settled,
  nodes: nodes.map(
    (node, i) =>
      still[i] ??
      (kept[i] === node && isSettledOn(node, settled) ? { node, ids: ownIdsOf(node) } : undefined),
  ),
});

const isSettledOn = ({ id, allocations }: NodeSummary, { homes }: SettledJobs): boolean =>
  allocations.every(
    (each) => each.origin !== 'dqoes' || (each.limit !== null && homes.get(each.id) === id),
  );

const ownIdsOf = ({ allocations }: NodeSummary): SteadyNode['ids'] =>
  allocations.every(({ origin }) => origin === 'dqoes') ? allocations.map(({ id }) => id) : null;
