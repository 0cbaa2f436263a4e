import type { CpuLimit, StateVersion } from '../../shared/command.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import type { EngineCpuSettings } from '../ports/engine.js';

/** One container we touched or are about to touch. */
export interface LedgerEntry {
  readonly containerId: ContainerId;
  readonly allocation: AllocationId;
  readonly origin: 'dqoes' | 'label';
  /** As found before the first touch. */
  readonly original: EngineCpuSettings;
  /** What we last meant to write; null = the original. */
  readonly applied: CpuLimit | null;
  /**
   * The most that may still be promised by weight, cores, until `applied` was read back; absent =
   * `applied` says it.
   */
  readonly promisedCores?: number;
  /** Burst as found before our first write of it, µs; absent = it was never touched. */
  readonly originalBurstUs?: number;
}

/**
 * What must survive a SIGKILL: the version obeyed, and the containers that were touched. Entries
 * are keyed by container id and not by life, because the engine keeps updated settings across a
 * restart of a container: its originals stay those from before the first touch.
 */
export interface Ledger {
  readonly holds: StateVersion | null;
  readonly entries: readonly LedgerEntry[];
}
/** The ledger of an agent that has not done anything yet. */
export const EMPTY_LEDGER: Ledger = { holds: null, entries: [] };

/** What was last written, by allocation. */
export const appliedIn = ({ entries }: Ledger): ReadonlyMap<AllocationId, CpuLimit> =>
  new Map(
    entries.flatMap(({ allocation, applied }) => (applied === null ? [] : [[allocation, applied]])),
  );

/** What the ledger knows of a container; undefined = it was never touched. */
export const entryOf = (ledger: Ledger, id: ContainerId): LedgerEntry | undefined =>
  ledger.entries.find((entry) => entry.containerId === id);
