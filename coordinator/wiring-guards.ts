import type { EventLog } from '../proto/store.js';
import type { Subjects } from '../proto/subjects.js';
import type { NodeId } from '../shared/ids.js';
import { AuditTrail } from './audit/audit-trail.js';
import { HostActs } from './audit/host-acts.js';
import type { CoordinatorDeps, CoordinatorSettings } from './contract.js';
import type { Leadership } from './election/leadership.js';
import type { OwnEvents } from './own-events.js';
import { isAdmitted } from './state/admission.js';
import type { StateEvent } from './state/events.js';
import type { NodeRecord, RegistrationMode } from './state/model.js';
import type { HeldLease } from './store/lease.js';
import type { Stores } from './store/open-stores.js';
import { StoreGuard } from './store/store-guard.js';

const STORE_CHECKS_PER_LEASE = 4;

/** Where the audit goes, and in whose name. */
export interface AuditInput {
  readonly leader: { readonly audit: EventLog; readonly lease: HeldLease };
  readonly backlog: CoordinatorDeps['auditBacklog'];
  readonly clock: CoordinatorDeps['clock'];
  readonly log: CoordinatorDeps['log'];
  readonly subjects: Subjects;
  readonly ownEvents: OwnEvents;
}

/** Who changed what; where that cannot be written, an event says so. */
export function wireAudit(input: AuditInput): AuditTrail {
  const { leader, backlog, clock, log, subjects, ownEvents } = input;
  let failures = 0;
  return new AuditTrail({
    stream: leader.audit,
    backlog,
    subjects,
    clock,
    log,
    lease: leader.lease,
    onFailing: (reason) => {
      failures += 1;
      ownEvents.publish('dqoes.coordinator.audit-failed', String(failures), { reason });
    },
  });
}

/** Where the acts on hosts are heard, and what remembers which have lines. */
export interface HostActsInput {
  readonly audit: AuditTrail;
  readonly clock: CoordinatorDeps['clock'];
  /** What of each node outlives a restart, as it is now. */
  readonly nodes: () => {
    readonly registration: RegistrationMode;
    readonly nodes: ReadonlyMap<NodeId, Pick<NodeRecord, 'isApproved' | 'auditedAct'>>;
  };
  /** Resolves when the state has the event. */
  readonly apply: (event: StateEvent) => Promise<void>;
}

/** What was done on hosts, of nodes that take part. */
export const wireHostActs = ({ audit, clock, nodes, apply }: HostActsInput): HostActs =>
  new HostActs({
    audit,
    clock,
    auditedOf: (id) => {
      const cluster = nodes();
      const node = cluster.nodes.get(id);
      return node !== undefined && isAdmitted(cluster, node) ? node.auditedAct : undefined;
    },
    onAudited: (node, number) => apply({ kind: 'act-audited', atMs: clock.now(), node, number }),
  });

/** The buckets to look after, and who leads by them. */
export interface GuardInput {
  readonly deps: CoordinatorDeps;
  readonly leader: { readonly stores: Stores; readonly leadership: Leadership };
  readonly ownEvents: OwnEvents;
}

/** A lost bucket ends this leadership: only a new start fills it again. */
export function wireGuard(
  { cluster, replicas, leaseMs }: CoordinatorSettings,
  { deps, leader, ownEvents }: GuardInput,
): StoreGuard {
  return new StoreGuard({
    stores: leader.stores,
    provider: deps.stores,
    cluster,
    replicas,
    clock: deps.clock,
    log: deps.log,
    periodMs: leaseMs / STORE_CHECKS_PER_LEASE,
    onLost: (bucket) => {
      ownEvents.publish('dqoes.coordinator.store-lost', bucket, { bucket });
      leader.leadership.resign(
        `the bucket ${bucket} was removed or created again: it is refilled from memory`,
      );
    },
  });
}
