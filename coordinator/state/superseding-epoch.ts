import { isWithinReach } from '../../shared/command.js';
import { isAdmitted } from './admission.js';
import type { ClusterState } from './model.js';

/**
 * The epoch that nodes obey, where it is later than ours: the store was restored from an old copy,
 * or another coordinator leads that we do not see. It takes more than half of the reporting nodes
 * of this incarnation that take part to believe it; the result is the median of their later epochs.
 * Epochs out of reach are forged or damaged and count as nothing. undefined = ours is the latest.
 */
export function supersedingEpoch(state: ClusterState): number | undefined {
  const { nodes, incarnation, epoch } = state;
  if (!obeysLater(state)) return undefined;
  const later: number[] = [];
  let asked = 0;
  for (const node of nodes.values()) {
    const holds = node.report?.holds;
    if (holds?.incarnation !== incarnation || !isAdmitted(state, node)) continue;
    asked += 1;
    if (holds.epoch > epoch && isWithinReach(holds.epoch, epoch)) later.push(holds.epoch);
  }
  later.sort((a, b) => a - b);
  return 2 * later.length > asked ? later[Math.floor(later.length / 2)] : undefined;
}

// Nearly always no node does, and then nothing else of them has to be looked at in every pass.
function obeysLater({ nodes, epoch }: ClusterState): boolean {
  for (const { report } of nodes.values())
    if (report !== null && report.holds.epoch > epoch) return true;
  return false;
}
