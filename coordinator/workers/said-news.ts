import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { NodeForecast } from '../schedule/forecast.js';
import { factsOf } from '../schedule/summary-facts.js';
import { figuresOf, hasSameFigures } from '../schedule/summary-figures.js';
import type { SnapshotNode } from '../schedule/types.js';
import { agentWordsOn, hasSameWords } from '../state/agent-words.js';
import type { ClusterState, NodeRecord } from '../state/model.js';
import { placesOf } from '../state/node-places.js';
import { hasSamePlaces } from '../state/snapshot-reuse.js';
import type { NodeNews, NodeStanding, SaidFacts } from './messages.js';
import { hasSameFacts } from './same-facts.js';

/** A node as it is now. */
export interface NodeNow extends Pick<SaidFacts, 'standing' | 'unmet'> {
  readonly record: NodeRecord;
  readonly cluster: Pick<ClusterState, 'jobs' | 'registration'>;
  /** What the scheduler sees of it; undefined = nothing is decided about it. */
  readonly view: SnapshotNode | undefined;
  /** What the policy forecasts of it; undefined = nothing. */
  readonly forecast: () => NodeForecast | undefined;
}

/** What was said of one node, and when. */
interface Said extends Required<Pick<NodeNews, 'revision' | 'demanded' | 'figures'>> {
  /** It as it was last: other figures may not have been said since, no other facts. */
  node: NodeNow;
  /** It as it was when it was last compared with that. */
  looked: NodeNow;
  readonly atMs: number;
}

/**
 * What a worker has said of its nodes. Facts are said again as soon as they have changed; figures,
 * such as how much memory a container uses, with them, or when they were not said for long.
 */
export class SaidNews {
  readonly #figuresMs: number;
  #said = new Map<NodeId, Said>();

  /** `figuresMs`: least time between two times that only the figures of a node are said. */
  constructor(figuresMs: number) {
    this.#figuresMs = figuresMs;
  }

  /** What is to be said now, where this is true of all nodes; it counts as said. */
  next(
    all: readonly NodeNow[],
    nowMs: number,
  ): { readonly nodes: readonly NodeNews[]; readonly gone: readonly NodeId[] } {
    const said = new Map<NodeId, Said>();
    const nodes: NodeNews[] = [];
    for (const node of all) {
      const { id } = node.record;
      const before = this.#said.get(id);
      const news = this.#newsOf(before, node, nowMs);
      if (news !== null) nodes.push(news);
      said.set(id, saidAfter(before, { node, news, nowMs }));
    }
    const gone = [...this.#said.keys()].filter((id) => !said.has(id));
    this.#said = said;
    return { nodes, gone };
  }

  /** Whether facts of a node are others than were said, or one came or is not known any more. */
  hasNewFacts(all: readonly NodeNow[]): boolean {
    return all.length !== this.#said.size || all.some((node) => this.#hasNewFacts(node));
  }

  // Nearly all were looked at as they are now.
  #hasNewFacts(node: NodeNow): boolean {
    const said = this.#said.get(node.record.id);
    if (said === undefined) return true;
    const { looked } = said;
    if (looked.record === node.record && looked.cluster.jobs === node.cluster.jobs) return false;
    said.looked = node;
    return changedSince(said.node, node) !== null;
  }

  /** null = there is none to be said now. */
  #newsOf(before: Said | undefined, node: NodeNow, nowMs: number): NodeNews | null {
    const changed = changedSince(before?.node, node);
    if (before !== undefined && changed === null && nowMs - before.atMs < this.#figuresMs)
      return null;
    const { id, desired } = node.record;
    const revision = desired?.revision ?? 0;
    const forecast = node.forecast();
    const figures = node.view === undefined ? NO_FIGURES : figuresOf(node.view, forecast);
    const demanded = isDemanded(before?.demanded, forecast)
      ? {}
      : { demanded: demandedIn(forecast) };
    const said = { id, revision, ...changed, ...demanded, figures };
    if (before === undefined || changed !== null || 'demanded' in demanded) return said;
    return before.revision === revision && hasSameFigures(before.figures, figures) ? null : said;
  }
}

const NO_FIGURES = new Float64Array(0);

function saidAfter(
  before: Said | undefined,
  { node, news, nowMs }: { node: NodeNow; news: NodeNews | null; nowMs: number },
): Said {
  if (news !== null) {
    const { revision, demanded = before?.demanded ?? null, figures } = news;
    return { node, looked: node, revision, demanded, figures, atMs: nowMs };
  }
  // All is said the first time.
  const its = before as Said;
  its.node = node;
  its.looked = node;
  return its;
}

const demandedIn = (forecast: NodeForecast | undefined): SaidFacts['demanded'] =>
  forecast === undefined ? null : forecast.demands.map(({ allocation }) => allocation);

/** Whether these are the allocations whose demands are forecast; undefined: nothing was said. */
function isDemanded(
  said: SaidFacts['demanded'] | undefined,
  forecast: NodeForecast | undefined,
): boolean {
  if (said === undefined) return false;
  if (said === null || forecast === undefined) return said === null && forecast === undefined;
  const { demands } = forecast;
  return (
    demands.length === said.length && demands.every(({ allocation }, i) => allocation === said[i])
  );
}

/** What is another fact; all where nothing was said before. null = none is. */
function changedSince(before: NodeNow | undefined, node: NodeNow): Partial<SaidFacts> | null {
  const { standing, unmet, view, record, cluster } = node;
  const isNew = before === undefined;
  const changed: { -readonly [K in keyof SaidFacts]?: SaidFacts[K] } = {};
  if (isNew || !isSameStanding(before.standing, standing)) changed.standing = standing;
  if (isNew || !areSamePlaces(before, node)) changed.places = placesOf(cluster, record);
  if (isNew || !hasSameFacts(before.view, view))
    changed.facts = view === undefined ? null : factsOf(view);
  if (isNew || !areSameIds(before.unmet, unmet)) changed.unmet = unmet;
  if (isNew || !hasSameWords(before, node)) changed.words = agentWordsOn(node);
  return Object.keys(changed).length === 0 ? null : changed;
}

const isSameStanding = (a: NodeStanding, b: NodeStanding): boolean =>
  a.liveness === b.liveness && a.isAdmitted === b.isAdmitted && a.isMissed === b.isMissed;

const areSameIds = (a: readonly AllocationId[], b: readonly AllocationId[]): boolean =>
  a === b || (a.length === b.length && a.every((id, i) => id === b[i]));

const areSamePlaces = (a: NodeNow, b: NodeNow): boolean =>
  hasSameJobs(a, b) &&
  (a.record === b.record ||
    hasSamePlaces(
      { state: a.cluster, records: [a.record] },
      { state: b.cluster, records: [b.record] },
    ));

/** Whether the jobs are the same that are desired on the node, or were refused there. */
const hasSameJobs = (a: NodeNow, { cluster, record }: NodeNow): boolean => {
  const [before, now] = [a.cluster.jobs, cluster.jobs];
  if (before === now) return true;
  const { desired, refusals } = record;
  return (
    [...refusals.keys()].every((job) => before.get(job) === now.get(job)) &&
    (desired?.allocations ?? []).every(({ job }) => before.get(job) === now.get(job))
  );
};
