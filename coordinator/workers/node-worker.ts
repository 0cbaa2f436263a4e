import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { Steps } from '../../shared/steps.js';
import { nextDesiredSteps } from '../dispatch/next-desired.js';
import { UpToDate } from '../dispatch/up-to-date.js';
import type { NodeOutlooks } from '../schedule/forecast.js';
import { NodesPart } from '../schedule/nodes-part.js';
import { POLICIES } from '../schedule/policies/index.js';
import type { Policy, PolicyParams } from '../schedule/types.js';
import { isAdmitted } from '../state/admission.js';
import { deriveNodeEvents } from '../state/derive-events.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState, NodeRecord } from '../state/model.js';
import { holdsMovable } from '../state/node-losses.js';
import { reduce } from '../state/reduce.js';
import type { SecretSealer } from '../state/secret-sealer.js';
import { type SeenNodes, seenNodesSteps } from '../state/seen-nodes.js';
import { obeyedEpochs } from '../state/superseding-epoch.js';
import type {
  ShownProfiles,
  WorkerNews,
  WorkerPlaces,
  WorkerPlan,
  WorkerRecords,
} from './messages.js';
import { mayBeWritten, NO_PLACES, placesBetween, undesiredOf } from './places-between.js';
import { type NodeNow, SaidNews } from './said-news.js';

/** What a worker begins with. */
export interface NodeWorkerOptions {
  /** Jobs and secrets of the cluster, and of its nodes those of this worker. */
  readonly start: ClusterState;
  readonly params: PolicyParams;
  /** How long a desired state is valid without a sign of life of the coordinator, ms. */
  readonly validForMs: number;
  /** Absent = there is no key for secrets. */
  readonly seal?: SecretSealer;
  /** Least time between two times that only the figures of a node are said, ms. */
  readonly figuresMs: number;
  /** CloudEvents source of what happens on its nodes. */
  readonly source: string;
  /** Unix time for people, ms. */
  readonly wallMs: () => number;
}

const NO_EVENTS: readonly DqoesEvent[] = [];
const NO_NODES: ReadonlyMap<NodeId, NodeRecord> = new Map();

/**
 * Owns some nodes of a cluster: what is known of them, their limits and their desired states. It
 * gets every event of the cluster and those of its own nodes, and what was decided on the places of
 * all. It knows nothing of other nodes. Pure but for its memory.
 */
export class NodeWorker {
  /** Without what it began with, which is as large as its nodes. */
  readonly #options: Omit<NodeWorkerOptions, 'start'>;
  readonly #part = new NodesPart();
  readonly #upToDate = new UpToDate();
  #state: ClusterState;
  #seen: SeenNodes | null = null;
  readonly #said: SaidNews;
  #saidReports = 0;
  /** By the newest news. */
  #undesired: ReadonlyMap<NodeId, NodeRecord> = new Map();
  /** Said last. */
  #places = NO_PLACES;

  constructor({ start, ...options }: NodeWorkerOptions) {
    this.#options = options;
    this.#state = start;
    this.#said = new SaidNews(options.figuresMs);
  }

  /** As of the whole cluster, with the nodes of this worker alone. */
  get state(): ClusterState {
    return this.#state;
  }

  /** Folds an event; what happened on its nodes by that. */
  apply(event: StateEvent): readonly DqoesEvent[] {
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state === before) return NO_EVENTS;
    const { source, wallMs } = this.#options;
    const context = { nowMs: event.atMs, wallMs: wallMs(), source };
    return deriveNodeEvents(before, this.#state, {
      ...context,
      replacementOf: this.#replacementOf,
    });
  }

  /** What is new of its nodes since it was asked last. */
  *news(nowMs: number): Steps<WorkerNews> {
    const seen = yield* this.#look();
    const { counts } = this.#state;
    const reports = counts.reports - this.#saidReports;
    this.#saidReports = counts.reports;
    this.#undesired = undesiredOf(seen.records);
    const said = this.#said.next(this.#nodesNow(seen), nowMs);
    return { ...said, reports, obeyed: obeyedEpochs(this.#state) };
  }

  /** Whether there is news that concerns places: other facts, or a node that came or went. */
  *hasNewFacts(): Steps<boolean> {
    const seen = yield* this.#look();
    return this.#said.hasNewFacts(this.#nodesNow(seen));
  }

  /** All that is known of its nodes. */
  get records(): WorkerRecords {
    const { nodes, unreachable, conditions, counts, requesters } = this.#state;
    const { memory } = this.#part;
    return { nodes, unreachable, conditions, counts, requesters: requesters.nodes, memory };
  }

  /** What the allocations of these nodes have shown. */
  profilesOf(nodes: readonly NodeId[]): ShownProfiles {
    const outlooks = this.#part.outlooks(this.#policy);
    return new Map(nodes.map((node) => [node, outlooks.profilesOf(node)]));
  }

  /**
   * The limits of its nodes, with what was decided on places by the newest news, and their next
   * desired states.
   */
  *decide(places: WorkerPlaces, nowMs: number): Steps<WorkerPlan> {
    this.#places = places;
    return yield* this.#decide(places, this.#undesired, nowMs);
  }

  /** Places that it may not carry out any more: what is known of workloads is said only once. */
  passOver(places: WorkerPlaces): void {
    this.#part.passOver(places);
  }

  /** The same between two decisions on places. Writes no first desired state of a node. */
  *decideLimits(nowMs: number): Steps<WorkerPlan> {
    const places = placesBetween(this.#places, this.#state.nodes);
    return yield* this.#decide(places, NO_NODES, nowMs);
  }

  *#decide(
    places: WorkerPlaces,
    undesired: ReadonlyMap<NodeId, NodeRecord>,
    nowMs: number,
  ): Steps<WorkerPlan> {
    const { params, validForMs, seal } = this.#options;
    const seen = yield* this.#look();
    const views = seen.views.filter((view) => view !== undefined);
    const input = { policy: this.#policy, params, nowMs, workloadOf: this.#workloadOf };
    const limits = yield* this.#part.limits(views, places, input);
    const { unreachable, conditions, gpus } = limits;
    const planned = { pending: [], preempted: [], unreachable, conditions };
    const events = this.apply({ kind: 'planned', atMs: nowMs, ...planned });
    const plan = {
      ...planned,
      decisions: [...places.decisions, ...limits.limits],
      ...(places.turns === undefined ? {} : { turns: places.turns }),
      ...(gpus === undefined ? {} : { gpus }),
    };
    const isDesired = (id: AllocationId): boolean => !places.finishedMoves.has(id);
    const deps = { seal, upToDate: this.#upToDate };
    const nodes = mayBeWritten(this.#state.nodes, undesired);
    const state = { ...this.#state, nodes, isDesired };
    const states = yield* nextDesiredSteps(state, plan, validForMs, deps);
    return { states, decided: limits.limits, unreachable, conditions, events };
  }

  *#look(): Steps<SeenNodes> {
    this.#seen = yield* seenNodesSteps(this.#seen, this.#state);
    return this.#seen;
  }

  #nodesNow({ records, views }: SeenNodes): readonly NodeNow[] {
    const outlooks = this.#part.outlooks(this.#policy);
    const { jobs, registration } = this.#state;
    return records.map((record, i) =>
      nodeNow({ jobs, registration }, record, { view: views[i], outlooks }),
    );
  }

  get #policy(): Policy {
    return POLICIES[this.#state.policy];
  }

  readonly #replacementOf = (replaced: AllocationId) => this.#places.replacements.get(replaced);

  readonly #workloadOf = (job: JobName) => this.#state.jobs.get(job)?.workload;
}

function nodeNow(
  cluster: NodeNow['cluster'],
  record: NodeRecord,
  { view, outlooks }: Pick<NodeNow, 'view'> & { readonly outlooks: NodeOutlooks },
): NodeNow {
  const { id, liveness } = record;
  const isMissed = liveness !== 'ready' && holdsMovable(cluster, record);
  return {
    ...{ cluster, record, view },
    standing: { liveness, isMissed, isAdmitted: isAdmitted(cluster, record) },
    unmet: outlooks.unmetOf(id),
    forecast: () => outlooks.forecastOf(id),
  };
}
