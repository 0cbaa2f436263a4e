import { UNSIGNED } from '../proto/command-codec.js';
import type { EventLog } from '../proto/store.js';
import { type Subjects, subjectsOf } from '../proto/subjects.js';
import type { NodeId } from '../shared/ids.js';
import type { JobSpec } from '../shared/job.js';
import { ChangeQueue } from './api/change-queue.js';
import { JobWriter } from './api/job-writer.js';
import { NodeWriter } from './api/node-writer.js';
import { SecretWriter } from './api/secret-writer.js';
import { type VerbHandlers, verbHandlers } from './api/verbs.js';
import { AuditTrail } from './audit/audit-trail.js';
import type { CoordinatorDeps, CoordinatorSettings } from './contract.js';
import { DecisionPass } from './decision-pass.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import { EventPublisher } from './dispatch/event-publisher.js';
import type { Leadership } from './election/leadership.js';
import { Ingest } from './ingest/ingest.js';
import { eventSourceOf, OwnEvents } from './own-events.js';
import { type Pace, paceOf } from './pacing/pace.js';
import { SerialQueue } from './pacing/serial-queue.js';
import { Loop } from './planning/loop.js';
import { Planner } from './planning/planner.js';
import { admits } from './state/admission.js';
import type { StateEvent } from './state/events.js';
import type { ClusterState } from './state/model.js';
import { StateMachine } from './state/state-machine.js';
import { JobFollower } from './store/job-follower.js';
import type { HeldLease } from './store/lease.js';
import type { LoadedState } from './store/load-state.js';
import type { Stores } from './store/open-stores.js';
import { ProfileWriter } from './store/profile-writer.js';
import type { RefilledBucket } from './store/reclaim.js';
import { Registrar } from './store/registrar.js';
import { Resync } from './store/resync.js';
import { withoutKey } from './store/secret-codec.js';
import { SecretFollower } from './store/secret-follower.js';
import { SharedState } from './store/shared-state.js';
import { StoreGuard } from './store/store-guard.js';

const STORE_CHECKS_PER_LEASE = 4;
const COALESCE_MS = 20;
const MAX_COALESCE_MS = 100;
/**
 * Longest time between two passes, ms: what bounds the delay of a due listener or of a node found
 * silent.
 */
const MAX_PERIOD_MS = 1000;

/** What a coordinator has in hand when it begins to lead. */
export interface LeaderParts {
  readonly stores: Stores;
  readonly events: EventLog;
  readonly audit: EventLog;
  readonly lease: HeldLease;
  /** Epoch of the coordinator that led before; 0 = none. */
  readonly follows: number;
  readonly leadership: Leadership;
  readonly loaded: LoadedState;
  /** Lost buckets that were filled again before the state was loaded. */
  readonly refilled: readonly RefilledBucket[];
}

/** The parts of a leading coordinator, joined; nothing runs yet. */
export interface CoordinatorParts {
  readonly subjects: Subjects;
  readonly publisher: EventPublisher;
  readonly ownEvents: OwnEvents;
  readonly audit: AuditTrail;
  readonly machine: StateMachine;
  readonly shared: SharedState;
  readonly ingest: Ingest;
  readonly dispatcher: Dispatcher;
  readonly planner: Planner;
  readonly pass: DecisionPass;
  readonly loop: Loop;
  readonly jobs: JobFollower;
  readonly resync: Resync;
  readonly handlers: VerbHandlers;
}

/** How calls and followers read and change the state beside the loop. */
interface StateAccess {
  readonly state: () => ClusterState;
  readonly nowMs: () => number;
  /** Resolves when the state has it. */
  readonly apply: (event: StateEvent) => Promise<void>;
  readonly mayWrite: () => boolean;
}

/** Makes every part of a coordinator and joins them; starts nothing and writes nothing. */
export function wireCoordinator(
  settings: CoordinatorSettings,
  deps: CoordinatorDeps,
  leader: LeaderParts,
): CoordinatorParts {
  const { clock, log } = deps;
  const { stores, leadership } = leader;
  const base = wireState(settings, deps, leader);
  const { machine, shared, ownEvents } = base;
  const onSuperseded = (epoch: number): void => {
    pass.noteStoredEpoch(epoch);
    leadership.supersededBy(epoch);
  };
  const input = { settings, deps, leader, base, onSuperseded };
  const { dispatcher, registrar, planner } = wirePlanning(input);
  const access: StateAccess = {
    state: () => machine.state,
    nowMs: () => clock.now(),
    apply: async (event) => {
      if (event.kind === 'job-removed') jobs.noteRemoval(event.name);
      if (event.kind === 'secret-removed') secrets.noteRemoval(event.name);
      await shared.apply(event);
      if (event.kind === 'node-removed') base.ingest.forget(event.node);
      loop.wake();
    },
    mayWrite: () => leadership.leads,
  };
  const jobs = new JobFollower({ store: stores.jobs, log, ...access });
  const { vault } = deps;
  const troubleOf = vault === undefined ? withoutKey : vault.troubleOf;
  const secrets = new SecretFollower({ store: stores.nodes, troubleOf, ...access });
  const resync = new Resync({
    clock,
    leads: () => leadership.leads,
    tasks: [
      (full) => jobs.sync(full),
      (full) => secrets.sync(full),
      (full) => planner.reconcileStore(full),
    ],
  });
  const guard = wireGuard(settings, { deps, leader, ownEvents });
  const pass = new DecisionPass({
    ...{ leadership, guard, machine, shared, planner, resync, clock },
    onPass: (seconds) => deps.meter?.pass(seconds),
  });
  const loop = new Loop({
    clock,
    log,
    periodMs: Math.min(MAX_PERIOD_MS, settings.params.intervalMs / 2),
    coalesceMs: COALESCE_MS,
    maxCoalesceMs: MAX_COALESCE_MS,
    pass: () => pass.run(),
  });
  const { audit } = base;
  const handlers = wireCalls({ stores, registrar, planner, shared, access, audit, deps });
  return { ...base, dispatcher, planner, pass, loop, jobs, resync, handlers };
}

/** The state, what feeds it, and where its events go. */
function wireState(settings: CoordinatorSettings, deps: CoordinatorDeps, leader: LeaderParts) {
  const { clock, log } = deps;
  const { lease, loaded } = leader;
  const subjects = subjectsOf(settings.cluster, settings.root);
  const pace = deps.pace ?? paceOf(clock);
  const source = eventSourceOf(settings.cluster);
  const publisher = new EventPublisher({
    log,
    clock,
    subjects,
    events: leader.events,
    onQueued: (type) => deps.meter?.event(type),
  });
  const ownEvents = new OwnEvents({ publisher, clock, lease, source });
  const { auditBacklog: backlog } = deps;
  const audit = wireAudit({ leader, backlog, clock, log, subjects, ownEvents });
  const machine = new StateMachine({
    start: loaded.state,
    clock,
    source,
    onEvents: (events) => {
      publisher.add(events);
      for (const event of events) if (event.type === 'dqoes.job.refused') audit.hostRefused(event);
    },
  });
  const ingest = new Ingest({
    subjects,
    incarnation: lease.incarnation,
    log,
    known: loaded.state.nodes.values(),
    admits: (id) => admits(machine.state, id),
    newestOf: (id) => machine.state.nodes.get(id)?.report ?? null,
    isKnown: (id) => machine.state.nodes.get(id)?.isApproved === true,
  });
  const shared = new SharedState({ machine, ingest, pace, clock });
  return { subjects, pace, publisher, ownEvents, audit, machine, ingest, shared };
}

interface AuditInput {
  readonly leader: LeaderParts;
  readonly backlog: CoordinatorDeps['auditBacklog'];
  readonly clock: CoordinatorDeps['clock'];
  readonly log: CoordinatorDeps['log'];
  readonly subjects: Subjects;
  readonly ownEvents: OwnEvents;
}

/** Who changed what; where that cannot be written, an event says so. */
function wireAudit(input: AuditInput): AuditTrail {
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

interface PlanningInput {
  readonly settings: CoordinatorSettings;
  readonly deps: CoordinatorDeps;
  readonly leader: LeaderParts;
  readonly base: {
    readonly subjects: Subjects;
    readonly pace: Pace;
    readonly machine: StateMachine;
    readonly shared: SharedState;
  };
  /** A desired state of a later epoch is stored. */
  readonly onSuperseded: (epoch: number) => void;
}

/** What decides, and what writes the decisions. */
function wirePlanning({ settings, deps, leader, base, onSuperseded }: PlanningInput) {
  const { bus, clock, log, policy } = deps;
  const { stores, lease, leadership, loaded } = leader;
  const { subjects, pace, machine, shared } = base;
  const dispatcher = new Dispatcher({
    store: stores.desired,
    bus,
    subjects,
    clock,
    log,
    pace,
    commands: deps.commands ?? UNSIGNED,
    epoch: lease.epoch,
    revisions: loaded.revisions,
    onStored: (states) => shared.apply({ kind: 'desired-stored', atMs: clock.now(), states }),
    mayWrite: () => leadership.leads,
    onSuperseded,
  });
  const registrar = new Registrar({ store: stores.nodes, log, start: loaded.state });
  const profiles = new ProfileWriter({
    store: stores.profiles,
    clock,
    log,
    start: loaded.knowledge,
  });
  const planner = new Planner({
    ...(deps.vault === undefined ? {} : { seal: deps.vault.sealFor }),
    machine,
    dispatcher,
    registrar,
    profiles,
    clock,
    pace,
    params: settings.params,
    knowledge: loaded.knowledge,
    ...(policy === undefined ? {} : { policy }),
    onPlan: (name, plan) => deps.meter?.planned(name, plan),
  });
  return { dispatcher, registrar, planner };
}

interface GuardInput {
  readonly deps: CoordinatorDeps;
  readonly leader: LeaderParts;
  readonly ownEvents: OwnEvents;
}

/** A lost bucket ends this leadership: only a new start fills it again. */
function wireGuard(
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

interface CallsInput {
  readonly stores: Stores;
  readonly registrar: Registrar;
  readonly planner: Planner;
  readonly shared: SharedState;
  readonly access: StateAccess;
  readonly audit: AuditTrail;
  readonly deps: Pick<CoordinatorDeps, 'vault' | 'clock'>;
}

/** The handlers of the service's verbs. */
function wireCalls(input: CallsInput): VerbHandlers {
  const { stores, registrar, planner, shared, access, audit, deps } = input;
  const queue = new ChangeQueue(access.mayWrite, (lines) => audit.roomFor(lines));
  const writer = new JobWriter({ stores, queue, ...access });
  const holdNode = (id: NodeId) => registrar.hold(id);
  const nodes = new NodeWriter({ stores, queue, holdNode, ...access });
  const wallMs = (): number => deps.clock.wall();
  const secrets = new SecretWriter({ stores, queue, vault: deps.vault, wallMs, ...access });
  // One at a time: each keeps the thread for a time slice between two yields.
  const forecasts = new SerialQueue();
  return verbHandlers({
    state: () => shared.latest(),
    nowMs: access.nowMs,
    writer,
    nodes,
    secrets,
    forecast: (jobs: readonly JobSpec[]) => forecasts.run(() => planner.forecast(jobs)),
  });
}
