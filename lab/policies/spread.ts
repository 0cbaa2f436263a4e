import type { NodeCandidate, PlacementRule } from '../../coordinator/schedule/placement-rule.js';

/**
 * The placement of Docker Swarm: the node with the fewest tasks of the service, among those the one
 * with the fewest tasks; ties go by id. Sizes of nodes and resource requests do not count. Source:
 * SwarmKit, `nodeLess` in manager/scheduler/scheduler.go and design/topology.md. Left out: its rule
 * for nodes on which the service recently failed five times.
 */
export const spread: PlacementRule = (candidates) => {
  const best = [...candidates].sort(fewest)[0];
  if (best === undefined) throw new RangeError('a placement rule is asked where there is a choice');
  const { node, ofJob, ofAll } = best;
  return { node, reason: `spread: ${ofJob} of this job and ${ofAll} of all there, nowhere fewer` };
};

const fewest = (a: NodeCandidate, b: NodeCandidate): number =>
  a.ofJob - b.ofJob || a.ofAll - b.ofAll || (a.node < b.node ? -1 : 1);
