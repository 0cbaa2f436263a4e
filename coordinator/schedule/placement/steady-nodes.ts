import type { AllocationId } from '../../../shared/ids.js';
import type { NodeSummary } from '../node-summary.js';
import { NO_SETTLED_JOBS, type SettledJobs } from './replica-diff.js';

/**
 * Nodes where all is as the jobs want it: every allocation stays, and every one of ours is desired.
 * It holds for as long as the settled jobs are the same object. Lists side by side, in the order of
 * that plan's nodes, so that nothing of a node has to be read to find that it is the same.
 */
export interface SteadyNodes {
  readonly settled: SettledJobs;
  /** undefined = that one is not steady. */
  readonly nodes: readonly (NodeSummary | undefined)[];
  /** Their allocations, in lists of their own: theirs are spread over memory. */
  readonly ids: readonly OwnIds[];
}

/** null = some of them are not ours, or the node is not steady. */
type OwnIds = readonly AllocationId[] | null;

/** Nothing is known. */
export const NO_STEADY_NODES: SteadyNodes = { settled: NO_SETTLED_JOBS, nodes: [], ids: [] };

/**
 * The nodes that are steady as they were before, each as it is now: they stand in the same places,
 * and are the same objects, or have the same allocations of ours, all of them desired, in the same
 * order, and nothing else. A report alone changes none of that. All others are not steady.
 */
export function stillSteady(
  before: SteadyNodes,
  settled: SettledJobs,
  nodes: readonly NodeSummary[],
): SteadyNodes {
  const still: (NodeSummary | undefined)[] = [];
  const ids: OwnIds[] = [];
  const isSame = before.settled === settled;
  for (const node of nodes) {
    const place = still.length;
    const was = isSame ? before.nodes[place] : undefined;
    const own = before.ids[place] ?? null;
    const isSteady = was !== undefined && (was === node || hasSameIds(was, own, node));
    still.push(isSteady ? node : undefined);
    ids.push(isSteady ? own : null);
  }
  return { settled, nodes: still, ids };
}

function hasSameIds(
  was: NodeSummary,
  ids: OwnIds,
  { id: name, allocations }: NodeSummary,
): boolean {
  if (ids === null || was.id !== name || allocations.length !== ids.length) return false;
  return allocations.every(
    ({ id, origin, limit }, i) => id === ids[i] && origin === 'dqoes' && limit !== null,
  );
}

/**
 * The nodes that are steady now. `kept[i]` is what stays of `nodes[i]`; `still`: those that are as
 * before.
 */
export function steadyNodes(
  nodes: readonly NodeSummary[],
  kept: readonly NodeSummary[],
  still: SteadyNodes,
): SteadyNodes {
  const { settled } = still;
  if (!still.nodes.includes(undefined)) return still;
  const ids = [...still.ids];
  const steady = nodes.map((node, i) => {
    const before = still.nodes[i];
    if (before !== undefined) return before;
    if (kept[i] !== node || !isSettledOn(node, settled)) return undefined;
    ids[i] = ownIdsOf(node);
    return node;
  });
  return { settled, nodes: steady, ids };
}

const isSettledOn = ({ id, allocations }: NodeSummary, { homes }: SettledJobs): boolean =>
  allocations.every(
    (each) => each.origin !== 'dqoes' || (each.limit !== null && homes.get(each.id) === id),
  );

const ownIdsOf = ({ allocations }: NodeSummary): OwnIds =>
  allocations.every(({ origin }) => origin === 'dqoes') ? allocations.map(({ id }) => id) : null;
