import type { Subscription } from '../proto/bus.js';
import type { Samples } from '../shared/monitoring/samples.js';
import { ok, type Result } from '../shared/result.js';
import { VERSION } from '../shared/version.js';
import { serveApi } from './api/service.js';
import type {
  CoordinatorCounters,
  CoordinatorDeps,
  CoordinatorHandle,
  CoordinatorSettings,
  CoordinatorStatus,
  CoordinatorSummary,
} from './contract.js';
import { isStandbyKey } from './election/standby.js';
import { leaderSamples } from './monitoring/leader-samples.js';
import { paceOf } from './pacing/pace.js';
import { allocationStatuses } from './state/allocation-status.js';
import { jobStatuses } from './state/job-status.js';
import { nodeStatuses } from './state/node-status.js';
import type { LastKnown } from './store/refill.js';
import { type CoordinatorParts, wireCoordinator } from './wiring.js';
import type { LeaderParts } from './wiring-base.js';

/** What the log says of a leadership that ends by itself. */
export const LOST_LEADERSHIP = 'coordinator: lost leadership';

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
  readonly #leader: Omit<LeaderParts, 'loaded'>;
  readonly #parts: CoordinatorParts;
  #subscriptions: Subscription[] = [];
  #settled: () => Promise<void> = () => Promise.resolve();
  #stopped: Promise<void> | undefined;

  constructor(settings: CoordinatorSettings, deps: CoordinatorDeps, leader: LeaderParts) {
    this.#settings = settings;
    this.#deps = deps;
    // What was loaded is as large as the cluster, and soon out of date: its parts take it over.
    const { loaded: _, ...held } = leader;
    this.#leader = held;
    this.#parts = wireCoordinator(settings, deps, leader);
    this.ended = leader.leadership.ended.then(async (why) => {
      deps.log.error(LOST_LEADERSHIP, { why });
      await this.stop();
      return why;
    });
  }

  get lastKnown(): LastKnown {
    const { decider, knownTokens } = this.#parts;
    return { ...decider.lastKnown, tokens: knownTokens.all };
  }
  get obeyedEpoch(): number {
    return this.#parts.obeyedEpoch();
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
   * does not start and `ended` says why. With a fault, it has stopped.
   */
  async start(): Promise<Result<void>> {
    const { log } = this.#deps;
    const { decider, loop } = this.#parts;
    this.#keep(decider.hear(() => loop.wake()));
    const begun = await decider.begin();
    if (!begun.ok) {
      await this.stop();
      return begun;
    }
    this.#publishElection();
    await this.#serveAndWatch();
    if (this.#stopped !== undefined) return begun;
    loop.start();
    const { cluster } = this.#settings;
    const { jobs } = decider.now();
    log.info('coordinator: leads', { cluster, epoch: this.epoch, jobs: jobs.size });
    return ok(undefined);
  }

  refresh(): Promise<void> {
    return this.#parts.decider.refresh();
  }

  status(): CoordinatorStatus {
    const state = this.#parts.decider.latestNow();
    const nowMs = this.#deps.clock.now();
    return {
      policy: state.policy,
      jobs: jobStatuses(state, nowMs),
      nodes: nodeStatuses(state, nowMs),
      allocations: allocationStatuses(state, nowMs),
    };
  }

  counters(): CoordinatorCounters {
    const { decider, audit } = this.#parts;
    return { ...decider.counters, audit: audit.counters };
  }

  summary(): CoordinatorSummary {
    return this.#parts.decider.summary;
  }

  collect(samples: Samples, maxAllocations: number): void {
    if (this.#stopped !== undefined || !this.#leader.leadership.leads) return;
    leaderSamples(samples, {
      state: this.#parts.decider.latestNow(),
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
    const { loop, audit, publisher, decider } = this.#parts;
    for (const subscription of this.#subscriptions.splice(0).reverse()) subscription.unsubscribe();
    await loop.stop();
    // The line of a change that is half way through belongs to this term.
    const ended = new AbortController();
    void this.#settled().then(() => ended.abort());
    await this.#deps.clock.sleep(MAX_CHANGE_MS, ended.signal);
    await Promise.all([audit.stop(), publisher.stop()]);
    await decider.close();
    await this.#leader.leadership.stop();
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
