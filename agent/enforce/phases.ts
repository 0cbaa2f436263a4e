import { type AllocationAck, RUNS_ON } from '../../shared/command.js';
import { messageOf } from '../../shared/errors.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import { coresOf } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import { sharesAreBack } from '../containers/weight.js';
import { Admission, type AdmittedWrite } from './admission.js';
import type { Budget } from './budget.js';
import { execute } from './executor.js';
import { sameCores } from './in-force.js';
import { intendAll, isLate } from './intents.js';
import { forget, putBack, settle } from './ledger.js';
import { entryOf } from './ledger-entry.js';
import { coresToStart } from './node-budget.js';
import type { ObservedPass, PassDeps, PassResult } from './pass-types.js';
import { maxPromised, promisedNow, promiseOf } from './promise.js';
import type { LimitStep, RestoreStep, StartStep, Step, StepResult, StopStep } from './types.js';

/** A result with the limit that the kernel holds, cores; null = none. */
type SeenResult = StepResult & { readonly observedCores: number | null };

/** Does the steps of one pass, phase by phase, and keeps what became of each allocation. */
export class Phases {
  readonly #input: ObservedPass;
  readonly #deps: PassDeps;
  readonly #budget: Budget;
  readonly #admission: Admission;
  readonly #acks = new Map<AllocationId, AllocationAck>();
  readonly #forgotten: ContainerId[] = [];
  /** Of the forgotten ones, those that were seen to be as they were, or gone. */
  readonly #seenBack: ContainerId[] = [];
  readonly #restored: ContainerId[] = [];
  readonly #settled: ContainerId[] = [];
  /** What people should know of what was done. */
  readonly warnings: string[] = [];
  /** Limits that the engine confirmed and the kernel does not hold, with the reasons. */
  readonly notHeld = new Map<AllocationId, string>();

  constructor(input: ObservedPass, deps: PassDeps, budget: Budget) {
    this.#input = input;
    this.#deps = deps;
    this.#budget = budget;
    this.#admission = new Admission(input, deps, budget);
  }

  /** Remembers the result of an allocation for the ack; the last one counts. */
  note(allocation: AllocationId, result: StepResult): void {
    const { ok, reason, observedCores, refused } = result;
    const seen = observedCores === undefined ? {} : { observedCpuCores: observedCores };
    const told = refused === true ? { refused } : {};
    this.#acks.set(allocation, { id: allocation, ok, reason, ...seen, ...told });
  }

  #noteLimit({ allocation, isBeside }: LimitStep, result: StepResult): void {
    if (isBeside !== true) this.note(allocation, result);
  }

  /**
   * Does the steps of one phase beside each other. Room is taken for all of them first, in the
   * order of the desired state. Never rejects: what fails is noted. Nothing is begun once the agent
   * stops.
   */
  async runPhase(steps: readonly Step[]): Promise<void> {
    const { isClosed } = this.#deps;
    if (isClosed()) return;
    const admitted: AdmittedWrite[] = [];
    const others: Promise<void>[] = [];
    for (const step of steps) {
      if (step.kind === 'start' || step.kind === 'stop') this.#background(step);
      else if (step.kind === 'restore') others.push(this.#restore(step));
      else {
        const write = this.#admission.write(step);
        if (write.ok) admitted.push(write.value);
        else this.#noteLimit(step, { ok: false, reason: write.error });
      }
    }
    const noted = await this.#intend(admitted);
    const due = isClosed() ? [] : noted;
    await Promise.all([...others, ...due.map((one) => this.#limit(one))]);
  }

  /** Those that may be done: all, unless what they promise could not be noted. */
  async #intend(admitted: readonly AdmittedWrite[]): Promise<readonly AdmittedWrite[]> {
    const { journal } = this.#deps;
    const late = admitted.filter(({ planned }) => isLate(planned, this.#input, journal.ledger));
    if (late.length === 0) return admitted;
    const steps = late.map(({ step }) => step);
    try {
      await journal.update(intendAll(steps, this.#input, journal.ledger));
      return admitted;
    } catch (cause) {
      const reason = `the journal cannot be written, so it is not changed: ${messageOf(cause)}`;
      for (const { step, before } of late) {
        this.#budget.set(step.allocation, before);
        this.#noteLimit(step, { ok: false, reason });
      }
      return admitted.filter((one) => !late.includes(one));
    }
  }

  /** Acks in the order of the desired state; what is gone, or was seen to be back, is forgotten. */
  async finish(): Promise<Pick<PassResult, 'allocations' | 'refused'>> {
    const { journal } = this.#deps;
    const settled = this.#settled.reduce(settle, journal.ledger);
    const ledger = this.#forgotten.reduce(forget, this.#restored.reduce(putBack, settled));
    // Records first: what the journal still holds is looked at again by the next pass.
    const written = Promise.resolve(journal.records?.forget(this.#seenBack)).then(() =>
      journal.update(ledger),
    );
    const refused = await written.then(
      () => '',
      (cause) => `the journal cannot be written: ${messageOf(cause)}`,
    );
    const allocations = this.#input.desired.allocations.flatMap(
      ({ id }) => this.#acks.get(id) ?? [],
    );
    return { allocations, refused };
  }

  #background(step: StartStep | StopStep): void {
    const { lifecycle } = this.#input;
    const { allocation } = step;
    if (lifecycle.isDue(step)) {
      const room = this.#roomFor(step);
      if (room.ok) lifecycle.begin(step, () => this.#runBeside(step));
      else this.note(allocation, { ok: false, reason: room.error });
    }
    const state = lifecycle.reasonOf(allocation);
    if (state !== undefined) this.note(allocation, { ok: false, reason: state.reason });
  }

  /** What runs is not stopped for what could not be started. */
  #roomFor(step: StartStep | StopStep): Result<void, string> {
    if (step.kind === 'start') return this.#admission.start(step);
    const room = this.#isRunning(step) ? this.#admission.successor(step) : ok(undefined);
    return room.ok ? room : err(`${RUNS_ON}${room.error}`);
  }

  #isRunning({ containerId }: StopStep): boolean {
    const one = this.#input.managed.find((each) => each.containerId === containerId);
    return one?.state === 'running';
  }

  async #runBeside(step: StartStep | StopStep): Promise<StepResult> {
    const { unsettled } = this.#input;
    const { clock } = this.#deps;
    const asked = step.kind === 'start' ? coresToStart(step, this.#deps) : null;
    if (asked === null) return execute(step, this.#deps);
    const cores = Math.max(asked, this.#admission.storedCores(step.allocation));
    const limit = step.kind === 'start' ? step.limit : undefined;
    const takeBack = unsettled.began(step.allocation, cores, clock.now(), limit);
    // The room of a job that was stopped is given to others before its image is there.
    const isWanted = (start: Pick<StartStep, 'allocation' | 'specHash'>): boolean =>
      unsettled.starts(clock.now()).has(start.allocation) && this.#deps.isWanted?.(start) !== false;
    const result = await execute(step, {
      ...this.#deps,
      isWanted,
      onPulling: (id) => unsettled.pulling(id),
      limitNow: (id) => unsettled.takeLimit(id),
    });
    if (result.untouched === true) takeBack();
    else unsettled.ended(step.allocation, clock.now());
    if (result.started !== undefined) unsettled.made(step.allocation, result.started);
    return result;
  }

  // Its entry stays until a later list shows the original: the one at hand may still show our
  // limit, which must never be taken for the original.
  async #restore(step: RestoreStep): Promise<void> {
    const known = this.#input.managed.find(({ containerId }) => containerId === step.containerId);
    if (known !== undefined) this.#input.drift.forget(known.lifeId);
    if (this.#isBack(step.containerId, known)) {
      this.#forgotten.push(step.containerId);
      this.#seenBack.push(step.containerId);
      return;
    }
    const result = await execute(step, this.#deps);
    const { once } = this.#input;
    if (!result.ok && result.gone !== true) {
      const warning = once.notBack(step, result.reason);
      if (warning !== '') this.warnings.push(warning);
      return;
    }
    once.back(step.containerId);
    if (result.gone === true) this.#seenBack.push(step.containerId);
    if (result.gone === true || known === undefined) this.#forgotten.push(step.containerId);
    else this.#restored.push(step.containerId);
    this.#input.unsettled.settled(step.containerId);
    // The room of a container that is not listed belongs to another of its name by now.
    if (known !== undefined) this.#budget.set(step.allocation, null);
    void this.#deps.refresh();
  }

  #isBack(id: ContainerId, known: Managed | undefined): boolean {
    const entry = entryOf(this.#deps.journal.ledger, id);
    if (entry === undefined || known === undefined || entry.applied !== null) return false;
    const cores = coresOf(entry.original);
    const seen = this.#input.observed.get(id);
    // The weight may be all that was changed.
    if (!sharesAreBack(entry.original, known.cpu, seen?.weight ?? null)) return false;
    const burstUs = seen?.burstUs ?? null;
    if (burstUs !== null && burstUs !== (entry.originalBurstUs ?? burstUs)) return false;
    return (
      sameCores(cores, coresOf(known.cpu)) && (seen === undefined || sameCores(cores, seen.cores))
    );
  }

  async #limit({ step, planned, before }: AdmittedWrite): Promise<void> {
    this.#input.drift.forget(step.lifeId);
    const result = await execute(step, this.#deps);
    const { ok: isHeld, observedCores, reason: why } = result;
    if (!isHeld && observedCores !== undefined) this.notHeld.set(step.allocation, why);
    const warning = this.#input.once.bursts.unwritten(result.burstFault);
    if (warning !== '') this.warnings.push(warning);
    if (result.untouched !== true)
      this.#input.changedAtMs.set(step.allocation, this.#deps.clock.now());
    this.#settle(step, result, before);
    if (step === planned) {
      this.#noteLimit(step, result);
      return;
    }
    const reason = this.#admission.shortage(step.allocation, planned.promiseCores);
    this.#noteLimit(step, { ...result, ok: false, reason });
  }

  /**
   * After the call: the budget holds what is surely in force; where that is not known, the larger
   * of before and after.
   */
  #settle(step: LimitStep, result: StepResult, before: number | null): void {
    const { allocation, containerId, promiseCores } = step;
    const { unsettled } = this.#input;
    if (result.gone === true || result.observedCores !== undefined) unsettled.settled(containerId);
    if (result.gone === true) {
      // Another container of the same name may be starting.
      this.#budget.set(allocation, this.#starting(allocation));
      this.#forgotten.push(step.containerId);
      this.#seenBack.push(step.containerId);
    } else if (result.observedCores !== undefined) {
      const observed = { ...result, observedCores: result.observedCores };
      this.#budget.set(allocation, this.#nowPromised(step, observed));
      if (result.ok) this.#settled.push(containerId);
      if (result.ok && result.seen !== undefined) {
        this.#input.drift.confirm(step.lifeId, step, result.seen);
        this.#input.drift.isInForce(allocation, this.#deps.clock.wall());
      }
    } else if (result.untouched === true) {
      // A promise that is noted counts until another is.
      const noted = maxPromised(entryOf(this.#deps.journal.ledger, containerId));
      this.#budget.set(allocation, noted === null ? before : Math.max(before ?? 0, noted));
    } else {
      unsettled.wrote(
        containerId,
        Math.max(before ?? 0, promiseCores ?? 0),
        this.#deps.clock.now(),
      );
      if (before !== null) this.#budget.set(allocation, Math.max(before, promiseCores ?? 0));
    }
  }

  /** What a start may still bring into force that no list shows yet, cores; null = nothing. */
  #starting(allocation: AllocationId): number | null {
    const { unsettled } = this.#input;
    return unsettled.starts(this.#deps.clock.now()).get(allocation) ?? null;
  }

  /**
   * What counts after the read-back, cores; null = nothing. A quota shows itself; a promise
   * without one counts until everything is as it should be.
   */
  #nowPromised(step: LimitStep, result: SeenResult): number | null {
    const starting = this.#starting(step.allocation);
    const now = this.#nowInForce(step, result);
    return starting === null ? now : Math.max(now ?? 0, starting);
  }

  #nowInForce(step: LimitStep, { ok, observedCores }: SeenResult): number | null {
    if (step.kind === 'lift' && ok) return null;
    const { applied } = step;
    if (ok && applied !== null) return promiseOf(applied, observedCores);
    return promisedNow(observedCores, entryOf(this.#deps.journal.ledger, step.containerId));
  }
}
