import type { NodeId } from '../../shared/ids.js';
import type { ClusterState, NodeRecord } from '../state/model.js';
import { ownerOf } from './owner-of.js';

/** The cluster as who decides on places begins with it: all but its nodes. */
export const withoutNodes = (state: ClusterState): ClusterState => ({
  ...state,
  nodes: new Map(),
});

/** The cluster as each of `of` workers begins with it: of its nodes those that it owns. */
export function dividedState(state: ClusterState, of: number): readonly ClusterState[] {
  const parts = Array.from({ length: of }, () => new Map<NodeId, NodeRecord>());
  for (const [id, node] of state.nodes) parts[ownerOf(id, of)]?.set(id, node);
  return parts.map((nodes) => ({ ...state, nodes }));
}
