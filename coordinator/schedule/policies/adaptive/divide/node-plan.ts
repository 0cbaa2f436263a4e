import type { Fairness } from '../../../types.js';
import type { Admission } from '../admission.js';
import type { Member } from '../member.js';
import type { AllocationGoal } from './allocation-goal.js';
import type { Lending, StartBoosts } from './start-boost.js';

/** How a node's CPU is divided. */
export interface NodePlan {
  /** Same order as the members. */
  readonly allocationGoals: readonly AllocationGoal[];
  /** What is lent beyond that to those that start. */
  readonly startBoosts: StartBoosts;
  /**
   * 0 = all chosen members are at their set point, 1 = at the slow edge of the band less its
   * margin, 2 = at the edge.
   */
  readonly bandSlack: number;
  /** CPU that all reachable targets together would take, cores. */
  readonly demandCores: number;
  /** CPU available for them, cores: the capacity less what members without a goal hold. */
  readonly leftCores: number;
  /** What they took lately ÷ that, where some are served; else 1. Absent = 1. */
  readonly slowerRatio?: number;
  /**
   * `high`: not all reachable targets fit; `low`: they fit with CPU to spare; `medium`: between.
   */
  readonly cpuPressure: CpuPressure;
  /** CPU reserved for each ceiling, cores; null = not a ceiling. Same order as the members. */
  readonly reserved: readonly (number | null)[];
  /** Offered load: CPU that requests with open arrivals take on average, cores. */
  readonly useCores: number;
  /** Some ceilings with open arrivals rank below others, because not all queues can be short. */
  readonly isCrowded: boolean;
  /** CPU that keeps all queues from growing, cores. */
  readonly stableCores: number;
  /** `stableCores` exceeds the capacity. */
  readonly isOverloaded: boolean;
}

/** How short CPU is on a node. */
export type CpuPressure = 'high' | 'medium' | 'low';

/** What a node is divided among. */
export interface NodePlanInput {
  readonly members: readonly Member[];
  /** CPU to divide, cores. */
  readonly capacityCores: number;
  readonly fairness: Fairness;
  readonly nowMs: number;
  /** What requests cost lately ÷ now, at least 1; absent = 1 (slower-lately.ts). */
  readonly slowerRatio?: number;
  /** When one more is taken beside those that are served; absent = whenever it fits. */
  readonly admission?: Admission;
  /** What starting containers may be lent; undefined = nothing. */
  readonly lending?: Lending | undefined;
}
