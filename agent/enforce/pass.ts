import { type AllocationAck, RUNS_ON } from '../../shared/command.js';
import { messageOf } from '../../shared/errors.js';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { KernelCpu } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import { dropQuotas } from './drop-quotas.js';
import { hostRulesOf } from './host-rules.js';
import { noteOwn, withIntents } from './intents.js';
import { entryOf, type Ledger } from './ledger-entry.js';
import { budgetOf, coresToStart } from './node-budget.js';
import type { PassDeps, PassInput, PassResult } from './pass-types.js';
import { Phases } from './phases.js';
import { PHASES, planSteps } from './steps.js';
import type { Step } from './types.js';

/**
 * One pass: reads the kernel, plans, records the intent durably, acts phase by phase, and reads
 * back. Where the intent cannot be recorded only quotas go (`dropQuotas`). Never rejects: what
 * fails is in the result, and that nothing can be done in the warnings.
 */
export async function runPass(input: PassInput, deps: PassDeps): Promise<PassResult> {
  const result = await passOnce(input, deps);
  const warning = input.once.refused(result.refused);
  return warning === '' ? result : { ...result, warnings: [...result.warnings, warning] };
}

async function passOnce(input: PassInput, deps: PassDeps): Promise<PassResult> {
  const observed = await readKernel(input, deps);
  const missing = input.once.bursts.check(input.desired, input.managed, observed);
  const changed = input.drift.check(input.managed, observed, deps.clock.wall());
  const warnings = [...changed, ...missing];
  const { bounds, journal, limitHooked = false } = deps;
  const { confirmed } = input.drift;
  const found = await readRecords(input, deps);
  const before = noteOwn({ ...input, observed }, found.ok ? found.value : journal.ledger);
  const plan = planSteps({
    ...input,
    observed,
    confirmed,
    bounds,
    ...hostRulesOf(deps),
    limitHooked,
    isUnknown: (id) => input.unsettled.isUnknown(id, deps.clock.now()),
    isStopping: input.lifecycle.isStopping,
    ledger: before,
  });
  const nothing = (refused: string): PassResult => ({
    ...{ refused, warnings },
    allocations: heldBack(plan.steps, input, refused),
  });
  if (!found.ok) return nothing(found.error);
  try {
    await journal.update(withIntents({ ...input, observed }, plan.steps, before));
  } catch (cause) {
    const dropped = await dropQuotas(plan.steps, { ...input, observed }, deps);
    const result = nothing(`${UNWRITABLE}: ${unwritable(cause)}`);
    return { ...result, warnings: [...warnings, ...dropped] };
  }
  input.lifecycle.confirm(plan.steps);
  lowerPulling(plan.steps, input, deps);
  forgetOthers(input, deps);
  const pass = new Phases(
    { ...input, observed },
    deps,
    budgetOf({ ...input, observed, before }, deps),
  );
  input.drift.found(plan.verdicts);
  for (const { allocation, isBeside, ...result } of plan.verdicts) {
    if (isBeside !== true) pass.note(allocation, result);
    if (result.ok) input.drift.isInForce(allocation, deps.clock.wall());
  }
  for (const allocation of input.changedAtMs.keys())
    if (!input.managed.some((one) => one.allocation === allocation))
      input.changedAtMs.delete(allocation);
  for (const kinds of PHASES)
    await pass.runPhase(plan.steps.filter((step) => kinds.includes(step.kind)));
  const finished = await pass.finish();
  const notHeld = input.once.notHeld(pass.notHeld);
  return { ...finished, warnings: [...warnings, ...pass.warnings, ...notHeld] };
}

const UNWRITABLE = 'the journal cannot be written, so nothing is changed but quotas that are to go';

const unwritable = (cause: unknown): string =>
  `${messageOf(cause)}: is the disk of the agent's state-dir full, or read-only?`;

/** What of jobs is not begun by a pass that changes nothing: starts, and changes of what runs. */
function heldBack(
  steps: readonly Step[],
  { lifecycle, managed }: PassInput,
  refused: string,
): readonly AllocationAck[] {
  const running = managed.filter(({ state }) => state === 'running');
  return steps.flatMap((step): readonly AllocationAck[] => {
    const { allocation: id } = step;
    const isChange = step.kind === 'stop' && step.successor !== undefined;
    if (step.kind !== 'start' && !isChange) return [];
    const begun = lifecycle.reasonOf(id);
    const runsOn = running.some(({ allocation }) => allocation === id) ? RUNS_ON : '';
    const reason = begun?.state === 'pending' ? begun.reason : `${runsOn}${refused}`;
    return [{ id, ok: false, reason }];
  });
}

/** A start that waits for its image keeps no more room from others than is wanted of it by now. */
function lowerPulling(
  steps: readonly Step[],
  { managed, unsettled }: PassInput,
  deps: PassDeps,
): void {
  const there = new Set(managed.map(({ allocation }) => allocation));
  for (const step of steps) {
    const cores = step.kind === 'start' ? coresToStart(step, deps) : null;
    if (step.kind === 'start' && cores !== null && !there.has(step.allocation))
      unsettled.lowerPulling(step.allocation, step.limit, cores);
  }
}

/** Only allocations that are wanted, or still there, are remembered. */
function forgetOthers({ desired, managed, lifecycle, unsettled }: PassInput, deps: PassDeps): void {
  const wanted = new Set(desired.allocations.map(({ id }) => id));
  unsettled.retain(wanted, deps.clock.now());
  for (const { allocation } of managed) wanted.add(allocation);
  lifecycle.retain(wanted);
}

/** Adds to the ledger what is known of limits of ours that it does not know. */
async function readRecords(
  { managed, desired }: PassInput,
  { journal, clock }: PassDeps,
): Promise<Result<Ledger, string>> {
  const unknown = managed.filter(
    (one) => one.origin === 'label' && entryOf(journal.ledger, one.containerId) === undefined,
  );
  try {
    await journal.records?.look(unknown.map(({ containerId }) => containerId));
    return ok(journal.withKnown({ managed, desired }, clock.now()));
  } catch (cause) {
    return err(
      `the records of originals cannot be read, so nothing is changed: ${messageOf(cause)}`,
    );
  }
}

// Containers that are only to be put back are read too: their weight tells how.
async function readKernel(
  { managed }: PassInput,
  { kernel, journal }: PassDeps,
): Promise<Map<ContainerId, KernelCpu>> {
  const observed = new Map<ContainerId, KernelCpu>();
  const isTouched = ({ containerId }: Managed): boolean =>
    entryOf(journal.ledger, containerId) !== undefined;
  const running = managed.filter(
    (one) => one.state === 'running' && (one.control === 'enforce' || isTouched(one)),
  );
  await Promise.all(
    running.map(async (one) => {
      const read = await kernel.read(one);
      if (read.ok) observed.set(one.containerId, read.value);
    }),
  );
  await kernel.retain(new Set(running.map((one) => one.lifeId)));
  return observed;
}
