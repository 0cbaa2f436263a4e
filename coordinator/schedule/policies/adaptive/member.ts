import type { AllocationModel } from '../../model/allocation-model.js';
import type { SnapshotAllocation } from '../../types.js';
import type { LatencyGoal } from './latency-goal.js';

/**
 * Relative standard deviations of judged values around what the law predicts. Computed when they
 * are asked for: most decisions need none of them.
 */
export interface Spreads {
  readonly ofReports: (member: Pick<Member, 'model' | 'allocation'>) => number;
  /** What its queue adds to that at the set point of a mean with open arrivals; 0 = any other. */
  readonly ofQueue: (goal: LatencyGoal) => number;
}

/** One allocation of a node with what is known and wanted of it. */
export interface Member {
  readonly allocation: SnapshotAllocation;
  readonly model: AllocationModel;
  /** Life of the container that `model` counts in. */
  readonly lifeId: string;
  /** null = nothing known yet, or no target. */
  readonly goal: LatencyGoal | null;
  /** It has a guarantee by weight instead of a quota: a ceiling. */
  readonly isWeighted: boolean;
  /** How far its judged value lies around what the law predicts; one for the whole node. */
  readonly spreads: Spreads;
  /** Its quota or its guarantee, cores; null = none yet. */
  readonly heldCores: number | null;
  /** Minimum and maximum it may have, cores. */
  readonly floorCores: number;
  readonly maxCores: number;
  /** Its owner set a `maxCores` below what the node has. */
  readonly isBoundedByOwner: boolean;
  /** Its report is too old to be evidence, or its limit is inherited: the limit stays. */
  readonly isStale: boolean;
}

/** `cores` within the minimum and maximum of a member. */
export const boundedCores = ({ floorCores, maxCores }: Member, cores: number): number =>
  Math.min(maxCores, Math.max(floorCores, cores));
