import type { KeyValueStore, StoredValue } from '../../proto/store.js';
import type { SecretName } from '../../shared/ids.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState, SecretRecord, Secrets } from '../state/model.js';
import type { BucketListing, BucketPart } from './bucket-follower.js';
import {
  decodeSecret,
  encodeSecret,
  secretKey,
  secretOfKey,
  type TroubleOf,
} from './secret-codec.js';

/** The bucket that holds the secrets, and the state that has to follow it. */
export interface SecretFollowerOptions {
  readonly store: KeyValueStore;
  readonly troubleOf: TroubleOf;
  readonly state: () => ClusterState;
  readonly apply: (event: StateEvent) => void | Promise<void>;
  readonly nowMs: () => number;
}

/**
 * Makes the secrets of the state follow their bucket. A replaced leader may have had a write under
 * way when this one loaded it: it was acknowledged, so it counts, and a removal most of all. What a
 * server lost, as in a power cut, is stored again.
 */
export class SecretFollower implements BucketPart {
  readonly #options: SecretFollowerOptions;
  /** Removed by a call since the running reading began: what that finds of them is outdated. */
  readonly #removed = new Set<SecretName>();
  #before: Secrets = new Map();

  constructor(options: SecretFollowerOptions) {
    this.#options = options;
  }

  /** A secret was removed by a call; to be called before the call is acknowledged. */
  noteRemoval(name: SecretName): void {
    this.#removed.add(name);
  }

  begin(): void {
    this.#removed.clear();
    this.#before = this.#options.state().secrets;
  }

  async follow({ values, revision: bucketRevision }: BucketListing): Promise<boolean> {
    await this.#applyNewer(values);
    const stored = new Map(values.map(({ key, revision }) => [key, revision]));
    let isWhole = true;
    for (const secret of this.#before.values()) {
      const revision = stored.get(secretKey(secret.name)) ?? 0;
      if (revision >= secret.revision) continue;
      // A bucket that has not come to its revision has lost it, as one that holds an older value
      // has; else it was deleted.
      const isLost = revision > 0 || secret.revision > bucketRevision;
      const isDone = isLost
        ? await this.#storeAgain(secret, revision)
        : await this.#removeIfDeleted(secret.name, secret.revision);
      if (!isDone) isWhole = false;
    }
    return isWhole;
  }

  /** `found`: the revision that was listed. False = no answer, or it is another one by now. */
  async #storeAgain(secret: SecretRecord, found: number): Promise<boolean> {
    const { store, state, apply, nowMs } = this.#options;
    const { name, box, revision } = secret;
    const isOurs = (): boolean =>
      !this.#removed.has(name) && state().secrets.get(name)?.revision === revision;
    if (!isOurs() || box === '') return true;
    const put = await store.put(secretKey(name), encodeSecret(secret), found);
    if (!put.ok) return false;
    const secrets = [{ ...secret, revision: put.value }];
    if (isOurs()) await apply({ kind: 'secrets-stored', atMs: nowMs(), secrets, areNewest: true });
    return true;
  }

  async #applyNewer(stored: readonly StoredValue[]): Promise<void> {
    const { troubleOf, apply, nowMs } = this.#options;
    const secrets = stored
      .filter((each) => this.#isNewer(each))
      .flatMap((each) => decodeSecret(each, troubleOf) ?? []);
    if (secrets.length > 0) await apply({ kind: 'secrets-stored', atMs: nowMs(), secrets });
  }

  #isNewer({ key, revision }: StoredValue): boolean {
    const name = secretOfKey(key);
    if (name === undefined || this.#removed.has(name)) return false;
    return (this.#options.state().secrets.get(name)?.revision ?? -1) < revision;
  }

  /** False = the store does not answer. */
  async #removeIfDeleted(name: SecretName, revision: number): Promise<boolean> {
    const { store, state, apply, nowMs } = this.#options;
    const read = await store.get(secretKey(name));
    if (read.ok && read.value === null && state().secrets.get(name)?.revision === revision)
      await apply({ kind: 'secret-removed', atMs: nowMs(), name });
    return read.ok;
  }
}
