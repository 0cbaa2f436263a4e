import type { AllocationModel } from '../../model/allocation-model.js';
import type { SnapshotAllocation } from '../../types.js';
import type { LatencyGoal } from './latency-goal.js';

/** One allocation of a node with what is known and wanted of it. */
export interface Member {
  readonly allocation: SnapshotAllocation;
  readonly model: AllocationModel;
  /** Which life of the container `known` counts in. */
  readonly lifeId: string;
  /** null = nothing known yet, or no target. */
  readonly goal: LatencyGoal | null;
  /** It has no quota but a guarantee: a ceiling. */
  readonly isWeighted: boolean;
  /** Its quota or its guarantee, cores; null = none yet. */
  readonly heldCores: number | null;
  /** Least and most it may have at all, cores. */
  readonly floorCores: number;
  readonly maxCores: number;
  /** `mostCores` is less than the node has, by its owner's wish. */
  readonly isBoundedByOwner: boolean;
  /** Its report is too old to be evidence: it stays as it is. */
  readonly isStale: boolean;
}

/** Within what a member may have at all, cores. */
export const boundedCores = ({ floorCores, maxCores }: Member, cores: number): number =>
  Math.min(maxCores, Math.max(floorCores, cores));
