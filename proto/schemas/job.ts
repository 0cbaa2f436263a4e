import type { CpuLimit, StateVersion } from '../../shared/command.js';
import type { Credit } from '../../shared/credit.js';
import type { ContainerId, JobName, SecretName } from '../../shared/ids.js';
import {
  type CpuBounds,
  type JobSpec,
  LATENCY_UNITS,
  type LatencySourceSpec,
  MAX_PORTS,
  MAX_WEIGHT,
  PROBE_METHODS,
  type ProbeSourceSpec,
  type PrometheusSourceSpec,
  type PushSourceSpec,
  type Resources,
} from '../../shared/job.js';
import {
  MAX_ARGUMENT_LENGTH,
  MAX_ARGUMENTS,
  MAX_ENV_LENGTH,
  MAX_ENV_VALUES,
} from '../../shared/job-env.js';
import { LABEL_NAME, MAX_LABEL_LENGTH, MAX_LABELS } from '../../shared/node-labels.js';
import { STATISTICS, TARGET_MODES, type Target } from '../../shared/qoe.js';
import { MAX_JOB_SECRETS } from '../../shared/secret.js';
import {
  array,
  dictionary,
  dictionaryOrAbsent,
  integer,
  nullable,
  number,
  object,
  oneOf,
  optional,
  safeId,
  text,
  variants,
} from '../codec/words.js';
import { gpuRequest } from './gpu.js';

/** Bounds of the wire; a job file or a label is checked more closely where it is read. */
export const MAX_CORES = 4096;
export const MAX_BYTES_VALUE = 2 ** 53 - 1;
export const MAX_MS = 2 ** 53 - 1;
const DAY_MS = 86_400_000;

export const reason = text(4096);
export const labels = dictionary(LABEL_NAME, text(MAX_LABEL_LENGTH), MAX_LABELS);
export const containerId = text<ContainerId>(64, {
  of: /^[0-9a-f]{12,64}$/,
  words: 'a container id in hex',
});

/** Of a job or an adopted container. */
export const weight = number(Number.MIN_VALUE, MAX_WEIGHT);

export const stateVersion = object<StateVersion>({
  incarnation: text(128),
  epoch: integer(0, Number.MAX_SAFE_INTEGER),
  revision: integer(0, Number.MAX_SAFE_INTEGER),
});

export const target = object<Target>({
  latencyMs: number(Number.MIN_VALUE, DAY_MS),
  statistic: oneOf(STATISTICS),
  toleranceRatio: number(Number.MIN_VALUE, 1),
  mode: oneOf(TARGET_MODES),
});

export const cpuBounds = object<CpuBounds>({
  minCores: number(0, MAX_CORES),
  maxCores: optional(number(Number.MIN_VALUE, MAX_CORES)),
});

/** The kernel takes no burst above the quota, and no quota above 2^44 ns. */
const MAX_BURST_US = 1_000_000_000;
export const cpuLimit = object<CpuLimit>({
  cpuCores: nullable(number(Number.MIN_VALUE, MAX_CORES)),
  periodUs: integer(1000, 1_000_000),
  guaranteeCores: optional(number(0, MAX_CORES)),
  weightCores: optional(number(0, MAX_CORES)),
  burstUs: optional(integer(0, MAX_BURST_US)),
});

const resources = object<Resources>({
  cpu: cpuBounds,
  memoryBytes: optional(integer(1, MAX_BYTES_VALUE)),
  gpu: optional(gpuRequest),
});

const port = integer(1, 65_535);
const urlPath = text(1024, { of: /^\/[\x21-\x7e]{0,1023}$/, words: 'a path' });

const latencySource = variants<LatencySourceSpec>('source', {
  log: object<Extract<LatencySourceSpec, { source: 'log' }>>({
    source: oneOf(['log']),
    pattern: text(1024),
    unit: oneOf(LATENCY_UNITS),
  }),
  prometheus: object<PrometheusSourceSpec>({
    source: oneOf(['prometheus']),
    preset: optional(text(64)),
    metric: optional(text(512)),
    unit: optional(oneOf(LATENCY_UNITS)),
    port: optional(port),
    path: optional(urlPath),
    match: optional(text(1024)),
  }),
  push: object<PushSourceSpec>({ source: oneOf(['push']), metric: optional(text(512)) }),
  probe: object<ProbeSourceSpec>({
    source: oneOf(['probe']),
    port: optional(port),
    path: optional(urlPath),
    method: optional(oneOf(PROBE_METHODS)),
    body: optional(text(8192)),
  }),
});

/** A share that is not nothing and may be all. */
const share = number(Number.MIN_VALUE, 1);
const credit = object<Credit>({ costRatio: share, belowRatio: share });

const ENV_NAME = /^[^=\0]{1,256}$/;

/** Who submitted a job first: a name, a public key, or a token (`token:<name>`). */
export const jobOwner = text(86, {
  of: /^(token:)?[A-Za-z0-9_-]{1,80}$/,
  words: 'a name, a public key or a token',
});

export const jobSpec = object<JobSpec>({
  name: safeId<JobName>(),
  image: text(512, { of: /^[^\s]{1,512}$/, words: 'an image reference' }),
  command: array(text(MAX_ARGUMENT_LENGTH), MAX_ARGUMENTS),
  env: dictionary(ENV_NAME, text(MAX_ENV_LENGTH), MAX_ENV_VALUES),
  secretEnv: dictionaryOrAbsent(ENV_NAME, safeId<SecretName>(), MAX_JOB_SECRETS),
  target,
  weight,
  replicas: integer(0, 10_000),
  resources,
  latency: latencySource,
  constraints: object<JobSpec['constraints']>({ labels }),
  onLoss: oneOf(['reschedule', 'keep']),
  moves: optional(oneOf(['never'])),
  credit: optional(credit),
  ports: array(
    object<JobSpec['ports'][number]>({
      containerPort: integer(1, 65_535),
      hostPort: optional(integer(0, 65_535)),
    }),
    MAX_PORTS,
  ),
});
