import type { NodeId } from '../../shared/ids.js';
import type { ClusterState, NodeRecord } from './model.js';

export interface NodeLosses {
  /** Nodes that are down, whose jobs may be started elsewhere, in id order. */
  readonly lost: readonly NodeId[];
  /**
   * So many nodes fell silent that the fault is likely between them and us: nobody is taken for
   * lost.
   */
  readonly isFrozen: boolean;
  /** The same, and it is worth telling: somebody is down and could be replaced. */
  readonly isAlarming: boolean;
  /**
   * Nodes that do not report and still hold jobs that would have to be started elsewhere; nodes
   * that report.
   */
  readonly silent: number;
  readonly heard: number;
}

/**
 * Which nodes are given up. More than half of those that report or would have to be emptied being
 * silent, nobody is: a coordinator that hears nobody any more would else start everything a second
 * time. Nodes that were emptied before do not count again.
 */
export function nodeLossesOf(state: ClusterState): NodeLosses {
  const lost: NodeId[] = [];
  let [silent, heard] = [0, 0];
  for (const node of state.nodes.values()) {
    if (node.liveness === 'ready') heard += 1;
    else if (holdsMovable(state, node)) {
      silent += 1;
      if (node.liveness === 'down') lost.push(node.id);
    }
  }
  const isFrozen = silent > heard;
  const isAlarming = isFrozen && lost.length > 0 && state.nodes.size > 1;
  return { lost: isFrozen ? [] : lost.sort(), isFrozen, isAlarming, silent, heard };
}

const holdsMovable = ({ jobs }: ClusterState, { desired }: NodeRecord): boolean =>
  desired?.allocations.some(
    ({ job, spec }) => (jobs.get(job)?.spec ?? spec)?.onLoss === 'reschedule',
  ) === true;
