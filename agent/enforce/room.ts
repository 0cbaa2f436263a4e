import type { ContainerId } from '../../shared/ids.js';
import { Budget } from './budget.js';
import { entryOf, type Ledger, type LedgerEntry } from './ledger.js';
import { coresOf, holds, type KernelCpu, quotaOf } from './limits.js';
import type { PassDeps, PassInput } from './pass.js';
import { currentCores } from './steps.js';
import type { Managed, StartStep } from './types.js';

export interface Found extends PassInput {
  readonly observed: ReadonlyMap<ContainerId, KernelCpu>;
  /** As it was before the intents of this pass: what it says was written may be in force. */
  readonly before: Ledger;
}

/** Limits in force that are ours, or about to be, with those of containers being started. */
export function budgetOf({ observed, before, ...input }: Found, deps: PassDeps): Budget {
  const budget = new Budget(deps.allocatableCores);
  const wanted = new Set(input.desired.allocations.flatMap(({ id, limit }) => (limit.cpuCores === null ? [] : [id])));
  const nowMs = deps.clock.now();
  for (const one of input.managed) {
    const entry = entryOf(before, one.containerId);
    const now = mostCores(one, observed, { entry, unsettledCores: input.unsettled.mostOf(one.containerId, nowMs) });
    // Whatever differs from the original is ours, even when lifting it was tried and failed.
    const isOurs = one.origin === 'dqoes' || (entry !== undefined && !holds(coresOf(entry.original), now));
    if (isOurs) budget.set(one.allocation, now);
    else if (one.state === 'running' && wanted.has(one.allocation)) budget.setItsOwn(one.allocation, now);
    if (one.state !== 'created') input.unsettled.seen(one.allocation, one.containerId);
  }
  for (const [allocation, cores] of input.unsettled.starts(nowMs))
    budget.set(allocation, Math.max(cores, budget.get(allocation) ?? 0));
  return budget;
}

interface Remembered {
  readonly entry: LedgerEntry | undefined;
  readonly unsettledCores: number | null;
}

/**
 * The most that may be in force. Where the kernel says nothing that is what was written last, too: a container that ended may be started again, and the list may be older than
 * the write.
 */
function mostCores(
  one: Managed,
  observed: ReadonlyMap<ContainerId, KernelCpu>,
  { entry, unsettledCores }: Remembered,
): number | null {
  const now = currentCores(one, observed);
  const applied = observed.has(one.containerId) ? null : (entry?.applied?.cpuCores ?? null);
  const possible = [now, applied, unsettledCores].filter((cores) => cores !== null);
  return possible.length === 0 ? null : Math.max(...possible);
}

export function coresToStart(step: StartStep, deps: PassDeps): number | null {
  if (step.limit.cpuCores === null) return null;
  const quota = quotaOf({ ...step.limit, cpuCores: step.limit.cpuCores }, deps.hostCores);
  return quota.ok ? quota.value.quotaUs / quota.value.periodUs : null;
}
