import type { Bus } from '../../proto/bus.js';
import type { ServiceCalls } from '../../proto/schemas/service.js';
import type { Subjects } from '../../proto/subjects.js';
import { encodeView } from '../../proto/view.js';
import type { Clock } from '../../shared/clock.js';
import type { JobName, NodeId } from '../../shared/ids.js';
import { pageOf } from '../../shared/paging.js';
import type { Pace } from '../pacing/pace.js';
import { isAdmitted } from '../state/admission.js';
import { allocationsOn } from '../state/allocation-status.js';
import type { ClusterState, NodeRecord } from '../state/model.js';
import { nodeStatus } from '../state/node-status.js';
import { containersOf, seeingOf } from '../state/targets.js';
import {
  type CurrentNode,
  changesOf,
  type PublishedNode,
  viewOf,
  withNewFigures,
} from '../view/changes.js';

/** Where views go, and in whose name. */
export interface ViewPublisherOptions {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly lease: { readonly incarnation: string; readonly epoch: number };
  readonly leads: () => boolean;
}

/**
 * Least time between two messages of one node, ms: with new figures, and where something was
 * decided for it. That its liveness changed is said at once.
 */
export const VIEW_INTERVAL_MS = 5000;
export const DECIDED_INTERVAL_MS = 2000;
/** The same in large clusters, ms a node: what a leader spends on views stays within bounds. */
const VIEW_MS_PER_NODE = 9;
const DECIDED_MS_PER_NODE = 4;
/** How often the server is asked whether anybody follows, ms. */
export const INTEREST_MS = 10_000;
/** It says at once that nobody does; no answer in this time means that somebody does, ms. */
const INTEREST_TIMEOUT_MS = 1000;
/** Nodes in one page where a call does not say. */
const PAGE_NODES = 100;
const NOTHING: CurrentNode = { status: null, allocations: [] };

/** Least time between two messages of one node in a cluster of that many nodes, ms. */
export const viewIntervalMs = (nodes: number, isDecided: boolean): number =>
  isDecided
    ? Math.max(DECIDED_INTERVAL_MS, DECIDED_MS_PER_NODE * nodes)
    : Math.max(VIEW_INTERVAL_MS, VIEW_MS_PER_NODE * nodes);

interface Entry {
  readonly record: NodeRecord;
  readonly jobs: ClusterState['jobs'];
  readonly atMs: number;
  readonly published: PublishedNode;
}

/**
 * Tells everybody who follows what changed on each node. Messages may be lost, so each carries a
 * sequence, and what was published last can be read whole (`read`). What is not on any node, such
 * as an allocation that waits, is no part of it. While nobody follows, as the server says, nothing
 * is made and nothing kept, but one message now and then that asks again.
 */
export class ViewPublisher {
  readonly #options: ViewPublisherOptions;
  readonly #nodes = new Map<NodeId, Entry>();
  /** The latest sequence of the nodes that are not known any more. */
  #floor = 0;
  #latest: ClusterState | undefined;
  /** Until the server says that nobody does. */
  #isFollowed = true;
  /** When the next message asks whether anybody follows. */
  #askAtMs = Number.NEGATIVE_INFINITY;
  #readAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: ViewPublisherOptions) {
    this.#options = options;
  }

  /** Publishes what changed of each node since it was published last. Yields the thread. */
  async publish(state: ClusterState): Promise<void> {
    const { clock, pace, leads } = this.#options;
    const slice = pace.begin();
    const nowMs = clock.now();
    this.#latest = state;
    for (const record of state.nodes.values()) {
      if (!this.#isFollowed && nowMs < this.#askAtMs) break;
      if (!this.#isDue(state, record, nowMs)) continue;
      this.#publishNode(state, record, nowMs);
      if (!slice.isOver) continue;
      await slice.yield();
      if (!leads()) return;
    }
    for (const [id, entry] of this.#nodes) if (!state.nodes.has(id)) this.#remove(id, entry);
  }

  /**
   * What was published of each node last: of one, or of a page in the order of ids. Who reads will
   * follow: what was not made because nobody did is made now.
   */
  read({
    after,
    node,
    limit = PAGE_NODES,
  }: ServiceCalls['view-get']['request']): ServiceCalls['view-get']['response'] {
    const { lease, clock } = this.#options;
    const { incarnation, epoch } = lease;
    this.#isFollowed = true;
    this.#readAtMs = clock.now();
    this.#askAtMs = this.#readAtMs + INTEREST_MS;
    const known = this.#known();
    const ids = node === undefined ? [...known].sort() : [node].filter((id) => known.has(id));
    const { rows, ...more } = pageOf(ids, (id) => id, { after, limit });
    const nodes = rows.flatMap((id) => {
      const entry = this.#nodes.get(id) ?? this.#publishNow(id);
      return entry === undefined ? [] : [viewOf(id, entry.published)];
    });
    return { incarnation, epoch, nodes, ...more };
  }

  /** The nodes that were published, or would be if somebody followed. */
  #known(): ReadonlySet<NodeId> {
    const ids = new Set(this.#nodes.keys());
    for (const { id, registration } of this.#latest?.nodes.values() ?? [])
      if (registration !== null) ids.add(id);
    return ids;
  }

  #publishNow(id: NodeId): Entry | undefined {
    const record = this.#latest?.nodes.get(id);
    if (this.#latest === undefined || record === undefined) return undefined;
    this.#publishNode(this.#latest, record, this.#options.clock.now());
    return this.#nodes.get(id);
  }

  #isDue(state: ClusterState, record: NodeRecord, nowMs: number): boolean {
    const entry = this.#nodes.get(record.id);
    if (entry === undefined) return record.registration !== null;
    if (entry.record.liveness !== record.liveness) return true;
    const isSame = entry.record === record;
    if (isSame && entry.jobs === state.jobs) return false;
    const isDecided = entry.record.desired !== record.desired;
    if (nowMs - entry.atMs < viewIntervalMs(state.nodes.size, isDecided)) return false;
    if (!isSame || hasOtherJobs(entry, state)) return true;
    this.#nodes.set(record.id, { ...entry, jobs: state.jobs });
    return false;
  }

  #publishNode(state: ClusterState, record: NodeRecord, nowMs: number): void {
    const entry = this.#nodes.get(record.id);
    const status = nodeStatus(state, record, nowMs);
    const current = { status, ...currentOn(state, { record, entry, nowMs }) };
    const published = this.#send(record.id, entry?.published, current);
    this.#nodes.set(record.id, { record, jobs: state.jobs, atMs: nowMs, published });
  }

  #remove(id: NodeId, { published }: Entry): void {
    this.#send(id, published, NOTHING);
    this.#floor = Math.max(this.#floor, published.sequence + 1);
    this.#nodes.delete(id);
  }

  #send(node: NodeId, before: PublishedNode | undefined, current: CurrentNode): PublishedNode {
    const { bus, subjects, clock, lease } = this.#options;
    const publishing = { atMs: clock.wall(), floor: this.#floor };
    const { change, published } = changesOf(before, current, publishing);
    const { incarnation, epoch } = lease;
    const message = { schema: 1, incarnation, epoch, node, ...change };
    const [subject, bytes] = [subjects.view(node), encodeView(message)];
    const asks = bus.state === 'connected' && clock.now() >= this.#askAtMs;
    if (!asks) bus.publish(subject, bytes);
    else void this.#ask(subject, bytes);
    return published;
  }

  /** Sends a message for which the server says whether anybody listens. */
  async #ask(subject: string, bytes: Uint8Array): Promise<void> {
    const { bus, clock } = this.#options;
    const askedAtMs = clock.now();
    this.#askAtMs = askedAtMs + INTEREST_MS;
    const answer = await bus.request(subject, bytes, { timeoutMs: INTEREST_TIMEOUT_MS });
    const isHeard = answer.ok || answer.error !== 'no-responders';
    // Who has read meanwhile follows.
    this.#isFollowed = isHeard || this.#readAtMs >= askedAtMs;
    if (!this.#isFollowed) this.#forgetAll();
  }

  /** Nobody has what was published: the next message of each node says all. */
  #forgetAll(): void {
    for (const { published } of this.#nodes.values())
      this.#floor = Math.max(this.#floor, published.sequence + 1);
    this.#nodes.clear();
  }
}

// A node that is silent stays as it is, but its jobs may be changed or stopped, which changes what
// is said of it.
function hasOtherJobs({ jobs: before, record }: Entry, { jobs }: ClusterState): boolean {
  const isOther = ({ job }: { readonly job: JobName }): boolean =>
    before.get(job) !== jobs.get(job);
  const { desired, report } = record;
  return desired?.allocations.some(isOther) === true || report?.containers.some(isOther) === true;
}

interface Looking {
  readonly record: NodeRecord;
  readonly entry: Entry | undefined;
  readonly nowMs: number;
}

/** What is on a node now. */
function currentOn(
  state: ClusterState,
  { record, entry, nowMs }: Looking,
): Pick<CurrentNode, 'allocations' | 'hasSameFacts'> {
  if (!isAdmitted(state, record)) return { allocations: [] };
  const isAsBefore =
    entry !== undefined &&
    entry.jobs === state.jobs &&
    entry.record.desired === record.desired &&
    entry.record.ack === record.ack &&
    entry.record.replaced === record.replaced &&
    entry.record.report?.specHashes === record.report?.specHashes;
  const newer = isAsBefore
    ? withNewFigures(entry.published, {
        containers: containersOf(record),
        ageMs: Math.max(0, nowMs - record.heardAtMs),
        isUnreachable: (id) => state.unreachable.has(id),
        seeing: (container) => seeingOf(state, record, container),
      })
    : undefined;
  return newer === undefined
    ? { allocations: allocationsOn(state, record, nowMs) }
    : { allocations: newer, hasSameFacts: true };
}
