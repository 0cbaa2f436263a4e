import type { Clock } from '../../shared/clock.js';
import type { NodeEvent } from '../state/events.js';
import type { ClusterState } from '../state/model.js';
import { reduce } from '../state/reduce.js';
import type { ClusterPlaces } from './cluster-places.js';
import type { Joined } from './joined.js';
import type { ReadFromWorker, WorkerCounters } from './worker-link.js';

/** Who knows the nodes, and who the cluster without them. */
export interface JoinedReadsOptions {
  readonly places: ClusterPlaces;
  /** All that workers know; asked before it returns. */
  readonly ask: () => Promise<readonly ReadFromWorker[]>;
  readonly clock: Clock;
}

/** What was read, joined. */
interface Read extends Joined {
  readonly counters: readonly WorkerCounters[];
  readonly atMs: number;
}

/** What nobody has asked for in this time is not kept, ms: it is as large as the cluster. */
const MAX_UNUSED_MS = 60_000;

/**
 * The whole cluster for those who read it. Workers are asked when somebody does, once for all who
 * wait; what was read is kept while it is used, with our own changes since, so that who has changed
 * something finds it.
 */
export class JoinedReads {
  readonly #options: JoinedReadsOptions;
  #read: Read | undefined;
  #reading: Promise<void> | undefined;
  /** Our changes since the workers were asked. */
  #since: NodeEvent[] = [];
  #usedAtMs = Number.NEGATIVE_INFINITY;
  #now: {
    readonly cluster: ClusterState;
    readonly read: Read;
    readonly state: ClusterState;
  } | null = null;

  constructor(options: JoinedReadsOptions) {
    this.#options = options;
  }

  /** The cluster as it is, with its nodes as they were read last; none where nobody has read. */
  now(): ClusterState {
    const cluster = this.#options.places.state;
    const read = this.#read;
    if (read === undefined) return cluster;
    if (this.#now?.cluster !== cluster || this.#now.read !== read)
      this.#now = { cluster, read, state: withNodesOf(cluster, read.state) };
    return this.#now.state;
  }

  /** What policies and placement remember, as it was read last. */
  get memory(): Joined['memory'] | undefined {
    return this.#read?.memory;
  }

  /** Of each worker, as read last. */
  get counters(): readonly WorkerCounters[] {
    return this.#read?.counters ?? [];
  }

  /** Reads what is older than that; rejects where a worker has failed. */
  async read(maxAgeMs = 0): Promise<void> {
    const nowMs = this.#options.clock.now();
    this.#usedAtMs = nowMs;
    const ageMs = nowMs - (this.#read?.atMs ?? Number.NEGATIVE_INFINITY);
    if (ageMs < maxAgeMs) return;
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  /** A change of ours, which the owner of the node is told now. */
  note(event: NodeEvent): void {
    if (this.#reading !== undefined) this.#since.push(event);
    if (this.#read === undefined) return;
    this.#read = { ...this.#read, state: reduce(this.#read.state, event) };
  }

  /** To be called now and then. */
  dropUnused(): void {
    if (this.#options.clock.now() - this.#usedAtMs < MAX_UNUSED_MS) return;
    this.#read = undefined;
    this.#now = null;
  }

  async #readAll(): Promise<void> {
    const { places, ask, clock } = this.#options;
    this.#since = [];
    const atMs = clock.now();
    const said = await ask();
    const { state, memory } = places.joined(said);
    const counters = said.map((each) => each.counters);
    this.#read = { state: this.#since.reduce(reduce, state), memory, counters, atMs };
  }
}

/** What is said of nodes, by a state that may be older. */
const withNodesOf = (
  cluster: ClusterState,
  { nodes, unreachable, conditions, requesters, counts }: ClusterState,
): ClusterState => ({
  ...cluster,
  ...{ nodes, unreachable, conditions, counts },
  requesters: { ...cluster.requesters, nodes: requesters.nodes },
});
