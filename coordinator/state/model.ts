import type { PolicyName } from '../../proto/schemas/service.js';
import type { Liveness, NodeScheduling } from '../../proto/schemas/status.js';
import type { Ack, DesiredState } from '../../shared/command.js';
import type { GpuReport } from '../../shared/gpu.js';
import type { AllocationId, ContainerId, JobName, NodeId, SecretName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { QoeClass } from '../../shared/qoe.js';
import type { BootOrder, HostReport, NodeReport } from '../../shared/report.js';
import type { WorkloadKey } from '../../shared/workload.js';
import type { Rollout } from '../schedule/plan-parts.js';
import type { NodeCondition, Preempted, Refusal, Unreachable } from '../schedule/types.js';
import { NO_REQUESTERS, type Requesters } from './requesters.js';
import type { SentTime } from './sent-time.js';

export type { Liveness, NodeScheduling, PolicyName };

/** What is stored of a node across restarts, from its newest report. */
export interface Registration {
  readonly host: HostReport;
  readonly labels: Readonly<Record<string, string>>;
  readonly agentVersion: string;
  readonly intervalMs: number;
  /** Which start of its agent has the name; absent = not stored by an earlier version. */
  readonly start?: AgentStart;
}

/** `open`: every node that reports takes part; `approved`: those that an operator approved. */
export type RegistrationMode = 'open' | 'approved';
export const REGISTRATION_MODES: readonly RegistrationMode[] = ['open', 'approved'];

/** What a node was registered with: more is not used, whatever it reports. */
export type RegisteredCapacity = Pick<HostReport, 'capacityCpuCores' | 'capacityMemoryBytes'>;

/** One start of an agent. */
export interface AgentStart {
  readonly bootId: string;
  readonly boot?: BootOrder;
}

/** A second agent of a name, and when it was heard last, ms. */
export interface Twin {
  readonly bootId: string;
  readonly atMs: number;
}

/** A job as it is stored. */
export interface JobRecord {
  readonly spec: JobSpec;
  /** Key of what is known of its image, command and environment. */
  readonly workload: WorkloadKey;
  /** The store's revision of the job; orders its updates. */
  readonly revision: number;
  /** Who submitted it first: a name, or a public key. Absent = not known. */
  readonly owner?: string;
}

/** A secret as it is stored, sealed to the coordinators. */
export interface SecretRecord {
  readonly name: SecretName;
  /** Of `proto/sealing`, base64url. */
  readonly box: string;
  /** Of this box: another one is another value, whatever became of the store meanwhile. */
  readonly version: string;
  /** The store's revision of it. */
  readonly revision: number;
  /** Wall clock of the coordinator that stored it, ms since 1970. */
  readonly setAtMs: number;
  /** Who set it first: a name, or a public key. Absent = not known. */
  readonly owner?: string;
  /** Jobs of everybody may name it. */
  readonly isShared?: boolean;
  /** Why it cannot be given out, with the cure; '' = it can. */
  readonly problem: string;
}

/** All secrets of a cluster. */
export type Secrets = ReadonlyMap<SecretName, SecretRecord>;

/** That a host's own rules forbid a job, as its agent said. */
export interface HostRefusal {
  /** Of the job as it was refused: another version of it may be taken. */
  readonly specHash: string;
  /** Of the agent that refused: the next one may have other rules. */
  readonly bootId: string;
  /** In the agent's words. */
  readonly reason: string;
}

/** What one host refuses, by job. */
export type HostRefusals = ReadonlyMap<JobName, HostRefusal>;

/** GPUs that an agent reported before it was started again, and has not since. */
export interface AwaitedGpus {
  readonly gpus: readonly Pick<GpuReport, 'id' | 'vendor'>[];
  /** When the agent was first heard again, ms. */
  readonly sinceMs: number;
}

/** A container that was there when another one was first asked for in its place. */
export interface ReplacedContainer {
  readonly containerId: ContainerId;
  /** The version of its job that it was made for; null = of a job that was stopped before. */
  readonly spec: JobSpec | null;
}

/** Those of one node that its newest report still names. */
export type ReplacedContainers = ReadonlyMap<AllocationId, ReplacedContainer>;

/** How an allocation could not be started since its job was last changed. */
export interface KnownFailures {
  /** The job as it was wanted then. */
  readonly spec: JobSpec;
  /** See `kindOfFailure`. */
  readonly kinds: ReadonlySet<string>;
}

/** Those of one node. */
export type StartFailures = ReadonlyMap<AllocationId, KnownFailures>;

/** All that is known of one node. */
export interface NodeRecord {
  readonly id: NodeId;
  readonly scheduling: NodeScheduling;
  /** It takes part where nodes have to be approved. */
  readonly isApproved: boolean;
  /** null = as it reports. */
  readonly capacity: RegisteredCapacity | null;
  /** The key to which its secrets are sealed: the first it reported; null = none was. */
  readonly sealingKey: string | null;
  /** Number of the newest act of its host that has a line in the audit; 0 = none has. */
  readonly auditedAct: number;
  /** Its usage figures are null. null = only a desired state or a scheduling setting is known. */
  readonly registration: Registration | null;
  /** The newest report since the coordinator started; null = none yet. */
  readonly report: NodeReport | null;
  /** When the newest report was received, or the node became known, ms. */
  readonly heardAtMs: number;
  /** When the newest report was sent, on our clock; null = none yet. */
  readonly sent: SentTime | null;
  readonly liveness: Liveness;
  /** As stored; null = none yet. */
  readonly desired: DesiredState | null;
  /** The newest one; null = none yet. */
  readonly ack: Ack | null;
  /** A second agent of its name; null = none was heard. */
  readonly twin: Twin | null;
  /** What its own rules forbid, as far as its agent has said. */
  readonly refusals: HostRefusals;
  /** Last known class of each allocation in the newest report. */
  readonly classes: ReadonlyMap<AllocationId, QoeClass>;
  /** GPUs that its agent has not told of since it was started again; null = none. */
  readonly awaitedGpus: AwaitedGpus | null;
  /** Containers of its newest report that others are to take the place of. */
  readonly replaced: ReplacedContainers;
  /** What could not be started, and has not since. */
  readonly startFailures: StartFailures;
}

/** What of a node outlives its coordinator. */
export type LastingFields = Pick<
  NodeRecord,
  | 'scheduling'
  | 'registration'
  | 'isApproved'
  | 'capacity'
  | 'refusals'
  | 'sealingKey'
  | 'auditedAct'
>;

/** What the policy says of whole nodes, such as `overloaded`; nodes without any are absent. */
export type NodeConditions = ReadonlyMap<NodeId, readonly NodeCondition[]>;

/** All the coordinator knows; changed only by `reduce`. */
export interface ClusterState {
  readonly incarnation: string;
  readonly epoch: number;
  readonly registration: RegistrationMode;
  readonly policy: PolicyName;
  readonly jobs: ReadonlyMap<JobName, JobRecord>;
  readonly secrets: Secrets;
  readonly nodes: ReadonlyMap<NodeId, NodeRecord>;
  /** Allocations that no node takes, with the reasons. */
  readonly pending: ReadonlyMap<AllocationId, readonly Refusal[]>;
  /** Allocations that the newest plan removed for a heavier job. */
  readonly preempted: readonly Preempted[];
  /** Allocations whose target cannot be met where they run, by the newest plan. */
  readonly unreachable: ReadonlyMap<AllocationId, Unreachable>;
  /** By the newest plan. */
  readonly conditions: NodeConditions;
  /** What changed jobs wait for of which not all containers were started again, by that plan. */
  readonly rollouts: ReadonlyMap<JobName, Rollout>;
  readonly requesters: Requesters;
  readonly counts: { readonly reports: number; readonly acks: number };
}

/** A state without jobs and nodes. */
export const emptyState = (
  identity: Pick<ClusterState, 'incarnation' | 'epoch' | 'policy'> &
    Partial<Pick<ClusterState, 'registration'>>,
): ClusterState => ({
  incarnation: identity.incarnation,
  epoch: identity.epoch,
  registration: identity.registration ?? 'open',
  policy: identity.policy,
  jobs: new Map(),
  secrets: new Map(),
  nodes: new Map(),
  pending: new Map(),
  preempted: [],
  unreachable: new Map(),
  conditions: new Map(),
  rollouts: new Map(),
  requesters: NO_REQUESTERS,
  counts: { reports: 0, acks: 0 },
});

/** The items in id order, so that no result depends on the order of arrival. */
export const byId = <T extends { readonly id: string }>(items: Iterable<T>): T[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
