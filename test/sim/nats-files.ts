import type { BucketName, StoredValue } from '../../proto/store.js';

/** What was written of a key; null = a marker that it is deleted. */
export interface Message {
  readonly stored: StoredValue | null;
}

/**
 * The files of a NATS server, as nats-server 2.10 was seen to treat them. A message that a newer
 * one of its key replaces stays there without a note that it is gone; one that is purged is noted.
 * After an unclean end the server reads its files, and the newest message of each key counts.
 */
export class NatsFiles {
  readonly #buckets = new Map<BucketName, Map<string, Message[]>>();

  write(bucket: BucketName, key: string, stored: StoredValue | null): void {
    const keys = this.#buckets.get(bucket) ?? new Map<string, Message[]>();
    this.#buckets.set(bucket, keys);
    keys.set(key, [...(keys.get(key) ?? []), { stored }]);
  }

  /** The newest message of a key is gone for ever; those before it are still in the files. */
  purge(bucket: BucketName, key: string): void {
    this.#buckets.get(bucket)?.get(key)?.pop();
  }

  /** undefined = nothing was written. */
  newest(bucket: BucketName, key: string): Message | undefined {
    return this.#buckets.get(bucket)?.get(key)?.at(-1);
  }

  /** What a server that reads them holds. */
  values(): readonly (readonly [BucketName, StoredValue])[] {
    return [...this.#buckets].flatMap(([bucket, keys]) =>
      [...keys.values()].flatMap((messages): (readonly [BucketName, StoredValue])[] => {
        const stored = messages.at(-1)?.stored ?? null;
        return stored === null ? [] : [[bucket, stored]];
      }),
    );
  }

  /** The streams are gone with all that was in them. */
  remove(buckets: readonly BucketName[]): void {
    for (const bucket of buckets) this.#buckets.delete(bucket);
  }
}
