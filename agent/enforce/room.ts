import { guaranteedCores } from '../../shared/command.js';
import type { ContainerId } from '../../shared/ids.js';
import { Budget } from './budget.js';
import { holds } from './in-force.js';
import { entryOf, type Ledger, type LedgerEntry } from './ledger.js';
import { coresOf, coresOfQuota, type KernelCpu, quotaOf } from './limits.js';
import type { PassDeps, PassInput } from './pass.js';
import { mostPromised, promisedNow, promiseOf } from './promise.js';
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
    // Whatever differs from the original is ours, even when lifting it was tried and failed; and
    // whatever is promised.
    const isChanged = entry !== undefined && !holds(coresOf(entry.original), now);
    const isOurs = one.origin === 'dqoes' || isChanged || mostPromised(entry) !== null;
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

/** The most that may be in force, or come into force yet. */
function mostCores(one: Managed, observed: Found['observed'], { entry, unsettledCores }: Remembered): number | null {
  const now = countedNow(one, observed, entry);
  return now === null || unsettledCores === null ? (now ?? unsettledCores) : Math.max(now, unsettledCores);
}

/**
 * What counts of a container in the sum, cores; null = nothing. Where the kernel says nothing that
 * is what was written last, too: a container
 * that ended may be started again, and the list may be older than the write.
 */
export function countedNow(one: Managed, observed: Found['observed'], entry: LedgerEntry | undefined): number | null {
  const now = promisedNow(currentCores(one, observed), entry);
  const written = entry?.applied ?? null;
  if (observed.has(one.containerId) || written === null) return now;
  return Math.max(now ?? 0, guaranteedCores(written));
}

/** What a container promises from its start, cores; null = nothing. */
export function coresToStart({ limit }: StartStep, deps: PassDeps): number | null {
  if (limit.cpuCores === null) return promiseOf(limit, null);
  const quota = quotaOf({ ...limit, cpuCores: limit.cpuCores }, deps.hostCores);
  return quota.ok ? promiseOf(limit, coresOfQuota(quota.value)) : null;
}
