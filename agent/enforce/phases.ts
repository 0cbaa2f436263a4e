import { type AllocationAck, type CpuLimit, DEFAULT_PERIOD_US } from '../../shared/command.js';
import { messageOf } from '../../shared/errors.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import { coresOf, type ExpectedCpu, narrowed, showCores } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import { sharesAreBack } from '../containers/weight.js';
import type { Budget } from './budget.js';
import { execute } from './executor.js';
import { sameCores } from './in-force.js';
import { intendAll, isLate } from './intents.js';
import { entryOf, forget, putBack, settle } from './ledger.js';
import type { ObservedPass, PassDeps, PassResult } from './pass.js';
import { isByWeight, maxPromised, promisedNow, promiseOf } from './promise.js';
import { coresToStart } from './room.js';
import type { LimitStep, RestoreStep, StartStep, Step, StepResult, StopStep } from './types.js';

/** Least limit that can be given, cores. */
const MIN_CORES = 0.01;
/** Slack for sums of fractions. */
const EPSILON_CORES = 1e-6;

/** As the ledger says it; null only where nothing was written. */
const limitOfWrite = ({ expectedCores, expectedPeriodUs }: ExpectedCpu): CpuLimit | null =>
  expectedCores === null
    ? null
    : { cpuCores: expectedCores, periodUs: expectedPeriodUs ?? DEFAULT_PERIOD_US };

/** A write that has its room. */
interface AdmittedWrite {
  readonly step: LimitStep;
  readonly planned: LimitStep;
  /** What counted before it took room, cores. */
  readonly before: number | null;
}

/** The state of one pass: room left, and what became of each allocation. */
export class Phases {
  readonly #input: ObservedPass;
  readonly #deps: PassDeps;
  readonly #budget: Budget;
  readonly #acks = new Map<AllocationId, AllocationAck>();
  readonly #forgotten: ContainerId[] = [];
  /** Of these, those that were seen to be as they were, or gone. */
  readonly #seenBack: ContainerId[] = [];
  readonly #restored: ContainerId[] = [];
  readonly #settled: ContainerId[] = [];

  constructor(input: ObservedPass, deps: PassDeps, budget: Budget) {
    this.#input = input;
    this.#deps = deps;
    this.#budget = budget;
  }

  note(allocation: AllocationId, result: StepResult): void {
    const { ok, reason, observedCores } = result;
    const seen = observedCores === undefined ? {} : { observedCpuCores: observedCores };
    this.#acks.set(allocation, { id: allocation, ok, reason, ...seen });
  }

  /**
   * Room is taken for all of a phase, in the order of the desired state, before anything of it is
   * done.
   */
  async runPhase(steps: readonly Step[]): Promise<void> {
    const admitted: AdmittedWrite[] = [];
    const others: Promise<void>[] = [];
    for (const step of steps) {
      if (step.kind === 'start' || step.kind === 'stop') this.#background(step);
      else if (step.kind === 'restore') others.push(this.#restore(step));
      else admitted.push(...this.#admit(step));
    }
    const noted = await this.#intend(admitted);
    await Promise.all([...others, ...noted.map((one) => this.#limit(one))]);
  }

  /** Those that may be done: all, unless what they promise could not be noted. */
  async #intend(admitted: readonly AdmittedWrite[]): Promise<readonly AdmittedWrite[]> {
    const { journal } = this.#deps;
    const late = admitted.filter(({ planned }) => isLate(planned, journal.ledger));
    if (late.length === 0) return admitted;
    const steps = late.map(({ step }) => step);
    try {
      await journal.update(intendAll(steps, this.#input, journal.ledger));
      return admitted;
    } catch (cause) {
      const reason = `the journal cannot be written, so it is not changed: ${messageOf(cause)}`;
      for (const { step, before } of late) {
        this.#budget.set(step.allocation, before);
        this.note(step.allocation, { ok: false, reason });
      }
      return admitted.filter((one) => !late.includes(one));
    }
  }

  /** Acks in the order of the desired state; what is gone, or was seen to be back, is forgotten. */
  async finish(): Promise<Pick<PassResult, 'allocations' | 'refused'>> {
    const { journal } = this.#deps;
    const settled = this.#settled.reduce(settle, journal.ledger);
    const ledger = this.#forgotten.reduce(forget, this.#restored.reduce(putBack, settled));
    // Records first: what is in the journal still is looked at again.
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
    if (lifecycle.isDue(step) && this.#hasRoomToStart(step))
      lifecycle.begin(step, () => this.#runBeside(step));
    const state = lifecycle.reasonOf(step.allocation);
    if (state !== undefined) this.note(step.allocation, { ok: false, reason: state.reason });
  }

  async #runBeside(step: StartStep | StopStep): Promise<StepResult> {
    const { unsettled } = this.#input;
    const { clock } = this.#deps;
    const asked = step.kind === 'start' ? coresToStart(step, this.#deps) : null;
    if (asked === null) return execute(step, this.#deps);
    const cores = Math.max(asked, this.#storedCores(step.allocation));
    const limit = step.kind === 'start' ? step.limit : undefined;
    const takeBack = unsettled.began(step.allocation, cores, clock.now(), limit);
    const result = await execute(step, this.#deps);
    if (result.untouched === true) takeBack();
    else unsettled.began(step.allocation, cores, clock.now(), limit);
    if (result.started !== undefined) unsettled.made(step.allocation, result.started);
    return result;
  }

  #hasRoomToStart(step: StartStep | StopStep): boolean {
    if (step.kind === 'stop') return true;
    const cores = coresToStart(step, this.#deps);
    // An earlier try, or an earlier agent, may have made it already, with a larger limit.
    const earlier = this.#input.unsettled.starts(this.#deps.clock.now()).get(step.allocation) ?? 0;
    const possible = Math.max(earlier, this.#storedCores(step.allocation));
    if (cores === null || this.#budget.reserve(step.allocation, Math.max(cores, possible)))
      return true;
    this.note(step.allocation, { ok: false, reason: this.#waits(step.allocation, cores) });
    return false;
  }

  #storedCores(allocation: AllocationId): number {
    const made = this.#input.managed.find(
      (one) => one.allocation === allocation && one.state === 'created',
    );
    if (made === undefined) return 0;
    return (
      promisedNow(coresOf(made.cpu), entryOf(this.#deps.journal.ledger, made.containerId)) ?? 0
    );
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
    if (!result.ok && result.gone !== true) return;
    if (result.gone === true) this.#seenBack.push(step.containerId);
    if (result.gone === true || known === undefined) this.#forgotten.push(step.containerId);
    else this.#restored.push(step.containerId);
    this.#input.unsettled.settled(step.containerId);
    // One that is not listed has left the room to another of its name.
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

  #admit(planned: LimitStep): readonly AdmittedWrite[] {
    const step = this.#fit(planned);
    if (step === null) return [];
    const before = this.#budget.get(step.allocation);
    if (this.#takesRoom(step, before)) return [{ step, planned, before }];
    this.note(step.allocation, {
      ok: false,
      reason: this.#waits(step.allocation, step.promiseCores),
    });
    return [];
  }

  async #limit({ step, planned, before }: AdmittedWrite): Promise<void> {
    this.#input.drift.forget(step.lifeId);
    const result = await execute(step, this.#deps);
    if (result.untouched !== true)
      this.#input.changedAtMs.set(step.allocation, this.#deps.clock.now());
    this.#settle(step, result, before);
    const short =
      step === planned
        ? result
        : { ...result, ok: false, reason: this.#waits(step.allocation, planned.promiseCores) };
    this.note(step.allocation, short);
  }

  /** What may be in force already is given back only when the write has been answered. */
  #takesRoom(
    { kind, allocation, containerId, promiseCores }: LimitStep,
    before: number | null,
  ): boolean {
    if (kind !== 'raise' && kind !== 'cap') return true;
    const cores = promiseCores ?? 0;
    const isLower = kind === 'cap' && cores <= (before ?? 0);
    if (isLower && cores <= this.#budget.roomToReplace(allocation) + EPSILON_CORES) return true;
    const entry = entryOf(this.#deps.journal.ledger, containerId);
    const isItsOwn = entry === undefined || sameCores(coresOf(entry.original), before);
    return this.#budget.reserve(allocation, Math.max(isItsOwn ? 0 : (before ?? 0), cores));
  }

  /** A first limit is given as far as there is room, because no limit at all would take more. */
  #fit(step: LimitStep): LimitStep | null {
    const cores = step.promiseCores;
    if (step.kind !== 'cap' || cores === null) return step;
    const isLower = cores <= (this.#budget.get(step.allocation) ?? 0);
    const room = isLower
      ? this.#budget.roomToReplace(step.allocation)
      : this.#budget.roomFor(step.allocation);
    if (cores <= room + EPSILON_CORES) return step;
    // A weight gives something only to the one that has it: it is not better than none for the
    // others.
    const isWeightOnly = step.applied?.cpuCores === null;
    if (room < MIN_CORES || isWeightOnly) {
      this.note(step.allocation, { ok: false, reason: this.#waits(step.allocation, cores) });
      return null;
    }
    const write = narrowed(step, room, this.#deps);
    if (!write.ok) return null;
    const { expectedCores } = write.value;
    const applied = isByWeight(step.applied) ? limitOfWrite(write.value) : step.applied;
    return { ...step, ...write.value, applied, promiseCores: expectedCores };
  }

  /**
   * After the call: what is surely in force; where that is not known, the larger of before and
   * after.
   */
  #settle(step: LimitStep, result: StepResult, before: number | null): void {
    const { allocation, containerId, promiseCores } = step;
    const { unsettled } = this.#input;
    if (result.gone === true || result.observedCores !== undefined) unsettled.settled(containerId);
    if (result.gone === true) {
      // Another one of the same name may be on its way.
      this.#budget.set(
        allocation,
        unsettled.starts(this.#deps.clock.now()).get(allocation) ?? null,
      );
      this.#forgotten.push(step.containerId);
      this.#seenBack.push(step.containerId);
    } else if (result.observedCores !== undefined) {
      this.#budget.set(
        allocation,
        this.#nowPromised(step, { ...result, observedCores: result.observedCores }),
      );
      if (result.ok) this.#settled.push(containerId);
      if (result.ok && result.seen !== undefined)
        this.#input.drift.confirm(step.lifeId, step, result.seen);
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

  /**
   * After it was read back. A quota shows itself; a promise without one is given up only when all
   * is as it should be.
   */
  #nowPromised(
    step: LimitStep,
    { ok, observedCores }: StepResult & { readonly observedCores: number | null },
  ) {
    if (step.kind === 'lift' && ok) return null;
    const { applied } = step;
    if (ok && applied !== null) return promiseOf(applied, observedCores);
    return promisedNow(observedCores, entryOf(this.#deps.journal.ledger, step.containerId));
  }

  #waits(allocation: AllocationId, cores: number | null): string {
    const left = showCores(Math.max(0, this.#budget.roomFor(allocation)));
    return (
      `${showCores(cores)} must wait: only ${left} of ` +
      `${showCores(this.#deps.allocatableCores)} are left for it`
    );
  }
}
