import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { NodeId } from '../../shared/ids.js';
import type { Steps } from '../../shared/steps.js';
import type { NodeOutlooks, ShownProfile } from '../schedule/forecast.js';
import { placesOn } from '../schedule/nodes-part.js';
import {
  NO_PLACES_MEMORY,
  nodesToLearnFrom,
  type Places,
  type PlacesInput,
  type PlacesMemory,
  placesSteps,
} from '../schedule/places.js';
import { POLICIES } from '../schedule/policies/index.js';
import type { PolicyParams, Snapshot } from '../schedule/types.js';
import type { PriorFacts } from '../schedule/workload-knowledge.js';
import { deepEqual } from '../state/deep-equal.js';
import { deriveClusterEvents } from '../state/derive-events.js';
import type { StateEvent } from '../state/events.js';
import { byId, type ClusterState } from '../state/model.js';
import { type LossRules, lossesAmong } from '../state/node-losses.js';
import type { NodesOfEvents } from '../state/nodes-of-events.js';
import { reduce } from '../state/reduce.js';
import { type Cluster, jobsOn, type KnownJobs } from './heard-jobs.js';
import { type HeardNode, heardNode, isWhereItWas, stillSteadyBy } from './heard-node.js';
import { type Joined, joined } from './joined.js';
import type {
  ProfilesWanted,
  ShownProfiles,
  WorkerNews,
  WorkerPlaces,
  WorkerRecords,
} from './messages.js';
import { newsWithOwnTexts } from './own-texts.js';

/** What was decided on places, and what each worker has to know of it. */
export interface ClusterPlan
  extends Pick<Places, 'decisions' | 'pending' | 'preempted' | 'turns' | 'rollouts'> {
  /** What concerns the nodes of one worker. */
  readonly placesFor: (isOwn: (node: NodeId) => boolean) => WorkerPlaces;
  /** What happened by that, and by what was heard. */
  readonly events: readonly DqoesEvent[];
}

/** What decides on places, and in whose name. */
export interface ClusterPlacesOptions {
  /** The cluster without its nodes. */
  readonly start: ClusterState;
  readonly params: PolicyParams;
  /** CloudEvents source of what happens to jobs. */
  readonly source: string;
  /** Unix time for people, ms. */
  readonly wallMs: () => number;
  /** What was remembered of places; absent = nothing. */
  readonly memory?: PlacesMemory;
}

/**
 * Decides who runs where, from what workers say of their nodes: of each node it knows the summary,
 * and no report.
 */
export class ClusterPlaces {
  /** Without what it began with, which is as large as the cluster. */
  readonly #options: Omit<ClusterPlacesOptions, 'start' | 'memory'>;
  readonly #heard = new Map<NodeId, HeardNode>();
  /** Profiles that were said for the plan that is being decided. */
  readonly #shown = new Map<NodeId, readonly ShownProfile[] | undefined>();
  #state: ClusterState;
  #memory: PlacesMemory;
  /** The nodes of the plan before, in id order. */
  #planned: readonly HeardNode[] = [];
  /** What all workers know of workloads by the plan before. */
  #told: PlacesMemory['knowledge'] | undefined;
  /** By the plan before. */
  #known: KnownJobs | undefined;
  /** Whether something is new of where jobs are, or may be. */
  #isMoved = true;
  #lost: readonly NodeId[] = [];
  #wasAlarming = false;
  #reports = 0;

  constructor({ start, memory = NO_PLACES_MEMORY, ...options }: ClusterPlacesOptions) {
    this.#options = options;
    this.#state = start;
    this.#memory = memory;
  }

  /** The cluster without its nodes, and what its newest plan says of jobs. */
  get state(): ClusterState {
    return this.#state;
  }

  /** What is known of workloads. */
  get knowledge(): PlacesMemory['knowledge'] {
    return this.#memory.knowledge;
  }

  /** The whole cluster, with what all workers know of their nodes. */
  joined(all: readonly WorkerRecords[]): Joined {
    return joined(this.#state, this.#memory, all);
  }

  /** Folds an event of the cluster; what happened by that. */
  apply(event: StateEvent): readonly DqoesEvent[] {
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state === before) return [];
    const { source, wallMs } = this.#options;
    const nodes = this.#nodesOfEvents();
    const wasAlarming = this.#wasAlarming;
    this.#wasAlarming = nodes.losses().isAlarming;
    const context = { nowMs: event.atMs, wallMs: wallMs(), source, nodes, wasAlarming };
    return deriveClusterEvents(before, this.#state, context);
  }

  /** How many nodes were heard of, and how many of them are heard now. */
  get nodeCounts(): { readonly known: number; readonly ready: number } {
    const ready = [...this.#heard.values()].filter(({ liveness }) => liveness === 'ready');
    return { known: this.#heard.size, ready: ready.length };
  }

  /** What a worker says. */
  hear({ nodes, gone, reports }: WorkerNews): void {
    this.#reports += reports;
    for (const each of nodes) {
      const before = this.#heard.get(each.id);
      const node = heardNode(before, newsWithOwnTexts(each, before, this.#state.jobs));
      if (!isWhereItWas(before, node)) this.#isMoved = true;
      this.#heard.set(each.id, node);
    }
    for (const id of gone) if (this.#heard.delete(id)) this.#isMoved = true;
  }

  /** What was asked for: it counts for the plan that asked. */
  hearProfiles(said: ShownProfiles): void {
    for (const [node, profiles] of said) this.#shown.set(node, profiles);
  }

  /**
   * The next plan. Where it takes profiles that were not said yet, nothing is decided: the workers
   * of these nodes are asked, and then this is called again with the same time.
   */
  *decide(nowMs: number): Steps<ClusterPlan | ProfilesWanted> {
    const { input, moves, wanted, nodes } = this.#look(nowMs);
    const steady = stillSteadyBy(this.#memory.steady, this.#planned, nodes);
    const memory = { ...this.#memory, steady };
    for (const { id } of nodesToLearnFrom(input, memory)) input.outlooks.profilesOf(id);
    if (wanted.size > 0) return { profilesOf: [...wanted] };
    const places = yield* placesSteps(input, memory);
    const priors = places.priorFacts();
    if (wanted.size > 0) return { profilesOf: [...wanted] };
    this.#shown.clear();
    const told = this.#told;
    this.#memory = places.memory;
    this.#planned = nodes;
    this.#told = places.memory.knowledge;
    return this.#planOf(places, { priors, told, moves, nowMs });
  }

  /** What a plan is decided from; `wanted`: nodes whose profiles were asked for in vain. */
  #look(nowMs: number): Look {
    const heard = byId(this.#heard.values());
    const { movesPerMinute } = this.#options.params;
    const policy = POLICIES[this.#state.policy];
    const wanted = new Set<NodeId>();
    this.#known = this.#jobsOf(this.#state, heard);
    const { jobs, moves } = this.#known;
    const nodes = heard.filter(({ summary }) => summary !== null);
    const summaries = nodes.flatMap(({ summary }) => summary ?? []);
    const cluster = { jobs, nodes: summaries, ...this.#losses() };
    const outlooks = this.#outlooks(wanted);
    return { input: { cluster, outlooks, policy, nowMs, movesPerMinute }, moves, wanted, nodes };
  }

  #outlooks(wanted: Set<NodeId>): NodeOutlooks {
    return {
      forecastOf: (node) => this.#heard.get(node)?.forecast(),
      unmetOf: (node) => this.#heard.get(node)?.unmet ?? [],
      profilesOf: (node) => {
        if (!this.#shown.has(node)) wanted.add(node);
        return this.#shown.get(node);
      },
    };
  }

  #planOf(places: Places, { priors, told, moves, nowMs }: PlanContext): ClusterPlan {
    const { decisions, changes, pending, preempted, turns, rollouts } = places;
    const planned = { pending, preempted, unreachable: [], rollouts: rollouts ?? [] };
    const events = this.apply({ kind: 'planned', atMs: nowMs, ...planned });
    return {
      ...{ decisions, pending, preempted, events },
      ...(turns === undefined ? {} : { turns }),
      ...(rollouts === undefined ? {} : { rollouts }),
      placesFor: (isOwn) => ({
        ...placesOn({ changes, priors }, isOwn, told),
        decisions: decisions.filter(({ node }) => isOwn(node)),
        ...(turns === undefined ? {} : { turns }),
        ...moves,
      }),
    };
  }

  #nodesOfEvents(): NodesOfEvents {
    return {
      reports: this.#reports,
      waiting: () => [...this.#heard.values()].filter((node) => !node.isAdmitted).length,
      losses: () => lossesAmong(this.#heard, LOSS_RULES),
      revisionOf: (node) => this.#heard.get(node)?.revision ?? 0,
      wordsOf: (node, allocation) =>
        this.#heard.get(node)?.words.find((each) => each.allocation === allocation),
    };
  }

  #losses(): Pick<Snapshot, 'lost' | 'isFrozen'> {
    const { lost, isFrozen } = lossesAmong(this.#heard, LOSS_RULES);
    if (!deepEqual(lost, this.#lost)) this.#lost = lost;
    return { lost: this.#lost, isFrozen };
  }

  #jobsOf(cluster: Cluster, heard: readonly HeardNode[]): KnownJobs {
    const known = this.#known;
    const isSame = known?.records === cluster.jobs && known.secrets === cluster.secrets;
    if (known !== undefined && isSame && !this.#isMoved) return known;
    this.#isMoved = false;
    return jobsOn(cluster, heard, known);
  }
}

const LOSS_RULES: LossRules<HeardNode> = {
  takesPart: (node) => node.isAdmitted,
  isMissed: (node) => node.isMissed,
};

/** What a plan is decided from. */
interface Look {
  readonly input: PlacesInput;
  readonly moves: KnownJobs['moves'];
  readonly wanted: ReadonlySet<NodeId>;
  /** Those that it is decided about, in id order. */
  readonly nodes: readonly HeardNode[];
}

/** What is said of a plan beside its places. */
interface PlanContext extends Pick<Look, 'moves'> {
  readonly priors: PriorFacts;
  /** What all workers know of workloads. */
  readonly told: PriorFacts['knowledge'] | undefined;
  readonly nowMs: number;
}
