import type { SnapshotNode } from '../types.js';
import { NO_SETTLED_JOBS, type SettledJobs } from './replica-diff.js';

/**
 * Nodes where all is as the jobs want it: every allocation stays, and every one of ours is desired.
 * It holds for as long as the node and the settled jobs are the same objects.
 */
export interface SteadyNodes {
  readonly settled: SettledJobs;
  readonly nodes: ReadonlySet<SnapshotNode>;
}
/** Nothing is known. */
export const NO_STEADY_NODES: SteadyNodes = { settled: NO_SETTLED_JOBS, nodes: new Set() };

/** Those that are steady with these settled jobs. */
export const stillSteady = (before: SteadyNodes, settled: SettledJobs): SteadyNodes['nodes'] =>
  before.settled === settled ? before.nodes : NO_STEADY_NODES.nodes;

/** The nodes that are steady now. `kept[i]` is what stays of `nodes[i]`; `before`: steady ones. */
export function steadyNodes(
  nodes: readonly SnapshotNode[],
  kept: readonly SnapshotNode[],
  { settled, before }: { readonly settled: SettledJobs; readonly before: SteadyNodes['nodes'] },
): SteadyNodes {
  const isSteady = (node: SnapshotNode, i: number): boolean =>
    before.has(node) || (kept[i] === node && isSettledOn(node, settled));
  return { settled, nodes: new Set(nodes.filter(isSteady)) };
}

const isSettledOn = ({ id, allocations }: SnapshotNode, { homes }: SettledJobs): boolean =>
  allocations.every(
    (each) => each.origin !== 'dqoes' || (each.limit !== null && homes.get(each.id) === id),
  );
