import type { NodeId } from '../../shared/ids.js';
import { isAdmitted } from './admission.js';
import type { ClusterState, NodeRecord } from './model.js';

/** Which nodes count as lost, and whether too many are silent for any to count. */
export interface NodeLosses {
  /** Nodes that are down and whose jobs may be started elsewhere, in id order. */
  readonly lost: readonly NodeId[];
  /**
   * More nodes with movable jobs are silent than report: the fault is likely between them and the
   * coordinator, so no node counts as lost.
   */
  readonly isFrozen: boolean;
  /** Frozen, and a node is down whose jobs would otherwise be started elsewhere: worth an event. */
  readonly isAlarming: boolean;
  /** Number of nodes that do not report and hold jobs that could be started elsewhere. */
  readonly silent: number;
  /** Number of nodes that report. */
  readonly heard: number;
}

/**
 * Which nodes are lost. None is where the silent nodes outnumber those that report, because a
 * coordinator that is cut off would otherwise start every job a second time. Nodes without movable
 * jobs, such as those emptied before, do not count as silent.
 */
export const nodeLossesOf = (state: ClusterState): NodeLosses =>
  lossesAmong(state.nodes, {
    takesPart: (node) => isAdmitted(state, node),
    isMissed: (node) => holdsMovable(state, node),
  });

/** How nodes are judged. */
export interface LossRules<N> {
  readonly takesPart: (node: N) => boolean;
  /** Whether it holds jobs that could be started elsewhere; asked where it is silent. */
  readonly isMissed: (node: N) => boolean;
}

/** The same of whatever is known of each node. */
export function lossesAmong<N extends Pick<NodeRecord, 'id' | 'liveness'>>(
  nodes: ReadonlyMap<NodeId, N>,
  { takesPart, isMissed }: LossRules<N>,
): NodeLosses {
  const lost: NodeId[] = [];
  let [silent, heard] = [0, 0];
  for (const node of nodes.values()) {
    if (!takesPart(node)) continue;
    if (node.liveness === 'ready') heard += 1;
    else if (isMissed(node)) {
      silent += 1;
      if (node.liveness === 'down') lost.push(node.id);
    }
  }
  const isFrozen = silent > heard;
  const isAlarming = isFrozen && lost.length > 0 && nodes.size > 1;
  return { lost: isFrozen ? [] : lost.sort(), isFrozen, isAlarming, silent, heard };
}

/**
 * Whether jobs are desired there that are started elsewhere when the node is down. One that was
 * stopped meanwhile stays desired on a node that was not heard since.
 */
export const holdsMovable = (
  { jobs }: Pick<ClusterState, 'jobs'>,
  { desired }: NodeRecord,
): boolean =>
  desired?.allocations.some(
    ({ job, spec }) => spec !== undefined && jobs.get(job)?.spec.onLoss === 'reschedule',
  ) === true;
