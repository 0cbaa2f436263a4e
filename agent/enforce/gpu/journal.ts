import type { FileStore } from '../../ports/files.js';
import { EMPTY_GPU_LEDGER, type GpuLedger, parseGpus, serialiseGpus } from './ledger.js';

const FILE = 'gpus';

/**
 * The GPU ledger on disk, beside the journal of containers. As there: durable before it resolves,
 * calls must not overlap.
 */
export class GpuJournal {
  readonly #files: FileStore;
  #ledger: GpuLedger;
  /** Name of the torn file that was set aside at opening; null = there was none. */
  readonly setAsideAs: string | null;

  private constructor(files: FileStore, ledger: GpuLedger, setAsideAs: string | null) {
    this.#files = files;
    this.#ledger = ledger;
    this.setAsideAs = setAsideAs;
  }

  /**
   * Reads it; a torn one is set aside and an empty one begun. Rejects only when the disk itself
   * fails.
   */
  static async open(files: FileStore): Promise<GpuJournal> {
    const text = await files.read(FILE);
    const parsed = text === null ? null : parseGpus(text);
    if (parsed === null) return new GpuJournal(files, EMPTY_GPU_LEDGER, null);
    if (parsed.ok) return new GpuJournal(files, parsed.value, null);
    return new GpuJournal(files, EMPTY_GPU_LEDGER, await files.setAside(FILE));
  }

  get ledger(): GpuLedger {
    return this.#ledger;
  }

  async update(ledger: GpuLedger): Promise<void> {
    const text = serialiseGpus(ledger);
    if (text !== serialiseGpus(this.#ledger)) await this.#files.writeDurable(FILE, text);
    this.#ledger = ledger;
  }
}
