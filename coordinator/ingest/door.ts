import type { BusMessage } from '../../proto/bus.js';
import { BOOT_HEADER } from '../../proto/telemetry.js';
import type { NodeId } from '../../shared/ids.js';
import type { ByteCopies } from './byte-copies.js';
import { LatestPerNode, type PendingMessage } from './latest-per-node.js';
import type { SequenceFilter } from './sequence-filter.js';

const MIB = 1024 * 1024;
/** Of other starts of known nodes, and of nodes that are not known yet. */
const OTHERS = { messages: 512, bytes: 32 * MIB };
const STRANGERS_BYTES = 64 * MIB;
/** A start that was never heard; all of them share one place. */
const NEW_START = 'new';

/** How many nodes are known at most, and as many others; where the bytes that wait are kept. */
export interface DoorOptions {
  readonly maxNodes: number;
  readonly copies: ByteCopies;
}

/**
 * The messages of one kind that wait to be read, in three buffers, so that nobody takes the place
 * of those that are known: of the start of each node whose reports count, of other starts of these
 * nodes, and of nodes that are not known.
 */
export class Door {
  readonly #filter: SequenceFilter;
  readonly #isKnown: (node: NodeId) => boolean;
  readonly #copies: ByteCopies;
  readonly #keepers: LatestPerNode;
  readonly #others: LatestPerNode;
  readonly #strangers: LatestPerNode;

  /** `isKnown`: the node is not heard yet, but expected. */
  constructor(
    filter: SequenceFilter,
    isKnown: (node: NodeId) => boolean,
    { maxNodes, copies }: DoorOptions,
  ) {
    this.#filter = filter;
    this.#isKnown = isKnown;
    this.#copies = copies;
    const unbounded = { messages: maxNodes, bytes: Number.POSITIVE_INFINITY };
    this.#keepers = new LatestPerNode(unbounded, copies);
    this.#others = new LatestPerNode(OTHERS, copies);
    const bounded = { messages: maxNodes, bytes: STRANGERS_BYTES };
    this.#strangers = new LatestPerNode(bounded, copies);
  }

  /** Number of messages that were dropped without being read. */
  get superseded(): number {
    return this.#all.reduce((sum, { superseded }) => sum + superseded, 0);
  }
  /** Number of messages that wait. */
  get size(): number {
    return this.#all.reduce((sum, { size }) => sum + size, 0);
  }
  get #all(): readonly LatestPerNode[] {
    return [this.#keepers, this.#others, this.#strangers];
  }

  /** `node`: of the subject; undefined = it names none. */
  offer(message: BusMessage, node: NodeId | undefined, atMs: number): void {
    const start = message.headers[BOOT_HEADER];
    if (node === undefined) this.#strangers.offer(message, atMs);
    else if (!this.#filter.has(node))
      (this.#isKnown(node) ? this.#keepers : this.#strangers).offer(message, atMs);
    // An agent that does not say which start it is counts as the one that is known.
    else if (start === undefined || this.#filter.keeperOf(node) === start)
      this.#keepers.offer(message, atMs);
    else
      this.#others.offer(message, atMs, this.#filter.knows(node, start) ? `=${start}` : NEW_START);
  }

  /** Reads up to `max` messages, those of known nodes first. `read` must not keep their bytes. */
  read<T>(max: number, read: (message: PendingMessage) => T): readonly T[] {
    const taken: PendingMessage[] = [];
    for (const buffer of this.#all) taken.push(...buffer.take(max - taken.length));
    const results = taken.map(read);
    for (const { message } of taken) this.#copies.release(message.data);
    return results;
  }
}
