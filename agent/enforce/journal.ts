import type { FileStore } from '../ports.js';
import { EMPTY_LEDGER, type Ledger, parseLedger, serialiseLedger } from './ledger.js';

export const JOURNAL_FILE = 'journal';

/**
 * The ledger on disk. `update` returns only after the new state is durable, so calling it before acting makes intent precede action.
 * Calls must not overlap; the enforcer is single-flight.
 */
export class Journal {
  readonly #files: FileStore;
  #ledger: Ledger;
  /** Name of the torn file that was set aside at opening; null = there was none. */
  readonly setAsideAs: string | null;

  private constructor(files: FileStore, opened: { readonly ledger: Ledger; readonly setAsideAs: string | null }) {
    this.#files = files;
    this.#ledger = opened.ledger;
    this.setAsideAs = opened.setAsideAs;
  }

  /** Reads the journal; a torn one is set aside and an empty one begun. Rejects only when the disk itself fails. */
  static async open(files: FileStore): Promise<Journal> {
    const text = await files.read(JOURNAL_FILE);
    if (text === null) return new Journal(files, { ledger: EMPTY_LEDGER, setAsideAs: null });
    const parsed = parseLedger(text);
    if (parsed.ok) return new Journal(files, { ledger: parsed.value, setAsideAs: null });
    return new Journal(files, { ledger: EMPTY_LEDGER, setAsideAs: await files.setAside(JOURNAL_FILE) });
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  /** Durable before it resolves; writes nothing when nothing changed. Rejects when the disk refuses, keeping the old state. */
  async update(ledger: Ledger): Promise<void> {
    const text = serialiseLedger(ledger);
    if (text !== serialiseLedger(this.#ledger)) await this.#files.writeDurable(JOURNAL_FILE, text);
    this.#ledger = ledger;
  }
}
