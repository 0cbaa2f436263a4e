import type { Subscription } from '../proto/bus.js';
import type { ServiceCalls } from '../proto/schemas/service.js';
import type { Clock } from '../shared/clock.js';
import type { NodeId } from '../shared/ids.js';
import type { Log } from '../shared/log.js';
import { ok, type Result } from '../shared/result.js';
import { beginWorkers } from './begin-workers.js';
import type { Decider } from './decider.js';
import type { EventPublisher } from './dispatch/event-publisher.js';
import type { Leadership } from './election/leadership.js';
import type { SerialQueue } from './pacing/serial-queue.js';
import type { Forecasts } from './planning/forecasts.js';
import type { NodeEvent, StateEvent } from './state/events.js';
import type { ClusterState } from './state/model.js';
import type { Registrar } from './store/registrar.js';
import type { ClusterPlaces } from './workers/cluster-places.js';
import { sumOf } from './workers/counter-sums.js';
import { joinedPage } from './workers/joined-pages.js';
import type { JoinedReads } from './workers/joined-reads.js';
import type { LastingNodes } from './workers/lasting-nodes.js';
import type { Rounds } from './workers/rounds.js';
import type { BeginWorker, WorkerNotices, WorkerStart } from './workers/worker-link.js';
import type { WorkerSet } from './workers/worker-set.js';

/** What decides together with workers, joined by `wiring-divided.ts`. */
export interface DividedDeciderParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly leadership: Leadership;
  readonly places: ClusterPlaces;
  readonly workers: WorkerSet;
  readonly lasting: LastingNodes;
  readonly reads: JoinedReads;
  readonly rounds: Rounds;
  /** Changes of the cluster, and rounds while they decide. */
  readonly queue: SerialQueue;
  readonly registrar: Registrar;
  readonly publisher: EventPublisher;
  readonly forecasts: Forecasts;
  /** undefined = who started this program gave it none. */
  readonly beginWorker: BeginWorker | undefined;
  /** What each worker begins with, without how long it may write; asked once. */
  readonly starts: () => readonly Omit<WorkerStart, 'mayWriteUntilMs'>[];
  /** What workers say unasked; `wake`: a round is due. */
  readonly noticesOf: (wake: () => void) => WorkerNotices;
}

/** Nodes in one page where a call does not say. */
const PAGE_NODES = 100;
/**
 * Least time between the beginnings of two rounds where nobody but workers asks for the second one,
 * ms: in a large cluster they do so all the time, and a round looks at all nodes.
 */
const MIN_ROUND_MS = 500;
/** Agents report once a second: who reads more often reads the same, ms. */
const MAX_AGE_MS = 250;
/** What is shown of nodes without waiting is read again when it is older, ms. */
const SHOWN_MS = 2000;
/** Who scrapes waits so long for what workers know, ms. */
const MAX_REFRESH_MS = 3000;

/**
 * Decides with workers, each of which hears, decides about and writes some of the nodes. Here are
 * the cluster without its nodes, and the places of all jobs.
 */
export class DividedDecider implements Decider {
  readonly forecasts: Forecasts;
  readonly #parts: DividedDeciderParts;
  readonly #closing = new AbortController();
  #wake: () => void = () => {};
  /** When the newest round began, ms. */
  #roundAtMs = Number.NEGATIVE_INFINITY;
  #isWaking = false;
  #last: ClusterState | undefined;

  constructor(parts: DividedDeciderParts) {
    this.#parts = parts;
    this.forecasts = parts.forecasts;
  }

  now(): ClusterState {
    return this.#last ?? this.#parts.reads.now();
  }

  readonly upToDate = (maxAgeMs = 0): Promise<void> => this.#parts.reads.read(maxAgeMs);

  async latest(maxAgeMs = MAX_AGE_MS): Promise<ClusterState> {
    await this.#parts.reads.read(maxAgeMs);
    return this.now();
  }

  async cluster(): Promise<ClusterState> {
    return this.now();
  }

  latestNow(): ClusterState {
    // For the next one who looks: this one cannot wait.
    if (this.#last === undefined) void this.#parts.reads.read(SHOWN_MS).catch(() => {});
    return this.now();
  }

  /** Where a worker has failed, or is slow, what was read before is left. */
  async refresh(): Promise<void> {
    const { clock, reads } = this.#parts;
    if (this.#last !== undefined) return;
    const waiting = new AbortController();
    const read = reads.read().catch(() => {});
    await Promise.race([read, clock.sleep(MAX_REFRESH_MS, waiting.signal)]);
    waiting.abort();
  }

  get summary(): Decider['summary'] {
    const { places } = this.#parts;
    return { nodes: places.nodeCounts, jobs: places.state.jobs.size };
  }

  get lastKnown(): Decider['lastKnown'] {
    return { state: this.now(), knowledge: this.#parts.places.knowledge };
  }

  get counters(): Decider['counters'] {
    const { reads, publisher } = this.#parts;
    return sumOf(reads.counters, publisher.counters);
  }

  /** New jobs alone are known at once, also while places are decided: the round ignores them. */
  async apply(event: StateEvent): Promise<void> {
    const { queue, workers, places } = this.#parts;
    const { jobs: known } = places.state;
    const isNew =
      event.kind === 'jobs-stored' && event.jobs.every(({ spec }) => !known.has(spec.name));
    if (isNew) {
      this.#fold(event);
      void queue.run(() => workers.tell(event));
    } else
      await queue.run(() => {
        this.#fold(event);
        workers.tell(event);
      });
  }

  async view(
    asked: ServiceCalls['view-get']['request'],
  ): Promise<ServiceCalls['view-get']['response']> {
    const { workers } = this.#parts;
    const { node, limit = PAGE_NODES } = asked;
    if (node !== undefined) return workers.askOwner(node, (link) => link.view(asked));
    return joinedPage(await workers.ask((link) => link.view({ ...asked, limit })), limit);
  }

  writeAgain(node: NodeId): void {
    this.#parts.registrar.writeAgain(node);
  }

  async reconcileStore(full: boolean): Promise<void> {
    // One that fails ends the term.
    await this.#parts.workers.ask((link) => link.reconcileStore(full)).catch(() => {});
  }

  /** Workers hear; they end with the term. */
  hear(wake: () => void): Subscription {
    this.#wake = wake;
    return { unsubscribe: () => {} };
  }

  async begin(): Promise<Result<void>> {
    const { beginWorker, starts, noticesOf, leadership, workers, clock } = this.#parts;
    const begun = await beginWorkers(starts(), {
      ...{ beginWorker, clock, signal: this.#closing.signal },
      notices: noticesOf(() => void this.#wakeInTime()),
      mayWriteUntilMs: leadership.deadlineMs,
    });
    if (!begun.ok) return begun;
    workers.join(begun.value);
    leadership.tellDeadline((untilMs) => workers.mayWriteUntil(untilMs));
    // One that fails ends the term.
    await workers.ask((link) => link.start()).catch(() => {});
    return ok(undefined);
  }

  async decide(): Promise<boolean> {
    const { rounds, workers, clock } = this.#parts;
    this.#roundAtMs = clock.now();
    try {
      return await rounds.run();
    } catch (cause) {
      if (workers.hasFailed) return false;
      throw cause;
    }
  }

  /** Workers have told already. */
  async tell(): Promise<void> {
    this.#parts.reads.dropUnused();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#last = await this.#wholeState();
    await this.#parts.workers.stop();
  }

  /** A worker asks for a round. */
  async #wakeInTime(): Promise<void> {
    if (this.#isWaking) return;
    this.#isWaking = true;
    const { clock } = this.#parts;
    const restMs = this.#roundAtMs + MIN_ROUND_MS - clock.now();
    if (restMs > 0) await clock.sleep(restMs, this.#closing.signal);
    this.#isWaking = false;
    this.#wake();
  }

  #fold(event: StateEvent): void {
    const { places, lasting, reads, publisher } = this.#parts;
    if (isOfNode(event)) {
      lasting.apply(event);
      reads.note(event);
    } else publisher.add(places.apply(event));
  }

  /**
   * The cluster with all its nodes, for the next term. Of nodes whose worker has failed, what was
   * read last, or at least what is stored of them.
   */
  async #wholeState(): Promise<ClusterState> {
    const { workers, places, reads, lasting } = this.#parts;
    const before = reads.now().nodes;
    const said = await workers.askLiving((link) => link.records());
    const { state } = places.joined(said);
    const nodes = new Map(state.nodes);
    for (const [id, node] of lasting.cluster.nodes)
      if (!nodes.has(id) && workers.hasFailedFor(id)) nodes.set(id, before.get(id) ?? node);
    return { ...state, nodes };
  }
}

const isOfNode = (event: StateEvent): event is NodeEvent => 'node' in event;
