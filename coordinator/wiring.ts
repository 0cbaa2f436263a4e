import { UNSIGNED } from '../proto/command-codec.js';
import type { EventLog, HistoryLog } from '../proto/store.js';
import { type Subjects, subjectsOf } from '../proto/subjects.js';
import type { NodeId } from '../shared/ids.js';
import type { JobSpec } from '../shared/job.js';
import { ChangeQueue } from './api/change-queue.js';
import { JobWriter } from './api/job-writer.js';
import { NodeWriter } from './api/node-writer.js';
import { TokenWriter } from './api/token-writer.js';
import { type VerbHandlers, verbHandlers } from './api/verbs.js';
import type { CoordinatorDeps, CoordinatorSettings } from './contract.js';
import { DecisionPass } from './decision-pass.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import { EventPublisher } from './dispatch/event-publisher.js';
import { MinuteWriter } from './dispatch/minute-writer.js';
import { ViewPublisher } from './dispatch/view-publisher.js';
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
  /** null = the cluster was installed before there were minutes. */
  readonly history: HistoryLog | null;
  readonly lease: HeldLease;
  readonly leadership: Leadership;
  readonly loaded: LoadedState;
  /** Lost buckets that were filled again before the state was loaded. */
  readonly refilled: readonly RefilledBucket[];
}

/** The parts of a leading coordinator, joined; nothing runs yet. */
export interface CoordinatorParts {
  readonly subjects: Subjects;
  readonly publisher: EventPublisher;
  readonly views: ViewPublisher;
  readonly minutes: MinuteWriter;
  readonly ownEvents: OwnEvents;
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
  readonly tokens: TokenWriter;
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
      await shared.apply(event);
      if (event.kind === 'node-removed') base.ingest.forget(event.node);
      loop.wake();
    },
    mayWrite: () => leadership.leads,
  };
  const jobs = new JobFollower({ store: stores.jobs, log, ...access });
  const resync = new Resync({
    clock,
    leads: () => leadership.leads,
    tasks: [(full) => jobs.sync(full), (full) => planner.reconcileStore(full)],
  });
  const guard = wireGuard(settings, { deps, leader, ownEvents });
  const told = wireTelling(deps, leader, base);
  const pass = new DecisionPass({ ...told, leadership, guard, machine, shared, planner, resync });
  const loop = new Loop({
    clock,
    log,
    periodMs: Math.min(MAX_PERIOD_MS, settings.params.intervalMs / 2),
    coalesceMs: COALESCE_MS,
    maxCoalesceMs: MAX_COALESCE_MS,
    pass: () => pass.run(),
  });
  const { views } = told;
  const tokens = new TokenWriter({ store: stores.nodes, clock, mayWrite: access.mayWrite });
  const handlers = wireCalls({ stores, registrar, planner, shared, views, tokens, access });
  return { ...base, ...told, dispatcher, planner, pass, loop, jobs, resync, tokens, handlers };
}

/** The state, what feeds it, and where its events go. */
function wireState(settings: CoordinatorSettings, deps: CoordinatorDeps, leader: LeaderParts) {
  const { clock, log } = deps;
  const { lease, loaded } = leader;
  const subjects = subjectsOf(settings.cluster, settings.root);
  const pace = deps.pace ?? paceOf(clock);
  const source = eventSourceOf(settings.cluster);
  const publisher = new EventPublisher({ log, clock, subjects, events: leader.events });
  const machine = new StateMachine({
    start: loaded.state,
    clock,
    source,
    onEvents: (events) => publisher.add(events),
  });
  const ingest = new Ingest({
    subjects,
    incarnation: lease.incarnation,
    log,
    known: loaded.state.nodes.values(),
    admits: (id) => admits(machine.state, id),
    isKnown: (id) => machine.state.nodes.get(id)?.isApproved === true,
  });
  const shared = new SharedState({ machine, ingest, pace, clock });
  const ownEvents = new OwnEvents({ publisher, clock, lease, source });
  return { subjects, pace, publisher, ownEvents, machine, ingest, shared };
}

/** What tells others how the cluster is, and what is remembered of it. */
function wireTelling(
  { bus, clock, log }: CoordinatorDeps,
  { stores, history, lease, leadership }: LeaderParts,
  { subjects, pace }: { readonly subjects: Subjects; readonly pace: Pace },
) {
  const common = { subjects, clock, pace, leads: () => leadership.leads };
  const views = new ViewPublisher({ ...common, bus, lease });
  const store = stores.profiles;
  const minutes = new MinuteWriter({ ...common, history, store, log, epoch: lease.epoch });
  return { views, minutes };
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
    machine,
    dispatcher,
    registrar,
    profiles,
    clock,
    pace,
    params: settings.params,
    knowledge: loaded.knowledge,
    ...(policy === undefined ? {} : { policy }),
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
  readonly views: ViewPublisher;
  readonly tokens: TokenWriter;
  readonly access: StateAccess;
}

/** The handlers of the service's verbs. */
function wireCalls(input: CallsInput): VerbHandlers {
  const { stores, registrar, planner, shared, views, tokens, access } = input;
  const queue = new ChangeQueue(access.mayWrite);
  const writer = new JobWriter({ stores, queue, ...access });
  const holdNode = (id: NodeId) => registrar.hold(id);
  const nodes = new NodeWriter({ stores, queue, holdNode, ...access });
  // One at a time: each keeps the thread for a time slice between two yields.
  const forecasts = new SerialQueue();
  return verbHandlers({
    state: () => shared.latest(),
    nowMs: access.nowMs,
    writer,
    nodes,
    tokens,
    view: (asked) => views.read(asked),
    forecast: (jobs: readonly JobSpec[]) => forecasts.run(() => planner.forecast(jobs)),
  });
}
