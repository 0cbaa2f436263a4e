import type { CpuLimit, DesiredState, StateVersion } from '../../shared/command.js';
import { messageOf } from '../../shared/errors.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import type { KernelCpu } from '../containers/limits.js';
import { Acks } from './acks.js';
import { ActLog } from './act-log.js';
import { Drift } from './drift.js';
import { noteEarlierWrites, noteUnknownWrites } from './earlier-writes.js';
import { EndedBefore } from './ended-before.js';
import type { EnforcerOptions } from './enforcer-options.js';
import { FailStatic } from './fail-static.js';
import { hostRulesOf } from './host-rules.js';
import { appliedIn } from './ledger-entry.js';
import { letGo, nothingDesired } from './let-go.js';
import { Lifecycle } from './lifecycle.js';
import { OnceWarnings } from './once-warnings.js';
import { runPass } from './pass.js';
import { type RestoreReport, restoreAll } from './restore.js';
import { isStillDesired, planSteps } from './steps.js';
import { UNSETTLED_MS, Unsettled } from './unsettled.js';
import { judgeVersion, type Refusal, refusalOf } from './version.js';
import { versionContextOf } from './version-context.js';

/** The version of an agent that has not obeyed any desired state yet. */
export const NO_VERSION: StateVersion = { incarnation: '', epoch: 0, revision: 0 };

/**
 * Makes what is applied follow what is desired. The newest wins: while one pass runs, later desired
 * states replace each other. Level-triggered: every pass compares what is desired with the kernel,
 * so limits that others changed are written again. Passes run in the background, one at a time.
 */
export class Enforcer {
  readonly #options: EnforcerOptions;
  readonly #lifecycle: Lifecycle;
  readonly #drift = new Drift();
  readonly #unsettled = new Unsettled();
  readonly #once = new OnceWarnings();
  readonly #failStatic: FailStatic;
  readonly #acks: Acks;
  readonly #actLog: ActLog;
  readonly #changedAtMs = new Map<AllocationId, number>();
  readonly #endedBefore = new EndedBefore();
  #desired: DesiredState | null = null;
  #lastValidAtMs: number;
  #dirty = false;
  #ackDue = false;
  #isRepeat = false;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(options: EnforcerOptions) {
    this.#options = options;
    this.#lastValidAtMs = options.clock.now();
    this.#failStatic = new FailStatic(options, this.#lastValidAtMs);
    const { bootId, onAck } = options;
    this.#acks = new Acks({ node: options.owner.node, bootId, onAck, holds: () => this.holds });
    this.#actLog = new ActLog(options.log);
    noteEarlierWrites(options.journal, this.#unsettled, options.clock.now());
    this.#lifecycle = new Lifecycle({
      clock: options.clock,
      onResult: (step, result) => this.#actLog.done(step, result),
      onDone: () => void this.#look().then(() => this.#kick()),
      onLong: () => void this.#look(),
    });
  }

  /** Newest version obeyed. */
  get holds(): StateVersion {
    return this.#options.journal.ledger.holds ?? NO_VERSION;
  }
  get desired(): DesiredState | null {
    return this.#desired;
  }
  /** What others changed: how often since start, and of which containers that are there. */
  get drift(): Pick<Drift, 'count' | 'drifts'> {
    return this.#drift;
  }
  /**
   * What is desired, less the limits that are released while the coordinator has been silent for
   * long; null = not known.
   */
  get inForce(): DesiredState | null {
    if (this.#desired !== null) return this.#failStatic.withoutReleased(this.#desired);
    return this.#failStatic.hasReleased ? nothingDesired(this.#options.owner, this.holds) : null;
  }
  /** How long the coordinator has been silent and what was done about it; '' while it is heard. */
  get disconnectedNotice(): string {
    return this.#failStatic.describe(this.#options.clock.now());
  }
  /** Time since a coordinator was heard, or since the start, ms. */
  get coordinatorSilentMs(): number {
    return this.#failStatic.silentMs(this.#options.clock.now());
  }
  /** When a limit was last written, by allocation; monotonic ms. */
  get limitChangedAtMs(): ReadonlyMap<AllocationId, number> {
    return this.#changedAtMs;
  }
  /** What was last written, by allocation. */
  applied(): ReadonlyMap<AllocationId, CpuLimit> {
    return appliedIn(this.#options.journal.ledger);
  }
  /** Why desired allocations do not run yet, and others are still there. */
  failures(): ReadonlyMap<AllocationId, string> {
    return this.#lifecycle.failuresOf(this.#desired?.allocations ?? []);
  }
  /** How far the images are that are pulled for desired allocations. */
  pulls(): ReadonlyMap<AllocationId, string> {
    return this.#lifecycle.pulls;
  }
  /** Whether its container is being stopped now. */
  isEnding(allocation: AllocationId): boolean {
    return this.#lifecycle.isEnding(allocation);
  }

  /** Why the last pass changed nothing, as on a full disk; '' = it did what was to do. */
  get standstill(): string {
    return this.#once.standstill;
  }

  /**
   * Judges a desired state by fencing; an accepted one replaces the one that waits. The answer
   * comes by `onAck`. `isConfirmed`: a coordinator has just sent it, so it lives; a state that is
   * only stored does not prove that.
   */
  offer(state: DesiredState, isConfirmed = true): void {
    if (this.#closed) return;
    const { node } = this.#options.owner;
    if (state.node !== node) {
      this.#acks.answer(state, 'refused', `this is node ${node}, not ${state.node}`);
      return;
    }
    const nowMs = this.#options.clock.now();
    const known = { desired: this.#desired, silentMs: nowMs - this.#lastValidAtMs };
    const verdict = judgeVersion(state, versionContextOf(this.#options, known));
    if (verdict !== 'accept' && verdict !== 'already') {
      this.#refuse(verdict, state);
      return;
    }
    this.#lastValidAtMs = nowMs;
    if (isConfirmed || verdict === 'accept') this.#failStatic.coordinatorHeard(nowMs);
    if (verdict === 'accept' || this.#desired === null) {
      this.#desired = state;
      this.#once.refusal('');
      this.#actLog.accepted(state);
    }
    this.#isRepeat = verdict === 'already';
    this.#ackDue = true;
    this.#kick();
  }

  /**
   * Begins a pass if something is out of order by what was read of the kernel elsewhere. `observed`
   * null = nothing was read for long: a pass then runs anyway, because it reads the kernel itself.
   */
  tick(observed: ReadonlyMap<ContainerId, KernelCpu> | null): void {
    const managed = this.#options.managed();
    if (this.#closed || this.#running !== null || managed === null) return;
    if (this.#desired === null) {
      this.#letGo();
      return;
    }
    const { bounds, journal, limitHooked = false } = this.#options;
    const { confirmed } = this.#drift;
    const nowMs = this.#options.clock.now();
    this.#failStatic.step(this.#desired, nowMs);
    if (observed === null) {
      this.#kick();
      return;
    }
    const desired = this.#failStatic.withoutReleased(this.#desired);
    const ledger = journal.withKnown({ managed, desired }, nowMs);
    const mayRaise = !this.#failStatic.isHolding(nowMs);
    const endedBefore = this.#endedBefore.of(managed, this.#options);
    const host = hostRulesOf(this.#options);
    const rules = { mayRaise, bounds, ...host, limitHooked, endedBefore };
    const seen = { managed, observed, confirmed, isStopping: this.#lifecycle.isStopping };
    const plan = planSteps({ desired, ledger, ...seen, ...rules });
    this.#drift.found(plan.verdicts);
    const due = plan.steps.some(
      (step) => !('spec' in step || step.kind === 'stop') || this.#lifecycle.isDue(step),
    );
    if (this.#lifecycle.confirm(plan.steps) || due || this.#ackDue) this.#kick();
  }

  /** A pass is in progress. */
  get isPassing(): boolean {
    return this.#running !== null;
  }

  /** Resolves when no pass runs and nothing starts or stops. */
  async settled(): Promise<void> {
    while (this.#running !== null || this.#lifecycle.busy) {
      await this.#running;
      await this.#lifecycle.settled();
    }
  }

  /**
   * Begins nothing further, within a pass either; waits for the one in progress, and at most
   * `patienceMs` for starts and stops.
   */
  async close(patienceMs: number): Promise<void> {
    this.#closed = true;
    await this.#within(patienceMs, this.settled());
  }

  /**
   * Puts the original limits back and lifts those of our own containers. Call after `close`. Waits
   * for a pass that `close` had no patience for: what it still writes would come after this.
   */
  async restore(): Promise<RestoreReport> {
    await this.#within(UNSETTLED_MS, this.#running);
    return restoreAll(this.#options, this.#options.journal, [this.#options.owner]);
  }

  async #within(ms: number, work: Promise<void> | null): Promise<void> {
    const done = new AbortController();
    await Promise.race([work, this.#options.clock.sleep(ms, done.signal)]);
    done.abort();
  }

  #refuse(verdict: Refusal, state: DesiredState): void {
    const held = this.#desired ?? this.holds;
    const { reason, cure } = refusalOf(verdict, state, held);
    const warning = cure === '' ? '' : this.#once.refusal(`${reason}: ${cure}`);
    if (warning !== '') this.#options.onWarning(warning);
    this.#acks.answer(state, verdict === 'stale' ? 'stale' : 'refused', reason);
  }

  #look(): Promise<void> {
    const { refresh, log } = this.#options;
    return refresh().catch((cause) => log.warn('discovery failed', { cause: messageOf(cause) }));
  }

  /** Started while nobody is heard, it knows no desired state, but what it wrote before. */
  #letGo(): void {
    const work = letGo({ ...this.#options, once: this.#once }, this.#failStatic);
    if (work === null) return;
    this.#running = work.finally(() => {
      this.#running = null;
      if (this.#dirty) this.#kick();
    });
  }

  #kick(): void {
    if (this.#closed) return;
    this.#dirty = true;
    this.#running ??= this.#drain();
  }

  async #drain(): Promise<void> {
    while (this.#dirty && !this.#closed) {
      this.#dirty = false;
      try {
        await this.#pass();
      } catch (cause) {
        this.#options.log.error('an enforcement pass failed', { cause: messageOf(cause) });
      }
    }
    this.#running = null;
  }

  async #pass(): Promise<void> {
    const desired = this.#desired;
    const managed = this.#options.managed();
    if (desired === null || managed === null) return;
    if (!this.#endedBefore.isBegun) {
      const { journal, clock } = this.#options;
      noteUnknownWrites(journal, managed, { unsettled: this.#unsettled, nowMs: clock.now() });
      this.#endedBefore.begin(managed, this.#options);
    }
    const cause = { due: this.#ackDue, already: this.#isRepeat };
    this.#ackDue = false;
    const result = await runPass(
      {
        desired: this.#failStatic.withoutReleased(desired),
        mayRaise: !this.#failStatic.isHolding(this.#options.clock.now()),
        managed,
        endedBefore: this.#endedBefore.of(managed, this.#options),
        lifecycle: this.#lifecycle,
        changedAtMs: this.#changedAtMs,
        drift: this.#drift,
        unsettled: this.#unsettled,
        once: this.#once,
      },
      {
        ...this.#options,
        isClosed: () => this.#closed,
        isWanted: (step) => isStillDesired(step, this.#desired),
        onPull: (id, text) => this.#lifecycle.pulling(id, text),
        onFetched: (id) => this.#lifecycle.fetched(id),
      },
    );
    for (const warning of result.warnings) this.#options.onWarning(warning);
    this.#actLog.refused(result.allocations);
    // A pass that was cut short says nothing of what it left.
    if (!this.#closed) this.#acks.result(desired, result, cause);
  }
}
