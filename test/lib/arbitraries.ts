import fc from 'fast-check';
import type {
  Ack,
  AllocationAck,
  CpuLimit,
  DesiredAllocation,
  DesiredState,
  StateVersion,
} from '../../shared/command.js';
import { type DesiredGpu, GPU_INJECTIONS, type GpuReport } from '../../shared/gpu.js';
import type { AllocationId, ContainerId, JobName, NodeId } from '../../shared/ids.js';
import { type JobSpec, LATENCY_UNITS, PROBE_METHODS } from '../../shared/job.js';
import { STATISTICS, TARGET_MODES, type Target } from '../../shared/qoe.js';
import type {
  ContainerReport,
  HostReport,
  LatencyReport,
  NodeReport,
} from '../../shared/report.js';
import { summarise } from '../../shared/samples.js';

/** fast-check also makes objects without a prototype; decoders never do. */
export const plainly = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  values.map((value) => structuredClone(value));

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
  fc.record(
    {
      cpuCores: fc.option(cores, { nil: null }),
      periodUs: fc.integer({ min: 1000, max: 1_000_000 }),
      guaranteeCores: fc.oneof(cores, fc.constant(0)),
      weightCores: fc.oneof(cores, fc.constant(0)),
      burstUs: fc.integer({ min: 0, max: 1_000_000_000 }),
    },
    { requiredKeys: ['cpuCores', 'periodUs'] },
  ),
);

const port = fc.integer({ min: 1, max: 65_535 });
const anyPath = fc.stringMatching(/^\/[a-z0-9?=/]{0,20}$/);

const latencySource: fc.Arbitrary<JobSpec['latency']> = fc.oneof(
  fc.record({
    source: fc.constant('log' as const),
    pattern: anyText,
    unit: fc.constantFrom(...LATENCY_UNITS),
  }),
  fc.record(
    { source: fc.constant('push' as const), metric: anyText },
    { requiredKeys: ['source'] },
  ),
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

const gpuId = fc.stringMatching(/^GPU-[0-9a-f]{8}$/);
const shareRatio = double(0.01, 1);
const positiveBytes = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const gpuRequest = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 64 }) }),
  fc.record(
    { shareRatio, memoryBytes: positiveBytes, onLost: fc.constant('restart' as const) },
    { requiredKeys: ['shareRatio'] },
  ),
);
const gpuAssignment = fc.record(
  { ids: fc.array(gpuId, { maxLength: 3 }), shareRatio, memoryBytes: positiveBytes },
  { requiredKeys: ['ids', 'shareRatio'] },
);
const settingFields = {
  clockMhz: fc.option(fc.integer({ min: 1, max: 5000 }), { nil: null }),
  powerWatts: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: null }),
};
const desiredGpu: fc.Arbitrary<DesiredGpu> = fc.record({
  id: gpuId,
  ...settingFields,
  reason: anyText,
});
const capability = fc.record({
  reach: fc.constantFrom('live' as const, 'start', 'none'),
  reason: anyText,
});
const gpuRange = fc.record({ min: double(0, 5000), max: double(0, 5000) });
const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(values, { nil: null });
export const anyGpuReport: fc.Arbitrary<GpuReport> = plainly(
  fc.record({
    id: gpuId,
    index: fc.nat({ max: 63 }),
    name: anyText,
    vendor: fc.constantFrom('nvidia' as const, 'amd'),
    isKnown: fc.boolean(),
    reason: anyText,
    memoryTotalBytes: orNull(counter),
    memoryUsedBytes: orNull(counter),
    utilisationRatio: orNull(ratio),
    clockMhz: orNull(double(0, 5000)),
    maxClockMhz: orNull(double(0, 5000)),
    powerWatts: orNull(double(0, 1000)),
    powerLimitWatts: orNull(double(0, 1000)),
    temperatureCelsius: orNull(double(0, 120)),
    isMig: orNull(fc.boolean()),
    hasMps: orNull(fc.boolean()),
    clockRange: orNull(gpuRange),
    powerRange: orNull(gpuRange),
    ladder: fc.record({ clock: capability, power: capability, share: capability }),
    applied: orNull(fc.record(settingFields)),
    energyJoules: orNull(double(0, 1e9)),
    savedJoules: orNull(double(-1e6, 1e9)),
  }),
);
const containerGpu = fc.record({
  ids: fc.array(gpuId, { maxLength: 2 }),
  injection: fc.constantFrom(...GPU_INJECTIONS),
  memoryBytes: orNull(counter),
  isLost: orNull(fc.boolean()),
});

const jobSpecFields = {
  name: anyJobName,
  image: fc.stringMatching(/^[a-z0-9./:-]{1,30}$/),
  command: fc.array(anyText, { maxLength: 4 }),
  env: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,12}$/), anyText, {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  target: anyTarget,
  weight: double(0.01, 1000),
  replicas: fc.integer({ min: 0, max: 100 }),
  resources: fc.record(
    { cpu: cpuBounds, memoryBytes: positiveBytes, gpu: gpuRequest },
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
  fc.oneof(
    fc.record(jobSpecFields),
    fc.record({ ...jobSpecFields, moves: fc.constant('never' as const) }),
  ),
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
        fc.tuple(anyJobSpec, gpuAssignment).map(([spec, gpu]) => ({ spec, gpu })),
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
      gpus: fc.array(desiredGpu, { maxLength: 2 }),
    })
    .map(({ version, gpus, ...rest }) => ({
      ...version,
      ...rest,
      ...(gpus.length > 0 ? { gpus } : {}),
    })),
);

const allocationAck: fc.Arbitrary<AllocationAck> = fc.record(
  {
    id: anyAllocationId,
    ok: fc.boolean(),
    observedCpuCores: fc.option(cores, { nil: null }),
    reason: anyText,
  },
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

const MEAN_ONLY = {
  p50Ms: null,
  p90Ms: null,
  p95Ms: null,
  p99Ms: null,
  minMs: null,
  maxMs: null,
} as const;
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

const containerFields = {
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
  memory: fc.option(
    fc.record({ currentBytes: counter, workingSetBytes: counter, oomKills: counter }),
    { nil: null },
  ),
  latency: fc.option(latencyReport, { nil: null }),
  ports: fc.dictionary(port.map(String), port, { maxKeys: 3, noNullPrototype: true }),
};
export const anyContainerReport: fc.Arbitrary<ContainerReport> = plainly(
  fc.oneof(fc.record(containerFields), fc.record({ ...containerFields, gpuUse: containerGpu })),
);

const nodeFields = {
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
};
export const anyNodeReport: fc.Arbitrary<NodeReport> = plainly(
  fc.oneof(
    fc.record(nodeFields),
    fc.record({ ...nodeFields, gpus: fc.array(anyGpuReport, { minLength: 1, maxLength: 2 }) }),
  ),
);
