import type { EventLog, HistoryLog } from '../proto/store.js';
import { type Subjects, subjectsOf } from '../proto/subjects.js';
import type { AuditTrail } from './audit/audit-trail.js';
import type { CoordinatorDeps, CoordinatorSettings } from './contract.js';
import { EventPublisher } from './dispatch/event-publisher.js';
import type { Leadership } from './election/leadership.js';
import { eventSourceOf, OwnEvents } from './own-events.js';
import { type Pace, paceOf } from './pacing/pace.js';
import type { HeldLease } from './store/lease.js';
import type { LoadedState } from './store/load-state.js';
import type { NodeRecords } from './store/node-records.js';
import type { Stores } from './store/open-stores.js';
import type { RefilledBucket } from './store/reclaim.js';
import { wireAudit } from './wiring-guards.js';

/** What a coordinator has in hand when it begins to lead. */
export interface LeaderParts {
  readonly stores: Stores;
  readonly events: EventLog;
  readonly audit: EventLog;
  /** null = the cluster was installed before there were minutes. */
  readonly history: HistoryLog | null;
  readonly lease: HeldLease;
  /** Epoch of the coordinator that led before; 0 = none. */
  readonly follows: number;
  readonly leadership: Leadership;
  readonly loaded: LoadedState;
  /** Lost buckets that were filled again before the state was loaded. */
  readonly refilled: readonly RefilledBucket[];
}

/** What every coordinator has, with workers or without. */
export interface BaseParts {
  readonly subjects: Subjects;
  readonly pace: Pace;
  /** CloudEvents source. */
  readonly source: string;
  readonly publisher: EventPublisher;
  readonly ownEvents: OwnEvents;
  readonly audit: AuditTrail;
}

/** What a decider is made of. */
export interface DeciderInput {
  readonly settings: CoordinatorSettings;
  readonly deps: CoordinatorDeps;
  readonly leader: LeaderParts;
  readonly base: BaseParts;
  readonly records: NodeRecords;
  /** A desired state of a later epoch is stored, or nodes obey it. */
  readonly onSuperseded: (epoch: number) => void;
}

/** Where events and the audit go. */
export function wireBase(
  settings: CoordinatorSettings,
  deps: CoordinatorDeps,
  leader: LeaderParts,
): BaseParts {
  const { clock, log } = deps;
  const subjects = subjectsOf(settings.cluster, settings.root);
  const source = eventSourceOf(settings.cluster);
  const publisher = new EventPublisher({
    log,
    clock,
    subjects,
    events: leader.events,
    backlog: deps.eventBacklog,
    onQueued: (type) => deps.meter?.event(type),
  });
  const ownEvents = new OwnEvents({ publisher, clock, lease: leader.lease, source });
  const { auditBacklog: backlog } = deps;
  const audit = wireAudit({ leader, backlog, clock, log, subjects, ownEvents });
  return { subjects, pace: deps.pace ?? paceOf(clock), source, publisher, ownEvents, audit };
}
