import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import {
  type BootOrder,
  type ContainerDrift,
  type ContainerReport,
  type CpuReport,
  DRIFT_SETTINGS,
  type HostAct,
  type HostReport,
  type LatencyReport,
  type MemoryReport,
  type NodeReport,
} from '../../shared/report.js';
import type { Summary } from '../../shared/samples.js';
import { MAX_DATE_MS } from '../../shared/units.js';
import { MAX_CONTAINERS } from '../codec/limits.js';
import {
  array,
  dictionary,
  dictionaryOrAbsent,
  integer,
  listOrAbsent,
  nullable,
  number,
  object,
  oneOf,
  optional,
  safeId,
  text,
} from '../codec/words.js';
import { containerGpuReport, gpuReport, MAX_GPUS } from './gpu.js';
import {
  containerId,
  cpuBounds,
  cpuLimit,
  labels,
  MAX_BYTES_VALUE,
  MAX_CORES,
  MAX_MS,
  reason,
  stateVersion,
  target,
  weight,
} from './job.js';
import { sealingKey } from './secret.js';

const bytesValue = integer(0, MAX_BYTES_VALUE);
const counter = integer(0, Number.MAX_SAFE_INTEGER);
const milliseconds = number(0, MAX_MS);
const ratio = number(0, 1);

export const hostReport = object<HostReport>({
  capacityCpuCores: number(0, MAX_CORES),
  capacityMemoryBytes: bytesValue,
  allocatableCpuCores: number(0, MAX_CORES),
  allocatableMemoryBytes: bytesValue,
  cpuUtilisationRatio: nullable(ratio),
  memoryUsedBytes: nullable(bytesValue),
  cpuPressureRatio: nullable(ratio),
  energyJoules: optional(number(0, 2 ** 53)),
});

export const cpuReport = object<CpuReport>({
  usageCores: number(0, MAX_CORES),
  usageTotalSeconds: number(0, MAX_MS),
  throttledRatio: ratio,
  pressureRatio: nullable(ratio),
});

export const memoryReport = object<MemoryReport>({
  currentBytes: bytesValue,
  workingSetBytes: bytesValue,
  oomKills: counter,
});

export const summary = object<Summary>({
  count: integer(1, Number.MAX_SAFE_INTEGER),
  meanMs: milliseconds,
  p50Ms: nullable(milliseconds),
  p90Ms: nullable(milliseconds),
  p95Ms: nullable(milliseconds),
  p99Ms: nullable(milliseconds),
  minMs: nullable(milliseconds),
  maxMs: nullable(milliseconds),
});

export const latencyReport = object<LatencyReport>({
  window: summary,
  newestAgeMs: milliseconds,
  sinceChangeCount: counter,
  totalCount: counter,
  totalMs: milliseconds,
  rejectedCount: counter,
  satisfiedRatio: optional(ratio),
});

export const containerDrift = object<ContainerDrift>({
  count: integer(1, Number.MAX_SAFE_INTEGER),
  setting: oneOf(DRIFT_SETTINGS),
  from: text(64),
  to: text(64),
  foundAtMs: milliseconds,
  rewrittenAtMs: nullable(milliseconds),
});

export const containerReport = object<ContainerReport>({
  containerId: nullable(containerId),
  lifeId: text(256),
  allocation: safeId<AllocationId>(),
  job: safeId<JobName>(),
  origin: oneOf(['dqoes', 'label']),
  name: text(256),
  image: text(512),
  state: oneOf(['pending', 'running', 'exited', 'failed']),
  reason,
  control: oneOf(['enforce', 'observe', 'none']),
  target: nullable(target),
  weight,
  cpuBounds,
  applied: nullable(cpuLimit),
  observed: nullable(cpuLimit),
  cpu: nullable(cpuReport),
  memory: nullable(memoryReport),
  latency: nullable(latencyReport),
  gpuUse: optional(containerGpuReport),
  drift: optional(containerDrift),
  ports: dictionary(/^[0-9]{1,5}$/, integer(0, 65_535), 64),
});

/** The containers of one node. */
export const containerReports = array(containerReport, MAX_CONTAINERS);

/** Starts of one agent: one a second for a century. */
const MAX_STARTS = 2 ** 32;
export const bootOrder = object<BootOrder>({
  journal: text(64),
  count: integer(1, MAX_STARTS),
});

export const hostAct = object<HostAct>({
  number: integer(1, Number.MAX_SAFE_INTEGER),
  after: counter,
  timeMs: number(0, MAX_DATE_MS),
  verb: text(32),
  who: text(64),
  what: text(500),
});

const ALLOCATION = /^[A-Za-z0-9_-]{1,63}$/;
export const nodeReport = object<NodeReport>({
  schema: oneOf([1]),
  node: safeId<NodeId>(),
  incarnation: text(128),
  bootId: text(128),
  boot: optional(bootOrder),
  sequence: counter,
  sentAtMs: milliseconds,
  validForMs: milliseconds,
  agentVersion: text(64),
  intervalMs: number(1, 86_400_000),
  windowMs: optional(number(1, 86_400_000)),
  labels,
  holds: stateVersion,
  host: hostReport,
  containers: containerReports,
  gpus: listOrAbsent(gpuReport, MAX_GPUS),
  sealingKey: optional(sealingKey),
  specHashes: dictionaryOrAbsent(ALLOCATION, text(64), MAX_CONTAINERS),
  act: optional(hostAct),
  warnings: array(reason, 64),
});
