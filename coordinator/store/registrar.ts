import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import { mapInBatches } from '../pacing/batches.js';
import { isAdmitted } from '../state/admission.js';
import { hasSameLasting, lastingFieldsOf } from '../state/lasting.js';
import type { ClusterState, LastingFields, NodeRecord } from '../state/model.js';
import { encodeNode, nodeKey } from './node-codec.js';
import type { NodeRecords } from './node-records.js';

/** What is looked at of a state. */
export type RegisteredNodes = Pick<ClusterState, 'nodes' | 'registration'>;

/** Nodes written concurrently. */
const NODES_PER_BATCH = 64;

/**
 * Writes what outlives a restart of each node (registration, scheduling, approval, what its host
 * refuses, which of its acts are in the audit) to the `nodes` bucket when it changes, and tries
 * again in the next pass until it is stored. Nodes that wait to be approved are not written, except
 * that an approval was taken back; what the state has forgotten is deleted, but for such a record,
 * since a desired state that is left of the node says that it once took part.
 */
export class Registrar {
  readonly #records: NodeRecords;
  readonly #log: Log;
  readonly #stored = new Map<NodeId, LastingFields>();
  /** Nodes that were found to be as they are stored, by their places in the state. */
  #asStored: NodeRecord[] = [];
  #hasLogged = false;

  /** `start`: the state as it was loaded from the store. */
  constructor(options: {
    readonly records: NodeRecords;
    readonly log: Log;
    readonly start: RegisteredNodes;
  }) {
    this.#records = options.records;
    this.#log = options.log;
    for (const [id, node] of options.start.nodes) this.#stored.set(id, lastingFieldsOf(node));
  }

  /** What is stored of the node is not what was written: it is written again. */
  writeAgain(id: NodeId): void {
    this.#stored.delete(id);
    this.#asStored = [];
  }

  /** Resolves when all changed nodes are stored or have failed; never rejects. */
  async writeChanges(state: RegisteredNodes): Promise<void> {
    const { moment } = this.#records;
    const { changed, stored } = this.#changedIn(state);
    const forgotten = stored < this.#stored.size ? this.#forgottenBy(state) : [];
    const forgetting = forgotten.map((id) => this.#delete(id));
    await mapInBatches(changed, NODES_PER_BATCH, (node) => this.#put(node, moment));
    await Promise.all(forgetting);
  }

  // Nearly all nodes are the same objects as in the pass before, and are not looked at then. Beside
  // what changed: how many of the nodes are stored.
  #changedIn(state: RegisteredNodes) {
    const changed: NodeRecord[] = [];
    let place = -1;
    let storedCount = 0;
    for (const node of state.nodes.values()) {
      place += 1;
      if (this.#asStored[place] === node) {
        storedCount += 1;
        continue;
      }
      const stored = this.#stored.get(node.id);
      if (stored !== undefined) storedCount += 1;
      const isTakenBack = stored?.isApproved === true && !node.isApproved;
      if (!isAdmitted(state, node) && !isTakenBack) continue;
      if (hasSameLasting(stored, node)) this.#asStored[place] = node;
      else changed.push(node);
    }
    if (this.#asStored.length > place + 1) this.#asStored.length = place + 1;
    return { changed, stored: storedCount };
  }

  /** One batch in each pass, sent at once: a call that approves one of them later comes after. */
  #forgottenBy({ nodes }: RegisteredNodes): readonly NodeId[] {
    const forgotten: NodeId[] = [];
    for (const [id, { scheduling, isApproved }] of this.#stored) {
      if (forgotten.length === NODES_PER_BATCH) break;
      const isForgotten = scheduling === 'open' && isApproved && !nodes.has(id);
      if (isForgotten && !this.#records.isHeld(nodeKey(id))) forgotten.push(id);
    }
    return forgotten;
  }

  async #delete(id: NodeId): Promise<void> {
    const deleted = await this.#records.delete(nodeKey(id));
    if (deleted.ok) this.writeAgain(id);
  }

  // While a call stores a new setting, the state still has the old one: that would undo the call.
  async #put(node: NodeRecord, moment: number): Promise<void> {
    const { id } = node;
    if (this.#records.wasHeldSince(nodeKey(id), moment)) return;
    const lasting = lastingFieldsOf(node);
    const put = await this.#records.put(nodeKey(id), encodeNode(lasting));
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
