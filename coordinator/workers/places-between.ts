import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { NodeChange } from '../schedule/node-change.js';
import type { NodeRecord } from '../state/model.js';
import type { WorkerPlaces } from './messages.js';

type Nodes = ReadonlyMap<NodeId, NodeRecord>;

/** What limits are decided with before any places were said. */
export const NO_PLACES: WorkerPlaces = {
  changes: [],
  replacing: new Map(),
  decisions: [],
  finishedMoves: new Set(),
  replacements: new Map(),
};

/**
 * What is left of places that were carried out, for the limits that are decided until the next
 * ones: what does not count on a node, unless it has been desired there again, and the moves. What
 * was decided is not done twice. `knowledge` is as it was said last.
 */
export function placesBetween(places: WorkerPlaces, nodes: Nodes): WorkerPlaces {
  const { replacing, finishedMoves, replacements } = places;
  const changes = places.changes.flatMap((change): NodeChange[] => {
    const gone = stillGone(change, nodes.get(change.node));
    return gone.length === 0 ? [] : [{ node: change.node, gone, came: [], gpus: [] }];
  });
  return { changes, replacing, decisions: [], finishedMoves, replacements };
}

function stillGone({ gone }: NodeChange, node: NodeRecord | undefined): readonly AllocationId[] {
  if (gone.length === 0) return gone;
  const desired = new Set(node?.desired?.allocations.map(({ id }) => id));
  return gone.filter((id) => !desired.has(id));
}

/**
 * The nodes that may get a desired state by what was decided on places. The first one of a node
 * says of all our containers there whether they stay, so it takes that the places were decided with
 * these: `said`: nodes without a desired state as they were then. Nearly always all nodes are.
 */
export function mayBeWritten(nodes: Nodes, said: Nodes): Nodes {
  const isKnown = (node: NodeRecord): boolean =>
    node.desired !== null || hasSameContainers(said.get(node.id), node);
  for (const node of nodes.values())
    if (!isKnown(node)) return new Map([...nodes].filter(([, each]) => isKnown(each)));
  return nodes;
}

/** Nodes without a desired state. */
export const undesiredOf = (records: readonly NodeRecord[]): Nodes =>
  new Map(records.flatMap((node) => (node.desired === null ? [[node.id, node]] : [])));

function hasSameContainers(was: NodeRecord | undefined, now: NodeRecord): boolean {
  if (was === undefined || (was.report === null) !== (now.report === null)) return false;
  const [before, after] = [ours(was), ours(now)];
  return before.length === after.length && before.every((id) => after.includes(id));
}

const ours = ({ report }: NodeRecord): readonly AllocationId[] =>
  (report?.containers ?? [])
    .filter(({ origin }) => origin === 'dqoes')
    .map(({ allocation }) => allocation);
