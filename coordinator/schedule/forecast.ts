import type { AllocationId } from '../../shared/ids.js';
import type { Statistic, Target } from '../../shared/qoe.js';

/** What is known of a workload, whoever runs it, on a node of speed 1. */
export interface WorkloadProfile {
  /** W: CPU of one request, core-seconds, > 0. */
  readonly workSeconds: number;
  /** Relative standard deviation of one request's work. */
  readonly noiseRatio: number;
  /** Requests it rests on. */
  readonly requests: number;
  /** What a request takes beyond its CPU, s. */
  readonly overheadSeconds: number;
  /** Cores it uses when nothing holds it back; 0 = never seen. */
  readonly freeCores: number;
  /** Clients that wait for each answer, at least 1. */
  readonly clients: number;
  /**
   * λ of open arrivals, requests per second; 0 = closed loop, or not known. A matter of the job,
   * not of its workload.
   */
  readonly ratePerSecond: number;
  /** Percentile ÷ mean, of those that were asked for. */
  readonly tailRatios: Readonly<Partial<Record<Statistic, number>>>;
}

/** A profile as it holds on one node. */
export interface Prior {
  readonly profile: WorkloadProfile;
  /** How fast the node computes ÷ the reference. */
  readonly speedRatio: number;
}

/** What one allocation asks of its node, as last decided. */
export interface AllocationDemand {
  readonly allocation: AllocationId;
  /** CPU its target takes, cores; Infinity = no CPU does it, null = not known. */
  readonly aimCores: number | null;
  /** The same at the slow edge of its band. */
  readonly edgeCores: number | null;
  /** Its target is met, is expected to be, or nothing is known yet. */
  readonly isMet: boolean;
}

export interface NodeForecast {
  /** What can really be given out there, cores. */
  readonly capacityCores: number;
  readonly demands: readonly AllocationDemand[];
}

/**
 * What a policy can say beyond limits, from its own memory of a node. Only a policy that learns has
 * it.
 */
export interface Forecaster<Memory> {
  forecast(memory: Memory): NodeForecast;
  /** Whose target is not met there. */
  unmet(memory: Memory): readonly AllocationId[];
  /** What the allocations of a node have shown of their workloads. */
  profiles(
    memory: Memory,
  ): readonly { readonly allocation: AllocationId; readonly profile: WorkloadProfile }[];
  /** CPU that a target would take, cores; Infinity = no CPU does it. */
  demand(prior: Prior, target: Target): { readonly aimCores: number; readonly edgeCores: number };
  /**
   * The statistic of the allocation's target that its limit as decided should give, ms; null = not
   * known, or none.
   */
  expectedMs(memory: Memory, allocation: AllocationId): number | null;
}
