import type { AllocationId, NodeId } from '../shared/ids.js';
import type { AllocationStatus } from './schemas/status.js';
import type { NodeView, NodeViewChange } from './schemas/view.js';

/** A node as a mirror knows it. */
export interface MirroredNode extends Omit<NodeView, 'allocations'> {
  readonly allocations: ReadonlyMap<AllocationId, AllocationStatus>;
}

/** What became of a change: `missed` = something before it is missing, and it was not applied. */
export type Taken = 'taken' | 'old' | 'missed';

/**
 * The nodes and allocations of a cluster, kept up to date from what the leader publishes. It is
 * whole after every node was read once (`view-get`), and says so when a message was missed.
 * Messages may come while pages are read, in any order between nodes.
 */
export class ViewMirror {
  readonly #nodes = new Map<NodeId, MirroredNode>();
  #leader = { incarnation: '', epoch: 0 };

  /** Epoch of the leader whose messages count; 0 = none was heard. */
  get epoch(): number {
    return this.#leader.epoch;
  }

  get nodes(): ReadonlyMap<NodeId, MirroredNode> {
    return this.#nodes;
  }

  /** Takes one published change. A later epoch begins with whole nodes, and ends all before it. */
  take(change: NodeViewChange): Taken {
    if (!this.#isOfLeader(change)) return 'old';
    const known = this.#nodes.get(change.node);
    if (known !== undefined && change.sequence <= known.sequence) return 'old';
    if (!change.full && known?.sequence !== change.sequence - 1) return 'missed';
    this.#nodes.set(change.node, changed(change.full ? undefined : known, change));
    return 'taken';
  }

  /** Takes one node as it was read. What was published later stays. */
  read(leader: { readonly incarnation: string; readonly epoch: number }, view: NodeView): void {
    if (!this.#isOfLeader(leader)) return;
    const known = this.#nodes.get(view.node);
    if (known !== undefined && view.sequence < known.sequence) return;
    const allocations = new Map(view.allocations.map((each) => [each.id, each]));
    this.#nodes.set(view.node, { ...view, allocations });
  }

  /** Forgets nodes that are not among these: all were read, and they were not there. */
  keepOnly(ids: ReadonlySet<NodeId>): void {
    for (const id of this.#nodes.keys()) if (!ids.has(id)) this.#nodes.delete(id);
  }

  #isOfLeader({ incarnation, epoch }: { incarnation: string; epoch: number }): boolean {
    const { incarnation: known, epoch: last } = this.#leader;
    if (incarnation === known && epoch < last) return false;
    if (incarnation !== known || epoch > last) {
      this.#leader = { incarnation, epoch };
      // Their sequences begin again; what they say stays until something newer comes.
      for (const [id, node] of this.#nodes) this.#nodes.set(id, { ...node, sequence: -1 });
    }
    return true;
  }
}

function changed(before: MirroredNode | undefined, change: NodeViewChange): MirroredNode {
  const { node, sequence, atMs, status } = change;
  const allocations = new Map(before?.allocations);
  for (const id of change.gone) allocations.delete(id);
  for (const each of change.facts) allocations.set(each.id, each);
  const ageMs = status?.ageMs ?? 0;
  for (const { id, latencyMs, qoeClass, cpu, memory, latency } of change.figures) {
    const known = allocations.get(id);
    if (known === undefined) continue;
    const { container } = known;
    allocations.set(id, {
      ...known,
      latencyMs,
      qoeClass,
      ageMs: container === null ? null : ageMs,
      container: container === null ? null : { ...container, cpu, memory, latency },
    });
  }
  return { node, sequence, atMs, status, allocations };
}
