import { isWithinReach } from '../../shared/command.js';
import { isAdmitted } from './admission.js';
import type { ClusterState } from './model.js';

/** What the reporting nodes of this incarnation that take part obey. */
export interface ObeyedEpochs {
  /** How many they are. */
  readonly asked: number;
  /** Epochs later than ours that some of them obey. */
  readonly later: readonly number[];
}

/**
 * The epoch that nodes obey, where it is later than ours: the store was restored from an old copy,
 * or another coordinator leads that we do not see. It takes more than half of the reporting nodes
 * of this incarnation that take part to believe it; the result is the median of their later epochs.
 * Epochs out of reach are forged or damaged and count as nothing. undefined = ours is the latest.
 */
export const supersedingEpoch = (state: ClusterState): number | undefined =>
  // Nearly always no node does, and then nothing else of them has to be looked at in every pass.
  obeysLater(state) ? supersedingAmong([obeyedEpochs(state)]) : undefined;

/** The same of all nodes, each of which is counted in one of these. */
export function supersedingAmong(all: readonly ObeyedEpochs[]): number | undefined {
  const later = all.flatMap((each) => each.later).sort((a, b) => a - b);
  const asked = all.reduce((sum, each) => sum + each.asked, 0);
  return 2 * later.length > asked ? later[Math.floor(later.length / 2)] : undefined;
}

/** What these nodes obey. */
export function obeyedEpochs(state: ClusterState): ObeyedEpochs {
  const { nodes, incarnation, epoch } = state;
  const later: number[] = [];
  let asked = 0;
  for (const node of nodes.values()) {
    const holds = node.report?.holds;
    if (holds?.incarnation !== incarnation || !isAdmitted(state, node)) continue;
    asked += 1;
    if (holds.epoch > epoch && isWithinReach(holds.epoch, epoch)) later.push(holds.epoch);
  }
  return { asked, later };
}

function obeysLater({ nodes, epoch }: ClusterState): boolean {
  for (const { report } of nodes.values())
    if (report !== null && report.holds.epoch > epoch) return true;
  return false;
}
