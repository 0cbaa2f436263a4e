import type { KeyValueStore } from '../proto/store.js';
import type { Log } from '../shared/log.js';
import { inGroups } from './in-groups.js';
import type { ClusterState, NodeRecord } from './state/model.js';
import { encodeNode, nodeKey } from './state/persist-nodes.js';

/** Nodes that are written side by side. */
const AT_ONCE = 64;

type Known = Pick<NodeRecord, 'registration' | 'scheduling'>;

/** Keeps what should outlive a restart about each node in the `nodes` bucket: written when it changed, retried until it is stored. */
export class Registrar {
  readonly #store: KeyValueStore;
  readonly #log: Log;
  readonly #stored = new Map<string, Known>();
  #hasComplained = false;

  /** `start`: what the store held when it was loaded. */
  constructor(options: { readonly store: KeyValueStore; readonly log: Log; readonly start: ClusterState }) {
    this.#store = options.store;
    this.#log = options.log;
    for (const [id, node] of options.start.nodes) this.#stored.set(id, node);
  }

  async keep(state: ClusterState): Promise<void> {
    const changed = [...state.nodes.values()].filter((node) => {
      const stored = this.#stored.get(node.id);
      return stored?.registration !== node.registration || stored.scheduling !== node.scheduling;
    });
    await inGroups(changed, AT_ONCE, (node) => this.#put(node));
  }

  async #put({ id, registration, scheduling }: NodeRecord): Promise<void> {
    const put = await this.#store.put(nodeKey(id), encodeNode({ registration, scheduling }));
    if (put.ok) this.#stored.set(id, { registration, scheduling });
    else if (!this.#hasComplained) {
      this.#hasComplained = true;
      this.#log.warn('coordinator: a node could not be registered; it is tried again', { node: id, reason: put.error });
    }
  }
}
