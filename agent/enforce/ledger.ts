import {
  type CpuLimit,
  guaranteedCores,
  MAX_VERSION,
  type StateVersion,
} from '../../shared/command.js';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { EngineCpuSettings } from '../ports/engine.js';
import { entryOf, type Ledger, type LedgerEntry } from './ledger-entry.js';
import { isByWeight, maxPromised } from './promise.js';
import { seal, unseal } from './sealed.js';

/**
 * Records the intent to write. The original is taken only at the first touch and never replaced.
 * `nowCores`: what counts of it now. Where no quota shows that, it counts on until `settle`,
 * because the write may not be done.
 */
export function intend(ledger: Ledger, touch: LedgerEntry, nowCores: number | null = null): Ledger {
  const known = entryOf(ledger, touch.containerId);
  const burst = known?.originalBurstUs ?? touch.originalBurstUs;
  const entry = {
    ...(known === undefined ? touch : replaced(known, touch.applied, nowCores ?? 0)),
    ...(burst === undefined ? {} : { originalBurstUs: burst }),
  };
  return { ...ledger, entries: [...ledger.entries.filter((other) => other !== known), entry] };
}

function replaced(known: LedgerEntry, applied: CpuLimit | null, nowCores: number): LedgerEntry {
  const { promisedCores: _, ...rest } = known;
  if (maxPromised(known) === null && !isByWeight(applied)) return { ...rest, applied };
  const next = applied === null ? 0 : guaranteedCores(applied);
  if (isByWeight(applied) && nowCores <= next) return { ...rest, applied };
  return { ...rest, applied, promisedCores: Math.max(nowCores, next) };
}

/** The last intent is in force, so that nothing promised before it counts any more. */
export const settle = (ledger: Ledger, id: ContainerId): Ledger =>
  changed(ledger, id, ({ applied }) => applied);

/** Records that the original settings were written again. */
export const putBack = (ledger: Ledger, id: ContainerId): Ledger => changed(ledger, id, () => null);

const changed = (
  ledger: Ledger,
  id: ContainerId,
  appliedOf: (entry: LedgerEntry) => CpuLimit | null,
): Ledger => ({
  ...ledger,
  entries: ledger.entries.map((entry) => {
    if (entry.containerId !== id) return entry;
    const { promisedCores: _, ...rest } = entry;
    return { ...rest, applied: appliedOf(entry) };
  }),
});

/** Removes a container that is gone, or is as it was found. */
export const forget = (ledger: Ledger, id: ContainerId): Ledger => ({
  ...ledger,
  entries: ledger.entries.filter((entry) => entry.containerId !== id),
});

/** Records the newest version obeyed. Whether it may be is decided by `judgeVersion`. */
export const obey = (ledger: Ledger, { incarnation, epoch, revision }: StateVersion): Ledger => ({
  ...ledger,
  holds: { incarnation, epoch, revision },
});

const KIND = 'dqoes-journal 1';

/** Nothing was obeyed yet: the next desired state counts, whatever its version. */
export const forgetVersion = (ledger: Ledger): Ledger => ({ ...ledger, holds: null });

/** The ledger as the text of its file. */
export const serialiseLedger = (ledger: Ledger): string => seal(KIND, ledger);

/** Reads the text of the file. Never throws; the error says what is torn. */
export function parseLedger(text: string): Result<Ledger, string> {
  const opened = unseal(KIND, text);
  return opened.ok ? checkLedger(opened.value) : opened;
}

function checkLedger(value: unknown): Result<Ledger, string> {
  if (!isRecord(value) || !Array.isArray(value.entries)) return err('the content is not a ledger');
  if (value.holds !== null && !isVersion(value.holds)) return err('the version held is damaged');
  if (!value.entries.every(isEntry)) return err('an entry is damaged');
  return ok({ holds: believable(value.holds), entries: value.entries });
}

// Versions before the bound was enforced may have obeyed one that no leader can follow.
const believable = (holds: StateVersion | null): StateVersion | null =>
  holds !== null && holds.epoch <= MAX_VERSION && holds.revision <= MAX_VERSION ? holds : null;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isVersion = (value: unknown): value is StateVersion =>
  isRecord(value) &&
  typeof value.incarnation === 'string' &&
  Number.isSafeInteger(value.epoch) &&
  Number.isSafeInteger(value.revision);

/** True when a parsed value has the shape of engine settings. */
export const isSettings = (value: unknown): value is EngineCpuSettings =>
  isRecord(value) &&
  ['nanoCpus', 'quotaUs', 'periodUs', 'shares'].every((key) => Number.isFinite(value[key]));

const isLimit = (value: unknown): value is CpuLimit =>
  isRecord(value) &&
  (value.cpuCores === null || Number.isFinite(value.cpuCores)) &&
  Number.isFinite(value.periodUs) &&
  [value.guaranteeCores, value.weightCores, value.burstUs].every(isAmountOrAbsent);

const isAmountOrAbsent = (value: unknown): boolean =>
  value === undefined || (Number.isFinite(value) && Number(value) >= 0);

const isEntry = (value: unknown): value is LedgerEntry =>
  isRecord(value) &&
  typeof value.containerId === 'string' &&
  typeof value.allocation === 'string' &&
  (value.origin === 'dqoes' || value.origin === 'label') &&
  isSettings(value.original) &&
  isAmountOrAbsent(value.promisedCores) &&
  isAmountOrAbsent(value.originalBurstUs) &&
  (value.applied === null || isLimit(value.applied));
