import { UNSIGNED } from '../proto/command-codec.js';
import type { NodeReport } from '../shared/report.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import { MinuteWriter } from './dispatch/minute-writer.js';
import { ViewPublisher } from './dispatch/view-publisher.js';
import { Ingest } from './ingest/ingest.js';
import { Planner } from './planning/planner.js';
import { SingleDecider } from './single-decider.js';
import { admits } from './state/admission.js';
import { StateMachine } from './state/state-machine.js';
import { ProfileWriter } from './store/profile-writer.js';
import { Registrar } from './store/registrar.js';
import { SharedState } from './store/shared-state.js';
import type { DeciderInput } from './wiring-base.js';
import { wireHostActs } from './wiring-guards.js';

/** Makes what hears nodes and decides about them on this thread; starts nothing. */
export function wireSingle(input: DeciderInput): SingleDecider {
  const state = wireState(input);
  const planning = wirePlanning(input, state);
  const { deps, leader, base, onSuperseded } = input;
  const { subjects, pace, publisher } = base;
  return new SingleDecider({
    ...{ ...state, ...planning, ...wireTelling(input) },
    ...{ subjects, pace, publisher, onSuperseded },
    bus: deps.bus,
    clock: deps.clock,
    leadership: leader.leadership,
  });
}

/** The state, what feeds it, and where its events go. */
function wireState({ deps, leader, base }: DeciderInput) {
  const { clock, log } = deps;
  const { lease, loaded } = leader;
  const { subjects, pace, source, publisher, audit } = base;
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
  const acts = wireHostActs({
    audit,
    clock,
    nodes: () => machine.state,
    apply: (event) => shared.apply(event),
  });
  return { machine, ingest, shared };
}

/** What tells others how the cluster is, and what is remembered of it. */
function wireTelling({ settings, deps, leader, base }: DeciderInput) {
  const { bus, clock, log } = deps;
  const { stores, history, lease, leadership } = leader;
  const { subjects, pace } = base;
  const { prices } = settings;
  const common = { subjects, clock, pace, leads: () => leadership.leads };
  const views = new ViewPublisher({ ...common, bus, lease });
  const store = stores.profiles;
  const own = { history, store, log, prices, epoch: lease.epoch };
  const minutes = new MinuteWriter({ ...common, ...own });
  return { views, minutes };
}

/** What decides, and what writes the decisions. */
function wirePlanning(input: DeciderInput, { machine, shared }: ReturnType<typeof wireState>) {
  const { settings, deps, leader, base, records, onSuperseded } = input;
  const { bus, clock, log, policy } = deps;
  const { stores, lease, leadership, loaded } = leader;
  const { subjects, pace } = base;
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
    times: loaded.times,
    ...(policy === undefined ? {} : { policy }),
    onPlan: (name, plan) => deps.meter?.planned(name, plan),
  });
  return { dispatcher, registrar, planner };
}
