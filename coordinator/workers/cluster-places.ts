import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { Steps } from '../../shared/steps.js';
import type { ShownProfile } from '../schedule/forecast.js';
import { outlooksFrom, type ShownProfiles } from '../schedule/node-outlooks.js';
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
import type { PolicyParams, Snapshot, SnapshotJob } from '../schedule/types.js';
import type { PriorFacts } from '../schedule/workload-knowledge.js';
import { deepEqual } from '../state/deep-equal.js';
import { deriveClusterEvents } from '../state/derive-events.js';
import type { StateEvent } from '../state/events.js';
import { addPlaced, homesIn, placedOf, snapshotJobs } from '../state/job-snapshot.js';
import { byId, type ClusterState } from '../state/model.js';
import type { Replacement } from '../state/node-events.js';
import { type LossRules, lossesAmong } from '../state/node-losses.js';
import type { NodesOfEvents } from '../state/nodes-of-events.js';
import { reduce } from '../state/reduce.js';
import type { NodeNews, ProfilesWanted, WorkerNews, WorkerPlaces } from './messages.js';

/** What the cluster has beside its nodes. */
type Cluster = Pick<ClusterState, 'jobs' | 'secrets'>;

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
  readonly #options: ClusterPlacesOptions;
  readonly #news = new Map<NodeId, NodeNews>();
  /** Profiles that were said for the plan that is being decided. */
  readonly #shown = new Map<NodeId, readonly ShownProfile[] | undefined>();
  #state: ClusterState;
  #memory: PlacesMemory;
  /** What all workers know of workloads by the plan before. */
  #told: PlacesMemory['knowledge'] | undefined;
  /** By the plan before. */
  #known: KnownJobs | undefined;
  /** Whether something is new of where jobs are, or may be. */
  #isMoved = true;
  #lost: readonly NodeId[] = [];
  #wasAlarming = false;
  #reports = 0;

  constructor(options: ClusterPlacesOptions) {
    this.#options = options;
    this.#state = options.start;
    this.#memory = options.memory ?? NO_PLACES_MEMORY;
  }

  /** The cluster without its nodes, and what its newest plan says of jobs. */
  get state(): ClusterState {
    return this.#state;
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

  /** What a worker says. */
  hear({ nodes, gone, reports }: WorkerNews): void {
    this.#reports += reports;
    for (const each of nodes) {
      if (!isWhereItWas(this.#news.get(each.id), each)) this.#isMoved = true;
      this.#news.set(each.id, each);
    }
    for (const id of gone) if (this.#news.delete(id)) this.#isMoved = true;
  }

  /** What was asked for: it counts for the plan that asked. */
  hearProfiles(said: ShownProfiles): void {
    for (const [node, profiles] of said) this.#shown.set(node, profiles);
  }

  /**
   * The next plan. Where it takes profiles that were not said yet, nothing is decided: whoever owns
   * these nodes is asked, and then this is called again with the same time.
   */
  *decide(nowMs: number): Steps<ClusterPlan | ProfilesWanted> {
    const { input, moves, wanted } = this.#look(nowMs);
    for (const { id } of nodesToLearnFrom(input, this.#memory)) input.outlooks.profilesOf(id);
    if (wanted.size > 0) return { profilesOf: [...wanted] };
    const places = yield* placesSteps(input, this.#memory);
    const priors = places.priorFacts();
    if (wanted.size > 0) return { profilesOf: [...wanted] };
    this.#shown.clear();
    const told = this.#told;
    this.#memory = places.memory;
    this.#told = places.memory.knowledge;
    return this.#planOf(places, { priors, told, moves, nowMs });
  }

  /** What a plan is decided from; `wanted`: nodes whose profiles were asked for in vain. */
  #look(nowMs: number): Look {
    const news = byId(this.#news.values());
    const { movesPerMinute } = this.#options.params;
    const policy = POLICIES[this.#state.policy];
    const said = new Map(news.map(({ id, outlook }) => [id, outlook]));
    const wanted = new Set<NodeId>();
    const outlooks = outlooksFrom(said, (node) => {
      if (!this.#shown.has(node)) wanted.add(node);
      return this.#shown.get(node);
    });
    this.#known = this.#jobsOf(this.#state, news);
    const { jobs, moves } = this.#known;
    const nodes = news.flatMap(({ summary }) => summary ?? []);
    const cluster = { jobs, nodes, ...this.#losses() };
    return { input: { cluster, outlooks, policy, nowMs, movesPerMinute }, moves, wanted };
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
      waiting: () => [...this.#news.values()].filter((node) => !node.isAdmitted).length,
      losses: () => lossesAmong(this.#news, LOSS_RULES),
      revisionOf: (node) => this.#news.get(node)?.revision ?? 0,
    };
  }

  #losses(): Pick<Snapshot, 'lost' | 'isFrozen'> {
    const { lost, isFrozen } = lossesAmong(this.#news, LOSS_RULES);
    if (!deepEqual(lost, this.#lost)) this.#lost = lost;
    return { lost: this.#lost, isFrozen };
  }

  #jobsOf(cluster: Cluster, news: readonly NodeNews[]): KnownJobs {
    const known = this.#known;
    const isSame = known?.records === cluster.jobs && known.secrets === cluster.secrets;
    if (known !== undefined && isSame && !this.#isMoved) return known;
    this.#isMoved = false;
    const { jobs: records, secrets } = cluster;
    return { jobs: jobsOn(cluster, news, known), moves: movesIn(news), records, secrets };
  }
}

const LOSS_RULES: LossRules<NodeNews> = {
  takesPart: (node) => node.isAdmitted,
  isMissed: (node) => node.isMissed,
};

/** What a plan is decided from. */
interface Look {
  readonly input: PlacesInput;
  readonly moves: KnownJobs['moves'];
  readonly wanted: ReadonlySet<NodeId>;
}

/** What is said of a plan beside its places. */
interface PlanContext extends Pick<Look, 'moves'> {
  readonly priors: PriorFacts;
  /** What all workers know of workloads. */
  readonly told: PriorFacts['knowledge'] | undefined;
  readonly nowMs: number;
}

/** The jobs and moves, and what they were made of beside the nodes. */
interface KnownJobs {
  readonly jobs: readonly SnapshotJob[];
  readonly moves: Pick<WorkerPlaces, 'finishedMoves' | 'replacements'>;
  readonly records: Cluster['jobs'];
  readonly secrets: Cluster['secrets'];
}

/** Whether a node says the same of jobs. Of one without a desired state, what runs counts, too. */
const isWhereItWas = (before: NodeNews | undefined, node: NodeNews): boolean =>
  before?.isAdmitted === node.isAdmitted &&
  node.places.desired !== null &&
  deepEqual(before.places, node.places);

/** The jobs, with where they are: as desired, or as found on nodes of which nothing is known. */
function jobsOn(
  cluster: Cluster,
  news: readonly NodeNews[],
  known: KnownJobs | undefined,
): readonly SnapshotJob[] {
  const nodes = news.flatMap(({ isAdmitted, places }) => (isAdmitted ? places : []));
  const homes = homesIn(nodes);
  const placed = placedOf(nodes, homes);
  const taken = new Set<AllocationId>(homes.keys());
  for (const { id: node, summary, places } of news) {
    const found = places.desired === null ? (summary?.allocations ?? []) : [];
    for (const { id, job, origin } of found) {
      if (origin !== 'dqoes' || taken.has(id)) continue;
      taken.add(id);
      addPlaced(placed, job, { id, node });
    }
  }
  return snapshotJobs(cluster, { placed, nodes, known });
}

/** The moves under way: what takes the place of what, and what is not there any more. */
function movesIn(news: readonly NodeNews[]): Pick<WorkerPlaces, 'finishedMoves' | 'replacements'> {
  const places = news.flatMap(({ places: { desired } }) => desired ?? []);
  const there = new Set(places.map(({ place }) => place.id));
  const finishedMoves = new Set<AllocationId>();
  const replacements = new Map<AllocationId, Replacement>();
  for (const { job, place } of places) {
    const { id: allocation, node, replaces } = place;
    if (replaces === undefined) continue;
    if (!there.has(replaces)) finishedMoves.add(replaces);
    if (!replacements.has(replaces)) replacements.set(replaces, { allocation, job, node });
  }
  return { finishedMoves, replacements };
}
