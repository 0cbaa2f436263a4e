import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { NodeForecast } from '../schedule/forecast.js';
import { factsOf } from '../schedule/summary-facts.js';
import { figuresOf, hasSameFigures } from '../schedule/summary-figures.js';
import type { SnapshotNode } from '../schedule/types.js';
import { deepEqual } from '../state/deep-equal.js';
import type { NodeNews, SaidFacts } from './messages.js';

/** A node as it is now. */
export interface NodeNow extends Pick<SaidFacts, 'standing' | 'places' | 'unmet'> {
  readonly id: NodeId;
  readonly revision: number;
  /** What the scheduler sees of it; undefined = nothing is decided about it. */
  readonly view: SnapshotNode | undefined;
  /** What the policy forecasts of it; undefined = nothing. */
  readonly forecast: NodeForecast | undefined;
}

/** All that was said of one node, and when. */
interface Said extends Required<NodeNews> {
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
      const before = this.#said.get(node.id);
      const news = this.#newsOf(before, node, nowMs);
      if (news !== null) nodes.push(news);
      said.set(node.id, news === null ? (before as Said) : saidWith(before, news, nowMs));
    }
    const gone = [...this.#said.keys()].filter((id) => !said.has(id));
    this.#said = said;
    return { nodes, gone };
  }

  /** null = there is none to be said now. */
  #newsOf(before: Said | undefined, node: NodeNow, nowMs: number): NodeNews | null {
    const { id, revision, view, forecast } = node;
    const changed = changedSince(before, node);
    const isFact = Object.keys(changed).length > 0;
    const isDue = before === undefined || nowMs - before.atMs >= this.#figuresMs;
    if (!isFact && !isDue) return null;
    const figures = view === undefined ? NO_FIGURES : figuresOf(view, forecast);
    const demanded = demandedIn(forecast);
    const isOther = before === undefined || !deepEqual(before.demanded, demanded);
    const isSame =
      !isFact &&
      !isOther &&
      before.revision === revision &&
      hasSameFigures(before.figures, figures);
    if (isSame) return null;
    return { id, revision, ...changed, ...(isOther ? { demanded } : {}), figures };
  }
}

const NO_FIGURES = new Float64Array(0);

const demandedIn = (forecast: NodeForecast | undefined): readonly AllocationId[] | null =>
  forecast === undefined ? null : forecast.demands.map(({ allocation }) => allocation);

/** What is another fact; all where nothing was said before. */
function changedSince(before: Said | undefined, node: NodeNow): Partial<SaidFacts> {
  const { standing, places, unmet, view } = node;
  const facts = view === undefined ? null : factsOf(view);
  if (before === undefined) return { standing, places, facts, unmet };
  return {
    ...(deepEqual(before.standing, standing) ? {} : { standing }),
    ...(deepEqual(before.places, places) ? {} : { places }),
    ...(deepEqual(before.facts, facts) ? {} : { facts }),
    ...(deepEqual(before.unmet, unmet) ? {} : { unmet }),
  };
}

const saidWith = (before: Said | undefined, news: NodeNews, atMs: number): Said =>
  // All is said the first time.
  ({ ...before, ...news, atMs }) as Said;
