import fc from 'fast-check';
import type {
  Ack,
  AllocationAck,
  CpuLimit,
  DesiredAllocation,
  DesiredState,
  StateVersion,
} from '../../shared/command.js';
import type { AllocationId, ContainerId, JobName, NodeId } from '../../shared/ids.js';
import { type JobSpec, LATENCY_UNITS, PROBE_METHODS } from '../../shared/job.js';
import { STATISTICS, TARGET_MODES, type Target } from '../../shared/qoe.js';
import type { ContainerReport, HostReport, LatencyReport, NodeReport } from '../../shared/report.js';
import { summarise } from '../../shared/samples.js';

/** fast-check also makes objects without a prototype; decoders never do. */
export const plainly = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T> => values.map((value) => structuredClone(value));

const idText = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);
export const anyNodeId = idText.map((id) => id as NodeId);
export const anyJobName = idText.map((id) => id as JobName);
export const anyAllocationId = idText.map((id) => id as AllocationId);
export const anyContainerId = fc.stringMatching(/^[0-9a-f]{64}$/).map((id) => id as ContainerId);
export const anyText = fc.string({ maxLength: 20, unit: 'binary' });

const double = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value));
const counter = fc.oneof(fc.nat(), fc.maxSafeNat());
const ratio = double(0, 1);
const milliseconds = double(0, 1e7);
const cores = double(0.01, 4096);

const labelKey = fc.stringMatching(/^[a-z][a-z0-9./-]{0,15}$/);
const labels = fc.dictionary(labelKey, anyText, { maxKeys: 4, noNullPrototype: true });

export const anyStateVersion: fc.Arbitrary<StateVersion> = plainly(
  fc.record({
    incarnation: anyText,
    epoch: counter,
    revision: counter,
  }),
);

export const anyTarget: fc.Arbitrary<Target> = plainly(
  fc.record({
    latencyMs: double(0.001, 86_400_000),
    statistic: fc.constantFrom(...STATISTICS),
    toleranceRatio: double(0.001, 0.99),
    mode: fc.constantFrom(...TARGET_MODES),
  }),
);

const cpuBounds = fc.record({ minCores: cores, maxCores: cores }, { requiredKeys: ['minCores'] });

export const anyCpuLimit: fc.Arbitrary<CpuLimit> = plainly(
  fc.record({
    cpuCores: fc.option(cores, { nil: null }),
    periodUs: fc.integer({ min: 1000, max: 1_000_000 }),
  }),
);

const port = fc.integer({ min: 1, max: 65_535 });
const anyPath = fc.stringMatching(/^\/[a-z0-9?=/]{0,20}$/);

const latencySource: fc.Arbitrary<JobSpec['latency']> = fc.oneof(
  fc.record({ source: fc.constant('log' as const), pattern: anyText, unit: fc.constantFrom(...LATENCY_UNITS) }),
  fc.record({ source: fc.constant('push' as const), metric: anyText }, { requiredKeys: ['source'] }),
  fc.record(
    {
      source: fc.constant('prometheus' as const),
      preset: fc.constantFrom('vllm', 'triton'),
      metric: anyText,
      unit: fc.constantFrom(...LATENCY_UNITS),
      port,
      path: anyPath,
      match: anyText,
    },
    { requiredKeys: ['source'] },
  ),
  fc.record(
    {
      source: fc.constant('probe' as const),
      port,
      path: anyPath,
      method: fc.constantFrom(...PROBE_METHODS),
      body: anyText,
    },
    { requiredKeys: ['source'] },
  ),
);

const jobSpecFields = {
  name: anyJobName,
  image: fc.stringMatching(/^[a-z0-9./:-]{1,30}$/),
  command: fc.array(anyText, { maxLength: 4 }),
  env: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,12}$/), anyText, { maxKeys: 4, noNullPrototype: true }),
  target: anyTarget,
  weight: double(0.01, 1000),
  replicas: fc.integer({ min: 0, max: 100 }),
  resources: fc.record(
    { cpu: cpuBounds, memoryBytes: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) },
    { requiredKeys: ['cpu'] },
  ),
  latency: latencySource,
  constraints: fc.record({ labels }),
  onLoss: fc.constantFrom('reschedule' as const, 'keep' as const),
  ports: fc.array(
    fc.record(
      { containerPort: port, hostPort: fc.integer({ min: 0, max: 65_535 }) },
      { requiredKeys: ['containerPort'] },
    ),
    { maxLength: 3 },
  ),
};
export const anyJobSpec: fc.Arbitrary<JobSpec> = plainly(
  fc.oneof(fc.record(jobSpecFields), fc.record({ ...jobSpecFields, moves: fc.constant('never' as const) })),
);

export const anyDesiredAllocation: fc.Arbitrary<DesiredAllocation> = plainly(
  fc
    .record({
      id: anyAllocationId,
      job: anyJobName,
      limit: anyCpuLimit,
      reason: anyText,
      what: fc.oneof(
        anyJobSpec.map((spec) => ({ spec })),
        fc.tuple(anyJobSpec, anyAllocationId).map(([spec, replaces]) => ({ spec, replaces })),
        anyContainerId.map((containerId) => ({ containerId })),
      ),
    })
    .map(({ what, ...rest }) => ({ ...rest, ...what })),
);

export const anyDesiredState: fc.Arbitrary<DesiredState> = plainly(
  fc
    .record({
      version: anyStateVersion,
      node: anyNodeId,
      validForMs: counter,
      allocations: fc.array(anyDesiredAllocation, { maxLength: 4 }),
    })
    .map(({ version, ...rest }) => ({ ...version, ...rest })),
);

const allocationAck: fc.Arbitrary<AllocationAck> = fc.record(
  { id: anyAllocationId, ok: fc.boolean(), observedCpuCores: fc.option(cores, { nil: null }), reason: anyText },
  { requiredKeys: ['id', 'ok', 'reason'] },
);

export const anyAck: fc.Arbitrary<Ack> = plainly(
  fc.record({
    node: anyNodeId,
    bootId: anyText,
    outcome: fc.constantFrom('applied' as const, 'already', 'stale', 'refused', 'partial'),
    asked: anyStateVersion,
    holds: anyStateVersion,
    allocations: fc.array(allocationAck, { maxLength: 5 }),
    reason: anyText,
  }),
);

export const anyHostReport: fc.Arbitrary<HostReport> = plainly(
  fc.record({
    capacityCpuCores: cores,
    capacityMemoryBytes: counter,
    allocatableCpuCores: cores,
    allocatableMemoryBytes: counter,
    cpuUtilisationRatio: fc.option(ratio, { nil: null }),
    memoryUsedBytes: fc.option(counter, { nil: null }),
    cpuPressureRatio: fc.option(ratio, { nil: null }),
  }),
);

const MEAN_ONLY = { p50Ms: null, p90Ms: null, p95Ms: null, p99Ms: null, minMs: null, maxMs: null } as const;
const summary = fc
  .tuple(fc.array(milliseconds, { minLength: 1, maxLength: 6 }), fc.boolean())
  .map(([latencies, isMeanOnly]) => {
    const folded = summarise(latencies);
    if (folded === undefined) throw new Error('a summary of at least one sample exists');
    return isMeanOnly ? { ...folded, ...MEAN_ONLY } : folded;
  });

const latencyReport: fc.Arbitrary<LatencyReport> = fc.record({
  window: summary,
  newestAgeMs: milliseconds,
  sinceChangeCount: counter,
  totalCount: counter,
  totalMs: milliseconds,
  rejectedCount: counter,
});

export const anyContainerReport: fc.Arbitrary<ContainerReport> = plainly(
  fc.record({
    containerId: fc.option(anyContainerId, { nil: null }),
    lifeId: anyText,
    allocation: anyAllocationId,
    job: anyJobName,
    origin: fc.constantFrom('dqoes' as const, 'label' as const),
    name: anyText,
    image: anyText,
    state: fc.constantFrom('pending' as const, 'running', 'exited', 'failed'),
    reason: anyText,
    control: fc.constantFrom('enforce' as const, 'observe', 'none'),
    target: fc.option(anyTarget, { nil: null }),
    weight: double(0.01, 1000),
    cpuBounds,
    applied: fc.option(anyCpuLimit, { nil: null }),
    observed: fc.option(anyCpuLimit, { nil: null }),
    cpu: fc.option(
      fc.record({
        usageCores: cores,
        usageTotalSeconds: milliseconds,
        throttledRatio: ratio,
        pressureRatio: fc.option(ratio, { nil: null }),
      }),
      { nil: null },
    ),
    memory: fc.option(fc.record({ currentBytes: counter, workingSetBytes: counter, oomKills: counter }), { nil: null }),
    latency: fc.option(latencyReport, { nil: null }),
    ports: fc.dictionary(port.map(String), port, { maxKeys: 3, noNullPrototype: true }),
  }),
);

export const anyNodeReport: fc.Arbitrary<NodeReport> = plainly(
  fc.record({
    schema: fc.constant(1 as const),
    node: anyNodeId,
    incarnation: anyText,
    bootId: anyText,
    sequence: counter,
    sentAtMs: milliseconds,
    validForMs: milliseconds,
    agentVersion: anyText,
    intervalMs: double(1, 86_400_000),
    labels,
    holds: anyStateVersion,
    host: anyHostReport,
    containers: fc.array(anyContainerReport, { maxLength: 4 }),
    warnings: fc.array(anyText, { maxLength: 3 }),
  }),
);
