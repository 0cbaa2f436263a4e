import type { ClusterState } from './model.js';

/**
 * The epoch that nodes obey where it is later than ours: the store was put back to what it held
 * before, or another leads that we do not see. A few nodes alone are not believed: the middle one
 * of those that obey a later epoch, where they are more than half of the nodes heard that obey this
 * cluster. `undefined` = ours is the latest.
 */
export function supersedingEpoch({ nodes, incarnation, epoch }: ClusterState): number | undefined {
  const epochs = [...nodes.values()]
    .filter(({ report }) => report?.holds.incarnation === incarnation)
    .map(({ report }) => report?.holds.epoch ?? 0);
  const later = epochs.filter((its) => its > epoch).sort((a, b) => a - b);
  return 2 * later.length > epochs.length ? later[Math.floor(later.length / 2)] : undefined;
}
