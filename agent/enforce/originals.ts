import { type CpuLimit, weightedCores } from '../../shared/command.js';
import { OWN_ORIGINAL } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import { sharesOf } from '../containers/weight.js';
import type { EngineCpuSettings } from '../ports/engine.js';
import type { LedgerEntry } from './ledger-entry.js';
import { isPlain } from './promise.js';

/** As before our first touch; a container of our own has no limit when we do not limit it. */
export function originalOf(managed: Managed, entry: LedgerEntry | undefined): EngineCpuSettings {
  if (managed.origin === 'dqoes') return OWN_ORIGINAL;
  return entry?.original ?? managed.cpu;
}

/** Before our first write of it, µs; null = it was never touched. */
export const originalBurstOf = (
  { origin }: Pick<Managed, 'origin'>,
  entry: LedgerEntry | undefined,
): number | null => (origin === 'dqoes' ? 0 : (entry?.originalBurstUs ?? null));

/** A container that is not listed now may still exist with what we wrote. */
export const unknownSettings = (applied: CpuLimit | null): EngineCpuSettings => ({
  nanoCpus: 0,
  quotaUs: 0,
  periodUs: applied?.periodUs ?? 0,
  shares: applied === null || isPlain(applied) ? 0 : sharesOf(weightedCores(applied)),
});
