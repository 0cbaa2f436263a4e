import type { Bus, BusMessage, Subscription } from '../proto/bus.js';
import type { ServiceCalls } from '../proto/schemas/service.js';
import type { Subjects } from '../proto/subjects.js';
import type { Clock } from '../shared/clock.js';
import type { DesiredState } from '../shared/command.js';
import type { NodeId } from '../shared/ids.js';
import { ok, type Result } from '../shared/result.js';
import type { CoordinatorSummary } from './contract.js';
import type { Decider } from './decider.js';
import type { Dispatcher } from './dispatch/dispatcher.js';
import type { EventPublisher } from './dispatch/event-publisher.js';
import type { MinuteWriter } from './dispatch/minute-writer.js';
import type { ViewPublisher } from './dispatch/view-publisher.js';
import type { Leadership } from './election/leadership.js';
import type { Ingest } from './ingest/ingest.js';
import { isAtTarget } from './monitoring/cluster-samples.js';
import type { Pace } from './pacing/pace.js';
import { Forecasts } from './planning/forecasts.js';
import type { Planner } from './planning/planner.js';
import type { StateEvent } from './state/events.js';
import { jobStatuses } from './state/job-status.js';
import type { ClusterState } from './state/model.js';
import type { StateMachine } from './state/state-machine.js';
import { supersedingEpoch } from './state/superseding-epoch.js';
import type { Registrar } from './store/registrar.js';
import type { SharedState } from './store/shared-state.js';

/** What hears, decides and writes, joined by `wiring-single.ts`. */
export interface SingleDeciderParts {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly leadership: Leadership;
  readonly machine: StateMachine;
  readonly ingest: Ingest;
  readonly shared: SharedState;
  readonly dispatcher: Dispatcher;
  readonly registrar: Registrar;
  readonly planner: Planner;
  readonly views: ViewPublisher;
  readonly minutes: MinuteWriter;
  readonly publisher: EventPublisher;
  readonly onSuperseded: (epoch: number) => void;
}

/** Decides on the thread of the coordinator, which holds the state of all nodes. */
export class SingleDecider implements Decider {
  readonly forecasts: Forecasts;
  readonly #parts: SingleDeciderParts;

  constructor(parts: SingleDeciderParts) {
    const { clock, pace, planner } = parts;
    this.#parts = parts;
    this.forecasts = new Forecasts({ clock, pace, present: () => planner.present() });
  }

  now(): ClusterState {
    return this.#parts.machine.state;
  }

  latest(): Promise<ClusterState> {
    return this.#parts.shared.latest();
  }

  cluster(): Promise<ClusterState> {
    return this.latest();
  }

  latestNow(): ClusterState {
    return this.#parts.shared.latestNow();
  }

  async refresh(): Promise<void> {}

  get summary(): CoordinatorSummary {
    const state = this.latestNow();
    const { nodes, jobs } = state;
    const ready = [...nodes.values()].filter(({ liveness }) => liveness === 'ready');
    const statuses = jobStatuses(state, this.#parts.clock.now());
    return {
      nodes: { known: nodes.size, ready: ready.length },
      jobs: jobs.size,
      atTarget: statuses.filter(isAtTarget).length,
    };
  }

  get lastKnown(): Decider['lastKnown'] {
    const { machine, planner } = this.#parts;
    return { state: machine.state, knowledge: planner.knowledge };
  }

  get counters(): Decider['counters'] {
    const { ingest, dispatcher, publisher, minutes } = this.#parts;
    return {
      ingest: ingest.counters,
      dispatch: dispatcher.counters,
      events: publisher.counters,
      minutes: { dropped: minutes.dropped },
    };
  }

  async apply(event: StateEvent): Promise<void> {
    const { shared, ingest } = this.#parts;
    await shared.apply(event);
    if (event.kind === 'node-removed') ingest.forget(event.node);
  }

  async view(
    asked: ServiceCalls['view-get']['request'],
  ): Promise<ServiceCalls['view-get']['response']> {
    return this.#parts.views.read(asked);
  }

  writeAgain(node: NodeId): void {
    this.#parts.registrar.writeAgain(node);
  }

  reconcileStore(full: boolean): Promise<void> {
    return this.#parts.planner.reconcileStore(full);
  }

  hear(wake: () => void): Subscription {
    const { bus, subjects, ingest, clock, machine } = this.#parts;
    const onReport = (message: BusMessage): void => {
      ingest.bufferReport(message, clock.now());
      wake();
    };
    const reports = bus.subscribe(subjects.allTelemetry, onReport);
    const acks = bus.subscribe(subjects.allAcks, (message) =>
      ingest.bufferAck(message, clock.now()),
    );
    machine.apply({ kind: 'hearing', atMs: clock.now() });
    return {
      unsubscribe: () => {
        acks.unsubscribe();
        reports.unsubscribe();
      },
    };
  }

  async begin(): Promise<Result<void>> {
    const { minutes, planner } = this.#parts;
    void minutes.start();
    await planner.raiseEpoch();
    return ok(undefined);
  }

  async decide(): Promise<boolean> {
    const { shared, planner, leadership } = this.#parts;
    const desired = await shared.runExclusive(() => this.#decide());
    if (desired === undefined || !leadership.leads) return false;
    await planner.execute(desired);
    return true;
  }

  async tell(): Promise<void> {
    const { machine, leadership, views, minutes } = this.#parts;
    if (!leadership.leads) return;
    minutes.observe(machine.state);
    await views.publish(machine.state);
  }

  async close(): Promise<void> {
    await this.#parts.minutes.stop();
  }

  /** undefined = another coordinator leads. */
  async #decide(): Promise<readonly DesiredState[] | undefined> {
    const { machine, planner, onSuperseded } = this.#parts;
    const later = supersedingEpoch(machine.state);
    if (later === undefined) return planner.decide();
    onSuperseded(later);
    return undefined;
  }
}
