import type { FileStore } from '../ports/files.js';
import { parseLedger, serialiseLedger } from './ledger.js';
import { EMPTY_LEDGER, type Ledger } from './ledger-entry.js';
import { type Managing, noteRecorded, type OriginalRecords } from './original-records.js';
import { NO_PAST, type PastJournal } from './past-journal.js';
import { RecreatedContainers } from './recreated.js';

/** Name of the journal's file in the state folder. */
export const JOURNAL_FILE = 'journal';

interface Opened {
  readonly ledger: Ledger;
  readonly setAsideAs: string | null;
  readonly past: PastJournal;
}

/**
 * The ledger on disk. `update` returns only after the new state is durable, so calling it before
 * acting makes intent precede action; originals go to the host's records before it. Calls must not
 * overlap; the enforcer is single-flight.
 */
export class Journal {
  readonly #files: FileStore;
  readonly #recreated = new RecreatedContainers();
  #ledger: Ledger;
  /** Name of the torn file that was set aside at opening; null = there was none. */
  readonly setAsideAs: string | null;
  /** Originals that outlive this journal; absent = it is the only place that knows them. */
  readonly records: OriginalRecords | undefined;
  /** What the agent before may have asked Docker for, beside what is in the ledger. */
  readonly past: PastJournal;

  private constructor(files: FileStore, opened: Opened, records: OriginalRecords | undefined) {
    this.#files = files;
    this.#ledger = opened.ledger;
    this.setAsideAs = opened.setAsideAs;
    this.past = opened.past;
    this.records = records;
  }

  /**
   * Reads the journal; a torn one is set aside and an empty one begun. `past`: of the agent that
   * ran last. Rejects only when the disk itself fails.
   */
  static async open(
    files: FileStore,
    records?: OriginalRecords,
    past: PastJournal = NO_PAST,
  ): Promise<Journal> {
    const text = await files.read(JOURNAL_FILE);
    const parsed = text === null ? undefined : parseLedger(text);
    if (parsed?.ok === true)
      return new Journal(files, { ledger: parsed.value, setAsideAs: null, past }, records);
    const setAsideAs = parsed === undefined ? null : await files.setAside(JOURNAL_FILE);
    const isLost = past.isLost || setAsideAs !== null;
    const begun = { ledger: EMPTY_LEDGER, setAsideAs, past: { ...past, isLost } };
    return new Journal(files, begun, records);
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  /**
   * The ledger with entries for adopted containers that it does not know and that have a limit of
   * ours: by the records, or because they were made again from one that it knew. `nowMs`: by a
   * monotonic clock.
   */
  withKnown(managing: Managing, nowMs: number): Ledger {
    const { records } = this;
    const recorded =
      records === undefined ? this.#ledger : noteRecorded(managing, records, this.#ledger);
    return this.#recreated.noted(managing.managed, recorded, nowMs);
  }

  /**
   * Durable before it resolves; writes nothing when nothing changed. Rejects when the disk refuses,
   * keeping the old state.
   */
  async update(ledger: Ledger): Promise<void> {
    await this.records?.note(ledger.entries);
    const text = serialiseLedger(ledger);
    if (text !== serialiseLedger(this.#ledger)) await this.#files.writeDurable(JOURNAL_FILE, text);
    this.#ledger = ledger;
  }
}
