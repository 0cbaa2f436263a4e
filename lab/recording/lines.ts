import type { DesiredState } from '../../shared/command.js';
import type { ContainerReport, NodeReport } from '../../shared/report.js';
import type {
  DesiredLine,
  RecordedContainer,
  RecordedDesired,
  RecordingHeader,
  RecordingLine,
  ReportLine,
} from './types.js';

/**
 * A telemetry message as a line. `atMs`: when it was received, ms from the start of the recording.
 */
export const reportLine = (atMs: number, report: NodeReport): ReportLine => ({
  kind: 'report',
  atMs: rounded(atMs),
  node: report.node,
  sequence: report.sequence,
  intervalMs: report.intervalMs,
  host: {
    capacityCpuCores: report.host.capacityCpuCores,
    allocatableCpuCores: report.host.allocatableCpuCores,
    allocatableMemoryBytes: report.host.allocatableMemoryBytes,
    cpuUtilisationRatio: report.host.cpuUtilisationRatio,
    cpuPressureRatio: report.host.cpuPressureRatio,
  },
  containers: report.containers.map(recordedContainer),
});

const recordedContainer = (container: ContainerReport): RecordedContainer => ({
  allocation: container.allocation,
  job: container.job,
  lifeId: container.lifeId,
  origin: container.origin,
  image: container.image,
  state: container.state,
  control: container.control,
  target: container.target,
  weight: container.weight,
  cpuBounds: container.cpuBounds,
  applied: container.applied,
  observed: container.observed,
  cpu: container.cpu,
  latency: container.latency,
});

/**
 * A desired state as a line, with the part of each specification that scheduling uses. Environment
 * and command are left out, as they may contain secrets.
 */
export const desiredLine = (
  atMs: number,
  { node, epoch, revision, allocations }: DesiredState,
): DesiredLine => ({
  kind: 'desired',
  atMs: rounded(atMs),
  node,
  epoch,
  revision,
  allocations: allocations.map(
    ({ id, job, spec, limit, reason }): RecordedDesired => ({
      id,
      job,
      spec:
        spec === undefined
          ? null
          : {
              target: spec.target,
              weight: spec.weight,
              replicas: spec.replicas,
              cpu: spec.resources.cpu,
            },
      limit,
      reason,
    }),
  ),
});

/** One line of the file, with its line end. */
export const lineText = (line: RecordingHeader | RecordingLine): string =>
  `${JSON.stringify(line)}\n`;

/** Rounds a time to a microsecond. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
