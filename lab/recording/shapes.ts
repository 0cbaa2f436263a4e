import { FAIRNESS, PERIOD_RULES } from '../../coordinator/schedule/types.js';
import { isSafeId } from '../../shared/ids.js';
import { STATISTICS, TARGET_MODES } from '../../shared/qoe.js';
import {
  type Check,
  list,
  nullable,
  number,
  oneOf,
  optional,
  record,
  text,
  textWhere,
} from './check.js';
import { RECORDING_FORMAT, RECORDING_VERSION } from './types.js';

const MAX = Number.MAX_SAFE_INTEGER;
const MAX_CORES = 4096;
const MAX_CONTAINERS = 10_000;
const DAY_MS = 86_400_000;

const safeId = textWhere(isSafeId, '1 to 63 of A-Z a-z 0-9 _ -');
const counter = number(0, MAX);
const ratio = number(0, 1);
const cores = number(0, MAX_CORES);
const positive = (most: number): Check => number(Number.MIN_VALUE, most);
const reason = text(8192);
const atMs = counter;

const target = record({
  latencyMs: positive(DAY_MS),
  statistic: oneOf(STATISTICS),
  toleranceRatio: positive(1),
  mode: oneOf(TARGET_MODES),
});
const bounds = record({ minCores: cores, maxCores: optional(positive(MAX_CORES)) });
const limit = record({
  cpuCores: nullable(positive(MAX_CORES)),
  periodUs: number(1000, 1_000_000),
  guaranteeCores: optional(number(0, MAX_CORES)),
  weightCores: optional(number(0, MAX_CORES)),
  burstUs: optional(counter),
});
const weight = positive(1e6);

const params = record({
  intervalMs: positive(DAY_MS),
  maxIntervalMs: positive(DAY_MS),
  releaseRatio: ratio,
  seed: counter,
  fairness: oneOf(FAIRNESS),
  reserveRatio: ratio,
  period: oneOf(PERIOD_RULES),
});

/** How the first line must look. */
export const headerShape = record({
  kind: oneOf(['header']),
  format: oneOf([RECORDING_FORMAT]),
  version: oneOf([RECORDING_VERSION]),
  cluster: safeId,
  startedAt: textWhere(
    (value) => !Number.isNaN(Date.parse(value)),
    'a time such as 2026-01-31T12:00:00Z',
  ),
  policy: nullable(text(64)),
  params: nullable(params),
  recorder: text(64),
});

const summary = record({
  count: number(1, MAX),
  meanMs: counter,
  p50Ms: nullable(counter),
  p90Ms: nullable(counter),
  p95Ms: nullable(counter),
  p99Ms: nullable(counter),
  minMs: nullable(counter),
  maxMs: nullable(counter),
});

const container = record({
  allocation: safeId,
  job: safeId,
  lifeId: text(256),
  origin: oneOf(['dqoes', 'label']),
  image: text(512),
  state: oneOf(['pending', 'running', 'exited', 'failed']),
  control: oneOf(['enforce', 'observe', 'none']),
  target: nullable(target),
  weight,
  cpuBounds: bounds,
  applied: nullable(limit),
  observed: nullable(limit),
  cpu: nullable(
    record({
      usageCores: cores,
      usageTotalSeconds: counter,
      throttledRatio: ratio,
      pressureRatio: nullable(ratio),
    }),
  ),
  latency: nullable(
    record({
      window: summary,
      newestAgeMs: counter,
      sinceChangeCount: counter,
      totalCount: counter,
      totalMs: counter,
      rejectedCount: counter,
    }),
  ),
});

const reportShape = record({
  atMs,
  node: safeId,
  sequence: counter,
  intervalMs: number(1, DAY_MS),
  host: record({
    capacityCpuCores: cores,
    allocatableCpuCores: cores,
    allocatableMemoryBytes: counter,
    cpuUtilisationRatio: nullable(ratio),
    cpuPressureRatio: nullable(ratio),
  }),
  containers: list(container, MAX_CONTAINERS),
});

const desiredShape = record({
  atMs,
  node: safeId,
  epoch: counter,
  revision: counter,
  allocations: list(
    record({
      id: safeId,
      job: safeId,
      spec: nullable(record({ target, weight, replicas: number(0, MAX_CONTAINERS), cpu: bounds })),
      limit,
      reason,
    }),
    MAX_CONTAINERS,
  ),
});

/** How each kind of line must look, by its kind. */
export const LINE_SHAPES: Readonly<Record<string, Check>> = {
  report: reportShape,
  desired: desiredShape,
  policy: record({ atMs, policy: text(64) }),
  event: record({ atMs, type: text(128), about: text(128) }),
};
