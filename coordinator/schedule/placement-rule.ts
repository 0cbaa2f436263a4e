import type { NodeId } from '../../shared/ids.js';

/**
 * A node that can take a new allocation, as a placement rule sees it. Allocations placed before it
 * in the same plan are counted.
 */
export interface NodeCandidate {
  readonly node: NodeId;
  /** Allocations of the new one's own job there. */
  readonly ofJob: number;
  /** Allocations of all jobs. */
  readonly ofAll: number;
}

/**
 * Chooses among the feasible nodes, of which there is at least one. The node it returns must be one
 * of them.
 */
export type PlacementRule = (candidates: readonly NodeCandidate[]) => {
  readonly node: NodeId;
  readonly reason: string;
};
