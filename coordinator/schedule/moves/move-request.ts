import type { AllocationId, JobName, NodeId } from '../../../shared/ids.js';
import type { DemandBySpeed } from '../forecast.js';
import type { AllocationSummary } from '../node-summary.js';
import type { NodeBudget } from '../placement/node-budget.js';
import type { Decision, SnapshotJob } from '../types.js';
import type { LastMove } from './move-gain.js';

/** The decision that starts a new allocation. */
export type Placement = Extract<Decision, { kind: 'place' }>;

/**
 * An allocation that should run on another node. `leave`: whatever it gains, and why, as what is
 * said of its node.
 */
export type MoveRequest =
  | {
      readonly kind: 'leave';
      readonly allocation: AllocationSummary;
      readonly why: string;
    }
  | { readonly kind: 'unmet'; readonly allocation: AllocationSummary };

/** What a round of moves looks at. */
export interface MoveRoundInput {
  readonly jobs: readonly SnapshotJob[];
  /** All nodes with what is promised and demanded there. */
  readonly budgets: () => readonly NodeBudget[];
  readonly nowMs: number;
  /** What this plan places beside the moves: these ids are taken. Absent = nothing. */
  readonly placed?: readonly AllocationId[];
  /**
   * Jobs that are being changed: none of theirs is moved for speed, since one may be slow because
   * another is started again, and is itself about to be. Absent = none.
   */
  readonly changing?: ReadonlySet<JobName>;
  /** CPU that a running allocation would take on another node; null = not known. */
  readonly demandOf: (allocation: AllocationSummary) => DemandBySpeed | null;
  /** How fast a node computes ÷ the reference. */
  readonly speedOf: (node: NodeId) => number;
}

/** Moves on record; both collections grow by the moves that begin. */
export interface MoveLedger {
  readonly lastMoves: Map<JobName, LastMove>;
  readonly countedAtMs: number[];
  /** Number of moves for targets that may still begin. */
  readonly movesLeft: number;
}

/** A move that begins: where to, with which CPU, and why. */
export interface Move {
  readonly job: SnapshotJob;
  readonly allocation: AllocationSummary;
  readonly to: NodeBudget;
  readonly plannedCores: number;
  readonly kind: LastMove['why'];
  readonly why: string;
}
