import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { Statistic, Target } from '../../shared/qoe.js';

/** What is known of a workload from all its jobs, for a node of speed 1. */
export interface WorkloadProfile {
  /** W: CPU of one request, core-seconds, > 0. */
  readonly workSeconds: number;
  /** Relative standard deviation of one request's work. */
  readonly noiseRatio: number;
  /** Requests it rests on. */
  readonly requests: number;
  /** What a request takes beyond its CPU, s. */
  readonly overheadSeconds: number;
  /**
   * Of that, what requests of open arrivals wait beside each other, s; absent = none, or not seen.
   */
  readonly besideSeconds?: number;
  /** Cores it uses when no limit binds; 0 = never seen. */
  readonly freeCores: number;
  /** Most cores that its requests were seen to use, under any limit; absent = never seen. */
  readonly seenCores?: number;
  /** Clients that wait for each answer (closed loop), at least 1. */
  readonly clients: number;
  /**
   * λ of open arrivals, requests per second; 0 = closed loop, or not known. It belongs to the job,
   * not to its workload.
   */
  readonly ratePerSecond: number;
  /** Percentile ÷ mean, for the statistics that targets named. */
  readonly tailRatios: Readonly<Partial<Record<Statistic, number>>>;
}

/**
 * A profile as it applies to one node: the prior of an allocation that has not been measured yet.
 */
export interface Prior {
  readonly profile: WorkloadProfile;
  /** How fast the node computes ÷ the reference. */
  readonly speedRatio: number;
}

/**
 * CPU that a target takes of a workload, cores, by how fast a node computes ÷ the reference;
 * Infinity = no CPU meets it. What does not depend on the speed is found once, since a thousand
 * nodes have as many speeds.
 */
export interface DemandBySpeed {
  /** At the target. */
  readonly aimCores: (speedRatio: number) => number;
  /** At the slow edge of its band. */
  readonly edgeCores: (speedRatio: number) => number;
}

/** CPU that one allocation's target takes on its node, as last decided. */
export interface AllocationDemand {
  readonly allocation: AllocationId;
  /** CPU for its target, cores; Infinity = no CPU meets it, null = not known. */
  readonly aimCores: number | null;
  /** CPU for the slow edge of its band, cores; as above. */
  readonly edgeCores: number | null;
  /** Its target is met, is expected to be, or nothing is known yet. */
  readonly isMet: boolean;
}

/** What a node has and what the targets on it take, as the policy saw it last. */
export interface NodeForecast {
  /** CPU that the node can really deliver, cores. */
  readonly capacityCores: number;
  readonly demands: readonly AllocationDemand[];
  /**
   * What the jobs took of the node lately ÷ now, at least 1: nobody new is admitted who would not
   * fit with that, too. Absent = 1.
   */
  readonly slowerRatio?: number;
}

/** What an allocation has shown of its workload. */
export interface ShownProfile {
  readonly allocation: AllocationId;
  readonly profile: WorkloadProfile;
}

/** What a policy says of nodes beyond limits, from what it remembers of each. */
export interface NodeOutlooks {
  /** undefined = it forecasts nothing of the node. */
  forecastOf(node: NodeId): NodeForecast | undefined;
  /**
   * Allocations whose target was not met when the policy last saw the node. `place`: where it
   * stands in the list of nodes, so that it need not be looked for.
   */
  unmetOf(node: NodeId, place?: number): readonly AllocationId[];
  /** What the allocations there have shown; undefined = nothing is remembered of the node. */
  profilesOf(node: NodeId): readonly ShownProfile[] | undefined;
}

/** What an allocation had shown, as the policy remembers it of the node where that was. */
export interface Shown<Memory> {
  readonly memory: Memory;
  readonly allocation: AllocationId;
  /** CPU that a request takes on the other node ÷ what it took there, by the nodes' speeds. */
  readonly workRatio: number;
}

/** How the value that a report shows lies around the expected one. */
export interface ReportSpread {
  /** Its mean ÷ the expected value: a percentile of few requests falls short of the real one. */
  readonly biasRatio: number;
  /**
   * Relative standard deviation: how far forecasts were off on that node, the chance in the
   * requests of one report, and what is not known of the work.
   */
  readonly spreadRatio: number;
}

/**
 * What a policy can say beyond limits, from its own memory of a node. Only a policy that learns has
 * one.
 */
export interface Forecaster<Memory> {
  forecast(memory: Memory): NodeForecast;
  /** Allocations whose target is not met there. */
  unmet(memory: Memory): readonly AllocationId[];
  /** What the allocations of a node have shown of their workloads. */
  profiles(memory: Memory): readonly ShownProfile[];
  /** CPU that a target would take of a workload. */
  demand(profile: WorkloadProfile, target: Target): DemandBySpeed;
  /**
   * The statistic of the target that the allocation's current limit should give, ms; null = not
   * known, or no target.
   */
  expectedMs(memory: Memory, allocation: AllocationId): number | null;
  /** Whether a limit of the node stopped short of where it goes, until the next report. */
  isUnderWay(memory: Memory): boolean;
  /**
   * The memory with which the node is decided about again, as if its newest reports were news;
   * nothing is learnt of them a second time. For copies of the state, in which none come.
   */
  again(memory: Memory): Memory;
  /**
   * The memory of a node as it would be some minutes later, when each allocation that has come
   * there has answered as another one had, by the map, and no pause of the policy lasts any more.
   * The policy then decides about the node as if it had just reported. For copies of the state.
   */
  later(memory: Memory, shown: ReadonlyMap<AllocationId, Shown<Memory>>, nowMs: number): Memory;
  /**
   * How a report of `intervalMs` lies around `expectedMs`; null = not known: nothing was measured,
   * or requests queue (open arrivals).
   */
  reportSpread(memory: Memory, allocation: AllocationId, intervalMs: number): ReportSpread | null;
  /**
   * CPU, cores, above which more has not been seen to help, where its target takes more than that;
   * null = it takes no more, or nothing was measured.
   */
  provenCores(memory: Memory, allocation: AllocationId): number | null;
}
