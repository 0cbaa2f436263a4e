import type { Bus } from '../proto/bus.js';
import type { PolicyName } from '../proto/schemas/service.js';
import type { AllocationStatus, JobStatus, NodeStatus } from '../proto/schemas/status.js';
import type { StoreProvider } from '../proto/store.js';
import type { Clock } from '../shared/clock.js';
import type { Log } from '../shared/log.js';
import type { DispatchCounters } from './dispatch/dispatcher.js';
import type { EventPublisher } from './dispatch/event-publisher.js';
import type { AcquiredLease } from './election/candidate.js';
import type { IngestCounters } from './ingest/ingest.js';
import type { Pace } from './pacing/pace.js';
import type { Policy, PolicyParams } from './schedule/types.js';
import type { MarkedBucket } from './store/mark.js';
import type { Remembered } from './store/refill.js';

/** What `startCoordinator` needs to be told; `config.ts` reads it from a file. */
export interface CoordinatorSettings {
  readonly cluster: string;
  /** Who holds the lease, for people. */
  readonly name: string;
  /** Until somebody sets another one, which is then kept. */
  readonly policy: PolicyName;
  readonly params: PolicyParams;
  /** How long other coordinators wait for a sign of life of the leading one, ms. */
  readonly leaseMs: number;
  /** Copies of what is stored, for buckets that have to be made again. */
  readonly replicas: 1 | 3;
  /** Lost buckets to be taken as they are, by an operator's word. */
  readonly acceptLost: readonly MarkedBucket[];
  /** First token of every subject. Default `dqoes`. */
  readonly root?: string;
}

export interface CoordinatorDeps {
  readonly bus: Bus;
  /** Buckets and event stream must exist (`install`). */
  readonly stores: StoreProvider;
  readonly clock: Clock;
  readonly log: Log;
  /** Absent = slices of 25 ms by the clock. */
  readonly pace?: Pace;
  /** Won in a campaign; absent = it is taken at once, whoever holds it. */
  readonly won?: AcquiredLease;
  /**
   * Of the time this process led last, if nobody else did since: lost buckets are filled with it.
   */
  readonly remembered?: Remembered;
  /**
   * Decides instead of the named policy, whatever that is: for comparing policies that clusters do
   * not offer.
   */
  readonly policy?: Policy;
}

export interface CoordinatorStatus {
  readonly policy: PolicyName;
  readonly jobs: readonly JobStatus[];
  readonly nodes: readonly NodeStatus[];
  readonly allocations: readonly AllocationStatus[];
}

export interface CoordinatorCounters {
  readonly ingest: IngestCounters;
  readonly dispatch: DispatchCounters;
  readonly events: EventPublisher['counters'];
}

export interface CoordinatorHandle {
  readonly epoch: number;
  readonly incarnation: string;
  status(): CoordinatorStatus;
  counters(): CoordinatorCounters;
  /** Of the lease; a campaign that is told it need not wait while nobody else has led. */
  readonly nonce: string;
  /** The latest epoch that nodes were seen to obey, where it is later than ours; else 0. */
  readonly obeyedEpoch: number;
  /** What a next start in this process may fill lost buckets with. */
  readonly remembered: Remembered;
  /**
   * Resolves with one sentence when this coordinator leads no more; it has then let go of
   * everything.
   */
  readonly ended: Promise<string>;
  /**
   * Stops deciding and answering; nothing on any node changes. The bus stays open: it is the
   * caller's. Safe to call twice.
   */
  stop(): Promise<void>;
}
