import { type CpuLimit, DEFAULT_PERIOD_US } from '../../shared/command.js';
import type { AllocationId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import { coresOf, type ExpectedCpu, narrowed, showCores } from '../containers/limits.js';
import { type Budget, EPSILON_CORES } from './budget.js';
import { sameCores } from './in-force.js';
import { roomForJob } from './job-room.js';
import { entryOf } from './ledger-entry.js';
import { coresToStart } from './node-budget.js';
import type { ObservedPass, PassDeps } from './pass-types.js';
import { isByWeight, promisedNow } from './promise.js';
import type { LimitStep, StartStep, StopStep } from './types.js';
import { UNSETTLED_MS } from './unsettled.js';

/** Smallest limit that can be given, cores. */
const MIN_CORES = 0.01;

/** A write that has its room in the budget. */
export interface AdmittedWrite {
  /** As it is written: what was planned, or less where the room is short. */
  readonly step: LimitStep;
  readonly planned: LimitStep;
  /** What counted of the container before, cores; null = nothing. */
  readonly before: number | null;
}

/**
 * Decides for one pass which writes and starts have room, and takes it from the budget. The sum of
 * what is promised on the node never passes what is allocatable.
 */
export class Admission {
  readonly #input: ObservedPass;
  readonly #deps: PassDeps;
  readonly #budget: Budget;

  constructor(input: ObservedPass, deps: PassDeps, budget: Budget) {
    this.#input = input;
    this.#deps = deps;
    this.#budget = budget;
  }

  /** Takes room for a write. The error says how much is asked and how much is left. */
  write(planned: LimitStep): Result<AdmittedWrite, string> {
    const unknown = planned.kind === 'raise' || planned.kind === 'cap' ? this.#unknown() : '';
    if (unknown !== '') return err(unknown);
    const step = this.#fit(planned);
    if (!step.ok) return step;
    const before = this.#budget.get(planned.allocation);
    if (this.#takesRoom(step.value, before)) return ok({ step: step.value, planned, before });
    return err(this.shortage(planned.allocation, step.value.promiseCores));
  }

  /** Takes room for a start. The error says how much is asked and how much is left. */
  start(step: StartStep): Result<void, string> {
    const { allocation } = step;
    const { managed, lifecycle } = this.#input;
    const starting = lifecycle.starting();
    const room = roomForJob(step, { managed, starting }, this.#deps.bounds);
    if (!room.ok) return room;
    const unknown = this.#unknown();
    if (unknown !== '') return err(unknown);
    const cores = coresToStart(step, this.#deps);
    if (cores === null) return ok(undefined);
    // An earlier try, or an earlier agent, may have made the container with a larger limit.
    const earlier = this.#input.unsettled.starts(this.#deps.clock.now()).get(allocation) ?? 0;
    const possible = Math.max(cores, earlier, this.storedCores(allocation));
    return this.#budget.reserve(allocation, possible)
      ? ok(undefined)
      : err(this.shortage(allocation, cores));
  }

  /**
   * Whether what is to take a container's place could be started once that is gone; the error says
   * why not. Takes no room: that of the container becomes free.
   */
  successor({ allocation, successor }: StopStep): Result<void, string> {
    if (successor === undefined) return ok(undefined);
    const { managed, lifecycle } = this.#input;
    const others = { managed, starting: lifecycle.starting() };
    const room = roomForJob({ allocation, spec: successor.spec }, others, this.#deps.bounds);
    if (!room.ok) return room;
    const unknown = this.#unknown();
    return unknown === '' ? room : err(unknown);
  }

  /** What the engine keeps for a container that was made and never started, cores; 0 = none. */
  storedCores(allocation: AllocationId): number {
    const made = this.#input.managed.find(
      (one) => one.allocation === allocation && one.state === 'created',
    );
    if (made === undefined) return 0;
    const entry = entryOf(this.#deps.journal.ledger, made.containerId);
    return promisedNow(coresOf(made.cpu), entry) ?? 0;
  }

  /** Why nothing may grow, whatever room seems to be left; '' = it may. */
  #unknown(): string {
    const { managed, unsettled } = this.#input;
    const nowMs = this.#deps.clock.now();
    const one = managed.find(({ containerId }) => unsettled.isUnknown(containerId, nowMs));
    return one === undefined
      ? ''
      : `it must wait: the journal of the agent before is lost, and for ${UNSETTLED_MS / 1000} s ` +
          `Docker may still change ${one.allocation} as that agent asked`;
  }

  /** Why an allocation has to wait, for the ack. */
  shortage(allocation: AllocationId, cores: number | null): string {
    const left = showCores(Math.max(0, this.#budget.roomFor(allocation)));
    const { allocatableCores } = this.#deps;
    return (
      `${showCores(cores)} must wait: only ${left} of ${showCores(allocatableCores)} are left ` +
      'for it'
    );
  }

  /**
   * True when the write has its room. The room of a limit that is lowered is given back only when
   * the write was answered: until then the larger one may be in force.
   */
  #takesRoom(
    { kind, allocation, containerId, promiseCores }: LimitStep,
    before: number | null,
  ): boolean {
    if (kind !== 'raise' && kind !== 'cap') return true;
    const cores = promiseCores ?? 0;
    const isLower = kind === 'cap' && cores <= (before ?? 0);
    if (isLower && cores <= this.#budget.roomToReplace(allocation) + EPSILON_CORES) return true;
    const entry = entryOf(this.#deps.journal.ledger, containerId);
    const isOriginal = entry === undefined || sameCores(coresOf(entry.original), before);
    return this.#budget.reserve(allocation, Math.max(isOriginal ? 0 : (before ?? 0), cores));
  }

  /** A first limit is given as far as there is room, because no limit at all would take more. */
  #fit(step: LimitStep): Result<LimitStep, string> {
    const { allocation, promiseCores: cores } = step;
    if (step.kind !== 'cap' || cores === null) return ok(step);
    const isLower = cores <= (this.#budget.get(allocation) ?? 0);
    const room = isLower
      ? this.#budget.roomToReplace(allocation)
      : this.#budget.roomFor(allocation);
    if (cores <= room + EPSILON_CORES) return ok(step);
    // A weight alone takes nothing from the others, so a smaller one would not help them.
    const isWeightOnly = step.applied?.cpuCores === null;
    if (room < MIN_CORES || isWeightOnly) return err(this.shortage(allocation, cores));
    const write = narrowed(step, room, this.#deps);
    if (!write.ok) return err(this.shortage(allocation, cores));
    const { expectedCores } = write.value;
    const applied = isByWeight(step.applied) ? limitOfWrite(write.value) : step.applied;
    return ok({ ...step, ...write.value, applied, promiseCores: expectedCores });
  }
}

/** A write as the ledger records it; null = nothing is written. */
const limitOfWrite = ({ expectedCores, expectedPeriodUs }: ExpectedCpu): CpuLimit | null =>
  expectedCores === null
    ? null
    : { cpuCores: expectedCores, periodUs: expectedPeriodUs ?? DEFAULT_PERIOD_US };
