import { type CpuLimit, weightedCores } from '../../shared/command.js';
import { OWN_ORIGINAL } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import { sharesOf } from '../containers/weight.js';
import type { EngineCpuSettings } from '../ports/engine.js';
import type { LedgerEntry } from './ledger-entry.js';
import { isPlain } from './promise.js';

/** The settings from before our first touch; a container of our own has no limit then. */
export function originalOf(managed: Managed, entry: LedgerEntry | undefined): EngineCpuSettings {
  if (managed.origin === 'dqoes') return OWN_ORIGINAL;
  return entry?.original ?? managed.cpu;
}

/** The burst from before our first write, µs; null = it was never touched. */
export const originalBurstOf = (
  { origin }: Pick<Managed, 'origin'>,
  entry: LedgerEntry | undefined,
): number | null => (origin === 'dqoes' ? 0 : (entry?.originalBurstUs ?? null));

/**
 * The settings to assume for a container that is not listed: it may still exist with what we wrote.
 */
export const unknownSettings = (applied: CpuLimit | null): EngineCpuSettings => ({
  nanoCpus: 0,
  quotaUs: 0,
  periodUs: applied?.periodUs ?? 0,
  shares: applied === null || isPlain(applied) ? 0 : sharesOf(weightedCores(applied)),
});
