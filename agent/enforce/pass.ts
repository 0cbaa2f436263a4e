import type { AllocationAck, DesiredState } from '../../shared/command.js';
import { messageOf } from '../../shared/errors.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import type { Budget } from './budget.js';
import type { Drift } from './drift.js';
import { type ExecutorDeps, execute } from './executor.js';
import type { Journal } from './journal.js';
import { entryOf, forget, intend, type Ledger, obey, putBack } from './ledger.js';
import type { Lifecycle } from './lifecycle.js';
import { coresOf, type HostRules, type KernelCpu, narrowed, sameCores, showCores } from './limits.js';
import type { PolicyBounds } from './policy-bounds.js';
import { budgetOf, coresToStart } from './room.js';
import { originalOf, PHASES, planSteps } from './steps.js';
import type { LimitStep, Managed, RestoreStep, StartStep, Step, StepResult, StopStep } from './types.js';
import type { Unsettled } from './unsettled.js';

export interface PassInput {
  readonly desired: DesiredState;
  /** False while no coordinator is heard. */
  readonly mayRaise: boolean;
  readonly managed: readonly Managed[];
  readonly lifecycle: Lifecycle;
  readonly drift: Drift;
  readonly unsettled: Unsettled;
  /** Filled in: when a limit was written, monotonic ms. */
  readonly changedAtMs: Map<AllocationId, number>;
}
export interface PassDeps extends ExecutorDeps, HostRules {
  readonly journal: Journal;
  readonly bounds: PolicyBounds;
  readonly allocatableCores: number;
  /** Asks for a new list of containers. */
  readonly refresh: () => Promise<void>;
  /** See `PlanInput`. */
  readonly limitHooked?: boolean;
}
export interface PassResult {
  readonly allocations: readonly AllocationAck[];
  /** Why nothing was done at all; '' otherwise. */
  readonly refused: string;
  readonly warnings: readonly string[];
}

/** Looks, plans, writes down the intent, acts phase by phase and reads back. Never rejects. */
export async function runPass(input: PassInput, deps: PassDeps): Promise<PassResult> {
  const observed = await readKernel(input, deps);
  const warnings = input.drift.check(input.managed, observed);
  const { bounds, hostCores, weightRule, journal, limitHooked = false } = deps;
  const { confirmed } = input.drift;
  const before = journal.ledger;
  const plan = planSteps({
    ...{ ...input, observed, confirmed, bounds, hostCores, weightRule, limitHooked },
    ledger: before,
  });
  try {
    await journal.update(withIntents(input, plan.steps, before));
  } catch (cause) {
    const refused = `the journal cannot be written, so nothing is changed: ${messageOf(cause)}`;
    return { allocations: [], refused, warnings };
  }
  input.lifecycle.confirm(plan.steps);
  const pass = new Pass({ ...input, observed }, deps, budgetOf({ ...input, observed, before }, deps));
  for (const { allocation, ok, reason, observedCores } of plan.verdicts)
    pass.note(allocation, { ok, reason, ...(observedCores === undefined ? {} : { observedCores }) });
  for (const allocation of input.changedAtMs.keys())
    if (!input.managed.some((one) => one.allocation === allocation)) input.changedAtMs.delete(allocation);
  for (const kinds of PHASES)
    await Promise.all(plan.steps.filter((step) => kinds.includes(step.kind)).map((step) => pass.run(step)));
  return { ...(await pass.finish()), warnings };
}

// Those that are only to be put back are read too: their weight tells how.
async function readKernel({ managed }: PassInput, { kernel, journal }: PassDeps): Promise<Map<ContainerId, KernelCpu>> {
  const observed = new Map<ContainerId, KernelCpu>();
  const isTouched = ({ containerId }: Managed): boolean => entryOf(journal.ledger, containerId) !== undefined;
  const running = managed.filter((one) => one.state === 'running' && (one.control === 'enforce' || isTouched(one)));
  await Promise.all(
    running.map(async (one) => {
      const read = await kernel.read(one);
      if (read.ok) observed.set(one.containerId, read.value);
    }),
  );
  await kernel.retain(new Set(running.map((one) => one.lifeId)));
  return observed;
}

/** Version, originals and limits to be written, before anything is written. Own containers are noted as soon as they exist. */
function withIntents({ desired, managed }: PassInput, steps: readonly Step[], ledger: Ledger): Ledger {
  const touched = new Map(
    steps.flatMap((step) => ('expectedCores' in step ? [[step.containerId, step] as const] : [])),
  );
  let next = obey(ledger, desired);
  for (const one of managed) {
    const step = touched.get(one.containerId);
    const isNew = one.origin === 'dqoes' && one.control === 'enforce' && entryOf(ledger, one.containerId) === undefined;
    if (step === undefined && !isNew) continue;
    const { containerId, allocation, origin } = one;
    const applied = step === undefined ? limitOf(desired, allocation) : step.applied;
    next = intend(next, {
      containerId,
      allocation,
      origin,
      original: originalOf(one, entryOf(ledger, one.containerId)),
      applied,
    });
  }
  return next;
}

function limitOf(desired: DesiredState, allocation: AllocationId): LimitStep['applied'] {
  const limit = desired.allocations.find((want) => want.id === allocation)?.limit;
  return limit === undefined || limit.cpuCores === null ? null : limit;
}

/** Least limit that can be given, cores. */
const LEAST_CORES = 0.01;
/** Slack for sums of fractions. */
const EPSILON_CORES = 1e-6;

/** The state of one pass: room left, and what became of each allocation. */
class Pass {
  readonly #acks = new Map<AllocationId, AllocationAck>();
  readonly #forgotten: ContainerId[] = [];
  readonly #restored: ContainerId[] = [];

  constructor(
    private readonly input: PassInput & { readonly observed: ReadonlyMap<ContainerId, KernelCpu> },
    private readonly deps: PassDeps,
    private readonly budget: Budget,
  ) {}

  note(allocation: AllocationId, result: StepResult): void {
    const { ok, reason, observedCores } = result;
    const seen = observedCores === undefined ? {} : { observedCpuCores: observedCores };
    this.#acks.set(allocation, { id: allocation, ok, reason, ...seen });
  }

  async run(step: Step): Promise<void> {
    if (step.kind === 'start' || step.kind === 'stop') this.#background(step);
    else if (step.kind === 'restore') await this.#restore(step);
    else await this.#limit(step);
  }

  /** Acks in the order of the desired state; what is gone, or was seen to be back, is forgotten. */
  async finish(): Promise<Pick<PassResult, 'allocations' | 'refused'>> {
    const { journal } = this.deps;
    const ledger = this.#forgotten.reduce(forget, this.#restored.reduce(putBack, journal.ledger));
    const refused = await journal.update(ledger).then(
      () => '',
      (cause) => `the journal cannot be written: ${messageOf(cause)}`,
    );
    const allocations = this.input.desired.allocations.flatMap(({ id }) => this.#acks.get(id) ?? []);
    return { allocations, refused };
  }

  #background(step: StartStep | StopStep): void {
    const { lifecycle } = this.input;
    if (lifecycle.isDue(step) && this.#hasRoomToStart(step)) lifecycle.begin(step, () => this.#runBeside(step));
    const state = lifecycle.reasonOf(step.allocation);
    if (state !== undefined) this.note(step.allocation, { ok: false, reason: state.reason });
  }

  async #runBeside(step: StartStep | StopStep): Promise<StepResult> {
    const { unsettled } = this.input;
    const { clock } = this.deps;
    const asked = step.kind === 'start' ? coresToStart(step, this.deps) : null;
    if (asked === null) return execute(step, this.deps);
    const cores = Math.max(asked, this.#storedCores(step.allocation));
    const takeBack = unsettled.began(step.allocation, cores, clock.now());
    const result = await execute(step, this.deps);
    if (result.untouched === true) takeBack();
    else unsettled.began(step.allocation, cores, clock.now());
    if (result.started !== undefined) unsettled.made(step.allocation, result.started);
    return result;
  }

  #hasRoomToStart(step: StartStep | StopStep): boolean {
    if (step.kind === 'stop') return true;
    const cores = coresToStart(step, this.deps);
    // An earlier try, or an earlier agent, may have made it already, with a larger limit.
    const earlier = this.input.unsettled.starts(this.deps.clock.now()).get(step.allocation) ?? 0;
    const possible = Math.max(earlier, this.#storedCores(step.allocation));
    if (cores === null || this.budget.reserve(step.allocation, Math.max(cores, possible))) return true;
    this.note(step.allocation, { ok: false, reason: this.#waits(step.allocation, cores) });
    return false;
  }

  #storedCores(allocation: AllocationId): number {
    const made = this.input.managed.find((one) => one.allocation === allocation && one.state === 'created');
    return made === undefined ? 0 : (coresOf(made.cpu) ?? 0);
  }

  // Its entry stays until a later list shows the original: the one at hand may still show our limit, which must never be taken for the original.
  async #restore(step: RestoreStep): Promise<void> {
    const known = this.input.managed.find(({ containerId }) => containerId === step.containerId);
    if (known !== undefined) this.input.drift.forget(known.lifeId);
    if (this.#isBack(step.containerId, known)) {
      this.#forgotten.push(step.containerId);
      return;
    }
    const result = await execute(step, this.deps);
    if (!result.ok && result.gone !== true) return;
    if (result.gone === true || known === undefined) this.#forgotten.push(step.containerId);
    else this.#restored.push(step.containerId);
    this.input.unsettled.settled(step.containerId);
    // One that is not listed has left the room to another of its name.
    if (known !== undefined) this.budget.set(step.allocation, null);
    void this.deps.refresh();
  }

  #isBack(id: ContainerId, known: Managed | undefined): boolean {
    const entry = entryOf(this.deps.journal.ledger, id);
    if (entry === undefined || known === undefined || entry.applied !== null) return false;
    const cores = coresOf(entry.original);
    const seen = this.input.observed.get(id);
    return sameCores(cores, coresOf(known.cpu)) && (seen === undefined || sameCores(cores, seen.cores));
  }

  async #limit(planned: LimitStep): Promise<void> {
    const step = this.#fit(planned);
    if (step === null) return;
    const before = this.budget.get(step.allocation);
    if (!this.#takesRoom(step, before)) {
      this.note(step.allocation, { ok: false, reason: this.#waits(step.allocation, step.expectedCores) });
      return;
    }
    this.input.drift.forget(step.lifeId);
    const result = await execute(step, this.deps);
    if (result.untouched !== true) this.input.changedAtMs.set(step.allocation, this.deps.clock.now());
    this.#settle(step, result, before);
    const short =
      step === planned ? result : { ...result, ok: false, reason: this.#waits(step.allocation, planned.expectedCores) };
    this.note(step.allocation, short);
  }

  /** What may be in force already is given back only when the write has been answered. */
  #takesRoom({ kind, allocation, containerId, expectedCores }: LimitStep, before: number | null): boolean {
    if (kind !== 'raise' && kind !== 'cap') return true;
    const cores = expectedCores ?? 0;
    const isLower = kind === 'cap' && cores <= (before ?? 0);
    if (isLower && cores <= this.budget.roomToReplace(allocation) + EPSILON_CORES) return true;
    const entry = entryOf(this.deps.journal.ledger, containerId);
    const isItsOwn = entry === undefined || sameCores(coresOf(entry.original), before);
    return this.budget.reserve(allocation, Math.max(isItsOwn ? 0 : (before ?? 0), cores));
  }

  /** A first limit is given as far as there is room, because no limit at all would take more. */
  #fit(step: LimitStep): LimitStep | null {
    const cores = step.expectedCores;
    if (step.kind !== 'cap' || cores === null) return step;
    const isLower = cores <= (this.budget.get(step.allocation) ?? 0);
    const room = isLower ? this.budget.roomToReplace(step.allocation) : this.budget.roomFor(step.allocation);
    if (cores <= room + EPSILON_CORES) return step;
    if (room < LEAST_CORES) {
      this.note(step.allocation, { ok: false, reason: this.#waits(step.allocation, cores) });
      return null;
    }
    const write = narrowed(step, room, this.deps);
    return write.ok ? { ...step, ...write.value } : null;
  }

  /** After the call: what is surely in force; where that is not known, the larger of before and after. */
  #settle(step: LimitStep, result: StepResult, before: number | null): void {
    const { allocation, containerId, expectedCores } = step;
    const { unsettled } = this.input;
    if (result.gone === true || result.observedCores !== undefined) unsettled.settled(containerId);
    if (result.gone === true) {
      // Another one of the same name may be on its way.
      this.budget.set(allocation, unsettled.starts(this.deps.clock.now()).get(allocation) ?? null);
      this.#forgotten.push(step.containerId);
    } else if (result.observedCores !== undefined) {
      this.budget.set(allocation, step.kind === 'lift' && result.ok ? null : result.observedCores);
      if (result.ok && result.seen !== undefined) this.input.drift.confirm(step.lifeId, step, result.seen);
    } else if (result.untouched === true) {
      this.budget.set(allocation, before);
    } else {
      unsettled.wrote(containerId, Math.max(before ?? 0, expectedCores ?? 0), this.deps.clock.now());
      if (before !== null) this.budget.set(allocation, Math.max(before, expectedCores ?? 0));
    }
  }

  #waits(allocation: AllocationId, cores: number | null): string {
    const left = showCores(Math.max(0, this.budget.roomFor(allocation)));
    return `${showCores(cores)} must wait: only ${left} of ${showCores(this.deps.allocatableCores)} are left for it`;
  }
}
