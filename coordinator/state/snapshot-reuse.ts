import type { DesiredState } from '../../shared/command.js';
import { hasSameRefusals } from './host-refusals.js';
import type { ClusterState, NodeRecord } from './model.js';
import { hasSameKeyTrouble } from './secrets.js';

/** Whether the scheduler sees nothing new of the node: an ack, for one, changes nothing there. */
export const isSameNode = (before: NodeRecord | undefined, node: NodeRecord): boolean =>
  before === node ||
  (before !== undefined &&
    before.report === node.report &&
    before.desired === node.desired &&
    before.sent === node.sent &&
    before.heardAtMs === node.heardAtMs &&
    before.liveness === node.liveness &&
    before.scheduling === node.scheduling &&
    before.capacity === node.capacity);

/** Whether jobs, secrets and store are the same. */
export const hasSameJobs = (a: ClusterState, b: ClusterState): boolean =>
  a.jobs === b.jobs && a.secrets === b.secrets && a.incarnation === b.incarnation;

/** Whether the same allocations are desired in the same places, and the same nodes take them. */
export function hasSamePlaces(a: ClusterState, b: ClusterState): boolean {
  if (a.nodes.size !== b.nodes.size) return false;
  for (const [id, node] of b.nodes) {
    const before = a.nodes.get(id);
    if (before?.isApproved !== node.isApproved || !isSamePlaces(before.desired, node.desired))
      return false;
    if (!hasSameRefusals(before, node) || !hasSameKeyTrouble(before, node)) return false;
  }
  return true;
}

// By places, not by identity: most new desired states change limits only.
function isSamePlaces(a: DesiredState | null, b: DesiredState | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.allocations.length !== b.allocations.length) return false;
  return a.allocations.every(({ id, job, spec, replaces }, i) => {
    const other = b.allocations[i];
    const isSameKind = (spec === undefined) === (other?.spec === undefined);
    return id === other?.id && job === other.job && replaces === other.replaces && isSameKind;
  });
}
