import type { NodeId } from '../../shared/ids.js';
import type { NodeReport } from '../../shared/report.js';

/** Earlier boots remembered per node, so that a late message of one is not taken for a new boot. */
const MAX_EARLIER_BOOTS = 4;

interface NodeSequence {
  readonly bootId: string;
  readonly sequence: number;
  readonly earlierBoots: readonly string[];
}

/**
 * Lets each report of a node pass once and in order, by boot id and sequence number. Bounded: at
 * most `maxNodes` nodes are known.
 */
export class SequenceFilter {
  readonly #maxNodes: number;
  readonly #seen = new Map<NodeId, NodeSequence>();

  constructor(maxNodes: number) {
    this.#maxNodes = maxNodes;
  }

  /**
   * `new`: not seen before, and now remembered; `stale`: the same or a later one was seen, or its
   * boot is over; `full`: the node is not known and no more nodes fit.
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
