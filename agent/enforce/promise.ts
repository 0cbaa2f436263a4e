import { type CpuLimit, guaranteedCores, weightedCores } from '../../shared/command.js';
import { EPSILON_CORES } from './budget.js';
import type { LedgerEntry } from './ledger-entry.js';

/** Slack between two guarantees: they are noted in full, but shares are whole numbers. */
const SLACK_CORES = 1e-4;

/** True for a limit without quota and weight: the container is as it came. */
export const isPlain = (limit: CpuLimit): boolean =>
  limit.cpuCores === null && weightedCores(limit) === 0;

/** True when no quota shows what the limit promises, so that the ledger has to know it. */
export const isByWeight = (limit: CpuLimit | null): limit is CpuLimit =>
  limit !== null &&
  !isPlain(limit) &&
  (limit.cpuCores === null || limit.guaranteeCores !== undefined);

/**
 * What a limit counts in the sum once it is in force as `quotaCores`, cores; null = nothing: the
 * container is as it came.
 */
export function promiseOf(limit: CpuLimit, quotaCores: number | null): number | null {
  if (isPlain(limit)) return null;
  if (limit.cpuCores === null || quotaCores === null) return guaranteedCores(limit);
  return limit.guaranteeCores === undefined
    ? quotaCores
    : Math.min(limit.guaranteeCores, quotaCores);
}

/**
 * The most that may be promised without a quota that shows it, cores; null = nothing: the quota
 * alone tells.
 */
export function maxPromised(entry: LedgerEntry | undefined): number | null {
  if (entry?.promisedCores !== undefined) return entry.promisedCores;
  return entry !== undefined && isByWeight(entry.applied) ? guaranteedCores(entry.applied) : null;
}

/**
 * What counts in the sum while the kernel, or the engine, holds this quota, cores; null = no limit
 * and no promise.
 */
export function promisedNow(
  quotaCores: number | null,
  entry: LedgerEntry | undefined,
): number | null {
  const promised = maxPromised(entry);
  if (entry === undefined || promised === null) return quotaCores;
  if (quotaCores === null) return promised;
  if (entry.applied !== null && entry.applied.cpuCores !== null)
    return Math.min(quotaCores, promised);
  // The container's own quota promises nothing, and a quota of ours from before is part of what is
  // promised.
  return promised;
}

/**
 * Whether the ledger says of this limit what it promises, and nothing larger that may still hold.
 */
export function isNoted(limit: CpuLimit, entry: LedgerEntry | undefined): boolean {
  const promised = maxPromised(entry);
  if (!isByWeight(limit)) return promised === null;
  if (entry === undefined || !isByWeight(entry.applied) || entry.promisedCores !== undefined)
    return false;
  const isSameKind = (entry.applied.cpuCores === null) === (limit.cpuCores === null);
  const tooMuch = (promised ?? 0) - guaranteedCores(limit);
  return isSameKind && tooMuch <= EPSILON_CORES && tooMuch >= -SLACK_CORES;
}
