import type { StoreFailure } from '../../proto/store.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { NodeRecords } from './node-records.js';

/** What a call stores: the value, and what else it wants to know of it afterwards. */
export interface RecordDraft {
  readonly value: Uint8Array;
}

/** How a call makes its record. */
export interface RecordChange<T extends RecordDraft> {
  /** From the state as it is then; null = there is nothing to be stored any more. */
  readonly make: () => T | null;
  /** Lets the state know; nobody else writes the record before it resolves. */
  readonly onStored: (stored: T) => void | Promise<void>;
}

/** How often a record is made again because another process wrote it meanwhile. */
const MAX_CONFLICTS = 3;

/** The records, and what is asked before one is made again. */
export interface RecordWriterOptions {
  readonly records: NodeRecords;
  /** Takes up what is stored of a record, for the call that holds it. False = no answer. */
  readonly refresh: (key: string) => Promise<boolean>;
  /** False once another coordinator leads: what it wrote is newer than the call. */
  readonly mayWrite: () => boolean;
}

/** Writes records of nodes and the policy for calls. */
export class RecordWriter {
  readonly #records: NodeRecords;
  readonly #options: RecordWriterOptions;

  constructor(options: RecordWriterOptions) {
    this.#records = options.records;
    this.#options = options;
  }

  /**
   * Stores what `make` says. Where a former leader wrote the record meanwhile, that is taken up
   * first and the record made again. Returns what was stored, or null as `make` does.
   */
  async write<T extends RecordDraft>(
    key: string,
    { make, onStored }: RecordChange<T>,
  ): Promise<Result<T | null, StoreFailure>> {
    const release = this.#records.hold(key);
    try {
      for (let conflicts = 0; conflicts <= MAX_CONFLICTS; conflicts += 1) {
        const draft = make();
        if (draft === null) return ok(null);
        const put = await this.#records.putForCertain(key, draft.value);
        if (put.ok) {
          await onStored(draft);
          return ok(draft);
        }
        if (put.error !== 'conflict' || !(await this.#mayTryAgain(key))) return put;
      }
      return err('conflict');
    } finally {
      release();
    }
  }

  async #mayTryAgain(key: string): Promise<boolean> {
    const { refresh, mayWrite } = this.#options;
    return (await refresh(key)) && mayWrite();
  }

  /** Deletes the record, then runs `then` before others may write it. */
  async remove<T>(
    key: string,
    then: (deleted: Result<void, StoreFailure>) => Promise<T>,
  ): Promise<T> {
    const release = this.#records.hold(key);
    try {
      return await then(await this.#delete(key));
    } finally {
      release();
    }
  }

  async #delete(key: string): Promise<Result<void, StoreFailure>> {
    const deleted = await this.#records.deleteForCertain(key);
    if (deleted.ok || deleted.error !== 'conflict') return deleted;
    return (await this.#mayTryAgain(key)) ? this.#records.deleteForCertain(key) : deleted;
  }
}
