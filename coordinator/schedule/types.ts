import type { CpuLimit } from '../../shared/command.js';
import type { DesiredGpu, GpuAssignment, GpuReport } from '../../shared/gpu.js';
import type { AllocationId, ContainerId, JobName, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Target } from '../../shared/qoe.js';
import type { ContainerReport, ContainerState, ControlMode } from '../../shared/report.js';
import type { WorkloadKey } from '../../shared/workload.js';
import type { Forecaster, Prior } from './forecast.js';
import type { PlacementRule } from './placement-rule.js';
import type { NodeGpuPlan, Rollout } from './plan-parts.js';

/** What the scheduler may see of one node. Times are on the coordinator's monotonic clock, ms. */
export interface SnapshotNode {
  readonly id: NodeId;
  readonly schedulable: boolean;
  /** Why not schedulable; '' when it is. */
  readonly unschedulableReason: string;
  /** The operator wants the node empty: everything that can run elsewhere is moved. Absent = no. */
  readonly isDraining?: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly allocatableCpuCores: number;
  readonly allocatableMemoryBytes: number;
  /** CPU of the host that nothing used over the last report, cores; null = not known. */
  readonly idleCpuCores: number | null;
  readonly reportIntervalMs: number;
  /** Its reports do not name all of its containers: they are full. Absent = they do. */
  readonly leavesOut?: boolean;
  /** Absent = none. */
  readonly gpus?: readonly SnapshotGpu[];
  /** In id order. */
  readonly allocations: readonly SnapshotAllocation[];
}

/** One GPU of a node: as reported, and its desired setting; `desired` null = as found. */
export interface SnapshotGpu {
  readonly report: GpuReport;
  readonly desired: DesiredGpu | null;
}

/** One allocation on a node: placed by dqoes or adopted, desired or observed or both. */
export interface SnapshotAllocation {
  readonly id: AllocationId;
  readonly job: JobName;
  readonly node: NodeId;
  readonly origin: 'dqoes' | 'label';
  readonly containerId: ContainerId | null;
  readonly state: ContainerState;
  readonly control: ControlMode;
  readonly target: Target | null;
  readonly weight: number;
  readonly minCores: number;
  /** Capped at the node's allocatable CPU. */
  readonly maxCores: number;
  /** The limit last desired; null = none yet. */
  readonly limit: CpuLimit | null;
  /** The statistic the target names; null = no observation yet. */
  readonly latencyMs: number | null;
  /** When the report holding `latencyMs` was sent, and how old its newest sample was then. */
  readonly observedAtMs: number;
  readonly newestSampleAgeMs: number;
  /** The whole report, for policies that learn; null when not reported. */
  readonly report: ContainerReport | null;
  /** GPUs it was given; absent = none. */
  readonly gpu?: GpuAssignment;
}

/** A job that wants `replicas` allocations. */
export interface SnapshotJob {
  readonly spec: JobSpec;
  /** Jobs with the same key have the same cost per request. */
  readonly workload: WorkloadKey;
  /** Its allocations that exist or are desired now, each once, in the order of their ordinals. */
  readonly placed: readonly Placed[];
  /** Nodes whose rules, or labels where it is placed, forbid the job, and why. Absent = none. */
  readonly refusedBy?: ReadonlyMap<NodeId, string>;
  /** Nodes that ask too much of their host with it, of which it is to leave. Absent = none. */
  readonly leaves?: ReadonlyMap<NodeId, string>;
  /** Why no container of it may be created anywhere now. Absent = it may. */
  readonly waitsFor?: string;
  /** Of its sealed secrets, for each allocation; absent = 0. */
  readonly secretBytes?: number;
}

/** Where one allocation of a job is. */
export interface Placed {
  readonly id: AllocationId;
  readonly node: NodeId;
  /** The allocation that it replaces as soon as it answers, in a move. Absent = none. */
  readonly replaces?: AllocationId;
  /** Its container is to be started again, as the newest version of the job. Absent = no. */
  readonly isOutdated?: true;
  /** Its agent says that what runs runs on as it was before that. Absent = no. */
  readonly isHeldBack?: true;
  /** What runs was made for another version before that, or is stopping. Absent = not known. */
  readonly isPrevious?: true;
}

/** Frozen state: the only input of the scheduler beside time, chance and parameters. */
export interface Snapshot {
  readonly jobs: readonly SnapshotJob[];
  readonly nodes: readonly SnapshotNode[];
  /**
   * Nodes that have failed for good: their allocations are restarted elsewhere. The same array as
   * long as nothing changes; absent = none.
   */
  readonly lost?: readonly NodeId[];
  /** Too many nodes are silent at once for the fault to be theirs: nothing is moved. */
  readonly isFrozen?: boolean;
}

/** One change with its reason in numbers. */
export type Decision =
  | {
      readonly kind: 'place';
      readonly allocation: AllocationId;
      readonly job: JobName;
      readonly node: NodeId;
      readonly reason: string;
      /** Absent = a new replica. */
      readonly replaces?: AllocationId;
      /** GPUs it is given there; absent = none. */
      readonly gpu?: GpuAssignment;
    }
  | {
      readonly kind: 'remove';
      readonly allocation: AllocationId;
      readonly job: JobName;
      readonly node: NodeId;
      readonly reason: string;
    }
  | {
      readonly kind: 'limit';
      readonly allocation: AllocationId;
      readonly job: JobName;
      readonly node: NodeId;
      readonly from: CpuLimit | null;
      readonly to: CpuLimit;
      readonly reason: string;
    };

type Resource = 'cpu' | 'memory' | 'gpu' | 'command' | 'port';
/** Why a node cannot take an allocation; amounts are in the unit of the resource. */
export interface Refusal {
  /** null = all of them. */
  readonly node: NodeId | null;
  /** `command`: bytes of the desired state; `port`, `rules`: of the host; `secret`: none is set. */
  readonly resource: Resource | 'label' | 'cordon' | 'liveness' | 'rules' | 'secret';
  readonly requested: number | string;
  readonly used: number | string;
  readonly capacity: number | string;
  readonly message: string;
}

/** An allocation that no node can take, with the reasons of the nodes. */
export interface Pending {
  readonly job: JobName;
  readonly allocation: AllocationId;
  readonly refusals: readonly Refusal[];
}

/** An allocation that was removed for one of a heavier job. */
export interface Preempted {
  readonly allocation: AllocationId;
  readonly job: JobName;
  readonly node: NodeId;
  readonly reason: string;
}

/** Output of the scheduler. */
export interface Plan {
  readonly decisions: readonly Decision[];
  readonly pending: readonly Pending[];
  readonly preempted: readonly Preempted[];
  /** Targets that the policy knows cannot be met where the job runs, by node and allocation. */
  readonly unreachable: readonly Unreachable[];
  /** Conditions that last on nodes; a node that is not named has none. Absent = none anywhere. */
  readonly conditions?: readonly (NodeCondition & { readonly node: NodeId })[];
  /** Settings of all GPUs of a node, for nodes whose GPUs can be controlled; absent = none. */
  readonly gpus?: readonly NodeGpuPlan[];
  /** Outdated allocations whose turn it is to become the newest version of their job. */
  readonly turns?: readonly AllocationId[];
  /** Jobs of which some containers still wait for their turn; absent = none. */
  readonly rollouts?: readonly Rollout[];
}

/**
 * Something about a whole node that an operator should know while it lasts. `fell-back`: limits
 * made more jobs slow than plain Docker would, so they are suspended for a while. `overloaded`: the
 * requests need more CPU than the node has.
 */
export interface NodeCondition {
  readonly kind: 'fell-back' | 'overloaded';
  readonly reason: string;
}

/** A target that cannot be met here now, with the best value and the CPU it would take. */
export interface Unreachable {
  readonly allocation: AllocationId;
  readonly job: JobName;
  readonly node: NodeId;
  readonly targetMs: number;
  /** Best value of the statistic reachable for this job here, ms; null = not known yet. */
  readonly reachableMs: number | null;
  /** CPU the target would take, cores; null = no amount of CPU meets it. */
  readonly neededCores: number | null;
  readonly reason: string;
}

/**
 * A policy decides the limits of one node. Pure: the same input and memory give the same answer.
 * `Memory` is opaque to everyone else and JSON-serialisable.
 */
export interface Policy<Memory = unknown> {
  readonly name: string;
  readonly start: Memory;
  decide(input: PolicyInput, memory: Memory): PolicyOutput<Memory>;
  /** What the policy can say beyond limits; absent = it learns nothing of workloads. */
  readonly forecaster?: Forecaster<Memory>;
  /** The policy's own placement rule; absent = by CPU demand (`placement/choose-node.ts`). */
  readonly place?: PlacementRule;
  /** It holds targets of GPU jobs by the clock of the GPU. Absent = clocks stay as found. */
  readonly steersGpus?: boolean;
  /**
   * Whether it would decide nothing about this node with this memory and keep it, whatever the
   * time: such a node need not be asked about (again). Absent = it may act when time has passed.
   */
  waitsForNews?(node: SnapshotNode, memory: Memory): boolean;
}

/** What a policy decided for one node. Limits that are not named stay. */
export interface PolicyOutput<Memory> {
  readonly limits: readonly LimitDecision[];
  readonly memory: Memory;
  /** Absent = the policy does not know. */
  readonly unreachable?: readonly Unreachable[];
  /** Absent = none. */
  readonly conditions?: readonly NodeCondition[];
}

/** What a policy sees of one node. */
export interface PolicyInput {
  readonly node: SnapshotNode;
  /** Known of an allocation that is not measured here yet; absent or undefined = nothing is. */
  readonly priorOf?: (allocation: SnapshotAllocation) => Prior | undefined;
  readonly nowMs: number;
  readonly params: PolicyParams;
}

/** A limit with its reason in numbers. */
export interface LimitDecision {
  readonly allocation: AllocationId;
  readonly limit: CpuLimit;
  readonly reason: string;
}

/** Parameters of the policies; defaults in `DEFAULT_PARAMS`. */
export interface PolicyParams {
  /** I₀: minimum time between two evaluations of a node, ms. */
  readonly intervalMs: number;
  /** I_max of the DQoES listener, ms. */
  readonly maxIntervalMs: number;
  /** β: share of R_G taken back per step. Default 0.1. */
  readonly releaseRatio: number;
  readonly seed: number;
  /** Of `adaptive`. Default `weighted`. */
  readonly fairness: Fairness;
  /** Share of the allocatable CPU that `adaptive` keeps in reserve, 0..0.5. Default 0. */
  readonly reserveRatio: number;
  /** `target`: the CFS period follows target and work; `fixed`: always 100 ms. Default `target`. */
  readonly period: PeriodRule;
  /** Most moves started per minute for targets that are missed; drains apart. Default 4. */
  readonly movesPerMinute: number;
  /** Containers that start are lent nothing, as in forecasts. Absent = false. */
  readonly lendsNothing?: boolean;
}

/**
 * Which jobs are satisfied where not all can be: `count` = the most jobs, `weighted` = the most
 * weight, `maxmin` = the largest latency ÷ target is made as small as possible.
 */
export const FAIRNESS = ['count', 'weighted', 'maxmin'] as const;
export type Fairness = (typeof FAIRNESS)[number];

/** How `adaptive` sets the CFS period. */
export const PERIOD_RULES = ['target', 'fixed'] as const;
export type PeriodRule = (typeof PERIOD_RULES)[number];

/** Values of parameters that are not configured. */
export const DEFAULT_PARAMS: PolicyParams = {
  intervalMs: 5000,
  maxIntervalMs: 60_000,
  releaseRatio: 0.1,
  seed: 1,
  fairness: 'weighted',
  reserveRatio: 0,
  period: 'target',
  movesPerMinute: 4,
};
