import type { Bus } from '../proto/bus.js';
import type { CommandCodec } from '../proto/command-codec.js';
import type { PolicyName } from '../proto/schemas/service.js';
import type { AllocationStatus, JobStatus, NodeStatus } from '../proto/schemas/status.js';
import type { StoreProvider } from '../proto/store.js';
import type { Clock } from '../shared/clock.js';
import type { Log } from '../shared/log.js';
import type { Samples } from '../shared/monitoring/samples.js';
import type { Prices } from '../shared/prices.js';
import type { Quota } from './api/quota.js';
import type { Backlog } from './dispatch/backlog.js';
import type { DispatchCounters } from './dispatch/dispatcher.js';
import type { EventPublisher } from './dispatch/event-publisher.js';
import type { AcquiredLease } from './election/candidate.js';
import type { IngestCounters } from './ingest/ingest.js';
import type { CoordinatorMeter } from './monitoring/meter.js';
import type { Pace } from './pacing/pace.js';
import type { Policy, PolicyParams } from './schedule/types.js';
import type { Vault } from './secrets/vault.js';
import type { RegistrationMode } from './state/model.js';
import type { MarkedBucket } from './store/bucket-mark.js';
import type { LastKnown } from './store/refill.js';
import type { BeginWorker } from './workers/worker-link.js';

/** Settings of one coordinator; `config.ts` reads them from a file. */
export interface CoordinatorSettings {
  readonly cluster: string;
  /** Name of this coordinator in the lease and in events. */
  readonly name: string;
  /** Used until one is set by a call, which is then stored. */
  readonly policy: PolicyName;
  readonly params: PolicyParams;
  /** Lease duration: how long followers wait for a renewal before one of them leads, ms. */
  readonly leaseMs: number;
  /** Number of copies of each bucket that has to be created again. */
  readonly replicas: 1 | 3;
  /** Lost buckets that an operator allows to be used as they are (`--accept-lost`). */
  readonly acceptLost: readonly MarkedBucket[];
  /** Which nodes take part. Default `open`. */
  readonly registration?: RegistrationMode;
  /** Largest weight that a submitter may give a job. Absent = any. */
  readonly submitterWeightMax?: number;
  /** What one submitter may have at a time. Absent = any. */
  readonly submitterQuota?: Quota;
  /** What resources cost; absent = quotes are in CPU cores. */
  readonly prices?: Prices;
  /** How many threads own the nodes (`CoordinatorDeps.beginWorker`). Default 0 = none does. */
  readonly workers?: number;
  /** First token of every subject. Default `dqoes`. */
  readonly root?: string;
}

/** What a coordinator runs on. */
export interface CoordinatorDeps {
  readonly bus: Bus;
  /** The buckets and the event stream must exist (`install`). */
  readonly stores: StoreProvider;
  readonly clock: Clock;
  readonly log: Log;
  /** How desired states are signed and checked; absent = not at all. */
  readonly commands?: CommandCodec;
  /** Opens and seals secrets; absent = there is no key for them. */
  readonly vault?: Vault;
  /** Absent = time slices of 25 ms by the clock. */
  readonly pace?: Pace;
  /** As `acquireLease` returned it; absent = the lease is taken at once from any holder. */
  readonly acquiredLease?: AcquiredLease;
  /**
   * From the last term of this process, if no other coordinator has led since: refills lost
   * buckets.
   */
  readonly lastKnown?: LastKnown;
  /** Lines of the audit that wait, over all leaderships of this process; absent = of this one. */
  readonly auditBacklog?: Backlog;
  /** Events that wait, over leaderships between which nobody else led; absent = of this one. */
  readonly eventBacklog?: Backlog;
  /** Counts what this process does over all its leaderships; absent = nobody asks. */
  readonly meter?: CoordinatorMeter;
  /** Version of the program, to be said while it stands by; absent = it is not said. */
  readonly version?: string;
  /**
   * Called when a decision pass has ended, or a look at the lease while it stands by, well or not;
   * must not throw.
   */
  readonly onPass?: () => void;
  /** Begins a worker; needed where the settings ask for workers. */
  readonly beginWorker?: BeginWorker;
  /**
   * Decides instead of the policy that is set: to compare policies that clusters do not offer. Not
   * with workers.
   */
  readonly policy?: Policy;
}

/** The cluster as users see it. */
export interface CoordinatorStatus {
  readonly policy: PolicyName;
  readonly jobs: readonly JobStatus[];
  readonly nodes: readonly NodeStatus[];
  readonly allocations: readonly AllocationStatus[];
}

/** The cluster in a few numbers. */
export interface CoordinatorSummary {
  readonly nodes: { readonly known: number; readonly ready: number };
  readonly jobs: number;
  /** Absent = it takes workers to tell. */
  readonly atTarget?: number;
}

/** Counters since this coordinator began to lead. */
export interface CoordinatorCounters {
  readonly ingest: IngestCounters;
  readonly dispatch: DispatchCounters;
  readonly events: EventPublisher['counters'];
  readonly audit: EventPublisher['counters'];
  /** Of the records of nodes and minutes. */
  readonly minutes: Pick<EventPublisher['counters'], 'dropped'>;
}

/** A coordinator that leads, or has led. */
export interface CoordinatorHandle {
  /** Of its lease. */
  readonly epoch: number;
  /** Of its lease. */
  readonly incarnation: string;
  /**
   * With all messages received until now; after the end, as it was then. With workers, nodes and
   * counters are as `refresh` read them last, here and in `collect`.
   */
  status(): CoordinatorStatus;
  counters(): CoordinatorCounters;
  /** Reads what workers know, for at most some seconds; never rejects. */
  refresh(): Promise<void>;
  /** Costs little, with workers too. */
  summary(): CoordinatorSummary;
  /**
   * Adds what only the coordinator that leads may export: the facts of the cluster. Nothing after
   * the end. Allocations have series of their own up to `maxAllocations` of them.
   */
  collect(samples: Samples, maxAllocations: number): void;
  /** By the clock, ms: when its lease was renewed last. */
  readonly renewedAtMs: number;
  /** Of its lease: with it `acquireLease` need not wait if no other coordinator has led since. */
  readonly nonce: string;
  /** The latest epoch that nodes were seen to obey, where it is later than ours; else 0. */
  readonly obeyedEpoch: number;
  /** What the next start in this process may refill lost buckets with. */
  readonly lastKnown: LastKnown;
  /**
   * Resolves with the reason, one sentence, when leadership is lost; the coordinator has then
   * stopped.
   */
  readonly ended: Promise<string>;
  /**
   * Stops deciding and answering and releases the lease; nothing on any node changes. The bus stays
   * open, it belongs to the caller. Safe to call twice.
   */
  stop(): Promise<void>;
}
