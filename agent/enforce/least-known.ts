import { type CpuLimit, DEFAULT_PERIOD_US, guaranteedCores } from '../../shared/command.js';
import { coresOf } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import type { Confirmed } from './in-force.js';
import type { LedgerEntry } from './ledger-entry.js';

/** What was written and what was read back: the engine's list may be older than either. */
export interface KnownWrites {
  readonly entry: LedgerEntry | undefined;
  readonly confirmed: Confirmed | undefined;
}

/**
 * The smaller of the limit that was meant to be written last and the one that was read back last;
 * null = neither is known. What was meant may have been refused for want of room.
 */
export function leastWritten({ entry, confirmed }: KnownWrites): CpuLimit | null {
  const meant = entry?.applied ?? null;
  const read = confirmed?.seen.cores ?? null;
  if (read === null || confirmed === undefined) return meant;
  if (meant !== null && guaranteedCores(meant) <= read) return meant;
  return { cpuCores: read, periodUs: confirmed.seen.periodUs ?? DEFAULT_PERIOD_US };
}

/**
 * The least that the quota of a container may be whose kernel limit was not read, cores; null = it
 * may have none.
 */
export function leastQuota({ cpu }: Managed, writes: KnownWrites): number | null {
  const known = [coresOf(cpu), leastWritten(writes)?.cpuCores ?? null];
  const quotas = known.filter((cores): cores is number => cores !== null);
  return quotas.length === 0 ? null : Math.min(...quotas);
}
