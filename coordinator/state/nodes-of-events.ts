import type { AllocationId, NodeId } from '../../shared/ids.js';
import { isAdmitted } from './admission.js';
import { type AgentWords, agentWordsOf } from './agent-words.js';
import type { ClusterState } from './model.js';
import { type NodeLosses, nodeLossesOf } from './node-losses.js';

/** What the events of a cluster say of its nodes. */
export interface NodesOfEvents {
  /** How many reports were heard of all of them. */
  readonly reports: number;
  /** How many nodes take no part. */
  readonly waiting: () => number;
  readonly losses: () => NodeLosses;
  /** Revision of what is desired there; 0 = nothing is. */
  readonly revisionOf: (node: NodeId) => number;
  /** What its agent says of a container that it is to start again; undefined = nothing. */
  readonly wordsOf: (node: NodeId, allocation: AllocationId) => AgentWords | undefined;
}

/** The same of the nodes of a state. */
export const nodesIn = (state: ClusterState): NodesOfEvents => ({
  reports: state.counts.reports,
  waiting: () => [...state.nodes.values()].filter((node) => !isAdmitted(state, node)).length,
  losses: () => nodeLossesOf(state),
  revisionOf: (node) => state.nodes.get(node)?.desired?.revision ?? 0,
  wordsOf: (id, allocation) => {
    const record = state.nodes.get(id);
    return record === undefined ? undefined : agentWordsOf({ cluster: state, record }, allocation);
  },
});
