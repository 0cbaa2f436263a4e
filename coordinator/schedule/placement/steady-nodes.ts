import type { NodeId } from '../../../shared/ids.js';
import type { SnapshotNode } from '../types.js';
import { NO_SETTLED_JOBS, type SettledJobs } from './replica-diff.js';

/**
 * Nodes where all is as the jobs want it: every allocation stays, and every one of ours is desired.
 * It holds for as long as the settled jobs are the same object.
 */
export interface SteadyNodes {
  readonly settled: SettledJobs;
  readonly nodes: ReadonlyMap<NodeId, SnapshotNode>;
}
/** Nothing is known. */
export const NO_STEADY_NODES: SteadyNodes = { settled: NO_SETTLED_JOBS, nodes: new Map() };

/**
 * Whether a node is steady as it was before: it is the same object, or has the same allocations of
 * ours, all of them desired, in the same order, and nothing else. A report alone changes none of
 * that.
 */
export function isStillSteady(
  { settled: before, nodes }: SteadyNodes,
  settled: SettledJobs,
  node: SnapshotNode,
): boolean {
  if (before !== settled) return false;
  const was = nodes.get(node.id);
  if (was === undefined || was === node) return was === node;
  const { allocations } = node;
  return (
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
export function steadyNodes(
  nodes: readonly SnapshotNode[],
  kept: readonly SnapshotNode[],
  { settled, still }: { readonly settled: SettledJobs; readonly still: readonly boolean[] },
): SteadyNodes {
  const steady = new Map<NodeId, SnapshotNode>();
  nodes.forEach((node, i) => {
    if (still[i] === true || (kept[i] === node && isSettledOn(node, settled)))
      steady.set(node.id, node);
  });
  return { settled, nodes: steady };
}

const isSettledOn = ({ id, allocations }: SnapshotNode, { homes }: SettledJobs): boolean =>
  allocations.every(
    (each) => each.origin !== 'dqoes' || (each.limit !== null && homes.get(each.id) === id),
  );
