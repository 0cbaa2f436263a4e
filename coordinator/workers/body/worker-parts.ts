import type { Bus } from '../../../proto/bus.js';
import type { CommandCodec } from '../../../proto/command-codec.js';
import type { EventLog, HistoryLog } from '../../../proto/store.js';
import type { Subjects } from '../../../proto/subjects.js';
import type { Clock } from '../../../shared/clock.js';
import type { Log } from '../../../shared/log.js';
import type { Prices } from '../../../shared/prices.js';
import type { NodeReport } from '../../../shared/report.js';
import { Backlog } from '../../dispatch/backlog.js';
import { Dispatcher } from '../../dispatch/dispatcher.js';
import { EventPublisher } from '../../dispatch/event-publisher.js';
import { MinuteWriter } from '../../dispatch/minute-writer.js';
import { validForMsOf } from '../../dispatch/raise-epoch.js';
import { ViewPublisher } from '../../dispatch/view-publisher.js';
import { Ingest } from '../../ingest/ingest.js';
import type { Pace } from '../../pacing/pace.js';
import type { PolicyParams } from '../../schedule/types.js';
import { admits } from '../../state/admission.js';
import type { StateEvent } from '../../state/events.js';
import type { ClusterState, NodeRecord } from '../../state/model.js';
import type { SecretSealer } from '../../state/secret-sealer.js';
import type { StateMachine } from '../../state/state-machine.js';
import type { Stores } from '../../store/open-stores.js';
import { SharedState } from '../../store/shared-state.js';
import { NodeWorker } from '../node-worker.js';
import type { WorkerNotices, WorkerStart } from '../worker-link.js';
import type { PendingNotices } from './pending-notices.js';
import { StoreReach } from './store-reach.js';

/** What a worker runs on. */
export interface WorkerDeps {
  readonly bus: Bus;
  readonly stores: Pick<Stores, 'desired' | 'profiles'>;
  readonly events: EventLog;
  /** null = the cluster has no stream of minutes. */
  readonly history: HistoryLog | null;
  /** The same for all workers and for who decides on places. */
  readonly clock: Clock;
  readonly pace: Pace;
  readonly log: Log;
  readonly commands: CommandCodec;
  /** Absent = there is no key for secrets. */
  readonly seal?: SecretSealer;
  /** By the clock, ms: until when it may write; asked before each write and each message. */
  readonly mayWriteUntilMs: () => number;
  /** Called once it has stopped, before that is said. Absent = nothing else is to be ended. */
  readonly onStopped?: () => Promise<void>;
}

/** Settings of the cluster that a worker needs. */
export interface WorkerSettings {
  readonly subjects: Subjects;
  readonly params: PolicyParams;
  /** Absent = the cluster has none. */
  readonly prices?: Prices;
  /** CloudEvents source of what happens on its nodes. */
  readonly source: string;
}

/** What a worker is made of. */
export interface WorkerMaking {
  readonly settings: WorkerSettings;
  readonly deps: WorkerDeps;
  readonly start: WorkerStart;
  readonly notices: WorkerNotices;
  /** Of these notices. */
  readonly pending: PendingNotices;
}

/** The same without the state that it begins with, which is as large as its nodes. */
export interface BegunMaking extends Omit<WorkerMaking, 'start'> {
  readonly start: Omit<WorkerStart, 'state'>;
}

/** What a worker that has begun holds of it. */
export function begunMaking({ start, ...making }: WorkerMaking): BegunMaking {
  const { state: _, ...rest } = start;
  return { ...making, start: rest };
}

/** Least time between two times that only the figures of a node are said, ms. */
const FIGURES_MS = 3000;

/** The parts of a worker, joined; nothing runs yet. */
export class WorkerParts {
  readonly worker: NodeWorker;
  readonly machine: Pick<StateMachine, 'state' | 'apply'>;
  readonly shared: SharedState;
  readonly ingest: Ingest;
  readonly dispatcher: Dispatcher;
  readonly publisher: EventPublisher;
  readonly minutes: MinuteWriter;
  readonly views: ViewPublisher;
  readonly pending: PendingNotices;
  /** Events that the stream has not taken. */
  readonly backlog = new Backlog();
  readonly reach: StoreReach;
  #isSuperseded = false;
  readonly #making: BegunMaking;

  constructor(making: WorkerMaking) {
    this.#making = begunMaking(making);
    const { state } = making.start;
    const { settings, deps, pending } = making;
    const { clock, log, pace } = deps;
    const { subjects } = settings;
    this.pending = pending;
    const { backlog } = this;
    this.publisher = new EventPublisher({ log, clock, subjects, events: deps.events, backlog });
    this.reach = new StoreReach({ store: deps.stores.desired, clock });
    this.worker = this.#makeWorker(state);
    this.machine = machineOf(this.worker, (event) => this.#apply(event));
    this.ingest = this.#makeIngest(state.nodes.values());
    const { machine, ingest } = this;
    const onReport = (report: NodeReport): void => this.pending.hear(report, machine.state);
    this.shared = new SharedState({ machine, ingest, pace, clock, onReport });
    this.dispatcher = this.#makeDispatcher();
    this.minutes = this.#makeMinutes();
    this.views = this.#makeViews();
  }

  /** To be asked before each write and each message. */
  readonly mayWrite = (): boolean => {
    const { clock, mayWriteUntilMs } = this.#making.deps;
    return !this.#isSuperseded && clock.now() < mayWriteUntilMs();
  };

  #apply(event: StateEvent): void {
    this.publish(this.worker.apply(event));
    if (event.kind === 'node-removed') this.ingest.forget(event.node);
  }

  /** Queues what happened. */
  publish(events: Parameters<EventPublisher['add']>[0]): void {
    if (events.length === 0) return;
    this.publisher.add(events);
    this.pending.queue(events);
  }

  #makeWorker(start: ClusterState): NodeWorker {
    const { settings, deps } = this.#making;
    const { params, source } = settings;
    const { clock, seal } = deps;
    return new NodeWorker({
      ...{ start, params, source, figuresMs: FIGURES_MS },
      validForMs: validForMsOf(params),
      wallMs: () => clock.wall(),
      ...(seal === undefined ? {} : { seal }),
    });
  }

  #makeIngest(known: Iterable<NodeRecord>): Ingest {
    const { settings, deps, start } = this.#making;
    const { worker } = this;
    return new Ingest({
      subjects: settings.subjects,
      incarnation: start.incarnation,
      log: deps.log,
      known,
      admits: (id) => admits(worker.state, id),
      newestOf: (id) => worker.state.nodes.get(id)?.report ?? null,
      isKnown: (id) => worker.state.nodes.get(id)?.isApproved === true,
    });
  }

  #makeDispatcher(): Dispatcher {
    const { settings, deps, start, notices } = this.#making;
    const { bus, clock, log, pace, commands } = deps;
    const { machine, shared } = this;
    return new Dispatcher({
      store: deps.stores.desired,
      subjects: settings.subjects,
      ...{ bus, clock, log, pace, commands },
      epoch: start.epoch,
      revisions: start.revisions,
      onStored: (states) =>
        shared.runExclusive(async () => {
          // One may have been removed while the others were written.
          const known = states.filter(({ node }) => machine.state.nodes.has(node));
          machine.apply({ kind: 'desired-stored', atMs: clock.now(), states: known });
        }),
      isShared: start.of > 1,
      mayWrite: this.mayWrite,
      onSuperseded: (epoch) => {
        this.#isSuperseded = true;
        notices.onSuperseded(epoch);
      },
    });
  }

  #makeMinutes(): MinuteWriter {
    const { settings, deps, start } = this.#making;
    const { clock, log, pace, history } = deps;
    const { index, of, epoch } = start;
    return new MinuteWriter({
      ...{ history, clock, log, pace, epoch },
      subjects: settings.subjects,
      store: deps.stores.profiles,
      part: { index, of },
      prices: settings.prices,
      leads: this.mayWrite,
    });
  }

  #makeViews(): ViewPublisher {
    const { settings, deps, start } = this.#making;
    const { bus, clock, pace } = deps;
    const { incarnation, epoch } = start;
    const lease = { incarnation, epoch };
    const { subjects } = settings;
    return new ViewPublisher({ bus, clock, pace, subjects, lease, leads: this.mayWrite });
  }
}

/** A worker as the holder of a state. */
const machineOf = (worker: NodeWorker, apply: (event: StateEvent) => void) => ({
  get state() {
    return worker.state;
  },
  apply,
});
