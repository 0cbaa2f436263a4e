import type { CpuLimit, StateVersion } from '../../shared/command.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { EngineCpuSettings } from '../ports.js';
import { seal, unseal } from './sealed.js';

/** One container we touched or are about to touch. */
export interface LedgerEntry {
  readonly containerId: ContainerId;
  readonly allocation: AllocationId;
  readonly origin: 'dqoes' | 'label';
  /** As found before the first touch. */
  readonly original: EngineCpuSettings;
  /** What we last meant to write; null = the original. */
  readonly applied: CpuLimit | null;
}

/**
 * What must survive a SIGKILL. Entries are keyed by container id, not by life: the engine keeps updated settings across a restart of
 * the same container, so its originals stay those from before the first touch.
 */
export interface Ledger {
  readonly holds: StateVersion | null;
  readonly entries: readonly LedgerEntry[];
}
export const EMPTY_LEDGER: Ledger = { holds: null, entries: [] };

export const entryOf = (ledger: Ledger, id: ContainerId): LedgerEntry | undefined =>
  ledger.entries.find((entry) => entry.containerId === id);

/** Records the intent to write. The original is taken only at the first touch and never replaced. */
export function intend(ledger: Ledger, touch: LedgerEntry): Ledger {
  const known = entryOf(ledger, touch.containerId);
  const entry = known === undefined ? touch : { ...known, applied: touch.applied };
  return { ...ledger, entries: [...ledger.entries.filter((other) => other !== known), entry] };
}

/** The original was written again. */
export const putBack = (ledger: Ledger, id: ContainerId): Ledger => ({
  ...ledger,
  entries: ledger.entries.map((entry) => (entry.containerId === id ? { ...entry, applied: null } : entry)),
});

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

export const serialiseLedger = (ledger: Ledger): string => seal(KIND, ledger);

/** Never throws; the error says what is torn. */
export function parseLedger(text: string): Result<Ledger, string> {
  const opened = unseal(KIND, text);
  return opened.ok ? checkLedger(opened.value) : opened;
}

function checkLedger(value: unknown): Result<Ledger, string> {
  if (!isRecord(value) || !Array.isArray(value.entries)) return err('the content is not a ledger');
  if (value.holds !== null && !isVersion(value.holds)) return err('the version held is damaged');
  if (!value.entries.every(isEntry)) return err('an entry is damaged');
  return ok({ holds: value.holds, entries: value.entries });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isVersion = (value: unknown): value is StateVersion =>
  isRecord(value) &&
  typeof value.incarnation === 'string' &&
  Number.isSafeInteger(value.epoch) &&
  Number.isSafeInteger(value.revision);

const isSettings = (value: unknown): value is EngineCpuSettings =>
  isRecord(value) && ['nanoCpus', 'quotaUs', 'periodUs', 'shares'].every((key) => Number.isFinite(value[key]));

const isLimit = (value: unknown): value is CpuLimit =>
  isRecord(value) && (value.cpuCores === null || Number.isFinite(value.cpuCores)) && Number.isFinite(value.periodUs);

const isEntry = (value: unknown): value is LedgerEntry =>
  isRecord(value) &&
  typeof value.containerId === 'string' &&
  typeof value.allocation === 'string' &&
  (value.origin === 'dqoes' || value.origin === 'label') &&
  isSettings(value.original) &&
  (value.applied === null || isLimit(value.applied));
