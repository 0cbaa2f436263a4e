import type { AllocationId } from '../../shared/ids.js';
import { type JobSpec, ON_LOSS } from '../../shared/job.js';
import { STATISTICS, TARGET_MODES, type Target } from '../../shared/qoe.js';
import type { ContainerState, ControlMode } from '../../shared/report.js';
import type { AllocationFacts, ContainerFacts, SummaryFacts } from '../schedule/summary-facts.js';
import type { Placed } from '../schedule/types.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState } from '../state/model.js';
import type { DesiredPlace, NodePlaces } from '../state/node-places.js';
import type { HeardNode } from './heard-node.js';
import type { NodeNews } from './messages.js';

/**
 * What comes from another thread is a copy in which each text is one of its own in each place:
 * the name of its node in each of its allocations, and the same few words in all of them. Here the
 * same texts are held once.
 */

const ORIGINS: readonly AllocationFacts['origin'][] = ['dqoes', 'label'];
const STATES: readonly ContainerState[] = ['pending', 'running', 'exited', 'failed'];
const CONTROLS: readonly ControlMode[] = ['enforce', 'observe', 'none'];
/** Of closed lists. */
const WORDS: ReadonlyMap<string, string> = new Map(
  [...[...ORIGINS, ...STATES, ...CONTROLS], ...[...STATISTICS, ...TARGET_MODES, ...ON_LOSS]].map(
    (each) => [each, each],
  ),
);
const word = <T extends string>(text: T): T => (WORDS.get(text) as T | undefined) ?? text;

/** As above, of jobs that this thread is told. */
export function jobsWithOwnTexts(event: StateEvent): StateEvent {
  if (event.kind !== 'jobs-stored') return event;
  const jobs = event.jobs.map(({ spec, ...job }) => ({
    ...job,
    spec: { ...spec, onLoss: word(spec.onLoss), target: targetWithWords(spec.target) },
  }));
  return { ...event, jobs };
}

const targetWithWords = (target: Target): Target => ({
  latencyMs: target.latencyMs,
  statistic: word(target.statistic),
  toleranceRatio: target.toleranceRatio,
  mode: word(target.mode),
});

const isEqual = (a: Target | null, b: Target): boolean =>
  a?.latencyMs === b.latencyMs &&
  a.statistic === b.statistic &&
  a.toleranceRatio === b.toleranceRatio &&
  a.mode === b.mode;

/** As above, of what is said of a node; `before`: as it was heard before. */
export function newsWithOwnTexts(
  news: NodeNews,
  before: HeardNode | undefined,
  jobs: ClusterState['jobs'],
): NodeNews {
  const { places, facts, demanded, unmet } = news;
  if (places === undefined && facts === undefined && demanded === undefined) return news;
  const texts = new NodeTexts(before?.id ?? news.id, before?.places, jobs);
  return {
    ...news,
    id: texts.node,
    ...(places === undefined ? {} : { places: texts.placesOf(places) }),
    ...(facts == null ? {} : { facts: texts.factsOf(facts) }),
    ...(demanded == null ? {} : { demanded: demanded.map(texts.idOf) }),
    ...(unmet === undefined ? {} : { unmet: unmet.map(texts.idOf) }),
  };
}

/** The texts in what is said of one node; in a flood of jobs that is much. */
class NodeTexts {
  readonly node: NodeNews['id'];
  readonly #jobs: ClusterState['jobs'];
  /** Where allocations are desired: reports and forecasts name nearly all in the same order. */
  #desired: readonly DesiredPlace[];
  /** By id; made where one does not stand where it is looked for. */
  #ids: Map<AllocationId, AllocationId> | undefined;

  constructor(node: NodeNews['id'], places: NodePlaces | undefined, jobs: ClusterState['jobs']) {
    this.node = node;
    this.#jobs = jobs;
    this.#desired = places?.desired ?? [];
  }

  /** The id that is held already, where it is; `likely`: its place among what is desired. */
  readonly idOf = (id: AllocationId, likely: number): AllocationId => {
    const known = this.#desired[likely]?.place.id;
    if (known === id) return known;
    this.#ids ??= new Map(this.#desired.map(({ place }) => [place.id, place.id]));
    return this.#ids.get(id) ?? id;
  };

  placesOf(places: NodePlaces): NodePlaces {
    const desired = places.desired?.map((each, i) => this.#placeOf(each, i)) ?? null;
    this.#desired = desired ?? [];
    this.#ids = undefined;
    return { ...places, node: this.node, desired };
  }

  // Nearly all have nothing more, and a copy of what came takes more room.
  #placeOf({ job, place, isAdopted }: DesiredPlace, likely: number): DesiredPlace {
    const { node } = this;
    const [name, id] = [this.#jobs.get(job)?.spec.name ?? job, this.idOf(place.id, likely)];
    if (isPlain(place) && isAdopted === undefined) return { job: name, place: { id, node } };
    const more = { job: name, place: { ...place, id, node } };
    return isAdopted === undefined ? more : { ...more, isAdopted };
  }

  factsOf(facts: SummaryFacts): SummaryFacts {
    const allocations = facts.allocations.map((each, i) => this.#allocationOf(each, i));
    return { ...facts, id: this.node, allocations };
  }

  #allocationOf(facts: AllocationFacts, likely: number): AllocationFacts {
    const { target, report } = facts;
    const spec = this.#jobs.get(facts.job)?.spec;
    // Field by field, as above.
    const own: Required<Omit<AllocationFacts, 'gpu'>> = {
      id: this.idOf(facts.id, likely),
      job: spec?.name ?? facts.job,
      node: this.node,
      origin: word(facts.origin),
      containerId: facts.containerId,
      state: word(facts.state),
      control: word(facts.control),
      target: spec !== undefined && isEqual(target, spec.target) ? spec.target : target,
      weight: facts.weight,
      minCores: facts.minCores,
      maxCores: facts.maxCores,
      limit: facts.limit,
      report: report === null ? null : containerOf(report, spec),
    };
    return facts.gpu === undefined ? own : { ...own, gpu: facts.gpu };
  }
}

const isPlain = ({ replaces, isOutdated, isHeldBack, isPrevious }: Placed): boolean =>
  replaces === undefined &&
  isOutdated === undefined &&
  isHeldBack === undefined &&
  isPrevious === undefined;

function containerOf(facts: ContainerFacts, spec: JobSpec | undefined): Required<ContainerFacts> {
  const { reason, ports, hasCpu, hasMemory, hasLatency } = facts;
  const image = facts.image === spec?.image ? spec.image : facts.image;
  return { image, reason, ports, hasCpu, hasMemory, hasLatency };
}
