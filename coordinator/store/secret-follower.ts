import { type KeyValueStore, MARK_KEY, type StoredValue } from '../../proto/store.js';
import type { SecretName } from '../../shared/ids.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState } from '../state/model.js';
import { decodeSecret, secretKey, secretOfKey, type TroubleOf } from './secret-codec.js';

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
 * way when this one loaded it: it was acknowledged, so it counts, and a removal most of all.
 */
export class SecretFollower {
  readonly #options: SecretFollowerOptions;
  /** Removed by a call since the running sync began: what it reads of them is outdated. */
  readonly #removed = new Set<SecretName>();
  /** The bucket's revision when it was read last. */
  #readAt: number | undefined;

  constructor(options: SecretFollowerOptions) {
    this.#options = options;
  }

  /** A secret was removed by a call; to be called before the call is acknowledged. */
  noteRemoval(name: SecretName): void {
    this.#removed.add(name);
  }

  /**
   * Reads the bucket where anything was written to it since the last time, or `full`. Never
   * rejects; where the store does not answer, nothing changes and the next sync tries again.
   */
  async sync(full: boolean): Promise<void> {
    const { store, state } = this.#options;
    this.#removed.clear();
    const last = await store.lastRevision();
    if (!last.ok || (!full && last.value === this.#readAt)) return;
    const before = state().secrets;
    const listed = await store.list();
    // A bucket without its mark was created again: the store guard handles that.
    if (!listed.ok || !listed.value.some(({ key }) => key === MARK_KEY)) return;
    this.#readAt = last.value;
    await this.#applyNewer(listed.value);
    const stored = new Set(listed.value.flatMap(({ key }) => secretOfKey(key) ?? []));
    for (const { name, revision } of before.values())
      if (!stored.has(name)) await this.#removeIfDeleted(name, revision);
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

  async #removeIfDeleted(name: SecretName, revision: number): Promise<void> {
    const { store, state, apply, nowMs } = this.#options;
    const read = await store.get(secretKey(name));
    if (read.ok && read.value === null && state().secrets.get(name)?.revision === revision)
      await apply({ kind: 'secret-removed', atMs: nowMs(), name });
  }
}
