import type { NodeForecast } from '../schedule/forecast.js';
import type { NodeSummary } from '../schedule/node-summary.js';
import type { PlacesMemory } from '../schedule/places.js';
import { forecastFrom, summaryFrom } from '../schedule/summary-figures.js';
import type { NodeNews, NodeStanding } from './messages.js';

/** A node by all that was said of it. */
export interface HeardNode extends NodeStanding, Omit<Required<NodeNews>, 'standing'> {
  readonly summary: NodeSummary | null;
  /** What the policy forecasts of it, the same object each time; undefined = nothing. */
  readonly forecast: () => NodeForecast | undefined;
}

/** The node after news of it; `before`: undefined where all is said in them. */
export function heardNode(before: HeardNode | undefined, news: NodeNews): HeardNode {
  const { standing = before, ...said } = news;
  const node = { ...before, ...standing, ...said } as Omit<HeardNode, 'summary' | 'forecast'>;
  const { facts, demanded, figures } = node;
  let made: NodeForecast | undefined;
  return {
    ...node,
    summary: facts === null ? null : summaryFrom(facts, figures),
    forecast: () => {
      if (facts === null || demanded === null) return undefined;
      made ??= forecastFrom(facts, demanded, figures);
      return made;
    },
  };
}

/** Whether the same is said of jobs. Of one without a desired state, what runs counts, too. */
export const isWhereItWas = (before: HeardNode | undefined, node: HeardNode): boolean =>
  before?.isAdmitted === node.isAdmitted &&
  node.places.desired !== null &&
  before.places === node.places;

/**
 * The steady nodes of a plan as they are now: what makes a node steady are facts, so that one with
 * other figures is the same. `before`, `now`: the nodes of that plan and those of the next one.
 */
export const stillSteadyBy = (
  { settled, nodes, ids }: PlacesMemory['steady'],
  before: readonly HeardNode[],
  now: readonly HeardNode[],
): PlacesMemory['steady'] => ({
  settled,
  nodes: nodes.map((steady, place) => {
    const node = now[place];
    if (steady === undefined || node === undefined || node.summary === null) return steady;
    return before[place]?.facts === node.facts ? node.summary : steady;
  }),
  ids,
});
