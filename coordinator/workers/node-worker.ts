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

/**
 * Owns some nodes of a cluster: what is known of them, their limits and their desired states. It
 * gets every event of the cluster and those of its own nodes, and what was decided on the places of
 * all. It knows nothing of other nodes. Pure but for its memory.
 */
export class NodeWorker {
  readonly #options: NodeWorkerOptions;
  readonly #part = new NodesPart();
  readonly #upToDate = new UpToDate();
  #state: ClusterState;
  #seen: SeenNodes | null = null;
  readonly #said: SaidNews;
  #saidReports = 0;
  #replacements: WorkerPlaces['replacements'] = new Map();

  constructor(options: NodeWorkerOptions) {
    this.#options = options;
    this.#state = options.start;
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
    const outlooks = this.#part.outlooks(this.#policy);
    const { counts, jobs, registration } = this.#state;
    const all = seen.records.map((record, i) =>
      nodeNow({ jobs, registration }, record, { view: seen.views[i], outlooks }),
    );
    const reports = counts.reports - this.#saidReports;
    this.#saidReports = counts.reports;
    return { ...this.#said.next(all, nowMs), reports, obeyed: obeyedEpochs(this.#state) };
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

  /** The limits of its nodes, with what was decided on places, and their next desired states. */
  *decide(places: WorkerPlaces, nowMs: number): Steps<WorkerPlan> {
    const { params, validForMs, seal } = this.#options;
    this.#replacements = places.replacements;
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
    const state = { ...this.#state, isDesired };
    const states = yield* nextDesiredSteps(state, plan, validForMs, deps);
    return { states, unreachable, conditions, events };
  }

  *#look(): Steps<SeenNodes> {
    this.#seen = yield* seenNodesSteps(this.#seen, this.#state);
    return this.#seen;
  }

  get #policy(): Policy {
    return POLICIES[this.#state.policy];
  }

  readonly #replacementOf = (replaced: AllocationId) => this.#replacements.get(replaced);

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
