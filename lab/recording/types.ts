import type { PolicyParams } from '../../coordinator/schedule/types.js';
import type { CpuLimit } from '../../shared/command.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { CpuBounds } from '../../shared/job.js';
import type { Target } from '../../shared/qoe.js';
import type { ContainerReport, HostReport } from '../../shared/report.js';

/**
 * What the header of every recording says of its form. A reader refuses other versions; new fields
 * and new kinds of lines need no new version.
 */
export const RECORDING_FORMAT = 'dqoes-recording';
export const RECORDING_VERSION = 1;

/** The first line. */
export interface RecordingHeader {
  readonly kind: 'header';
  readonly format: typeof RECORDING_FORMAT;
  readonly version: typeof RECORDING_VERSION;
  readonly cluster: string;
  /** RFC 3339. All times of the lines are ms from here, on the recorder's monotonic clock. */
  readonly startedAt: string;
  /** Policy in force at the start; null = the coordinator did not say. */
  readonly policy: string | null;
  /** Parameters of the coordinator; null = not known: the defaults are taken. */
  readonly params: PolicyParams | null;
  /** Version of the program that recorded. */
  readonly recorder: string;
}

export type RecordedHost = Pick<
  HostReport,
  | 'capacityCpuCores'
  | 'allocatableCpuCores'
  | 'allocatableMemoryBytes'
  | 'cpuUtilisationRatio'
  | 'cpuPressureRatio'
>;

/**
 * Of a container's report, all that scheduling and fitting look at; no environment, no names of
 * files, no addresses.
 */
export type RecordedContainer = Pick<
  ContainerReport,
  | 'allocation'
  | 'job'
  | 'lifeId'
  | 'origin'
  | 'image'
  | 'state'
  | 'control'
  | 'target'
  | 'weight'
  | 'cpuBounds'
  | 'applied'
  | 'observed'
  | 'cpu'
  | 'latency'
>;

/** One telemetry message, reduced. */
export interface ReportLine {
  readonly kind: 'report';
  readonly atMs: number;
  readonly node: NodeId;
  readonly sequence: number;
  readonly intervalMs: number;
  readonly host: RecordedHost;
  readonly containers: readonly RecordedContainer[];
}

/** What a job asks for, of its specification. */
export interface RecordedSpec {
  readonly target: Target;
  readonly weight: number;
  readonly replicas: number;
  readonly cpu: CpuBounds;
}

export interface RecordedDesired {
  readonly id: AllocationId;
  readonly job: JobName;
  /** Null for containers that were adopted. */
  readonly spec: RecordedSpec | null;
  readonly limit: CpuLimit;
  readonly reason: string;
}

/** One desired state of one node: what the policy decided, with its reasons. */
export interface DesiredLine {
  readonly kind: 'desired';
  readonly atMs: number;
  readonly node: NodeId;
  readonly epoch: number;
  readonly revision: number;
  readonly allocations: readonly RecordedDesired[];
}

/** Another policy is in force from now on. */
export interface PolicyLine {
  readonly kind: 'policy';
  readonly atMs: number;
  readonly policy: string;
}

/**
 * Something the cluster told: arrivals, departures, losses; for people, and to know of restarts of
 * the coordinator.
 */
export interface EventLine {
  readonly kind: 'event';
  readonly atMs: number;
  readonly type: string;
  readonly about: string;
}

export type RecordingLine = ReportLine | DesiredLine | PolicyLine | EventLine;

/** A recording as read: lines in order of time. */
export interface Recording {
  readonly header: RecordingHeader;
  readonly reports: readonly ReportLine[];
  readonly desired: readonly DesiredLine[];
  readonly policies: readonly PolicyLine[];
  readonly events: readonly EventLine[];
}
