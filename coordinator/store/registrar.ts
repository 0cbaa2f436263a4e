import type { KeyValueStore } from '../../proto/store.js';
import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import { mapInBatches } from '../pacing/batches.js';
import { isAdmitted } from '../state/admission.js';
import type { ClusterState, NodeRecord } from '../state/model.js';
import { encodeNode, type LastingFields, nodeKey } from './node-codec.js';

/** Nodes written concurrently. */
const NODES_PER_BATCH = 64;

/**
 * Writes what outlives a restart of each node (registration, scheduling, approval, what its host
 * refuses) to the `nodes` bucket when it changes, and tries again in the next pass until it is
 * stored. Nodes that wait to be approved are not written; what the state has forgotten is deleted.
 */
export class Registrar {
  readonly #store: KeyValueStore;
  readonly #log: Log;
  readonly #stored = new Map<NodeId, LastingFields>();
  readonly #held = new Map<NodeId, number>();
  /** Held at any time since the writes under way began: what these know of them is outdated. */
  readonly #touched = new Set<NodeId>();
  #hasLogged = false;

  /** `start`: the state as it was loaded from the store. */
  constructor(options: {
    readonly store: KeyValueStore;
    readonly log: Log;
    readonly start: ClusterState;
  }) {
    this.#store = options.store;
    this.#log = options.log;
    for (const [id, node] of options.start.nodes) this.#stored.set(id, node);
  }

  /**
   * Does not write a node until the returned function is called. While a call stores a new setting,
   * the state still has the old one, and writing that would undo the call.
   */
  hold(id: NodeId): () => void {
    this.#held.set(id, (this.#held.get(id) ?? 0) + 1);
    this.#touched.add(id);
    return () => {
      const holds = (this.#held.get(id) ?? 1) - 1;
      if (holds > 0) this.#held.set(id, holds);
      else this.#held.delete(id);
    };
  }

  /** Resolves when all changed nodes are stored or have failed; never rejects. */
  async writeChanges(state: ClusterState): Promise<void> {
    this.#touched.clear();
    const forgetting = this.#forgottenBy(state).map((id) => this.#delete(id));
    const changed = [...state.nodes.values()].filter((node) => {
      if (this.#held.has(node.id)) return false;
      return isAdmitted(state, node) && !isSame(this.#stored.get(node.id), node);
    });
    await mapInBatches(changed, NODES_PER_BATCH, (node) => this.#put(node));
    await Promise.all(forgetting);
  }

  /** One batch in each pass, sent at once: a call that approves one of them later comes after. */
  #forgottenBy({ nodes }: ClusterState): readonly NodeId[] {
    const forgotten: NodeId[] = [];
    for (const [id, { scheduling }] of this.#stored) {
      if (forgotten.length === NODES_PER_BATCH) break;
      if (scheduling === 'open' && !nodes.has(id) && !this.#held.has(id)) forgotten.push(id);
    }
    return forgotten;
  }

  async #delete(id: NodeId): Promise<void> {
    const deleted = await this.#store.delete(nodeKey(id));
    if (deleted.ok) this.#stored.delete(id);
  }

  async #put(node: NodeRecord): Promise<void> {
    const { id, registration, scheduling, isApproved, capacity, refusals, sealingKey } = node;
    if (this.#touched.has(id)) return;
    const lasting = { registration, scheduling, isApproved, capacity, refusals, sealingKey };
    const put = await this.#store.put(nodeKey(id), encodeNode(lasting));
    if (put.ok) this.#stored.set(id, lasting);
    else if (!this.#hasLogged) {
      this.#hasLogged = true;
      this.#log.warn('coordinator: a node could not be stored; it is tried again', {
        node: id,
        reason: put.error,
      });
    }
  }
}

const isSame = (a: LastingFields | undefined, b: LastingFields): boolean =>
  a?.registration === b.registration &&
  a.refusals === b.refusals &&
  a.scheduling === b.scheduling &&
  a.isApproved === b.isApproved &&
  a.capacity === b.capacity &&
  a.sealingKey === b.sealingKey;
