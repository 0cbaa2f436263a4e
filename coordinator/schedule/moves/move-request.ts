import type { JobName, NodeId } from '../../../shared/ids.js';
import type { CpuDemand, NodeBudget } from '../placement/node-budget.js';
import type { Decision, SnapshotAllocation, SnapshotJob } from '../types.js';
import type { LastMove } from './move-gain.js';

export type Placement = Extract<Decision, { kind: 'place' }>;

/** Somebody who should be elsewhere. */
export interface MoveRequest {
  readonly kind: 'drain' | 'unmet';
  readonly allocation: SnapshotAllocation;
}

export interface MoveRoundInput {
  readonly jobs: readonly SnapshotJob[];
  /** All nodes with what is promised and asked for there. */
  readonly budgets: () => readonly NodeBudget[];
  readonly nowMs: number;
  /** What an allocation that runs would take elsewhere. */
  readonly demandOf: (allocation: SnapshotAllocation, node: NodeId) => CpuDemand | null;
}

/** Both grow by the moves that begin. */
export interface MoveLedger {
  readonly lastMoves: Map<JobName, LastMove>;
  readonly countedAtMs: number[];
  /** Moves for targets that may still begin. */
  readonly movesLeft: number;
}
