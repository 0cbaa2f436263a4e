import type { CpuLimit, StateVersion } from '../shared/command.js';
import type { GpuReport } from '../shared/gpu.js';
import type { AllocationId, JobName, NodeId } from '../shared/ids.js';
import type { JobSpec } from '../shared/job.js';
import type { QoeClass, Target } from '../shared/qoe.js';
import type { ContainerReport, HostReport } from '../shared/report.js';
import type { Fault } from '../shared/result.js';

export type Liveness = 'ready' | 'suspect' | 'down';
/**
 * What its operator asked of a node: `cordoned` = takes nothing new, `draining` = and what can run
 * elsewhere is moved there.
 */
export type NodeScheduling = 'open' | 'cordoned' | 'draining';
export const NODE_SCHEDULING: readonly NodeScheduling[] = ['open', 'cordoned', 'draining'];
export type PolicyName = 'default' | 'equal' | 'dqoes' | 'adaptive';
export const POLICY_NAMES: readonly PolicyName[] = ['default', 'equal', 'dqoes', 'adaptive'];

/** Who decides where nothing was said. */
export const DEFAULT_POLICY: PolicyName = 'adaptive';

/** One line of `dqoes ps`. */
export interface AllocationStatus {
  readonly id: AllocationId;
  readonly job: JobName;
  readonly node: NodeId | null;
  /** null when no target is known (bad label). */
  readonly target: Target | null;
  /** The statistic the target names, over the report's window; null = no observation. */
  readonly latencyMs: number | null;
  readonly qoeClass: QoeClass | null;
  readonly desired: CpuLimit | null;
  /** Why the desired limit is what it is, or why the allocation waits. */
  readonly reason: string;
  /** As last reported; null when the agent has not reported it yet. */
  readonly container: ContainerReport | null;
  /** Age of the report at the coordinator, ms. */
  readonly ageMs: number | null;
  /** The target cannot be met where the allocation runs; absent = within reach, or not known. */
  readonly unreachable?: UnreachableTarget;
  /** A move: the allocation whose place it takes as soon as it answers. */
  readonly replaces?: AllocationId;
}

/** What could be instead of a target that is out of reach, and what it would take. */
export interface UnreachableTarget {
  readonly targetMs: number;
  /** Best value of the statistic reachable there, ms; null = not known. */
  readonly reachableMs: number | null;
  /** CPU that the target would take, cores; null = no amount of CPU meets it. */
  readonly neededCores: number | null;
  /** In numbers, for people. */
  readonly reason: string;
}

/** `pending`: nothing runs yet; `ended`: stopped, kept only in answers to `job-stop`. */
export interface JobStatus {
  readonly spec: JobSpec;
  readonly origin: 'dqoes' | 'label';
  readonly state: 'pending' | 'running' | 'partial' | 'failed';
  readonly reasons: readonly string[];
  readonly allocations: readonly AllocationStatus[];
}

export interface NodeStatus {
  readonly id: NodeId;
  readonly liveness: Liveness;
  readonly ageMs: number;
  readonly host: HostReport;
  readonly labels: Readonly<Record<string, string>>;
  readonly agentVersion: string;
  readonly desired: StateVersion | null;
  readonly holds: StateVersion;
  /** Σ of the CPU limits given out, cores. */
  readonly limitedCpuCores: number;
  /**
   * CPU that everything else on the host uses, containers without dqoes and dqoes itself included,
   * cores; absent = not known.
   */
  readonly othersCpuCores?: number;
  readonly containers: number;
  readonly warnings: readonly string[];
  /** Absent = open. */
  readonly scheduling?: NodeScheduling;
  /** Absent = none, or nobody looked. */
  readonly gpus?: readonly GpuReport[];
}

/** What would become of one allocation of a job that is planned. */
export interface PlannedAllocation {
  readonly id: AllocationId;
  /** null = no node takes it. */
  readonly node: NodeId | null;
  /**
   * `met`: its target is expected to be met; `unmet`: it is not; `unknown`: nothing like it has run
   * yet; `nowhere`: no node takes it.
   */
  readonly verdict: PlanVerdict;
  /** The limit it would begin with, cores; null = none. */
  readonly limitCores: number | null;
  /** What it would be guaranteed instead of a quota, cores; absent = a quota, or nothing. */
  readonly guaranteeCores?: number;
  /** The statistic of its target under that limit, ms; null = not known. */
  readonly expectedMs: number | null;
  /** Best value reachable there, ms, where the target is not; null = not known. */
  readonly reachableMs: number | null;
  /** CPU that the target would take there, cores; null = not known, or no CPU does it. */
  readonly neededCores: number | null;
  /** In numbers, for people. */
  readonly reason: string;
}
export type PlanVerdict = 'met' | 'unmet' | 'unknown' | 'nowhere';
export const PLAN_VERDICTS: readonly PlanVerdict[] = ['met', 'unmet', 'unknown', 'nowhere'];

/** Somebody else who would fare otherwise: loses or gains its target, or would have to go. */
export interface PlannedEffect {
  readonly allocation: AllocationId;
  /** Name of a container that dqoes did not start; absent for ours. */
  readonly container?: string;
  readonly job: JobName;
  readonly node: NodeId;
  readonly effect: PlanEffect;
  readonly reason: string;
}
export type PlanEffect = 'loses-target' | 'gains-target' | 'preempted';
export const PLAN_EFFECTS: readonly PlanEffect[] = ['loses-target', 'gains-target', 'preempted'];

export interface JobPlan {
  readonly job: JobName;
  readonly change: 'created' | 'updated' | 'unchanged';
  readonly allocations: readonly PlannedAllocation[];
}

/** Request and response of each verb. Every response is a `ServiceReply`. */
export interface ServiceCalls {
  /** Create or update. `created` lists names that did not exist before. */
  'job-submit': {
    request: { jobs: readonly JobSpec[] };
    response: {
      created: readonly JobName[];
      updated: readonly JobName[];
      unchanged: readonly JobName[];
    };
  };
  /** What would happen if these jobs were submitted together; nothing is stored. */
  'job-plan': {
    request: { jobs: readonly JobSpec[] };
    response: { plans: readonly JobPlan[]; effects: readonly PlannedEffect[] };
  };
  'job-stop': { request: { name: JobName }; response: { stopped: JobName } };
  'job-list': { request: Record<string, never>; response: { jobs: readonly JobStatus[] } };
  'job-status': { request: { name: JobName }; response: { job: JobStatus } };
  'node-list': { request: Record<string, never>; response: { nodes: readonly NodeStatus[] } };
  'node-status': {
    request: { id: NodeId };
    response: { node: NodeStatus; allocations: readonly AllocationStatus[] };
  };
  'node-set': {
    request: { id: NodeId; scheduling: NodeScheduling };
    response: { id: NodeId; scheduling: NodeScheduling };
  };
  'allocation-list': {
    request: Record<string, never>;
    response: { allocations: readonly AllocationStatus[] };
  };
  'policy-get': {
    request: Record<string, never>;
    response: { policy: PolicyName; available: readonly PolicyName[] };
  };
  'policy-set': { request: { policy: PolicyName }; response: { policy: PolicyName } };
}

export type ServiceReply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] };
