import type { Ack, DesiredState } from '../../shared/command.js';
import type { JobName, NodeId, SecretName } from '../../shared/ids.js';
import type { NodeReport } from '../../shared/report.js';
import type { Pending, Plan, Preempted, Unreachable } from '../schedule/types.js';
import type {
  HostRefusals,
  JobRecord,
  LastingFields,
  NodeScheduling,
  PolicyName,
  RegisteredCapacity,
  Registration,
  SecretRecord,
} from './model.js';

/**
 * Everything that can change the state. Times are the coordinator's monotonic clock, ms, and part
 * of the event.
 */
export type StateEvent =
  /** Reports received since the last such event, each with its time; at most one of a node. */
  | {
      readonly kind: 'reports';
      readonly atMs: number;
      readonly reports: readonly { readonly atMs: number; readonly report: NodeReport }[];
    }
  /** Second agents of a name, whose reports do not count. */
  | {
      readonly kind: 'twins';
      readonly atMs: number;
      readonly twins: readonly {
        readonly node: NodeId;
        readonly bootId: string;
        readonly atMs: number;
      }[];
    }
  | { readonly kind: 'acks'; readonly atMs: number; readonly acks: readonly Ack[] }
  /**
   * The store holds these jobs; `revision` is the store's. A job older than the known one changes
   * nothing. `areRestored`: it had lost them, and gives lower revisions than before. `by`: who
   * asked for it; absent = not known, here and below.
   */
  | {
      readonly kind: 'jobs-stored';
      readonly atMs: number;
      readonly jobs: readonly Pick<JobRecord, 'spec' | 'revision' | 'owner'>[];
      readonly areRestored?: true;
      readonly by?: string;
    }
  /** The job is not stored any more. With `revision`: only if the known job still has it. */
  | {
      readonly kind: 'job-removed';
      readonly atMs: number;
      readonly name: JobName;
      readonly revision?: number;
      readonly by?: string;
    }
  /** Desired states that the store holds now. */
  | {
      readonly kind: 'desired-stored';
      readonly atMs: number;
      readonly states: readonly DesiredState[];
    }
  /** A plan was made; what it says replaces what the plan before said. */
  | {
      readonly kind: 'planned';
      readonly atMs: number;
      readonly pending: readonly Pending[];
      readonly preempted: readonly Preempted[];
      readonly unreachable: readonly Unreachable[];
      readonly conditions?: Plan['conditions'];
      readonly rollouts?: Plan['rollouts'];
    }
  /**
   * The store holds these secrets. One older than the known one changes nothing. `areNewest`: we
   * have just written them, to a store that may have lost others and gives lower revisions.
   */
  | {
      readonly kind: 'secrets-stored';
      readonly atMs: number;
      readonly secrets: readonly SecretRecord[];
      readonly areNewest?: true;
    }
  /** The secret is not stored any more. */
  | { readonly kind: 'secret-removed'; readonly atMs: number; readonly name: SecretName }
  /** The store holds this policy. */
  | { readonly kind: 'policy-set'; readonly atMs: number; readonly policy: PolicyName }
  /** The store knows this node from before a restart. */
  | {
      readonly kind: 'node-known';
      readonly atMs: number;
      readonly node: NodeId;
      readonly registration: Registration | null;
      /** Absent = approved, as all are that were stored before there was a difference. */
      readonly isApproved?: boolean;
      readonly capacity?: RegisteredCapacity | null;
      /** Absent = none. */
      readonly refusals?: HostRefusals;
      readonly sealingKey?: string | null;
      /** Absent = none. */
      readonly auditedAct?: number;
    }
  /** Another leader stored this of the node. What its host said of itself since stays. */
  | {
      readonly kind: 'node-stored';
      readonly atMs: number;
      readonly node: NodeId;
      readonly lasting: LastingFields;
    }
  /** The store holds that the node takes part, with this capacity. */
  | {
      readonly kind: 'node-approved';
      readonly atMs: number;
      readonly node: NodeId;
      readonly capacity: RegisteredCapacity | null;
      /** Absent = the one it has. */
      readonly sealingKey?: string | null;
    }
  /** The store knows nothing of the node any more. */
  | { readonly kind: 'node-removed'; readonly atMs: number; readonly node: NodeId }
  /** The store holds this setting of a node. */
  | {
      readonly kind: 'node-scheduling';
      readonly atMs: number;
      readonly node: NodeId;
      readonly scheduling: NodeScheduling;
      readonly by?: string;
    }
  /** The audit has a line for this act of the host of the node, and for those before it. */
  | {
      readonly kind: 'act-audited';
      readonly atMs: number;
      readonly node: NodeId;
      readonly number: number;
    }
  /** Reports are heard from now on: before, no node could be. */
  | { readonly kind: 'hearing'; readonly atMs: number }
  /** Time has passed: the liveness of every node is judged again. */
  | { readonly kind: 'tick'; readonly atMs: number };

/** Those that concern nodes, and change nothing else of the cluster but how much was heard. */
export type NodeEvent = Extract<
  StateEvent,
  {
    kind:
      | 'reports'
      | 'twins'
      | 'acks'
      | 'desired-stored'
      | 'node-known'
      | 'node-stored'
      | 'node-approved'
      | 'node-removed'
      | 'node-scheduling'
      | 'act-audited'
      | 'hearing'
      | 'tick';
  }
>;
