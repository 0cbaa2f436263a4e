import { UNSIGNED } from '../proto/command-codec.js';
import type { EventLog, HistoryLog } from '../proto/store.js';
import { type Subjects, subjectsOf } from '../proto/subjects.js';
import type { NodeReport } from '../shared/report.js';
import { BUILT_VERSION } from '../shared/version.js';
import type { TokenWriter } from './api/token-writer.js';
import type { VerbHandlers } from './api/verbs.js';
import type { AuditTrail } from './audit/audit-trail.js';
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
import { Loop } from './planning/loop.js';
import { Planner } from './planning/planner.js';
import { Programs } from './programs.js';
import { admits } from './state/admission.js';
import { StateMachine } from './state/state-machine.js';
import type { JobFollower } from './store/job-follower.js';
import { KnownTokens } from './store/known-tokens.js';
import type { HeldLease } from './store/lease.js';
import type { LoadedState } from './store/load-state.js';
import { NodeRecords } from './store/node-records.js';
import type { Stores } from './store/open-stores.js';
import { ProfileWriter } from './store/profile-writer.js';
import type { RefilledBucket } from './store/reclaim.js';
import { RecordWriter } from './store/record-writer.js';
import { Registrar } from './store/registrar.js';
import { Resync } from './store/resync.js';
import { SharedState } from './store/shared-state.js';
import { type StateAccess, wireCalls } from './wiring-calls.js';
import { wireFollowers } from './wiring-followers.js';
import { wireAudit, wireGuard, wireHostActs } from './wiring-guards.js';

const COALESCE_MS = 20;
/**
 * Time between the beginnings of two passes while reports come all the time, ms. To wait for as
 * long as a pass took feeds on itself: the next one then reads more and takes longer.
 */
const RHYTHM_MS = 60;
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

/** The parts of a leading coordinator, joined; nothing runs yet. */
export interface CoordinatorParts {
  readonly subjects: Subjects;
  readonly publisher: EventPublisher;
  readonly views: ViewPublisher;
  readonly minutes: MinuteWriter;
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
  /** What runs beside the agents. */
  readonly programs: Programs;
  readonly handlers: VerbHandlers;
  readonly tokens: TokenWriter;
  readonly knownTokens: KnownTokens;
}

/** Makes every part of a coordinator and joins them; starts nothing and writes nothing. */
export function wireCoordinator(
  settings: CoordinatorSettings,
  deps: CoordinatorDeps,
  leader: LeaderParts,
): CoordinatorParts {
  const { clock } = deps;
  const { stores, leadership, loaded } = leader;
  const base = wireState(settings, deps, leader);
  const { machine, shared, ownEvents } = base;
  const onSuperseded = (epoch: number): void => {
    pass.noteStoredEpoch(epoch);
    leadership.supersededBy(epoch);
  };
  const records = new NodeRecords({ store: stores.nodes, revisions: loaded.records });
  const input = { settings, deps, leader, base, records, onSuperseded };
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
  const knownTokens = new KnownTokens(loaded.tokens);
  const followed = { stores, loaded, records, registrar, knownTokens, access, deps };
  const { jobs, secrets, nodes, nodesBucket, markers } = wireFollowers(followed);
  const resync = new Resync({
    clock,
    leads: () => leadership.leads,
    tasks: [
      (full) => jobs.sync(full),
      (full) => nodesBucket.sync(full),
      (full) => planner.reconcileStore(full),
      (full) => markers.clearWhere(full),
    ],
    early: () => nodesBucket.sync(false),
  });
  const guard = wireGuard(settings, { deps, leader, ownEvents });
  const told = wireTelling(deps, leader, { ...base, prices: settings.prices });
  const pass = new DecisionPass({
    ...{ leadership, guard, machine, shared, planner, resync, clock },
    ...told,
    onPass: (seconds) => deps.meter?.pass(seconds),
  });
  const loop = loopOf(settings, deps, pass);
  const [{ views }, { audit }] = [told, base];
  const programs = wirePrograms(settings, deps, leader);
  const calls = wireCalls({
    ...{ settings, stores, planner, shared, views, access, audit, programs, deps },
    records: new RecordWriter({ ...access, records, refresh: (key) => nodes.refresh(key) }),
    knownTokens,
  });
  const parts = { dispatcher, planner, pass, loop, jobs, resync, programs, knownTokens };
  return { ...base, ...told, ...parts, ...calls };
}

const loopOf = (
  { params }: CoordinatorSettings,
  { clock, log, onPass }: CoordinatorDeps,
  pass: DecisionPass,
): Loop =>
  new Loop({
    clock,
    log,
    periodMs: Math.min(MAX_PERIOD_MS, params.intervalMs / 2),
    coalesceMs: COALESCE_MS,
    rhythmMs: RHYTHM_MS,
    pass: () => pass.run().finally(() => onPass?.()),
  });

const wirePrograms = (
  { name }: CoordinatorSettings,
  { clock }: CoordinatorDeps,
  { stores }: LeaderParts,
): Programs => new Programs({ name, version: BUILT_VERSION }, { store: stores.lease, clock });

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
    backlog: deps.eventBacklog,
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
  const onReport = (report: NodeReport): void => acts.hear(report);
  const shared = new SharedState({ machine, ingest, pace, clock, onReport });
  const acts = wireHostActs({ audit, clock, machine, shared });
  return { subjects, pace, publisher, ownEvents, audit, machine, ingest, shared };
}

interface TellingParts {
  readonly subjects: Subjects;
  readonly pace: Pace;
  readonly prices: CoordinatorSettings['prices'];
}

/** What tells others how the cluster is, and what is remembered of it. */
function wireTelling(
  { bus, clock, log }: CoordinatorDeps,
  { stores, history, lease, leadership }: LeaderParts,
  { subjects, pace, prices }: TellingParts,
) {
  const common = { subjects, clock, pace, leads: () => leadership.leads };
  const views = new ViewPublisher({ ...common, bus, lease });
  const store = stores.profiles;
  const own = { history, store, log, prices, epoch: lease.epoch };
  const minutes = new MinuteWriter({ ...common, ...own });
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
  readonly records: NodeRecords;
  /** A desired state of a later epoch is stored. */
  readonly onSuperseded: (epoch: number) => void;
}

/** What decides, and what writes the decisions. */
function wirePlanning(input: PlanningInput) {
  const { settings, deps, leader, base, records, onSuperseded } = input;
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
    onStored: (states) =>
      shared.runExclusive(async () => {
        // One may have been removed while the others were written.
        const known = states.filter(({ node }) => machine.state.nodes.has(node));
        machine.apply({ kind: 'desired-stored', atMs: clock.now(), states: known });
      }),
    mayWrite: () => leadership.leads,
    onSuperseded,
  });
  const registrar = new Registrar({ records, log, start: loaded.state });
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
    ...(settings.prices === undefined ? {} : { prices: settings.prices }),
    knowledge: loaded.knowledge,
    ...(policy === undefined ? {} : { policy }),
    onPlan: (name, plan) => deps.meter?.planned(name, plan),
  });
  return { dispatcher, registrar, planner };
}
