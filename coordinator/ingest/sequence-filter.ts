import type { NodeId } from '../../shared/ids.js';
import type { NodeReport } from '../../shared/report.js';

/**
 * Earlier boots of a node that are remembered, so that a late message of one is not taken for news.
 */
const MAX_EARLIER_BOOTS = 4;

interface NodeSequence {
  readonly bootId: string;
  readonly sequence: number;
  readonly earlierBoots: readonly string[];
}

/** The newest message of each node; at most `maxNodes` nodes. */
export class SequenceFilter {
  readonly #maxNodes: number;
  readonly #seen = new Map<NodeId, NodeSequence>();

  constructor(maxNodes: number) {
    this.#maxNodes = maxNodes;
  }

  /**
   * `new`: take it (and remember); `stale`: the same or a later one was seen, or its boot is over;
   * `full`: one node too many.
   */
  check({
    node,
    bootId,
    sequence,
  }: Pick<NodeReport, 'node' | 'bootId' | 'sequence'>): 'new' | 'stale' | 'full' {
    const seen = this.#seen.get(node);
    if (seen === undefined && this.#seen.size >= this.#maxNodes) return 'full';
    if (seen?.bootId === bootId && sequence <= seen.sequence) return 'stale';
    if (seen?.earlierBoots.includes(bootId)) return 'stale';
    const isNewBoot = seen !== undefined && seen.bootId !== bootId;
    const earlierBoots = isNewBoot
      ? [seen.bootId, ...seen.earlierBoots].slice(0, MAX_EARLIER_BOOTS)
      : (seen?.earlierBoots ?? []);
    this.#seen.set(node, { bootId, sequence, earlierBoots });
    return 'new';
  }
}
