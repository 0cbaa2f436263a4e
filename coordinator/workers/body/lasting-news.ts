import type { NodeId } from '../../../shared/ids.js';
import { hasSameLasting, lastingFieldsOf } from '../../state/lasting.js';
import type { ClusterState, NodeRecord } from '../../state/model.js';
import type { LastingNode } from '../worker-link.js';

type Nodes = ClusterState['nodes'];

/** What of its nodes outlives a restart, as a worker has said it. */
export class LastingNews {
  /** As they were when they were looked at last. */
  #looked: ReadonlyMap<NodeId, NodeRecord>;

  /** `start`: what is known where it is said. */
  constructor(start: Nodes) {
    this.#looked = start;
  }

  /** The nodes of which something is another than was said; it counts as said. */
  next(nodes: Nodes): readonly LastingNode[] {
    const before = this.#looked;
    if (before === nodes) return [];
    this.#looked = nodes;
    const changed: LastingNode[] = [];
    for (const node of nodes.values()) {
      const was = before.get(node.id);
      if (was !== node && !hasSameLasting(was, node))
        changed.push({ id: node.id, ...lastingFieldsOf(node) });
    }
    return changed;
  }
}
