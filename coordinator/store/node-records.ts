import type { KeyValueStore, StoreFailure } from '../../proto/store.js';
import type { Result } from '../../shared/result.js';
import { deleteForCertain, putForCertain } from './certain.js';

/**
 * Records of which it is known when each was held last: many times what calls write while a bucket
 * is listed once.
 */
const MAX_HELD_AT = 1024;

/** The bucket of nodes, and the store's revision of each record, as loaded. */
export interface NodeRecordsOptions {
  readonly store: KeyValueStore;
  readonly revisions: ReadonlyMap<string, number>;
}

/**
 * Writes the records of nodes and of the policy by compare-and-set, and knows which calls are
 * writing them now. So nothing that a former leader stored late is written over unseen, and nothing
 * of ours that arrives late replaces what a successor stored.
 */
export class NodeRecords {
  readonly #store: KeyValueStore;
  readonly #revisions: Map<string, number>;
  readonly #held = new Map<string, number>();
  /** At which moment each was held last, the latest at the end. */
  readonly #heldAt = new Map<string, number>();
  /** The latest moment that was dropped from there: one that is missing was held then at most. */
  #droppedAt = 0;
  /** Revisions of our own writes, since `forgetOwn`. */
  readonly #own = new Set<number>();
  #moment = 0;

  constructor({ store, revisions }: NodeRecordsOptions) {
    this.#store = store;
    this.#revisions = new Map(revisions);
  }

  /** The records that are known to be stored. */
  get keys(): readonly string[] {
    return [...this.#revisions.keys()];
  }

  /** The store's revision of a record, as far as it is known; 0 = none is stored. */
  revisionOf(key: string): number {
    return this.#revisions.get(key) ?? 0;
  }

  /** The store was seen to hold this revision of the record; 0 = none. */
  note(key: string, revision: number): void {
    if (revision === 0) this.#revisions.delete(key);
    else this.#revisions.set(key, revision);
  }

  /** Until the returned function is called, a call is writing this record. */
  hold(key: string): () => void {
    this.#held.set(key, (this.#held.get(key) ?? 0) + 1);
    this.#touch(key);
    return () => {
      const holds = (this.#held.get(key) ?? 1) - 1;
      if (holds > 0) this.#held.set(key, holds);
      else this.#held.delete(key);
      this.#touch(key);
    };
  }

  isHeld(key: string): boolean {
    return this.#held.has(key);
  }

  /** Now, for `wasHeldSince`. */
  get moment(): number {
    return this.#moment;
  }

  /**
   * Whether a call may have been writing it since then: what was read of it before is outdated, and
   * is to be read again. False only where none has.
   */
  wasHeldSince(key: string, moment: number): boolean {
    return this.#held.has(key) || (this.#heldAt.get(key) ?? this.#droppedAt) > moment;
  }

  /** `conflict`: another process wrote or deleted the record meanwhile (`NodeFollower`). */
  async put(key: string, value: Uint8Array): Promise<Result<number, StoreFailure>> {
    return this.#noted(key, await this.#store.put(key, value, this.revisionOf(key)));
  }

  /** The same; what is stored is never called a failure. */
  async putForCertain(key: string, value: Uint8Array): Promise<Result<number, StoreFailure>> {
    return this.#noted(key, await putForCertain(this.#store, key, value, this.revisionOf(key)));
  }

  /** `conflict`: as with `put`. */
  async delete(key: string): Promise<Result<void, StoreFailure>> {
    const deleted = await this.#store.delete(key, this.revisionOf(key));
    if (deleted.ok) this.note(key, 0);
    return deleted;
  }

  /** The same; what is gone is never called a failure. */
  async deleteForCertain(key: string): Promise<Result<void, StoreFailure>> {
    const deleted = await deleteForCertain(this.#store, key, this.revisionOf(key));
    if (deleted.ok) this.note(key, 0);
    return deleted;
  }

  /** Whether all writes after the first revision of the bucket, up to the last, were `put` here. */
  wroteAll(first: number, last: number): boolean {
    for (let revision = first + 1; revision <= last; revision += 1)
      if (!this.#own.has(revision)) return false;
    return true;
  }

  /** Writes up to this revision are not asked about any more. */
  forgetOwn(last: number): void {
    for (const revision of this.#own) if (revision <= last) this.#own.delete(revision);
  }

  #noted(key: string, put: Result<number, StoreFailure>): Result<number, StoreFailure> {
    if (put.ok) {
      this.note(key, put.value);
      this.#own.add(put.value);
    }
    return put;
  }

  #touch(key: string): void {
    this.#moment += 1;
    this.#heldAt.delete(key);
    this.#heldAt.set(key, this.#moment);
    if (this.#heldAt.size > MAX_HELD_AT) this.#dropOldest();
  }

  /** The one that was held longest ago is first in `#heldAt`. */
  #dropOldest(): void {
    const [oldest] = this.#heldAt;
    if (oldest === undefined) return;
    const [key, at] = oldest;
    this.#heldAt.delete(key);
    this.#droppedAt = at;
  }
}
