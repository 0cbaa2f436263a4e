import type { ServiceCalls } from '../../proto/schemas/service.js';

type Page = ServiceCalls['view-get']['response'];

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * One page of what all workers have published, in the order of node ids. `pages`: of each worker,
 * with the same bounds.
 */
export function joinedPage(pages: readonly Page[], limit: number): Page {
  // Beyond the page of a worker that has more there may be nodes before those of others.
  const ends = pages.flatMap(({ next }) => next ?? []).sort(byText);
  const [end] = ends;
  const known = pages
    .flatMap(({ nodes }) => nodes)
    .filter(({ node }) => end === undefined || node <= end)
    .sort((a, b) => byText(a.node, b.node));
  const nodes = known.slice(0, limit);
  const next = nodes.length < known.length ? nodes.at(-1)?.node : end;
  const { incarnation = '', epoch = 0 } = pages[0] ?? {};
  return { incarnation, epoch, nodes, ...(next === undefined ? {} : { next }) };
}
