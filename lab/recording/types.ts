import type { PolicyParams } from '../../coordinator/schedule/types.js';
import type { CpuLimit } from '../../shared/command.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { CpuBounds } from '../../shared/job.js';
import type { Target } from '../../shared/qoe.js';
import type { ContainerReport, HostReport } from '../../shared/report.js';

/**
 * Format name in the header of every recording. A reader refuses other versions; new fields and new
 * kinds of lines need no new version.
 */
export const RECORDING_FORMAT = 'dqoes-recording';
/** Version of the format that this program writes and reads. */
export const RECORDING_VERSION = 1;

/** The first line. */
export interface RecordingHeader {
  readonly kind: 'header';
  readonly format: typeof RECORDING_FORMAT;
  readonly version: typeof RECORDING_VERSION;
  readonly cluster: string;
  /** RFC 3339. All times of the lines are ms from here, on the recorder's monotonic clock. */
  readonly startedAt: string;
  /** Policy in force at the start; null = the coordinator did not answer. */
  readonly policy: string | null;
  /** Parameters of the coordinator; null = not known, then defaults are used. */
  readonly params: PolicyParams | null;
  /** Version of the recording program. */
  readonly recorder: string;
}

/** The part of a host report that scheduling looks at. */
export type RecordedHost = Pick<
  HostReport,
  | 'capacityCpuCores'
  | 'allocatableCpuCores'
  | 'allocatableMemoryBytes'
  | 'cpuUtilisationRatio'
  | 'cpuPressureRatio'
>;

/**
 * The part of a container report that scheduling and fitting use: no environment, no file names, no
 * addresses.
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

/** One telemetry message, shortened. */
export interface ReportLine {
  readonly kind: 'report';
  readonly atMs: number;
  readonly node: NodeId;
  readonly sequence: number;
  readonly intervalMs: number;
  readonly host: RecordedHost;
  readonly containers: readonly RecordedContainer[];
}

/** The part of a job specification that scheduling uses. */
export interface RecordedSpec {
  readonly target: Target;
  readonly weight: number;
  readonly replicas: number;
  readonly cpu: CpuBounds;
}

/** One allocation of a desired state: its specification and its limit. */
export interface RecordedDesired {
  readonly id: AllocationId;
  readonly job: JobName;
  /** null for adopted containers. */
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

/** A change of the policy in force. */
export interface PolicyLine {
  readonly kind: 'policy';
  readonly atMs: number;
  readonly policy: string;
}

/**
 * An event of the cluster (arrivals, departures, losses), for people and to detect restarts of the
 * coordinator.
 */
export interface EventLine {
  readonly kind: 'event';
  readonly atMs: number;
  readonly type: string;
  readonly about: string;
}

/** Any line after the header. */
export type RecordingLine = ReportLine | DesiredLine | PolicyLine | EventLine;

/** A recording; lines in order of time. */
export interface Recording {
  readonly header: RecordingHeader;
  readonly reports: readonly ReportLine[];
  readonly desired: readonly DesiredLine[];
  readonly policies: readonly PolicyLine[];
  readonly events: readonly EventLine[];
}
