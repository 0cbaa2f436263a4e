import type { KeyValueStore, StoredValue } from '../../proto/store.js';
import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import { isInUse } from '../state/admission.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState } from '../state/model.js';
import type { BucketListing, BucketPart } from './bucket-follower.js';
import {
  decodeNode,
  decodePolicy,
  encodePolicy,
  lastingOf,
  nodeOfKey,
  POLICY_KEY,
  unreadableNode,
} from './node-codec.js';
import type { NodeRecords } from './node-records.js';

/** The records, and the state that has to follow them. */
export interface NodeFollowerOptions {
  readonly store: KeyValueStore;
  readonly records: NodeRecords;
  readonly log: Log;
  readonly state: () => ClusterState;
  /** Brings the nodes of `state` up to date; absent = they always are. */
  readonly upToDate?: () => Promise<unknown>;
  readonly apply: (event: StateEvent) => void | Promise<void>;
  readonly nowMs: () => number;
  /** The record of a node is not stored as it should be: the state holds what it is. */
  readonly writeAgain: (id: NodeId) => void;
}

/** Unreadable records that are logged, each once. */
const MAX_LOGGED = 1000;

/**
 * Makes cordons, approvals, removals and the policy of the state follow their bucket: another
 * leader stored them. What a host says of itself is newer in the state. Records that the store has
 * lost or that are damaged are written again.
 */
export class NodeFollower implements BucketPart {
  readonly #options: NodeFollowerOptions;
  readonly #logged = new Set<string>();
  #moment = 0;
  #known: readonly string[] = [];

  constructor(options: NodeFollowerOptions) {
    this.#options = options;
  }

  begin(): void {
    const { records } = this.#options;
    this.#moment = records.moment;
    this.#known = records.keys;
  }

  async follow({ values, revision }: BucketListing): Promise<boolean> {
    const { records } = this.#options;
    const stored = new Map(values.map((each) => [each.key, each]));
    const keys = new Set([...stored.keys()].filter(isFollowed));
    for (const key of this.#known) keys.add(key);
    const differs = (key: string): boolean =>
      (stored.get(key)?.revision ?? 0) !== records.revisionOf(key);
    if ([...keys].some(differs)) await this.#options.upToDate?.();
    let isWhole = true;
    for (const key of keys) {
      const found = stored.get(key);
      const [now, known] = [found?.revision ?? 0, records.revisionOf(key)];
      if (now === known) continue;
      const isNewer = found !== undefined && now > known;
      if (isNewer && !this.#isHeld(key)) await this.#takeUp(key, found, revision);
      else if (!(await this.#readAgain(key, revision))) isWhole = false;
    }
    return isWhole;
  }

  /** Reads one record and takes it up, for the call that holds it. False = no answer. */
  async refresh(key: string): Promise<boolean> {
    const read = await this.#options.store.get(key);
    if (read.ok) await this.#takeUp(key, read.value, Number.MAX_SAFE_INTEGER);
    return read.ok;
  }

  /** What a list says of a record that is older or gone may be outdated. */
  async #readAgain(key: string, bucketRevision: number): Promise<boolean> {
    const read = this.#isHeld(key) ? undefined : await this.#options.store.get(key);
    if (read?.ok !== true || this.#isHeld(key)) return false;
    await this.#takeUp(key, read.value, bucketRevision);
    return true;
  }

  #isHeld(key: string): boolean {
    return this.#options.records.wasHeldSince(key, this.#moment);
  }

  async #takeUp(key: string, stored: StoredValue | null, bucketRevision: number): Promise<void> {
    const { records } = this.#options;
    const known = records.revisionOf(key);
    const revision = stored?.revision ?? 0;
    if (revision === known) return;
    records.note(key, revision);
    if (stored !== null && revision > known) return this.#apply(stored);
    // A bucket that has not come to the revision of the record has lost it; else it was deleted.
    if (stored === null && known <= bucketRevision) return this.#applyRemoval(key);
    return this.#restore(key);
  }

  async #apply(stored: StoredValue): Promise<void> {
    const { state, apply, nowMs } = this.#options;
    const node = nodeOfKey(stored.key);
    if (node === undefined) {
      const policy = decodePolicy(stored);
      if (policy === undefined) return this.#mend(stored.key);
      if (policy !== state().policy) await apply({ kind: 'policy-set', atMs: nowMs(), policy });
      return;
    }
    const known = decodeNode(stored);
    if (known === undefined && state().nodes.has(node)) return this.#mend(stored.key);
    const lasting = known === undefined ? unreadableNode(state().registration) : lastingOf(known);
    await apply({ kind: 'node-stored', atMs: nowMs(), node, lasting });
  }

  async #applyRemoval(key: string): Promise<void> {
    const { state, apply, nowMs } = this.#options;
    const node = nodeOfKey(key);
    const known = node === undefined ? undefined : state().nodes.get(node);
    if (node !== undefined && known === undefined) return;
    if (node === undefined || known === undefined || isInUse(state(), known))
      return this.#restore(key);
    await apply({ kind: 'node-removed', atMs: nowMs(), node });
  }

  async #mend(key: string): Promise<void> {
    if (!this.#logged.has(key) && this.#logged.size < MAX_LOGGED) {
      this.#logged.add(key);
      this.#options.log.error('coordinator: a record cannot be read; what is known is stored', {
        key,
      });
    }
    await this.#restore(key);
  }

  async #restore(key: string): Promise<void> {
    const { records, state, writeAgain } = this.#options;
    const node = nodeOfKey(key);
    if (node === undefined) await records.put(key, encodePolicy(state().policy));
    else writeAgain(node);
  }
}

const isFollowed = (key: string): boolean => key === POLICY_KEY || nodeOfKey(key) !== undefined;
