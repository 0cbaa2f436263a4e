import { type CpuLimit, guaranteedCores } from '../../shared/command.js';
import type { ContainerId } from '../../shared/ids.js';
import { withinCpus } from '../containers/fewer-cpus.js';
import {
  coresOf,
  coresOfQuota,
  type HostRules,
  type KernelCpu,
  OWN_ORIGINAL,
  quotaOf,
} from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import { isNoWeight, SHARES_PER_CORE } from '../containers/weight.js';
import { Budget } from './budget.js';
import { holds } from './in-force.js';
import { entryOf, type Ledger, type LedgerEntry } from './ledger-entry.js';
import { currentCores } from './limit-steps.js';
import { limitAtStart } from './own-limit.js';
import type { PassDeps, PassInput } from './pass-types.js';
import { isByWeight, isPlain, maxPromised, promisedNow, promiseOf } from './promise.js';
import type { StartStep } from './types.js';

/** What the budget of a pass is made from. */
export interface BudgetInput extends PassInput {
  readonly observed: ReadonlyMap<ContainerId, KernelCpu>;
  /** The ledger from before the intents of this pass: what it says was written may be in force. */
  readonly before: Ledger;
}

/**
 * The budget at the beginning of a pass: limits in force that are ours or about to be, and those of
 * containers being started.
 */
export function budgetOf({ observed, before, ...input }: BudgetInput, deps: PassDeps): Budget {
  const budget = new Budget(deps.allocatableCores);
  const wanted = new Map(input.desired.allocations.map(({ id, limit }) => [id, limit]));
  const nowMs = deps.clock.now();
  for (const one of input.managed) {
    const entry = entryOf(before, one.containerId) ?? unknownOwn(one);
    const now = maxCores(one, observed, {
      entry,
      unsettledCores: input.unsettled.maxCoresOf(one.containerId, nowMs),
    });
    // What differs from the original is ours, even when lifting it was tried and failed; so is what
    // is promised.
    const isWritten = entry?.applied != null && !observed.has(one.containerId);
    const isChanged = entry !== undefined && (isWritten || !isAsItCame(entry, now, deps));
    const isOurs = one.origin === 'dqoes' || isChanged || maxPromised(entry) !== null;
    if (isOurs) budget.set(one.allocation, now);
    else if (one.state === 'running')
      budget.setOriginal(one.allocation, originalCores(now, one, wanted.get(one.allocation)));
    if (one.state !== 'created') input.unsettled.seen(one.allocation, one.containerId);
  }
  for (const [allocation, cores] of input.unsettled.starts(nowMs))
    budget.set(allocation, Math.max(cores, budget.get(allocation) ?? 0));
  return budget;
}

/** Where nothing is written of it, all the CPUs there are count as more that it came with. */
function isAsItCame(
  { original, applied }: LedgerEntry,
  now: number | null,
  { hostCpus }: HostRules,
): boolean {
  if (holds(coresOf(original), now)) return true;
  return applied === null && holds(coresOf(withinCpus(original, hostCpus)), now);
}

/**
 * A container of ours that the ledger does not know: one that is no longer to run is not recorded,
 * and counts until it is gone.
 */
function unknownOwn(one: Managed): LedgerEntry | undefined {
  if (one.origin !== 'dqoes') return undefined;
  const { containerId, allocation, origin } = one;
  return { containerId, allocation, origin, original: OWN_ORIGINAL, applied: limitAtStart(one) };
}

/**
 * The limit that a container came with, where that is about to be replaced. A weight that is not
 * recorded may be ours all the same, because the journal may have been lost.
 */
function originalCores(
  quotaCores: number | null,
  { cpu }: Managed,
  wanted: CpuLimit | undefined,
): number | null {
  if (wanted === undefined || isPlain(wanted)) return null;
  if (wanted.cpuCores !== null && !isByWeight(wanted)) return quotaCores;
  return isNoWeight(cpu.shares) ? null : cpu.shares / SHARES_PER_CORE;
}

interface RememberedLimits {
  readonly entry: LedgerEntry | undefined;
  readonly unsettledCores: number | null;
}

/** The most that may be in force or may still come into force, cores; null = nothing. */
function maxCores(
  one: Managed,
  observed: BudgetInput['observed'],
  { entry, unsettledCores }: RememberedLimits,
): number | null {
  const now = countedNow(one, observed, entry);
  return now === null || unsettledCores === null
    ? (now ?? unsettledCores)
    : Math.max(now, unsettledCores);
}

/**
 * What counts of a container in the sum, cores; null = nothing. Where the kernel says nothing that
 * is what was written last, too: a container
 * that ended may be started again, and the list may be older than the write.
 */
export function countedNow(
  one: Managed,
  observed: BudgetInput['observed'],
  entry: LedgerEntry | undefined,
): number | null {
  const now = promisedNow(currentCores(one, observed), entry) ?? leftWeight(one, entry);
  const written = entry?.applied ?? null;
  if (observed.has(one.containerId) || written === null) return now;
  return Math.max(now ?? 0, guaranteedCores(written));
}

/**
 * A quota that was taken away while nothing could be noted leaves the weight that it had, cores;
 * null = it does not.
 */
function leftWeight({ cpu: { shares } }: Managed, entry: LedgerEntry | undefined): number | null {
  if (entry?.applied?.cpuCores == null || shares === entry.original.shares) return null;
  return isNoWeight(shares) ? null : shares / SHARES_PER_CORE;
}

/** What a container promises from its start, cores; null = nothing. */
export function coresToStart({ limit }: StartStep, deps: PassDeps): number | null {
  if (limit.cpuCores === null) return promiseOf(limit, null);
  const quota = quotaOf({ ...limit, cpuCores: limit.cpuCores }, deps.hostCores);
  return quota.ok ? promiseOf(limit, coresOfQuota(quota.value)) : null;
}
