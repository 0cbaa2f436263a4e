import type { DesiredState } from '../../shared/command.js';
import type { ContainerId } from '../../shared/ids.js';
import type { KernelCpu } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import { intend, obey } from './ledger.js';
import { entryOf, type Ledger } from './ledger-entry.js';
import { countedNow } from './node-budget.js';
import { originalOf } from './originals.js';
import { limitAtStart } from './own-limit.js';
import { isByWeight, maxPromised } from './promise.js';
import type { LimitStep, Step } from './types.js';
import type { Unsettled } from './unsettled.js';

/** What is known when intents are recorded. */
export interface IntentContext {
  readonly desired: DesiredState;
  readonly managed: readonly Managed[];
  readonly unsettled: Unsettled;
  readonly observed: ReadonlyMap<ContainerId, KernelCpu>;
}

/**
 * Adds containers of our own that the ledger does not know: each is recorded as soon as it exists,
 * with the limit it was started with.
 */
export function noteOwn({ desired, managed, unsettled }: IntentContext, ledger: Ledger): Ledger {
  let next = ledger;
  for (const one of managed) {
    const { containerId, allocation, origin, control } = one;
    if (origin !== 'dqoes' || control !== 'enforce' || entryOf(ledger, containerId) !== undefined)
      continue;
    const wanted = desired.allocations.find((want) => want.id === allocation)?.limit;
    const applied = limitAtStart(one, wanted, unsettled.startedWith(allocation));
    next = intend(next, {
      containerId,
      allocation,
      origin,
      original: originalOf(one, undefined),
      applied,
    });
  }
  return next;
}

/**
 * Records version, originals and limits before anything is written, except promises that first need
 * room and that no quota would show.
 */
export function withIntents(known: IntentContext, steps: readonly Step[], ledger: Ledger): Ledger {
  const writes = steps.filter((step): step is LimitStep => 'expectedCores' in step);
  const early = writes.filter((step) => !isLate(step, known, ledger));
  return intendAll(early, known, obey(ledger, known.desired));
}

/**
 * True when the intent is recorded only after the write got its room: a promise by weight that
 * waits must not count as one, and where the kernel was not read, the intent of a refused raise
 * must not be taken for the limit that is in force.
 */
export function isLate(
  { kind, applied, containerId }: LimitStep,
  { observed }: Pick<IntentContext, 'observed'>,
  ledger: Ledger,
): boolean {
  if (kind !== 'raise' && kind !== 'cap') return false;
  if (!observed.has(containerId)) return true;
  return isByWeight(applied) || maxPromised(entryOf(ledger, containerId)) !== null;
}

/** Records the intent of several writes; containers that are not managed are left out. */
export function intendAll(
  steps: readonly LimitStep[],
  { managed, observed }: IntentContext,
  ledger: Ledger,
): Ledger {
  const byId = new Map<ContainerId, Managed>(managed.map((one) => [one.containerId, one]));
  return steps.reduce((next, { containerId, applied, originalBurstUs }) => {
    const one = byId.get(containerId);
    if (one === undefined) return next;
    const { allocation, origin } = one;
    const entry = entryOf(next, containerId);
    const burst = originalBurstUs === undefined ? {} : { originalBurstUs };
    const touch = {
      containerId,
      allocation,
      origin,
      original: originalOf(one, entry),
      applied,
      ...burst,
    };
    return intend(next, touch, countedNow(one, observed, entry));
  }, ledger);
}
