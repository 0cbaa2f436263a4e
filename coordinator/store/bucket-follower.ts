import { type KeyValueStore, MARK_KEY, type StoredValue } from '../../proto/store.js';

/** What was read of a bucket. */
export interface BucketListing {
  readonly values: readonly StoredValue[];
  /** Of the bucket, before it was listed. */
  readonly revision: number;
}

/** What follows a bucket: one kind of its values. */
export interface BucketPart {
  /** A reading begins: what calls change from now on is newer than what it finds. */
  begin(): void;
  /** Takes up what was read. False = something was left out, so it is read again. Never rejects. */
  follow(listing: BucketListing): Promise<boolean>;
}

/** A bucket, what follows it, and what is known of it. */
export interface BucketFollowerOptions {
  readonly store: KeyValueStore;
  readonly parts: readonly BucketPart[];
  /** Of the bucket, before it was loaded; absent = not known. */
  readonly loadedAt?: number | undefined;
  /** Whether all its writes between two of its revisions were our own, and are known. */
  readonly isKnown: (first: number, last: number) => boolean;
}

/**
 * Makes the state follow a bucket. A replaced leader may have had a write under way when this one
 * loaded it: it was acknowledged, so it counts. Lists the bucket once for all its parts.
 */
export class BucketFollower {
  readonly #options: BucketFollowerOptions;
  /** The bucket's revision up to which everything is known. */
  #knownTo: number | undefined;

  constructor(options: BucketFollowerOptions) {
    this.#options = options;
    this.#knownTo = options.loadedAt;
  }

  /**
   * Reads the bucket where others wrote to it since the last time, or `full`. Never rejects; where
   * the store does not answer, nothing changes and the next sync tries again.
   */
  async sync(full: boolean): Promise<void> {
    const { store, parts } = this.#options;
    for (const part of parts) part.begin();
    const last = await store.lastRevision();
    if (!last.ok || (!full && this.#isKnown(last.value))) return;
    const listed = await store.list();
    // A bucket without its mark was created again: the store guard handles that.
    if (!listed.ok || !listed.value.some(({ key }) => key === MARK_KEY)) return;
    const listing = { values: listed.value, revision: last.value };
    let isWhole = true;
    for (const part of parts) if (!(await part.follow(listing))) isWhole = false;
    this.#knownTo = isWhole ? last.value : undefined;
  }

  #isKnown(last: number): boolean {
    const { isKnown } = this.#options;
    if (this.#knownTo === undefined || last < this.#knownTo) return false;
    if (!isKnown(this.#knownTo, last)) return false;
    this.#knownTo = last;
    return true;
  }
}
