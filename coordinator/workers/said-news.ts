import type { NodeId } from '../../shared/ids.js';
import type { AllocationSummary, NodeSummary } from '../schedule/node-summary.js';
import { deepEqual } from '../state/deep-equal.js';
import type { NodeNews } from './messages.js';

/** What was said of one node, and when. */
interface Said {
  readonly news: NodeNews;
  /** It without figures that change with every report. */
  readonly facts: NodeNews;
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
    all: readonly NodeNews[],
    nowMs: number,
  ): { readonly nodes: readonly NodeNews[]; readonly gone: readonly NodeId[] } {
    const said = new Map<NodeId, Said>();
    const nodes: NodeNews[] = [];
    for (const news of all) {
      const before = this.#said.get(news.id);
      const facts = factsOf(news);
      if (before !== undefined && !this.#isDue(before, { news, facts, nowMs })) {
        said.set(news.id, before);
        continue;
      }
      said.set(news.id, { news, facts, atMs: nowMs });
      nodes.push(news);
    }
    const gone = [...this.#said.keys()].filter((id) => !said.has(id));
    this.#said = said;
    return { nodes, gone };
  }

  #isDue(
    before: Said,
    now: { readonly news: NodeNews; readonly facts: NodeNews; readonly nowMs: number },
  ): boolean {
    if (!deepEqual(before.facts, now.facts)) return true;
    return now.nowMs - before.atMs >= this.#figuresMs && !deepEqual(before.news, now.news);
  }
}

// Each new limit is a new revision.
const factsOf = ({ summary, outlook, ...rest }: NodeNews): NodeNews => ({
  ...rest,
  revision: 0,
  summary: summary === null ? null : summaryFacts(summary),
  outlook: { forecast: undefined, unmet: outlook.unmet },
});

const summaryFacts = ({ gpus, allocations, ...rest }: NodeSummary): NodeSummary => ({
  ...rest,
  ...(gpus === undefined
    ? {}
    : { gpus: gpus.map(({ report }) => ({ report: { ...report, memoryUsedBytes: null } })) }),
  allocations: allocations.map(allocationFacts),
});

const SOME_LIMIT = { cpuCores: null, periodUs: 0 } as const;

// That it answers is a fact, and moves wait for it; how fast is a figure. Limits are not looked at,
// but for whether there is one.
const allocationFacts = ({ report, limit, ...rest }: AllocationSummary): AllocationSummary => ({
  ...rest,
  limit: limit === null ? null : SOME_LIMIT,
  latencyMs: null,
  report:
    report === null
      ? null
      : {
          ...report,
          cpu: null,
          memory: null,
          latency: report.latency === null ? null : { newestAgeMs: 0 },
        },
});
