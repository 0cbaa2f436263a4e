import type { Subscription } from '../proto/bus.js';
import type { DqoesEvent, EventPayloads } from '../proto/schemas/event.js';
import type { EventLog } from '../proto/store.js';
import { subjectsOf } from '../proto/subjects.js';
import type { DesiredState } from '../shared/command.js';
import type { JobSpec } from '../shared/job.js';
import { JobWriter } from './api/job-writer.js';
import { serveApi } from './api/service.js';
import { verbHandlers } from './api/verbs.js';
import type {
  CoordinatorCounters,
  CoordinatorDeps,
  CoordinatorHandle,
  CoordinatorSettings,
  CoordinatorStatus,
} from './contract.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import { EventPublisher } from './dispatch/event-publisher.js';
import type { Leadership } from './election/leadership.js';
import { Ingest } from './ingest/ingest.js';
import { paceOf } from './pacing/pace.js';
import { Turns } from './pacing/turns.js';
import { Loop } from './planning/loop.js';
import { Planner } from './planning/planner.js';
import { Core } from './state/core.js';
import type { StateEvent } from './state/events.js';
import { laterEpoch } from './state/later-epoch.js';
import { allocationStatuses, jobStatuses, nodeStatuses } from './state/status.js';
import { StoreGuard } from './store/guard.js';
import { JobFollower } from './store/job-follower.js';
import type { HeldLease } from './store/lease.js';
import { PeriodicReading } from './store/periodic-reading.js';
import type { Loaded, Stores } from './store/persistence.js';
import { ProfileKeeper } from './store/profile-keeper.js';
import type { Refilled } from './store/reclaim.js';
import type { Remembered } from './store/refill.js';
import { Registrar } from './store/registrar.js';
import { SharedState } from './store/shared-state.js';

export const SERVICE_VERSION = '0.1.0';
const LOOKS_PER_LEASE = 4;
const COALESCE_MS = 20;
const MOST_COALESCE_MS = 100;
/**
 * Longest time between two passes, ms: what bounds the delay of a due listener or of a node found
 * silent.
 */
const MAX_PERIOD_MS = 1000;

/** What a coordinator leads with. */
export interface Parts {
  readonly stores: Stores;
  readonly events: EventLog;
  readonly lease: HeldLease;
  readonly leadership: Leadership;
  readonly loaded: Loaded;
  readonly refilled: readonly Refilled[];
}

/** Listens, answers and decides while it leads; `start.ts` makes it. */
export class Coordinator implements CoordinatorHandle {
  readonly ended: Promise<string>;
  readonly #deps: CoordinatorDeps;
  readonly #settings: CoordinatorSettings;
  readonly #parts: Parts;
  readonly #subjects: ReturnType<typeof subjectsOf>;
  readonly #leadership: Leadership;
  readonly #publisher: EventPublisher;
  readonly #core: Core;
  readonly #ingest: Ingest;
  readonly #dispatcher: Dispatcher;
  readonly #registrar: Registrar;
  readonly #planner: Planner;
  readonly #loop: Loop;
  readonly #guard: StoreGuard;
  readonly #jobs: JobFollower;
  readonly #reading: PeriodicReading;
  readonly #shared: SharedState;
  readonly #forecasts = new Turns();
  #subscriptions: Subscription[] = [];
  #obeyedEpoch = 0;
  #stopped: Promise<void> | undefined;

  constructor(settings: CoordinatorSettings, deps: CoordinatorDeps, parts: Parts) {
    const { clock, log, bus } = deps;
    const { stores, lease, leadership, loaded } = parts;
    const pace = deps.pace ?? paceOf(clock);
    const subjects = subjectsOf(settings.cluster, settings.root);
    this.#settings = settings;
    this.#deps = deps;
    this.#parts = parts;
    this.#subjects = subjects;
    this.#leadership = leadership;
    this.#publisher = new EventPublisher({ log, clock, subjects, events: parts.events });
    this.#core = new Core({
      start: loaded.state,
      clock,
      source: sourceOf(settings),
      onEvents: (happened) => this.#publisher.add(happened),
    });
    this.#ingest = new Ingest({ subjects, incarnation: lease.incarnation, log });
    this.#shared = new SharedState({ core: this.#core, ingest: this.#ingest, pace, clock });
    this.#dispatcher = new Dispatcher({
      store: stores.desired,
      ...{ bus, subjects, clock, log, pace },
      epoch: lease.epoch,
      revisions: loaded.revisions,
      onStored: (states) =>
        this.#shared.apply({ kind: 'desired-stored', atMs: clock.now(), states }),
      mayWrite: () => leadership.leads,
      onSuperseded: (epoch) => this.#leadership.supersededBy(epoch),
    });
    this.#registrar = new Registrar({ store: stores.nodes, log, start: loaded.state });
    const profiles = new ProfileKeeper({
      store: stores.profiles,
      clock,
      log,
      start: loaded.knowledge,
    });
    const { params } = settings;
    this.#planner = new Planner({
      core: this.#core,
      dispatcher: this.#dispatcher,
      registrar: this.#registrar,
      ...{ profiles, clock, pace, params, knowledge: loaded.knowledge },
      ...(deps.policy === undefined ? {} : { policy: deps.policy }),
    });
    const { cluster, replicas, leaseMs } = settings;
    this.#guard = new StoreGuard({
      ...{
        stores,
        provider: deps.stores,
        cluster,
        replicas,
        clock,
        log,
        periodMs: leaseMs / LOOKS_PER_LEASE,
      },
      onLost: (bucket) => this.#onLost(bucket),
    });
    const periodMs = Math.min(MAX_PERIOD_MS, params.intervalMs / 2);
    this.#loop = new Loop({
      clock,
      log,
      periodMs,
      coalesceMs: COALESCE_MS,
      mostCoalesceMs: MOST_COALESCE_MS,
      pass: () => this.#pass(),
    });
    this.#jobs = new JobFollower({ store: stores.jobs, log, ...this.#access() });
    this.#reading = new PeriodicReading({
      clock,
      leads: () => leadership.leads,
      readings: [(isWhole) => this.#jobs.read(isWhole), (isWhole) => this.#planner.relist(isWhole)],
    });
    this.ended = this.#leadership.ended.then(async (why) => {
      log.error('coordinator: leads no more', { why });
      await this.stop();
      return why;
    });
  }

  get remembered(): Remembered {
    return { state: this.#core.state, knowledge: this.#planner.knowledge };
  }
  get obeyedEpoch(): number {
    return this.#obeyedEpoch;
  }
  get epoch(): number {
    return this.#parts.lease.epoch;
  }
  get nonce(): string {
    return this.#parts.lease.nonce;
  }
  get incarnation(): string {
    return this.#parts.lease.incarnation;
  }

  async start(): Promise<void> {
    const { bus, clock, log } = this.#deps;
    const { stores, lease } = this.#parts;
    this.#keep(bus.subscribe(this.#subjects.allTelemetry, (message) => this.#onReport(message)));
    this.#keep(
      bus.subscribe(this.#subjects.allAcks, (message) =>
        this.#ingest.keepAck(message, clock.now()),
      ),
    );
    await this.#planner.seal();
    this.#tell('dqoes.coordinator.elected', `${lease.epoch}`, { epoch: lease.epoch });
    for (const { bucket, values } of this.#parts.refilled)
      this.#tell('dqoes.coordinator.store-refilled', `${lease.epoch}.${bucket}`, {
        bucket,
        values,
      });
    const access = this.#access();
    const { nowMs } = access;
    const writer = new JobWriter({ stores, holdNode: (id) => this.#registrar.hold(id), ...access });
    // One at a time: each takes the thread for a slice between its rests.
    const forecast = (jobs: readonly JobSpec[]) =>
      this.#forecasts.take(() => this.#planner.forecast(jobs));
    const handlers = verbHandlers({ state: () => this.#shared.newest(), nowMs, writer, forecast });
    this.#keep(
      await serveApi({ bus, subjects: this.#subjects, version: SERVICE_VERSION, handlers, log }),
    );
    this.#keep(await stores.lease.watch(() => void this.#leadership.look()));
    this.#keep(await stores.jobs.watch((key, revision) => this.#onJobStored(key, revision)));
    this.#keep(bus.onState((busState) => busState === 'connected' && this.#reading.hintWhole()));
    if (this.#stopped !== undefined) return;
    this.#loop.start();
    const jobs = this.#core.state.jobs.size;
    log.info('coordinator: leads', { cluster: this.#settings.cluster, epoch: lease.epoch, jobs });
  }

  status(): CoordinatorStatus {
    const state = this.#shared.newestNow();
    const nowMs = this.#deps.clock.now();
    return {
      policy: state.policy,
      jobs: jobStatuses(state, nowMs),
      nodes: nodeStatuses(state, nowMs),
      allocations: allocationStatuses(state, nowMs),
    };
  }

  counters(): CoordinatorCounters {
    return {
      ingest: this.#ingest.counters,
      dispatch: this.#dispatcher.counters,
      events: this.#publisher.counters,
    };
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** For those who read and change the state beside the loop. */
  #access() {
    return {
      state: () => this.#core.state,
      nowMs: () => this.#deps.clock.now(),
      apply: async (event: StateEvent): Promise<void> => {
        if (event.kind === 'job-removed') this.#jobs.removed(event.name);
        await this.#shared.apply(event);
        this.#loop.wake();
      },
      mayWrite: () => this.#leadership.leads,
    };
  }

  // It may be over before all has begun: whoever leads no more must not go on answering.
  #keep(subscription: Subscription): void {
    if (this.#stopped === undefined) this.#subscriptions.push(subscription);
    else subscription.unsubscribe();
  }

  // In the reverse order of start.
  async #stop(): Promise<void> {
    await this.#loop.stop();
    for (const subscription of this.#subscriptions.splice(0).reverse()) subscription.unsubscribe();
    await this.#publisher.stop();
    await this.#leadership.stop();
  }

  async #pass(): Promise<void> {
    if (!this.#leadership.leads) return;
    await this.#guard.look();
    if (!this.#leadership.leads) return;
    const desired = await this.#shared.decide(() => this.#decide());
    if (desired === undefined || !this.#leadership.leads) return;
    await this.#planner.carryOut(desired);
    await this.#reading.readIfDue();
  }

  /** undefined = another coordinator leads. */
  async #decide(): Promise<readonly DesiredState[] | undefined> {
    const later = laterEpoch(this.#core.state);
    if (later === undefined) return this.#planner.decide();
    this.#obeyedEpoch = later;
    this.#leadership.supersededBy(later);
    return undefined;
  }

  #onReport(message: Parameters<Ingest['report']>[0]): void {
    this.#ingest.keepReport(message, this.#deps.clock.now());
    this.#loop.wake();
  }

  #onJobStored(key: string, revision: number): void {
    this.#jobs.hear(key, revision);
    this.#reading.hint();
  }

  #onLost(bucket: string): void {
    const { epoch } = this.#parts.lease;
    this.#tell('dqoes.coordinator.store-lost', `${epoch}.${bucket}`, { bucket });
    this.#leadership.giveUp(
      `the bucket ${bucket} was removed or made anew: it is filled again from what is known`,
    );
  }

  /** About this coordinator itself; `id` need be unique among events of the type only. */
  #tell<T extends SelfEvent>(
    type: T,
    id: string,
    data: Omit<EventPayloads[T], 'coordinator'>,
  ): void {
    const { incarnation, holder } = this.#parts.lease;
    this.#publisher.add([
      {
        type,
        id: `${type.replace(/^dqoes\./, '').replace('.', '-')}.${incarnation}.${id}`,
        source: sourceOf(this.#settings),
        timeMs: this.#deps.clock.wall(),
        data: { ...data, coordinator: holder },
      } as unknown as DqoesEvent,
    ]);
  }
}

type SelfEvent =
  | 'dqoes.coordinator.elected'
  | 'dqoes.coordinator.store-lost'
  | 'dqoes.coordinator.store-refilled';

const sourceOf = ({ cluster }: CoordinatorSettings): string => `/dqoes/${cluster}/coordinator`;
