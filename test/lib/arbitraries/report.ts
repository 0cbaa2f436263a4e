import fc from 'fast-check';
import { GPU_INJECTIONS } from '../../../shared/gpu.js';
import {
  type ContainerReport,
  DRIFT_SETTINGS,
  type HostReport,
  type LatencyReport,
  type NodeReport,
} from '../../../shared/report.js';
import { summarise } from '../../../shared/samples.js';
import {
  anyAllocationId,
  anyContainerId,
  anyCpuLimit,
  anyJobName,
  anyNodeId,
  anyStateVersion,
  anyTarget,
  anyText,
  cores,
  counter,
  cpuBounds,
  double,
  gpuId,
  labels,
  milliseconds,
  orNull,
  plainly,
  port,
  ratio,
} from './basic.js';
import { anyGpuReport } from './gpu.js';
import { anyKey } from './secret.js';

export const anyHostReport: fc.Arbitrary<HostReport> = plainly(
  fc.record(
    {
      capacityCpuCores: cores,
      capacityMemoryBytes: counter,
      allocatableCpuCores: cores,
      allocatableMemoryBytes: counter,
      cpuUtilisationRatio: fc.option(ratio, { nil: null }),
      memoryUsedBytes: fc.option(counter, { nil: null }),
      cpuPressureRatio: fc.option(ratio, { nil: null }),
      energyJoules: counter,
    },
    {
      requiredKeys: [
        ...(['capacityCpuCores', 'capacityMemoryBytes', 'allocatableCpuCores'] as const),
        ...(['allocatableMemoryBytes', 'cpuUtilisationRatio', 'memoryUsedBytes'] as const),
        'cpuPressureRatio',
      ],
    },
  ),
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

const containerGpu = fc.record({
  ids: fc.array(gpuId, { maxLength: 2 }),
  injection: fc.constantFrom(...GPU_INJECTIONS),
  memoryBytes: orNull(counter),
  isLost: orNull(fc.boolean()),
});

const containerDrift = fc.record({
  count: fc.integer({ min: 1, max: 1000 }),
  setting: fc.constantFrom(...DRIFT_SETTINGS),
  from: fc.constantFrom('0.5 cores', 'no limit', '10 ms'),
  to: fc.constantFrom('0.25 cores', 'no limit', '100 ms'),
  foundAtMs: milliseconds,
  rewrittenAtMs: orNull(milliseconds),
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
  fc.oneof(
    fc.record(containerFields),
    fc.record({ ...containerFields, gpuUse: containerGpu }),
    fc.record({ ...containerFields, drift: containerDrift }),
    fc.record({ ...containerFields, gpuUse: containerGpu, drift: containerDrift }),
  ),
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

const specHashes = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}-[0-9]$/),
  fc.stringMatching(/^([0-9a-f]{16})?$/),
  { minKeys: 1, maxKeys: 4, noNullPrototype: true },
);

const anyBoot = fc.record({ journal: anyNodeId, count: fc.integer({ min: 1, max: 2 ** 31 - 1 }) });

const anyAct = fc.record({
  number: fc.integer({ min: 1 }),
  after: counter,
  timeMs: fc.integer({ min: 0 }),
  verb: fc.constantFrom('restore', 'reset-epoch'),
  who: fc.constantFrom('root', 'lena'),
  what: anyText,
});

export const anyNodeReport: fc.Arbitrary<NodeReport> = plainly(
  fc.oneof(
    fc.record(nodeFields),
    fc.record({ ...nodeFields, windowMs: double(1, 86_400_000), boot: anyBoot }),
    fc.record({ ...nodeFields, sealingKey: anyKey }),
    fc.record({ ...nodeFields, act: anyAct }),
    fc.record({ ...nodeFields, specHashes }),
    fc.record({ ...nodeFields, gpus: fc.array(anyGpuReport, { minLength: 1, maxLength: 2 }) }),
  ),
);
