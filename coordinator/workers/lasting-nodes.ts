import type { NodeId } from '../../shared/ids.js';
import { deepEqual } from '../state/deep-equal.js';
import type { NodeEvent } from '../state/events.js';
import { unheard } from '../state/fold-node.js';
import { lastingFieldsOf } from '../state/lasting.js';
import type { ClusterState, LastingFields, NodeRecord } from '../state/model.js';
import { reduceNodes } from '../state/reduce-nodes.js';
import type { LastingNode, SaidByWorker } from './worker-link.js';

/** What is stored of each node, and whether nodes have to be approved. */
export type LastingCluster = Pick<ClusterState, 'nodes' | 'registration'>;

/**
 * What of each node outlives the coordinator, as workers say it, with our own changes since: so
 * that it is stored where calls store it, too. Of a node nothing else is known here.
 */
export class LastingNodes {
  readonly #facts: Pick<ClusterState, 'jobs' | 'registration'>;
  #nodes: ClusterState['nodes'];
  #hasHeard = false;

  /** `start`: as it was loaded. */
  constructor(start: ClusterState) {
    this.#facts = { jobs: new Map(), registration: start.registration };
    this.#nodes = new Map([...start.nodes].map(([id, node]) => [id, recordOf(node)]));
  }

  get cluster(): LastingCluster {
    return { nodes: this.#nodes, registration: this.#facts.registration };
  }

  /** A change of ours, which the owner of the node is told as well. */
  apply(event: NodeEvent): void {
    this.#nodes = reduceNodes(this.#nodes, event, this.#facts);
  }

  /** What all workers have said: the first time, of all nodes that there are. */
  hear(said: readonly SaidByWorker[]): void {
    const gone = said.flatMap((each) => each.gone);
    const lasting = said.flatMap((each) => each.lasting);
    const left = this.#hasHeard ? gone : [...gone, ...this.#without(said)];
    this.#hasHeard = true;
    if (left.length === 0 && lasting.length === 0) return;
    const nodes = new Map(this.#nodes);
    for (const id of left) nodes.delete(id);
    for (const node of lasting) nodes.set(node.id, sameOr(nodes.get(node.id), node));
    this.#nodes = nodes;
  }

  /** Those that were forgotten before anything was said. */
  #without(said: readonly SaidByWorker[]): readonly NodeId[] {
    const known = new Set(said.flatMap((each) => each.nodes.map(({ id }) => id)));
    return [...this.#nodes.keys()].filter((id) => !known.has(id));
  }
}

const recordOf = (node: LastingNode): NodeRecord => ({
  ...unheard(node.id, 0),
  ...lastingFieldsOf(node),
});

/** What is sent is a copy: where it says what was known, it is not stored again. */
const sameOr = (known: NodeRecord | undefined, node: LastingNode): NodeRecord =>
  known !== undefined && deepEqual(plainOf(known), plainOf(node)) ? known : recordOf(node);

/** Without maps, to be compared. */
const plainOf = (node: LastingFields) => ({
  ...lastingFieldsOf(node),
  refusals: [...node.refusals],
});
