import type { NodeOutlooks } from '../../../../coordinator/schedule/forecast.js';
import { NodesPart, partOf, placesOn } from '../../../../coordinator/schedule/nodes-part.js';
import { NO_PLACES_MEMORY, placesSteps } from '../../../../coordinator/schedule/places.js';
import type { ScheduleInput } from '../../../../coordinator/schedule/schedule.js';
import { factsOf } from '../../../../coordinator/schedule/summary-facts.js';
import {
  figuresOf,
  forecastFrom,
  summaryFrom,
} from '../../../../coordinator/schedule/summary-figures.js';
import type { Plan, SnapshotNode } from '../../../../coordinator/schedule/types.js';
import { atOnce } from '../../../../shared/steps.js';

/** As through the port of a worker. */
const sent = <T>(message: T): T => structuredClone(message);

/** What is known of a node by its facts and figures. */
function asSent(node: SnapshotNode, outlooks: NodeOutlooks) {
  const known = outlooks.forecastOf(node.id);
  const [facts, figures] = sent([factsOf(node), figuresOf(node, known)] as const);
  const demanded = known?.demands.map(({ allocation }) => allocation);
  const forecast = demanded === undefined ? undefined : forecastFrom(facts, demanded, figures);
  return { summary: summaryFrom(facts, figures), forecast };
}

/** Decides as `schedule` does, with the nodes in parts that know of each other what is sent. */
export class DividedScheduler {
  readonly #parts: readonly NodesPart[];
  #memory = NO_PLACES_MEMORY;

  constructor(parts: number) {
    this.#parts = Array.from({ length: parts }, () => new NodesPart());
  }

  plan({ snapshot, nowMs, params, policy }: ScheduleInput): Plan {
    const isOwn = (part: number, { id }: Pick<SnapshotNode, 'id'>): boolean =>
      partOf(id, this.#parts.length) === part;
    const own = this.#parts.map((_, i) => snapshot.nodes.filter((node) => isOwn(i, node)));
    const { movesPerMinute } = params;
    const outlooksOn = (node: SnapshotNode['id']): NodeOutlooks =>
      (this.#parts[partOf(node, this.#parts.length)] as NodesPart).outlooks(policy);
    const said = snapshot.nodes.map((node) => asSent(node, outlooksOn(node.id)));
    const forecasts = new Map(said.map(({ summary: { id }, forecast }) => [id, forecast]));
    const outlooks: NodeOutlooks = {
      forecastOf: (node) => forecasts.get(node),
      unmetOf: (node) => sent(outlooksOn(node).unmetOf(node)),
      profilesOf: (node) => sent(outlooksOn(node).profilesOf(node)),
    };
    const cluster = { ...snapshot, nodes: said.map(({ summary }) => summary) };
    const seen = { cluster, outlooks, policy, nowMs, movesPerMinute };
    const places = atOnce(placesSteps(seen, this.#memory));
    this.#memory = places.memory;
    const { changes } = places;
    const priors = places.priorFacts();
    const workloads = new Map(snapshot.jobs.map(({ spec, workload }) => [spec.name, workload]));
    const workloadOf = workloads.get.bind(workloads);
    const decided = this.#parts.map((part, i) => {
      const its = sent(placesOn({ changes, priors }, (id) => isOwn(i, { id })));
      return sent(atOnce(part.limits(own[i] ?? [], its, { policy, params, nowMs, workloadOf })));
    });
    // In the order of all nodes, as one call says it.
    const order = new Map(snapshot.nodes.map(({ id }, place) => [id, place]));
    const inOrder = <T extends Pick<SnapshotNode, 'id'> | { readonly node: SnapshotNode['id'] }>(
      all: readonly T[],
    ): readonly T[] => {
      const placeOf = (each: T): number => order.get('node' in each ? each.node : each.id) ?? 0;
      return [...all].sort((a, b) => placeOf(a) - placeOf(b));
    };
    const conditions = inOrder(decided.flatMap((each) => each.conditions));
    const gpus = inOrder(decided.flatMap((each) => each.gpus ?? []));
    const { decisions, pending, preempted, turns, rollouts } = places;
    return {
      decisions: [...decisions, ...inOrder(decided.flatMap(({ limits }) => limits))],
      ...{ pending, preempted },
      unreachable: inOrder(decided.flatMap(({ unreachable }) => unreachable)),
      ...(conditions.length === 0 ? {} : { conditions }),
      ...(decided.every((each) => each.gpus === undefined) ? {} : { gpus }),
      ...(turns === undefined ? {} : { turns }),
      ...(rollouts === undefined ? {} : { rollouts }),
    };
  }
}
