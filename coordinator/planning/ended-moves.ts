import type { DesiredState } from '../../shared/command.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { ClusterState } from '../state/model.js';
import { reduce } from '../state/reduce.js';

/** What takes over in moves, by what it replaces. */
export type Moves = ReadonlyMap<AllocationId, AllocationId>;

/** Moves that are under way in a state. `from`: only those off this node. */
export function movesUnderWay({ nodes }: Pick<ClusterState, 'nodes'>, from?: NodeId): Moves {
  const there = new Set<AllocationId>();
  for (const { id: node, desired } of nodes.values())
    if (from === undefined || node === from)
      for (const { id } of desired?.allocations ?? []) there.add(id);
  const begun = new Map<AllocationId, AllocationId>();
  for (const { desired } of nodes.values())
    for (const { id, replaces } of desired?.allocations ?? [])
      if (replaces !== undefined && there.has(replaces)) begun.set(replaces, id);
  return begun;
}

/** The state in which what is replaced is gone, as soon as what replaces it has answered. */
export function withMovesEnded(state: ClusterState, moves: Moves, atMs: number): ClusterState {
  if (moves.size === 0) return state;
  const states = [...state.nodes.values()].flatMap(({ desired }): DesiredState[] => {
    if (desired === null) return [];
    const allocations = desired.allocations
      .filter(({ id }) => !moves.has(id))
      .map((each) => {
        const { replaces, ...rest } = each;
        return replaces !== undefined && moves.has(replaces) ? rest : each;
      });
    const isSame =
      allocations.length === desired.allocations.length &&
      allocations.every((each, i) => each === desired.allocations[i]);
    return isSame ? [] : [{ ...desired, revision: desired.revision + 1, allocations }];
  });
  return reduce(state, { kind: 'desired-stored', atMs, states });
}
