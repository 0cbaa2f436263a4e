import { partOf } from '../../../../coordinator/schedule/nodes-part.js';
import type { Plan } from '../../../../coordinator/schedule/types.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { byId, type ClusterState } from '../../../../coordinator/state/model.js';
import { supersedingAmong } from '../../../../coordinator/state/superseding-epoch.js';
import { ClusterPlaces, type ClusterPlan } from '../../../../coordinator/workers/cluster-places.js';
import type { Joined } from '../../../../coordinator/workers/joined.js';
import type { WorkerPlan } from '../../../../coordinator/workers/messages.js';
import { NodeWorker } from '../../../../coordinator/workers/node-worker.js';
import type { DqoesEvent } from '../../../../proto/schemas/event.js';
import type { DesiredState } from '../../../../shared/command.js';
import type { NodeId } from '../../../../shared/ids.js';
import { atOnce } from '../../../../shared/steps.js';
import { PARAMS } from '../../../unit/coordinator/build.js';

/** As through the port of a worker. */
const sent = <T>(message: T): T => structuredClone(message);

/** CloudEvents source of all events. */
export const SOURCE = '/test';

/** Events in an order that does not depend on who says them. */
export const byIds = (events: readonly DqoesEvent[]): readonly DqoesEvent[] =>
  // How much was heard until then is counted by each worker for itself, and at plans.
  byId(
    events.map((event) => ({
      ...event,
      id: event.id.replace(/(\.at-|n\.\d+\.|d\.\d+\.)\d+$/, ''),
    })),
  );

/** How long desired states are valid, ms. */
export const VALID_FOR_MS = 1000;

/** What a divided cluster decided. */
export interface Divided extends Pick<Plan, 'pending' | 'preempted' | 'turns' | 'rollouts'> {
  /** In the order of node ids. */
  readonly states: readonly DesiredState[];
  readonly unreachable: WorkerPlan['unreachable'];
  readonly conditions: NonNullable<WorkerPlan['conditions']>;
  readonly events: readonly DqoesEvent[];
  /** What happened to jobs, or to all nodes, since the plan before. */
  readonly toJobs: readonly DqoesEvent[];
  /** The epoch that nodes obey, where it is later than that of the cluster. */
  readonly superseding: number | undefined;
}

/** A cluster whose nodes belong to workers that are told what concerns them, and no more. */
export class DividedCluster {
  readonly #workers: readonly NodeWorker[];
  readonly #places: ClusterPlaces;
  /** How often profiles of a node were asked for. */
  asked = 0;
  /** What happened to jobs since the last plan. */
  #toJobs: DqoesEvent[] = [];

  constructor(start: ClusterState, workers: number) {
    const told = { figuresMs: 0, source: SOURCE, wallMs: () => 0 };
    const options = { start, params: PARAMS, validForMs: VALID_FOR_MS, ...told };
    this.#places = new ClusterPlaces(options);
    this.#workers = Array.from({ length: workers }, () => new NodeWorker(options));
  }

  /** All nodes, in the order of their ids. */
  get nodes(): ClusterState['nodes'] {
    const all = this.#workers.flatMap(({ state }) => [...state.nodes.values()]);
    return new Map(byId(all).map((node) => [node.id, node]));
  }

  /** All of it, as for those who read. */
  get joined(): Joined {
    return this.#places.joined(this.#workers.map(({ records }) => sent(records)));
  }

  /** What happened on nodes by it. */
  apply(event: StateEvent): readonly DqoesEvent[] {
    if (CLUSTER_EVENTS.has(event.kind)) this.#toJobs.push(...this.#places.apply(event));
    return this.#workers.flatMap((worker, i) => {
      const its = ofWorker(event, (node) => this.#isOwn(i, node));
      return its === undefined ? [] : sent(worker.apply(sent(its)));
    });
  }

  decide(nowMs: number): Divided {
    const news = this.#workers.map((worker) => sent(atOnce(worker.news(nowMs))));
    for (const each of news) this.#places.hear(each);
    const plan = this.#plan(nowMs);
    const toJobs = byIds([...this.#toJobs.splice(0), ...plan.events]);
    const plans = this.#workers.map((worker, i) => {
      const places = sent(plan.placesFor((node) => this.#isOwn(i, node)));
      return sent(atOnce(worker.decide(places, nowMs)));
    });
    const { pending, preempted, turns, rollouts } = plan;
    return {
      ...{ pending, preempted },
      ...(turns === undefined ? {} : { turns }),
      ...(rollouts === undefined ? {} : { rollouts }),
      toJobs,
      superseding: supersedingAmong(news.map(({ obeyed }) => obeyed)),
      states: inOrder(plans.flatMap(({ states }) => states)),
      unreachable: inOrder(plans.flatMap(({ unreachable }) => unreachable)),
      conditions: inOrder(plans.flatMap(({ conditions = [] }) => conditions)),
      events: byIds(plans.flatMap(({ events }) => events)),
    };
  }

  /** Asks for profiles as often as they are wanted. */
  #plan(nowMs: number): ClusterPlan {
    for (;;) {
      const plan = atOnce(this.#places.decide(nowMs));
      if (!('profilesOf' in plan)) return plan;
      this.asked += plan.profilesOf.length;
      for (const [i, worker] of this.#workers.entries()) {
        const own = plan.profilesOf.filter((node) => this.#isOwn(i, node));
        this.#places.hearProfiles(sent(worker.profilesOf(sent(own))));
      }
    }
  }

  #isOwn(worker: number, node: NodeId): boolean {
    return partOf(node, this.#workers.length) === worker;
  }
}

const inOrder = <T extends { readonly node: NodeId }>(all: readonly T[]): readonly T[] =>
  [...all].sort((a, b) => (a.node < b.node ? -1 : a.node > b.node ? 1 : 0));

const CLUSTER_EVENTS: ReadonlySet<StateEvent['kind']> = new Set([
  ...(['jobs-stored', 'job-removed', 'secrets-stored', 'secret-removed', 'policy-set'] as const),
]);

/** What of an event concerns the nodes of one worker; undefined = nothing. */
function ofWorker(event: StateEvent, isOwn: (node: NodeId) => boolean): StateEvent | undefined {
  switch (event.kind) {
    case 'reports':
      return { ...event, reports: event.reports.filter(({ report }) => isOwn(report.node)) };
    case 'twins':
      return { ...event, twins: event.twins.filter(({ node }) => isOwn(node)) };
    case 'acks':
      return { ...event, acks: event.acks.filter(({ node }) => isOwn(node)) };
    case 'desired-stored':
      return { ...event, states: event.states.filter(({ node }) => isOwn(node)) };
    default:
      return 'node' in event && !isOwn(event.node) ? undefined : event;
  }
}
