import { indexByHash } from '../../shared/hash.js';
import type { JobName, NodeId } from '../../shared/ids.js';
import type { Steps } from '../../shared/steps.js';
import type { WorkloadKey } from '../../shared/workload.js';
import type { NodeOutlooks } from './forecast.js';
import {
  type LimitsInput,
  type LimitsMemory,
  type LimitsPlan,
  limitsSteps,
  memoriesUnder,
  NO_LIMITS_MEMORY,
} from './limits-of-nodes.js';
import { type NodeChange, withChanges } from './node-change.js';
import { outlooksOf } from './node-outlooks.js';
import type { Places } from './places.js';
import type { Policy, SnapshotNode } from './types.js';
import { type PriorFacts, priorsFrom } from './workload-knowledge.js';
import { NO_PROFILES } from './workloads/profiles.js';

/** What was decided on the places of its nodes: data that can be sent. */
export interface PartPlaces extends Pick<PriorFacts, 'replacing'> {
  readonly changes: readonly NodeChange[];
  /** Absent = as it was the last time. */
  readonly knowledge?: PriorFacts['knowledge'];
}

/** What limits of a part are decided with, beside its nodes and places. */
export interface PartInput extends Omit<LimitsInput, 'priorOf'> {
  /** Of a job; undefined = it is not known. */
  readonly workloadOf: (job: JobName) => WorkloadKey | undefined;
}

/**
 * Some nodes of a cluster, with all that is remembered of them: decides their limits, and says what
 * the policy knows of them. Each node belongs to one part.
 */
export class NodesPart {
  #memory: LimitsMemory = NO_LIMITS_MEMORY;
  #knowledge = NO_PROFILES;

  /** What is remembered of the nodes by the decisions before. */
  get memory(): Omit<LimitsMemory, 'atRest'> {
    const { atRest: _, ...remembered } = this.#memory;
    return remembered;
  }

  /** What the policy says of the nodes, by the decisions before. */
  outlooks(policy: Policy): NodeOutlooks {
    return outlooksOf(policy, memoriesUnder(policy, this.#memory));
  }

  /** Places that are not carried out: only what they say of workloads is remembered. */
  passOver({ knowledge = this.#knowledge }: Pick<PartPlaces, 'knowledge'>): void {
    this.#knowledge = knowledge;
  }

  /** The limits of the nodes, with what is placed there. */
  *limits(
    nodes: readonly SnapshotNode[],
    { changes, replacing, knowledge = this.#knowledge }: PartPlaces,
    { workloadOf, ...input }: PartInput,
  ): Steps<Omit<LimitsPlan, 'memory'>> {
    this.#knowledge = knowledge;
    const priorOf = priorsFrom({ knowledge, replacing }, workloadOf);
    const after = withChanges(nodes, changes);
    const { memory, ...plan } = yield* limitsSteps(after, { ...input, priorOf }, this.#memory);
    this.#memory = memory;
    return plan;
  }
}

/** Which part a node belongs to, from 0 to `parts` − 1: always the same one. */
export const partOf = (node: NodeId, parts: number): number => indexByHash(node, parts);

/** What concerns the nodes of one part; `told`: what it knows of workloads already. */
export function placesOn(
  { changes, priors }: { readonly changes: Places['changes']; readonly priors: PriorFacts },
  isOwn: (node: NodeId) => boolean,
  told?: PriorFacts['knowledge'],
): PartPlaces {
  const { knowledge, replacing } = priors;
  const news = knowledge === told ? {} : { knowledge };
  return { changes: changes.filter(({ node }) => isOwn(node)), replacing, ...news };
}
