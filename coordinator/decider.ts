import type { Subscription } from '../proto/bus.js';
import type { ServiceCalls } from '../proto/schemas/service.js';
import type { NodeId } from '../shared/ids.js';
import type { Result } from '../shared/result.js';
import type { CoordinatorCounters, CoordinatorSummary } from './contract.js';
import type { Forecasts } from './planning/forecasts.js';
import type { StateEvent } from './state/events.js';
import type { ClusterState } from './state/model.js';
import type { LastKnown } from './store/refill.js';

/** The cluster as calls, followers and scrapes read it. */
export interface ClusterReader {
  /**
   * What is known at once: jobs, secrets and settings as they are. With workers, nodes are as they
   * were read last (`latest`, `refresh`), with our own changes since; without, as a pass sees them.
   */
  now(): ClusterState;
  /**
   * Brings the nodes of `now` up to date, but for what was read less than `maxAgeMs` ago (default
   * 0), or rejects. Absent = they always are.
   */
  readonly upToDate?: (maxAgeMs?: number) => Promise<void>;
  /**
   * With all messages received until now; while a pass decides, the state before them. With
   * workers, what was read less than `maxAgeMs` ago counts as that.
   */
  latest(maxAgeMs?: number): Promise<ClusterState>;
  /** The same where nodes are not looked at. */
  cluster(): Promise<ClusterState>;
  /** As `latest`, without waiting; with workers, as `refresh` read it. */
  latestNow(): ClusterState;
  /** Reads what is known elsewhere, for `now` and `latestNow`; never rejects. */
  refresh(): Promise<void>;
}

/**
 * What hears nodes, decides about them and writes what it has decided: on this thread
 * (`SingleDecider`), or with workers that own the nodes (`DividedDecider`).
 */
export interface Decider extends ClusterReader {
  readonly forecasts: Forecasts;
  readonly summary: CoordinatorSummary;
  /** For the next term of this process; whole once it is closed. */
  readonly lastKnown: Pick<LastKnown, 'state' | 'knowledge'>;
  /** Of all that it does, with what was published of the cluster; with workers, as read last. */
  readonly counters: Omit<CoordinatorCounters, 'audit'>;
  /** Changes the state; resolves when it has the event. */
  apply(event: StateEvent): Promise<void>;
  /** What was published of nodes last. */
  view(asked: ServiceCalls['view-get']['request']): Promise<ServiceCalls['view-get']['response']>;
  /** The record of a node is not stored as it should be. */
  writeAgain(node: NodeId): void;
  /** Writes desired states again that the store has lost. Not to be called during a pass. */
  reconcileStore(full: boolean): Promise<void>;
  /** Begins to hear nodes; calls `wake` when a pass is due. */
  hear(wake: () => void): Subscription;
  /** Writes every desired state under our epoch. A fault says why nothing can be decided. */
  begin(): Promise<Result<void>>;
  /** Decides and writes it, once. False = another coordinator leads. */
  decide(): Promise<boolean>;
  /** Tells how the cluster is, after the limits were written. */
  tell(): Promise<void>;
  /** After the last pass: hears no more, and appends what waits for at most some seconds. */
  close(): Promise<void>;
}
