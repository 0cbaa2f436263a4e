import type { NodeId } from '../../shared/ids.js';
import type { NodeReport } from '../../shared/report.js';
import { isAdmitted } from '../state/admission.js';
import type { ClusterState } from '../state/model.js';

/** Which report of each node was counted last. */
export class SeenReports {
  readonly #byNode = new Map<NodeId, NodeReport>();
  /** The same by the places of the nodes in the state: nearly all stand where they stood. */
  readonly #byPlace: (NodeReport | undefined)[] = [];

  /**
   * The reports that were not there in the last call, in the order of the nodes; none of nodes that
   * wait to be approved, which may say anything.
   */
  newIn(state: ClusterState): readonly NodeReport[] {
    const found: NodeReport[] = [];
    let place = -1;
    for (const node of state.nodes.values()) {
      place += 1;
      const { id, report } = node;
      if (report === null || this.#byPlace[place] === report || !isAdmitted(state, node)) continue;
      this.#byPlace[place] = report;
      if (this.#byNode.get(id) === report) continue;
      this.#byNode.set(id, report);
      found.push(report);
    }
    this.#forgetGone(state);
    return found;
  }

  #forgetGone({ nodes }: ClusterState): void {
    if (this.#byPlace.length > nodes.size) this.#byPlace.length = nodes.size;
    if (this.#byNode.size <= nodes.size) return;
    for (const id of this.#byNode.keys()) if (!nodes.has(id)) this.#byNode.delete(id);
  }
}
