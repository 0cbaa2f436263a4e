import type { DesiredState } from '../../shared/command.js';
import { type AllocationId, adoptedAllocationId, type ContainerId } from '../../shared/ids.js';
import type { Managed } from '../containers/managed.js';
import type { ContainerEngine, EngineCpuSettings } from '../ports/engine.js';
import type { FolderStore } from '../ports/files.js';
import { isSettings } from './ledger.js';
import { entryOf, type Ledger, type LedgerEntry } from './ledger-entry.js';
import { seal, unseal } from './sealed.js';

/** What a container had before any agent of this host touched it. */
export interface OriginalRecord {
  readonly containerId: ContainerId;
  /** Label prefix of the agent that found it. */
  readonly labelPrefix: string;
  readonly original: EngineCpuSettings;
  /** Burst as found before the first write of it, µs; absent = it was never touched. */
  readonly originalBurstUs?: number;
}

const KIND = 'dqoes-original 1';

/**
 * The original settings of an Engine's containers, shared by all agents of this host: they outlive
 * an agent and its journal, so that the limit of one agent is never the original of another. A
 * record is never replaced, and only `forget` removes it.
 */
export class OriginalRecords {
  readonly #files: FolderStore;
  readonly #labelPrefix: string;
  readonly #records = new Map<ContainerId, OriginalRecord>();
  /** Files that could not be read, by the names they were set aside as. */
  readonly torn: readonly string[];

  private constructor(files: FolderStore, labelPrefix: string, torn: readonly string[]) {
    this.#files = files;
    this.#labelPrefix = labelPrefix;
    this.torn = torn;
  }

  /**
   * Reads all; a torn record is set aside. `labelPrefix`: of the agent that notes. Rejects when
   * the disk fails.
   */
  static async open(files: FolderStore, labelPrefix: string): Promise<OriginalRecords> {
    const torn: string[] = [];
    const found: OriginalRecord[] = [];
    for (const name of await files.list()) {
      const text = await files.read(name);
      const record = text === null ? undefined : parseRecord(text);
      if (record === undefined && text !== null) torn.push(await files.setAside(name));
      if (record !== undefined) found.push(record);
    }
    const records = new OriginalRecords(files, labelPrefix, torn);
    for (const record of found) records.#records.set(record.containerId, record);
    return records;
  }

  get(id: ContainerId): OriginalRecord | undefined {
    return this.#records.get(id);
  }
  get all(): readonly OriginalRecord[] {
    return [...this.#records.values()];
  }
  /** The records of agents with the label prefix of this one. */
  get mine(): readonly OriginalRecord[] {
    return this.all.filter((record) => this.isMine(record));
  }
  isMine({ labelPrefix }: OriginalRecord): boolean {
    return labelPrefix === this.#labelPrefix;
  }

  /**
   * Durable before it resolves, so it is called before anything is touched. Rejects when the disk
   * refuses.
   */
  async note(entries: readonly LedgerEntry[]): Promise<void> {
    await Promise.all(
      entries.filter(({ origin }) => origin === 'label').map((entry) => this.#note(entry)),
    );
  }

  /**
   * Removes records of containers that are as they were or are gone. Durable before it resolves.
   */
  async forget(ids: Iterable<ContainerId>): Promise<void> {
    for (const id of ids) {
      if (!this.#records.has(id)) continue;
      await this.#files.remove(id);
      this.#records.delete(id);
    }
  }

  /** Reads records that other agents wrote since; torn ones count as absent. */
  async look(ids: readonly ContainerId[]): Promise<void> {
    for (const id of ids) {
      const record = this.#records.has(id) ? undefined : await this.#read(id);
      if (record !== undefined) this.#records.set(id, record);
    }
  }

  async #note({ containerId, original, originalBurstUs }: LedgerEntry): Promise<void> {
    const known = this.#records.get(containerId);
    if (
      known !== undefined &&
      (originalBurstUs === undefined || known.originalBurstUs !== undefined)
    )
      return;
    const burst = originalBurstUs === undefined ? {} : { originalBurstUs };
    const record =
      known === undefined
        ? { containerId, labelPrefix: this.#labelPrefix, original, ...burst }
        : { ...known, ...burst };
    if (known !== undefined) await this.#files.writeDurable(containerId, seal(KIND, record));
    else if (!(await this.#files.create(containerId, seal(KIND, record)))) {
      // Another agent was first: what it found is the original.
      const first = await this.#read(containerId);
      if (first !== undefined) {
        this.#records.set(containerId, first);
        return;
      }
      await this.#files.setAside(containerId);
      await this.#files.create(containerId, seal(KIND, record));
    }
    this.#records.set(containerId, record);
  }

  async #read(id: ContainerId): Promise<OriginalRecord | undefined> {
    const text = await this.#files.read(id);
    return text === null ? undefined : parseRecord(text);
  }
}

/** What an agent knows of its containers. */
export interface Managing {
  readonly managed: readonly Managed[];
  readonly desired: DesiredState;
}

/**
 * Adds adopted containers that only a record knows: an earlier agent touched them, and its journal
 * is not ours or was lost, so that what is in force now may be its limit. A container that also
 * opted in to agents of another prefix is added only when it is ours to limit.
 */
export function noteRecorded(
  { managed, desired }: Managing,
  records: OriginalRecords,
  ledger: Ledger,
): Ledger {
  const entries = managed.flatMap((one): LedgerEntry[] => {
    const record = one.origin === 'label' ? records.get(one.containerId) : undefined;
    if (record === undefined || entryOf(ledger, one.containerId) !== undefined) return [];
    const isOurs =
      records.isMine(record) || desired.allocations.some(({ id }) => id === one.allocation);
    return isOurs ? [entryOfRecord(record, one.allocation)] : [];
  });
  return entries.length === 0 ? ledger : { ...ledger, entries: [...ledger.entries, ...entries] };
}

/** Forgets records of containers that are gone. Rejects when the disk refuses. */
export async function pruneRecords(
  records: OriginalRecords,
  engine: ContainerEngine,
): Promise<void> {
  const looked = await Promise.all(
    records.all.map(async ({ containerId }) => ({
      containerId,
      found: await engine.find(containerId),
    })),
  );
  const gone = looked.filter(({ found }) => !found.ok && found.error.kind === 'gone');
  await records.forget(gone.map(({ containerId }) => containerId));
}

/** A record as an entry of the ledger; what is in force now counts as applied. */
export const entryOfRecord = (
  { containerId, original, originalBurstUs }: OriginalRecord,
  allocation: AllocationId = adoptedAllocationId(containerId),
): LedgerEntry => ({
  containerId,
  allocation,
  origin: 'label',
  original,
  applied: null,
  ...(originalBurstUs === undefined ? {} : { originalBurstUs }),
});

function parseRecord(text: string): OriginalRecord | undefined {
  const opened = unseal(KIND, text);
  const value = opened.ok ? (opened.value as Partial<OriginalRecord> | null) : null;
  if (typeof value?.containerId !== 'string' || typeof value.labelPrefix !== 'string')
    return undefined;
  const burst = value.originalBurstUs;
  if (!isSettings(value.original) || (burst !== undefined && !Number.isFinite(burst)))
    return undefined;
  return value as OriginalRecord;
}
