import type { SnapshotNode } from '../types.js';
import { NO_SETTLED_JOBS, type SettledJobs } from './replica-diff.js';

/**
 * Nodes where all is as the jobs want it: every allocation stays, and every one of ours is desired.
 * It holds for as long as the settled jobs are the same object.
 */
export interface SteadyNodes {
  readonly settled: SettledJobs;
  /** In the order of that plan's nodes; undefined = that one is not steady. */
  readonly nodes: readonly (SnapshotNode | undefined)[];
}
/** Nothing is known. */
export const NO_STEADY_NODES: SteadyNodes = { settled: NO_SETTLED_JOBS, nodes: [] };

/**
 * Which nodes are steady as they were before: they stand in the same places, and are the same
 * objects, or have the same allocations of ours, all of them desired, in the same order, and
 * nothing else. A report alone changes none of that.
 */
export const stillSteady = (
  { settled: before, nodes: steady }: SteadyNodes,
  settled: SettledJobs,
  nodes: readonly SnapshotNode[],
): readonly boolean[] =>
  before === settled
    ? nodes.map((node, place) => isStillSteady(steady[place], node))
    : nodes.map(() => false);

function isStillSteady(was: SnapshotNode | undefined, node: SnapshotNode): boolean {
  if (was === node) return true;
  const { allocations } = node;
  return (
    was?.id === node.id &&
    allocations.length === was.allocations.length &&
    allocations.every(({ id, origin, limit }, i) => {
      const other = was.allocations[i];
      const isOurs = origin === 'dqoes' && other?.origin === 'dqoes';
      return isOurs && id === other.id && limit !== null;
    })
  );
}

/**
 * The nodes that are steady now. `kept[i]` is what stays of `nodes[i]`, and `still[i]` whether it
 * is steady as before.
 */
export const steadyNodes = (
  nodes: readonly SnapshotNode[],
  kept: readonly SnapshotNode[],
  { settled, still }: { readonly settled: SettledJobs; readonly still: readonly boolean[] },
): SteadyNodes => ({
  settled,
  nodes: nodes.map((node, i) =>
    still[i] === true || (kept[i] === node && isSettledOn(node, settled)) ? node : undefined,
  ),
});

const isSettledOn = ({ id, allocations }: SnapshotNode, { homes }: SettledJobs): boolean =>
  allocations.every(
    (each) => each.origin !== 'dqoes' || (each.limit !== null && homes.get(each.id) === id),
  );
