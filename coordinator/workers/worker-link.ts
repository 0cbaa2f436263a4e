import type { EventOf, EventType } from '../../proto/schemas/event.js';
import type { ServiceCalls } from '../../proto/schemas/service.js';
import type { NodeId } from '../../shared/ids.js';
import type { HostAct } from '../../shared/report.js';
import type { Result } from '../../shared/result.js';
import type { EncodedMessage } from '../dispatch/backlog.js';
import type { DispatchCounters } from '../dispatch/dispatcher.js';
import type { EventPublisher } from '../dispatch/event-publisher.js';
import type { IngestCounters } from '../ingest/ingest.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState, LastingFields } from '../state/model.js';
import type { ShownProfiles, WorkerNews, WorkerPlaces, WorkerRecords } from './messages.js';

/** What of a node outlives a restart, where it changed. */
export interface LastingNode extends LastingFields {
  readonly id: NodeId;
}

/** What a worker says when it is asked for news. */
export interface SaidByWorker extends WorkerNews {
  /** Nodes of which something lasting is another than it began with, or said last. */
  readonly lasting: readonly LastingNode[];
}

/** How many decisions of each kind a worker took about its nodes (`kindOf`), for the metrics. */
export type DecidedKinds = ReadonlyMap<string, number>;

/** What a worker counts; the counters of its coordinator are the sums of all. */
export interface WorkerCounters {
  readonly ingest: IngestCounters;
  readonly dispatch: DispatchCounters;
  readonly events: EventPublisher['counters'];
  readonly minutes: Pick<EventPublisher['counters'], 'dropped'>;
}

/** What a worker knows, for those who read. */
export interface ReadFromWorker extends WorkerRecords {
  readonly counters: WorkerCounters;
}

/** An operation of the store, for the metrics. */
export interface StoreAnswer {
  readonly operation: string;
  readonly seconds: number;
  /** Absent = it answered as it should. */
  readonly failure?: string;
}

/** What a worker says unasked. Must not throw. */
export interface WorkerNotices {
  /** Something on its nodes concerns places: a round is due. */
  readonly onChanged: () => void;
  /** Acts on hosts, as reports of nodes that take part say them. */
  readonly onActs: (acts: readonly { readonly node: NodeId; readonly act: HostAct }[]) => void;
  /** Hosts refused jobs by their own rules, as the events say that it has queued. */
  readonly onRefused: (events: readonly EventOf<'dqoes.job.refused'>[]) => void;
  /** A desired state of a later epoch is stored. */
  readonly onSuperseded: (epoch: number) => void;
  /** Types of events that it has queued, with how many, since it said so last. */
  readonly onQueued: (types: ReadonlyMap<EventType, number>) => void;
  /** What the store has answered it since it said so last. */
  readonly onStored: (answers: readonly StoreAnswer[]) => void;
  /** At its end: events that the stream has not taken. */
  readonly onLeft: (events: readonly EncodedMessage[]) => void;
}

/**
 * The way to a worker, wherever it runs. It does what it is told and asked in that order, but that
 * it answers while it writes what `carryOut` has decided. A question rejects once the worker has
 * ended, and `ended` says why; what it is told then is lost.
 */
export interface WorkerLink {
  /** An event of the cluster, or of one of its nodes. */
  tell(event: StateEvent): void;
  /**
   * Until when it may write, on the clock that all share, ms: later than what was said before, but
   * that 0 = not any more, and for good.
   */
  mayWriteUntil(ms: number): void;
  /** Writes every desired state of its nodes under our epoch, and begins to hear and to decide. */
  start(): Promise<void>;
  /** Judges which of its nodes are silent, then says what is new since it was asked last. */
  news(nowMs: number): Promise<SaidByWorker>;
  profilesOf(nodes: readonly NodeId[]): Promise<ShownProfiles>;
  /**
   * Decides the limits of its nodes with what was decided on places, and writes their desired
   * states; resolves when each is written or has failed.
   */
  carryOut(places: WorkerPlaces, nowMs: number): Promise<DecidedKinds>;
  records(): Promise<ReadFromWorker>;
  view(asked: ServiceCalls['view-get']['request']): Promise<ServiceCalls['view-get']['response']>;
  /** Writes desired states again that the store has lost. */
  reconcileStore(full: boolean): Promise<void>;
  /**
   * Hears and decides no more, and appends what waits for at most some seconds. Resolves when it
   * has, or after `limitMs`, when it is ended whatever it does: nothing of it outlives that.
   */
  stop(limitMs: number): Promise<void>;
  /** Resolves with the reason, one sentence, when the worker has ended by itself. */
  readonly ended: Promise<string>;
}

/** What a term begins a worker with. */
export interface WorkerStart {
  /** 0-based. */
  readonly index: number;
  /** How many there are. */
  readonly of: number;
  /** Jobs and secrets of the cluster, and of its nodes those of this worker. */
  readonly state: ClusterState;
  /** Revisions in the bucket of desired states of its nodes. */
  readonly revisions: ReadonlyMap<NodeId, number>;
  /** Of the lease. */
  readonly epoch: number;
  readonly incarnation: string;
  readonly mayWriteUntilMs: number;
}

/**
 * Begins a worker. Given to a coordinator by who starts it. Faults: NATS or the store did not give
 * the worker what it needs, which passes by itself. Rejects where it cannot begin at all, and soon
 * after `signal`, by which nobody wants it any more.
 */
export type BeginWorker = (
  start: WorkerStart,
  notices: WorkerNotices,
  signal: AbortSignal,
) => Promise<Result<WorkerLink>>;
