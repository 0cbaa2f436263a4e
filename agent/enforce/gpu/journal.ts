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
   * the disk refuses, keeping the old state.
   */
  async update(ledger: GpuLedger): Promise<void> {
    const entries: GpuEntry[] = [];
    for (const entry of ledger.entries) entries.push(await this.#noted(entry));
    await this.#forgetOthers(entries);
    const text = serialiseGpus({ entries });
    if (text !== serialiseGpus(this.#ledger)) await this.#files.writeDurable(FILE, text);
    this.#ledger = { entries };
  }

  /** Notes what the ledger knows, which may be from before there were notes. */
  async noteKnown(): Promise<void> {
    for (const { id, originalPowerWatts } of this.#ledger.entries)
      if (originalPowerWatts !== null) await this.#originals?.keep(id, originalPowerWatts);
  }

  async #noted(entry: GpuEntry): Promise<GpuEntry> {
    const { id, originalPowerWatts: found } = entry;
    const isKnown = gpuEntryOf(this.#ledger, id)?.originalPowerWatts != null;
    if (this.#originals === undefined || found === null || isKnown) return entry;
    return { ...entry, originalPowerWatts: await this.#originals.note(id, found) };
  }

  async #forgetOthers(entries: readonly GpuEntry[]): Promise<void> {
    for (const { id, originalPowerWatts } of this.#ledger.entries) {
      const kept = gpuEntryOf({ entries }, id)?.originalPowerWatts ?? null;
      if (originalPowerWatts !== null && kept === null) await this.#originals?.forget(id);
    }
  }
}
