import { DividedDecider } from './divided-decider.js';
import { SerialQueue } from './pacing/serial-queue.js';
import { Forecasts, type Present } from './planning/forecasts.js';
import { placesMemoryOf } from './schedule/places.js';
import { POLICIES } from './schedule/policies/index.js';
import { NO_MEMORY } from './schedule/schedule.js';
import { ProfileWriter } from './store/profile-writer.js';
import { Registrar } from './store/registrar.js';
import type { DeciderInput } from './wiring-base.js';
import { wireHostActs } from './wiring-guards.js';
import { ClusterPlaces } from './workers/cluster-places.js';
import { dividedState, withoutNodes } from './workers/divided-state.js';
import { JoinedReads } from './workers/joined-reads.js';
import { LastingNodes } from './workers/lasting-nodes.js';
import { ownerOf } from './workers/owner-of.js';
import { Rounds } from './workers/rounds.js';
import type { WorkerNotices, WorkerStart } from './workers/worker-link.js';
import { WorkerSet } from './workers/worker-set.js';

/**
 * Makes what decides with workers; begins none. What workers begin with is as large as the cluster,
 * and is held until they have it.
 */
export function wireDivided(input: DeciderInput): DividedDecider {
  const { deps, leader, base, onSuperseded } = input;
  const { clock, log } = deps;
  const known = wireKnown(input);
  const queue = new SerialQueue();
  const registrar = registrarOf(input, known);
  let starts = startsOf(leader, known.workers.size);
  const decider: DividedDecider = new DividedDecider({
    ...{ clock, log, queue, registrar, ...known },
    leadership: leader.leadership,
    publisher: base.publisher,
    rounds: roundsOf(input, { ...known, queue, registrar }),
    forecasts: forecastsOf(input, known),
    beginWorker: deps.beginWorker,
    starts: () => {
      const its = starts;
      starts = [];
      return its;
    },
    noticesOf: (wake) =>
      noticesOf({ deps, base, onSuperseded }, { wake, known, decider: () => decider }),
  });
  return decider;
}

type Known = ReturnType<typeof wireKnown>;

/** The workers, and what is known of the cluster beside them. */
function wireKnown({ settings, deps, leader, base }: DeciderInput) {
  const { clock } = deps;
  const { leadership, loaded } = leader;
  const { params, leaseMs, workers: size = 0 } = settings;
  const places = new ClusterPlaces({
    start: withoutNodes(loaded.state),
    ...{ params, source: base.source },
    wallMs: () => clock.wall(),
    memory: placesMemoryOf(loaded),
  });
  const workers = new WorkerSet({
    ...{ size, clock },
    silentMs: leaseMs,
    onFailed: (why) => leadership.resign(`${why}: the next term begins others`),
  });
  const lasting = new LastingNodes(loaded.state);
  const ask = () => workers.ask((link) => link.records());
  const reads = new JoinedReads({ places, ask, clock });
  return { places, workers, lasting, reads };
}

const registrarOf = ({ deps, records }: DeciderInput, { lasting }: Known): Registrar =>
  new Registrar({ records, log: deps.log, start: lasting.cluster });

function roundsOf(
  { deps, leader, base, onSuperseded }: DeciderInput,
  known: Known & { readonly queue: SerialQueue; readonly registrar: Registrar },
): Rounds {
  const { clock, log, meter } = deps;
  const { stores, leadership, loaded } = leader;
  const { pace, publisher } = base;
  return new Rounds({
    ...{ ...known, clock, pace, onSuperseded },
    leads: () => leadership.leads,
    onEvents: (events) => publisher.add(events),
    onPlan: (policy, plan) => meter?.planned(policy, plan),
    onDecided: (policy, kinds) => meter?.decided(policy, kinds),
    profiles: new ProfileWriter({ store: stores.profiles, clock, log, start: loaded.knowledge }),
  });
}

/** What would happen is found out here, with all that workers know when it is asked. */
function forecastsOf({ settings, deps, base }: DeciderInput, { reads }: Known): Forecasts {
  const { clock } = deps;
  const { params, prices } = settings;
  const present = async (): Promise<Present> => {
    await reads.read();
    const state = reads.now();
    return {
      ...(prices === undefined ? {} : { prices }),
      ...{ state, params, nowMs: clock.now(), policy: POLICIES[state.policy] },
      memory: reads.memory ?? NO_MEMORY,
    };
  };
  return new Forecasts({ present, clock, pace: base.pace });
}

function startsOf(
  { loaded, lease }: DeciderInput['leader'],
  of: number,
): readonly Omit<WorkerStart, 'mayWriteUntilMs'>[] {
  const { epoch, incarnation } = lease;
  return dividedState(loaded.state, of).map((state, index) => ({
    ...{ index, of, state, epoch, incarnation },
    revisions: new Map([...loaded.revisions].filter(([node]) => ownerOf(node, of) === index)),
  }));
}

interface Noticing {
  readonly wake: () => void;
  readonly known: Known;
  readonly decider: () => DividedDecider;
}

/** Where what workers say unasked goes. */
function noticesOf(
  { deps, base, onSuperseded }: Pick<DeciderInput, 'deps' | 'base' | 'onSuperseded'>,
  { wake, known, decider }: Noticing,
): WorkerNotices {
  const { audit } = base;
  const acts = wireHostActs({
    audit,
    clock: deps.clock,
    nodes: () => known.lasting.cluster,
    apply: (event) => decider().apply(event),
  });
  return {
    onChanged: wake,
    onActs: (all) => {
      for (const each of all) acts.hear(each);
    },
    onRefused: (events) => {
      for (const event of events) audit.hostRefused(event);
    },
    onSuperseded,
    onStored: (answers) => {
      for (const { operation, seconds, failure } of answers)
        deps.meter?.store(operation, seconds, failure);
    },
    onQueued: (types) => {
      for (const [type, count] of types) deps.meter?.event(type, count);
    },
    onLeft: (events) => deps.eventBacklog?.keep(events),
  };
}
