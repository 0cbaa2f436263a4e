import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { DesiredState } from '../../shared/command.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { ShownProfile } from '../schedule/forecast.js';
import type { LimitsMemory } from '../schedule/limits-of-nodes.js';
import type { PartPlaces } from '../schedule/nodes-part.js';
import type { SummaryFacts } from '../schedule/summary-facts.js';
import type { Decision, Plan } from '../schedule/types.js';
import type { AgentWords } from '../state/agent-words.js';
import type { ClusterState, NodeRecord } from '../state/model.js';
import type { Replacement } from '../state/node-events.js';
import type { NodePlaces } from '../state/node-places.js';
import type { ObeyedEpochs } from '../state/superseding-epoch.js';

/** Whether a node is heard, and counts. */
export interface NodeStanding extends Pick<NodeRecord, 'liveness'> {
  /** It takes part. */
  readonly isAdmitted: boolean;
  /** It is silent, and holds jobs that could be started elsewhere. */
  readonly isMissed: boolean;
}

/** What is said of a node when it is another thing than before. */
export interface SaidFacts {
  readonly standing: NodeStanding;
  readonly places: NodePlaces;
  /** null = it takes no part, or has not reported: nothing is decided about it. */
  readonly facts: SummaryFacts | null;
  /** Allocations whose target was not met when the policy last saw the node. */
  readonly unmet: readonly AllocationId[];
  /** What its agent says of containers that it is to start again. */
  readonly words: readonly AgentWords[];
  /** Allocations whose demands are among the figures; null = nothing is forecast of the node. */
  readonly demanded: readonly AllocationId[] | null;
}

/**
 * What a worker says of one of its nodes, for the places of all. What is absent is as it was said
 * last; all is said the first time.
 */
export interface NodeNews extends Partial<SaidFacts> {
  readonly id: NodeId;
  /** Of its desired state; 0 = it has none. */
  readonly revision: number;
  /** By its facts (`summary-figures.ts`); none where these are null. */
  readonly figures: Float64Array;
}

/**
 * Nodes of which a plan needs the profiles, which are not sent with news. Where they are said
 * (`ClusterPlaces.hearProfiles`), the same plan is decided from the beginning.
 */
export interface ProfilesWanted {
  readonly profilesOf: readonly NodeId[];
}

/** What the allocations of some nodes have shown; undefined = nothing is remembered of the node. */
export type ShownProfiles = ReadonlyMap<NodeId, readonly ShownProfile[] | undefined>;

/** What a worker has to say since the last time. */
export interface WorkerNews {
  /** Nodes of which something is new, as they are now. */
  readonly nodes: readonly NodeNews[];
  /** Nodes that are not known any more. */
  readonly gone: readonly NodeId[];
  /** How many reports were heard since. */
  readonly reports: number;
  /** What its nodes obey, whether new or not. */
  readonly obeyed: ObeyedEpochs;
}

/** All that a worker knows of its nodes, for those who read. */
export interface WorkerRecords
  extends Pick<ClusterState, 'nodes' | 'unreachable' | 'conditions' | 'counts'> {
  /** Who asked last for what is wanted of its nodes. */
  readonly requesters: ClusterState['requesters']['nodes'];
  /** What the policy remembers of them. */
  readonly memory: Omit<LimitsMemory, 'atRest'>;
}

/** What was decided on the places of the nodes of a worker. */
export interface WorkerPlaces extends PartPlaces, Pick<Plan, 'turns'> {
  readonly decisions: readonly Decision[];
  /** Allocations that others replace, and that are desired nowhere any more. */
  readonly finishedMoves: ReadonlySet<AllocationId>;
  /** What takes the place of allocations that move, by these. */
  readonly replacements: ReadonlyMap<AllocationId, Replacement>;
}

/** What a worker has decided about its nodes. */
export interface WorkerPlan extends Pick<Plan, 'unreachable' | 'conditions'> {
  /** What was decided on limits, besides what was decided on places. */
  readonly decided: readonly Decision[];
  /** Desired states to write. */
  readonly states: readonly DesiredState[];
  /** What happened on them by that. */
  readonly events: readonly DqoesEvent[];
}
