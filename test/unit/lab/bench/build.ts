import type { RealJob } from '../../../../lab/bench/bound.js';
import type { LatencyProfile } from '../../../../lab/bench/curve.js';
import type { Disturbance } from '../../../../lab/disturbance.js';
import type { SampleWorkload, Scenario } from '../../../../lab/types.js';
import type { AllocationStatus } from '../../../../proto/schemas/status.js';
import type { AllocationId, ContainerId, JobName, NodeId } from '../../../../shared/ids.js';
import type { ContainerReport } from '../../../../shared/report.js';

export const workload = (changes: Partial<SampleWorkload> = {}): SampleWorkload => ({
  kind: 'ocr-det',
  batch: 2,
  threads: 1,
  arrivals: { kind: 'closed' },
  ...changes,
});

export const job = (id: string, changes: Partial<RealJob> = {}): RealJob => ({
  id,
  atMs: 0,
  untilMs: null,
  targetMs: 1000,
  demandRatio: 0.25,
  statistic: 'mean',
  toleranceRatio: 0.1,
  mode: 'band',
  weight: 1,
  model: null,
  workload: workload(),
  ...changes,
});

export const scenario = (
  changes: Partial<Scenario> = {},
  disturbances: readonly Disturbance[] = [],
): Scenario => ({
  name: 'test',
  seed: 7,
  intervalMs: 5000,
  durationMs: 30_000,
  nodes: [{ id: 'h1', cpuCores: 2 }],
  jobs: [job('a'), job('b')],
  disturbances,
  ...changes,
});

const RATIOS = { mean: 1, p50: 0.9, p90: 1.3, p95: 1.5, p99: 2 };

/** Response times of W/c at the limits given, `workSeconds` each. */
export const profile = (
  workSeconds: number,
  limits: readonly number[] = [1, 0.5, 0.25, 0.125],
  arrivals: LatencyProfile['arrivals'] = 'closed',
): LatencyProfile => ({
  arrivals,
  workSeconds,
  points: limits.map((cores) => ({
    cores,
    meanMs: (workSeconds / cores) * 1000,
    requests: 10,
    isContended: false,
    ratios: RATIOS,
  })),
});

export interface StatusParts {
  readonly job: string;
  readonly requests?: number;
  /** null = the report does not say it. */
  readonly cpuSeconds?: number | null;
  readonly latencyMs?: number;
  readonly limitCores?: number | null;
  readonly state?: ContainerReport['state'];
  readonly reason?: string;
}

function latencyOf(value: number, requests: number) {
  const window = {
    count: 5,
    meanMs: value,
    p50Ms: value,
    p90Ms: value,
    p95Ms: value * 1.2,
    p99Ms: value,
    minMs: value,
    maxMs: value,
  };
  return {
    window,
    newestAgeMs: 0,
    sinceChangeCount: 5,
    totalCount: requests,
    totalMs: requests * value,
    rejectedCount: 0,
  };
}

/** One line of what the coordinator answers, with just what the bench reads. */
export function status(parts: StatusParts): AllocationStatus {
  const {
    job: name,
    requests = 10,
    cpuSeconds = 1,
    latencyMs = 100,
    limitCores = 0.5,
    state = 'running',
  } = parts;
  const value = latencyMs;
  const limit = { cpuCores: limitCores, periodUs: 100_000 };
  const latency = latencyOf(value, requests);
  const cpu =
    cpuSeconds === null
      ? null
      : { usageCores: 0.5, usageTotalSeconds: cpuSeconds, throttledRatio: 0, pressureRatio: 0 };
  return {
    id: `${name}-1` as AllocationId,
    job: name as JobName,
    node: 'bench' as NodeId,
    target: { latencyMs: 100, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
    latencyMs: requests === 0 ? null : value,
    qoeClass: null,
    desired: limit,
    reason: '',
    container: {
      containerId: 'c'.repeat(64) as ContainerId,
      lifeId: '1',
      allocation: `${name}-1` as AllocationId,
      job: name as JobName,
      origin: 'dqoes',
      name,
      image: 'x',
      state,
      reason: parts.reason ?? '',
      control: 'enforce',
      target: null,
      weight: 1,
      cpuBounds: { minCores: 0.01 },
      applied: limit,
      observed: limit,
      cpu,
      memory: null,
      latency: requests === 0 ? null : latency,
      ports: {},
    },
    ageMs: 0,
  };
}
