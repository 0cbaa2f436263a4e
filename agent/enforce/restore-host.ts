import { messageOf } from '../../shared/errors.js';
import type { ContainerId } from '../../shared/ids.js';
import type { Owner } from '../containers/host-config.js';
import type { FileStore } from '../ports/files.js';
import { Journal } from './journal.js';
import { forget, putBack } from './ledger.js';
import type { LedgerEntry } from './ledger-entry.js';
import { entryOfRecord, type OriginalRecords } from './original-records.js';
import { type RestoreDeps, type RestoreReport, restoreAll } from './restore.js';

/** The journal of one state folder, whose agent does not run. */
export interface DeadState {
  readonly journal: Journal;
  /** Whose job containers it started. */
  readonly owner: Owner;
}
/** All that journals and records know of limits on one Engine. */
export interface KnownLimits {
  /** In the order of time: where two journals disagree, what was found first is the original. */
  readonly states: readonly DeadState[];
  /** The first that knows a container is right, and more so than a journal. */
  readonly records: readonly OriginalRecords[];
  /** Of records whose agents run, by label prefix: these are left alone. */
  readonly isInUse: (labelPrefix: string) => boolean;
}
/** What was put back on a host. */
export interface HostRestoreReport extends RestoreReport {
  /** Containers whose original is known, put back or not. */
  readonly known: ReadonlySet<ContainerId>;
}

/**
 * Puts back every container that a journal or record knows, once each, reads it back, and forgets
 * it everywhere. What fails stays for the next try, and so does what came with more CPUs than there
 * are; a disk that refuses is in the report.
 */
export async function restoreKnown(
  host: RestoreDeps,
  limits: KnownLimits,
): Promise<HostRestoreReport> {
  const { states, records } = limits;
  const entries = entriesOf(limits);
  const journal = await Journal.open(NO_FILES);
  await journal.update({ holds: null, entries });
  const owners = states.map(({ owner }) => owner);
  const report = await restoreAll(host, journal, owners);
  const left = new Set(journal.ledger.entries.map(({ containerId }) => containerId));
  const restored = report.containers.filter(({ outcome }) => outcome === 'restored');
  // That of a job that was renamed, too: an agent that ends keeps it, and here no more is known.
  const back = new Set(restored.flatMap((one) => (one.reason === '' ? one.containerId : [])));
  const noted = restored.flatMap((one) => (one.reason === '' ? [] : one.containerId));
  const finished = entries.flatMap(({ containerId }) =>
    left.has(containerId) && !back.has(containerId) ? [] : [containerId],
  );
  const notForgotten = new Set<string>();
  const refused = (cause: unknown): void => void notForgotten.add(messageOf(cause));
  for (const each of records) await each.forget(finished).catch(refused);
  for (const { journal: each } of states)
    await each.update(finished.reduce(forget, noted.reduce(putBack, each.ledger))).catch(refused);
  const known = [...entries, ...report.containers].map(({ containerId }) => containerId);
  return { ...report, known: new Set(known), notForgotten: [...notForgotten] };
}

function entriesOf({ states, records, isInUse }: KnownLimits): readonly LedgerEntry[] {
  const entries = new Map<ContainerId, LedgerEntry>();
  for (const { journal } of states)
    for (const entry of journal.ledger.entries)
      if (!entries.has(entry.containerId)) entries.set(entry.containerId, entry);
  for (const record of [...records].reverse().flatMap(({ all }) => all)) {
    const entry = entries.get(record.containerId);
    if (entry === undefined && isInUse(record.labelPrefix)) continue;
    entries.set(record.containerId, { ...entry, ...entryOfRecord(record, entry?.allocation) });
  }
  return [...entries.values()];
}

/** The merged journal lasts as long as the restore. */
const NO_FILES: FileStore = {
  read: async () => null,
  writeDurable: async () => undefined,
  setAside: async (name) => name,
};
