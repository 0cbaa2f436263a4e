import type { BusMessage, Subscription } from '../proto/bus.js';
import type { Samples } from '../shared/monitoring/samples.js';
import { VERSION } from '../shared/version.js';
import { serveApi } from './api/service.js';
import type {
  CoordinatorCounters,
  CoordinatorDeps,
  CoordinatorHandle,
  CoordinatorSettings,
  CoordinatorStatus,
} from './contract.js';
import { isStandbyKey } from './election/standby.js';
import { leaderSamples } from './monitoring/leader-samples.js';
import { paceOf } from './pacing/pace.js';
import { allocationStatuses } from './state/allocation-status.js';
import { jobStatuses } from './state/job-status.js';
import { nodeStatuses } from './state/node-status.js';
import type { LastKnown } from './store/refill.js';
import { type CoordinatorParts, type LeaderParts, wireCoordinator } from './wiring.js';

/** A stop waits for the changes that have begun at most this long, ms. */
const MAX_CHANGE_MS = 5000;

/**
 * Listens, answers calls and runs the decision loop from `start` until `stop`, or until leadership
 * is lost. `wiring.ts` joins its parts, `decision-pass.ts` decides, `start.ts` makes one.
 */
export class Coordinator implements CoordinatorHandle {
  readonly ended: Promise<string>;
  readonly #settings: CoordinatorSettings;
  readonly #deps: CoordinatorDeps;
  readonly #leader: LeaderParts;
  readonly #parts: CoordinatorParts;
  #subscriptions: Subscription[] = [];
  #settled: () => Promise<void> = () => Promise.resolve();
  #stopped: Promise<void> | undefined;

  constructor(settings: CoordinatorSettings, deps: CoordinatorDeps, leader: LeaderParts) {
    this.#settings = settings;
    this.#deps = deps;
    this.#leader = leader;
    this.#parts = wireCoordinator(settings, deps, leader);
    this.ended = leader.leadership.ended.then(async (why) => {
      deps.log.error('coordinator: lost leadership', { why });
      await this.stop();
      return why;
    });
  }

  get lastKnown(): LastKnown {
    const { machine, planner, knownTokens } = this.#parts;
    return { state: machine.state, knowledge: planner.knowledge, tokens: knownTokens.all };
  }
  get obeyedEpoch(): number {
    return this.#parts.pass.obeyedEpoch;
  }
  get epoch(): number {
    return this.#leader.lease.epoch;
  }
  get renewedAtMs(): number {
    return this.#leader.leadership.renewedAtMs;
  }
  get nonce(): string {
    return this.#leader.lease.nonce;
  }
  get incarnation(): string {
    return this.#leader.lease.incarnation;
  }

  /**
   * Resolves when calls are answered and the loop runs. Where leadership ends meanwhile, the loop
   * does not start and `ended` says why.
   */
  async start(): Promise<void> {
    const { log } = this.#deps;
    const { planner, loop, machine, minutes } = this.#parts;
    this.#listenToAgents();
    void minutes.start();
    await planner.raiseEpoch();
    this.#publishElection();
    await this.#serveAndWatch();
    if (this.#stopped !== undefined) return;
    loop.start();
    const { cluster } = this.#settings;
    log.info('coordinator: leads', { cluster, epoch: this.epoch, jobs: machine.state.jobs.size });
  }

  status(): CoordinatorStatus {
    const state = this.#parts.shared.latestNow();
    const nowMs = this.#deps.clock.now();
    return {
      policy: state.policy,
      jobs: jobStatuses(state, nowMs),
      nodes: nodeStatuses(state, nowMs),
      allocations: allocationStatuses(state, nowMs),
    };
  }

  counters(): CoordinatorCounters {
    const { ingest, dispatcher, publisher, audit, minutes } = this.#parts;
    return {
      ingest: ingest.counters,
      dispatch: dispatcher.counters,
      events: publisher.counters,
      audit: audit.counters,
      minutes: { dropped: minutes.dropped },
    };
  }

  collect(samples: Samples, maxAllocations: number): void {
    if (this.#stopped !== undefined || !this.#leader.leadership.leads) return;
    leaderSamples(samples, {
      state: this.#parts.shared.latestNow(),
      nowMs: this.#deps.clock.now(),
      cluster: this.#settings.cluster,
      maxAllocations,
      epoch: this.epoch,
      counters: this.counters(),
    });
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  #listenToAgents(): void {
    const { bus, clock } = this.#deps;
    const { subjects, ingest } = this.#parts;
    this.#keep(bus.subscribe(subjects.allTelemetry, (message) => this.#onReport(message)));
    this.#keep(
      bus.subscribe(subjects.allAcks, (message) => ingest.bufferAck(message, clock.now())),
    );
  }

  #publishElection(): void {
    const { ownEvents, audit } = this.#parts;
    ownEvents.publish('dqoes.coordinator.elected', '', { epoch: this.epoch });
    audit.leads(this.#leader.follows);
    for (const { bucket, values } of this.#leader.refilled)
      ownEvents.publish('dqoes.coordinator.store-refilled', bucket, { bucket, values });
  }

  async #serveAndWatch(): Promise<void> {
    const { bus, log, clock } = this.#deps;
    const { stores } = this.#leader;
    const { subjects, handlers, tokens, audit, resync } = this.#parts;
    // Slices of its own: a pass that yields must not hold up the answers.
    const pace = paceOf(clock);
    const called = { handlers, tokens, audit };
    const service = { bus, subjects, version: VERSION, ...called, log, pace };
    const served = await serveApi(service);
    this.#settled = served.settled;
    this.#keep(served);
    this.#keep(await stores.lease.watch((key) => this.#onLeaseStored(key)));
    this.#keep(await stores.jobs.watch((key, revision) => this.#onJobStored(key, revision)));
    this.#keep(bus.onState((busState) => busState === 'connected' && resync.requestFull()));
  }

  // Leadership may end before all has begun: a coordinator that lost it must not go on answering.
  #keep(subscription: Subscription): void {
    if (this.#stopped === undefined) this.#subscriptions.push(subscription);
    else subscription.unsubscribe();
  }

  // In the reverse order of start, but that nothing is answered while the last pass ends: its
  // writes may hang, and another coordinator may lead that knows more.
  async #stop(): Promise<void> {
    const { loop, audit, publisher, minutes } = this.#parts;
    for (const subscription of this.#subscriptions.splice(0).reverse()) subscription.unsubscribe();
    await loop.stop();
    // The line of a change that is half way through belongs to this term.
    const ended = new AbortController();
    void this.#settled().then(() => ended.abort());
    await this.#deps.clock.sleep(MAX_CHANGE_MS, ended.signal);
    await Promise.all([audit.stop(), publisher.stop()]);
    await minutes.stop();
    await this.#leader.leadership.stop();
  }

  #onReport(message: BusMessage): void {
    this.#parts.ingest.bufferReport(message, this.#deps.clock.now());
    this.#parts.loop.wake();
  }

  #onLeaseStored(key: string): void {
    if (isStandbyKey(key)) void this.#parts.programs.standby.noteWrite(key);
    else void this.#leader.leadership.checkHolder();
  }

  #onJobStored(key: string, revision: number): void {
    this.#parts.jobs.noteWrite(key, revision);
    this.#parts.resync.requestSoon();
  }
}
