import type { Fairness } from '../../../types.js';
import type { Member } from '../member.js';
import type { AllocationGoal } from './allocation-goal.js';

export interface NodePlan {
  /** Same order as the members. */
  readonly allocationGoals: readonly AllocationGoal[];
  /** 0 = everybody chosen is aimed at its target, 1 = at the slow edge of its band. */
  readonly bandSlack: number;
  /** CPU that all reachable targets together would take, cores. */
  readonly demandCores: number;
  /** What is there for them: what may be given out less what those without a goal hold, cores. */
  readonly leftCores: number;
  /** `tight`: not everybody reachable can be at its target; `loose`: with room to spare. */
  readonly cpuPressure: CpuPressure;
  /**
   * CPU to be set aside for each ceiling, cores; null = not a ceiling. Same order as the members.
   */
  readonly reserved: readonly (number | null)[];
  /** CPU that requests with open arrivals take on average, cores. */
  readonly useCores: number;
  /** Some ceilings with open arrivals come after others. */
  readonly isCrowded: boolean;
  /** CPU that keeps all queues from growing, cores. */
  readonly stableCores: number;
  /** That is more than may be given out. */
  readonly isOverloaded: boolean;
}

export type CpuPressure = 'high' | 'medium' | 'low';

export interface PlanInput {
  readonly members: readonly Member[];
  /** What may be given out, cores. */
  readonly capacityCores: number;
  readonly fairness: Fairness;
  readonly nowMs: number;
}
