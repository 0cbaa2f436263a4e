import type { PolicyName } from '../../proto/schemas/service.js';
import type { Liveness, NodeScheduling } from '../../proto/schemas/status.js';
import type { Ack, DesiredState } from '../../shared/command.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { QoeClass } from '../../shared/qoe.js';
import type { HostReport, NodeReport } from '../../shared/report.js';
import type { WorkloadKey } from '../../shared/workload.js';
import type { Preempted, Refusal, Unreachable } from '../schedule/types.js';
import type { Conditions } from './conditions.js';
import type { SentTime } from './sent-time.js';

export type { Liveness, NodeScheduling, PolicyName };

/** What is kept of a node across restarts. */
export interface Registration {
  readonly host: HostReport;
  readonly labels: Readonly<Record<string, string>>;
  readonly agentVersion: string;
  readonly intervalMs: number;
}

export interface JobRecord {
  readonly spec: JobSpec;
  readonly workload: WorkloadKey;
  /** The store's revision of the job; orders its updates. */
  readonly revision: number;
}

export interface NodeRecord {
  readonly id: NodeId;
  readonly scheduling: NodeScheduling;
  /** Without its usage figures; null when only a desired state or a cordon is known. */
  readonly registration: Registration | null;
  /** The newest report since the coordinator started; null = none yet. */
  readonly report: NodeReport | null;
  /** When it was received, or when the node was first known of, ms. */
  readonly heardAtMs: number;
  /** When the newest report was sent; null = none yet. */
  readonly sent: SentTime | null;
  readonly liveness: Liveness;
  readonly desired: DesiredState | null;
  readonly ack: Ack | null;
  /** Last known class of each allocation in the newest report. */
  readonly classes: ReadonlyMap<AllocationId, QoeClass>;
}

/** All the coordinator knows; changed only by `reduce`. */
export interface ClusterState {
  readonly incarnation: string;
  readonly epoch: number;
  readonly policy: PolicyName;
  readonly jobs: ReadonlyMap<JobName, JobRecord>;
  readonly nodes: ReadonlyMap<NodeId, NodeRecord>;
  /** Allocations that no node takes, with the reasons. */
  readonly pending: ReadonlyMap<AllocationId, readonly Refusal[]>;
  /** Who had to go for a heavier job in the newest plan. */
  readonly preempted: readonly Preempted[];
  /** Allocations whose target cannot be met where they run, as the policy said last. */
  readonly unreachable: ReadonlyMap<AllocationId, Unreachable>;
  /** What lasts on whole nodes, as the policy said last. */
  readonly conditions: Conditions;
  readonly counts: { readonly reports: number; readonly acks: number };
}

export const emptyState = (
  identity: Pick<ClusterState, 'incarnation' | 'epoch' | 'policy'>,
): ClusterState => ({
  incarnation: identity.incarnation,
  epoch: identity.epoch,
  policy: identity.policy,
  jobs: new Map(),
  nodes: new Map(),
  pending: new Map(),
  preempted: [],
  unreachable: new Map(),
  conditions: new Map(),
  counts: { reports: 0, acks: 0 },
});

/** In id order, so that nothing depends on the order of arrival. */
export const byId = <T extends { readonly id: string }>(items: Iterable<T>): T[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
