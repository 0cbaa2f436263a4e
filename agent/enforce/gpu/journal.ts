import type { GpuId } from '../../../shared/gpu.js';
import type { FileStore } from '../../ports/files.js';
import {
  EMPTY_GPU_LEDGER,
  type GpuEntry,
  type GpuLedger,
  gpuEntryOf,
  parseGpus,
  serialiseGpus,
} from './ledger.js';
import type { GpuOriginals } from './originals.js';

const FILE = 'gpus';

interface Opened {
  readonly ledger: GpuLedger;
  readonly setAsideAs: string | null;
}

/**
 * The GPU ledger on disk, beside the journal of containers. As there: durable before it resolves,
 * originals go to the host's notes before it, calls must not overlap.
 */
export class GpuJournal {
  readonly #files: FileStore;
  #ledger: GpuLedger;
  /** Name of the torn file that was set aside at opening; null = there was none. */
  readonly setAsideAs: string | null;
  /** What all agents of the host know; absent = this journal alone knows originals. */
  readonly #originals: GpuOriginals | undefined;
  /** GPUs of which this process knows that they are noted. */
  readonly #isNoted = new Set<GpuId>();

  private constructor(files: FileStore, opened: Opened, originals: GpuOriginals | undefined) {
    this.#files = files;
    this.#ledger = opened.ledger;
    this.setAsideAs = opened.setAsideAs;
    this.#originals = originals;
  }

  /**
   * Reads it; a torn one is set aside and an empty one begun. Rejects only when the disk itself
   * fails.
   */
  static async open(files: FileStore, originals?: GpuOriginals): Promise<GpuJournal> {
    const text = await files.read(FILE);
    const parsed = text === null ? null : parseGpus(text);
    if (parsed?.ok === true)
      return new GpuJournal(files, { ledger: parsed.value, setAsideAs: null }, originals);
    const setAsideAs = parsed === null ? null : await files.setAside(FILE);
    return new GpuJournal(files, { ledger: EMPTY_GPU_LEDGER, setAsideAs }, originals);
  }

  get ledger(): GpuLedger {
    return this.#ledger;
  }

  /**
   * An original that is new here gives way to the one that another agent found before. Rejects when
   * the disk refuses, keeping the old state: a note that was made for nothing is removed again, or
   * it would count for the GPU's own limit though a person may change that meanwhile.
   */
  async update(ledger: GpuLedger): Promise<void> {
    const entries: GpuEntry[] = [];
    const begun: GpuId[] = [];
    try {
      for (const entry of ledger.entries) entries.push(await this.#noted(entry, begun));
      await this.#forgetOthers(entries);
      const text = serialiseGpus({ entries });
      if (text !== serialiseGpus(this.#ledger)) await this.#files.writeDurable(FILE, text);
    } catch (cause) {
      for (const id of begun) await this.#forget(id).catch(() => undefined);
      throw cause;
    }
    this.#ledger = { entries };
  }

  /** Notes what the ledger knows, which may be from before there were notes. */
  async noteKnown(): Promise<void> {
    for (const { id, originalPowerWatts } of this.#ledger.entries)
      if (originalPowerWatts !== null) await this.#keep(id, originalPowerWatts);
  }

  /** `begun` gets what is noted for the first time. */
  async #noted(entry: GpuEntry, begun: GpuId[]): Promise<GpuEntry> {
    const { id, originalPowerWatts: found } = entry;
    if (this.#originals === undefined || found === null) return entry;
    const known = gpuEntryOf(this.#ledger, id)?.originalPowerWatts ?? null;
    if (known !== null) {
      // Its disk may have been full when the agent started; it is set already, note or not.
      await this.#keep(id, known).catch(() => undefined);
      return entry;
    }
    if (!(await this.#originals.hasNote(id))) begun.push(id);
    const originalPowerWatts = await this.#originals.note(id, found);
    this.#isNoted.add(id);
    return { ...entry, originalPowerWatts };
  }

  async #keep(id: GpuId, powerWatts: number): Promise<void> {
    if (this.#isNoted.has(id)) return;
    await this.#originals?.keep(id, powerWatts);
    this.#isNoted.add(id);
  }

  async #forget(id: GpuId): Promise<void> {
    this.#isNoted.delete(id);
    await this.#originals?.forget(id);
  }

  async #forgetOthers(entries: readonly GpuEntry[]): Promise<void> {
    for (const { id, originalPowerWatts } of this.#ledger.entries) {
      const kept = gpuEntryOf({ entries }, id)?.originalPowerWatts ?? null;
      if (originalPowerWatts !== null && kept === null) await this.#forget(id);
    }
  }
}
