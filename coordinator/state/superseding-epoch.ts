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
  const epochs = [...nodes.values()]
    .filter((node) => isAdmitted(state, node) && node.report?.holds.incarnation === incarnation)
    .map(({ report }) => report?.holds.epoch ?? 0);
  const later = epochs
    .filter((its) => its > epoch && isWithinReach(its, epoch))
    .sort((a, b) => a - b);
  return 2 * later.length > epochs.length ? later[Math.floor(later.length / 2)] : undefined;
}
