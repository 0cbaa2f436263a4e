import { fixedPartsHashOf } from '../../../../agent/containers/host-config.js';
import type { KernelCpu } from '../../../../agent/containers/limits.js';
import type { Managed } from '../../../../agent/containers/managed.js';
import { sharesOf } from '../../../../agent/containers/weight.js';
import { EMPTY_LEDGER } from '../../../../agent/enforce/ledger-entry.js';
import type { PlanInput } from '../../../../agent/enforce/plan-types.js';
import { DEFAULT_BOUNDS } from '../../../../agent/enforce/policy-bounds.js';
import type { EngineCpuSettings } from '../../../../agent/ports/engine.js';
import type { CpuLimit, DesiredAllocation, DesiredState } from '../../../../shared/command.js';
import type { AllocationId, ContainerId, JobName, NodeId } from '../../../../shared/ids.js';
import type { JobSpec } from '../../../../shared/job.js';

export const NO_CPU: EngineCpuSettings = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };
export const NODE = 'here' as NodeId;
export const idOf = (serial: number): ContainerId =>
  serial.toString(16).padStart(64, 'a') as ContainerId;
export const limitOf = (cpuCores: number | null): CpuLimit => ({ cpuCores, periodUs: 100_000 });
/** What the kernel says of a container with that limit, period and shares. */
export const kernelOf = (
  cores: number | null,
  shares = sharesOf(cores ?? 1),
  periodUs = 100_000,
): KernelCpu => ({
  cores,
  periodUs,
  weight: { version: 1, value: shares },
  burstUs: 0,
});
export const quotaOfCores = (cores: number): EngineCpuSettings => ({
  ...NO_CPU,
  quotaUs: cores * 100_000,
  periodUs: 100_000,
});

export function aSpec(name = 'web', overrides: Partial<JobSpec> = {}): JobSpec {
  return {
    name: name as JobName,
    image: 'dqoes/tiny:1',
    command: ['serve'],
    env: { A: '1' },
    target: { latencyMs: 100, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
    weight: 1,
    replicas: 1,
    resources: { cpu: { minCores: 0.05 } },
    latency: { source: 'push' },
    constraints: { labels: {} },
    onLoss: 'keep',
    ports: [],
    ...overrides,
  };
}

/** A running adopted container. */
export function anAdopted(serial: number, overrides: Partial<Managed> = {}): Managed {
  const containerId = idOf(serial);
  return {
    allocation: `adopted-${serial}` as AllocationId,
    job: `job-${serial}` as JobName,
    containerId,
    lifeId: `${containerId}@1`,
    origin: 'label',
    control: 'enforce',
    state: 'running',
    pid: 100 + serial,
    exitCode: null,
    cpu: NO_CPU,
    specHash: null,
    ...overrides,
  };
}

/** A running container of ours. */
export const anOwn = (serial: number, spec: JobSpec, overrides: Partial<Managed> = {}): Managed =>
  anAdopted(serial, {
    allocation: `${spec.name}-0` as AllocationId,
    job: spec.name,
    origin: 'dqoes',
    specHash: fixedPartsHashOf(spec),
    ...overrides,
  });

export const wantAdopted = (managed: Managed, cores: number | null): DesiredAllocation => ({
  id: managed.allocation,
  job: managed.job,
  containerId: managed.containerId,
  limit: limitOf(cores),
  reason: 'policy',
});
export const wantOwn = (spec: JobSpec, cores: number | null): DesiredAllocation => ({
  id: `${spec.name}-0` as AllocationId,
  job: spec.name,
  spec,
  limit: limitOf(cores),
  reason: 'policy',
});

export const aState = (
  allocations: readonly DesiredAllocation[],
  overrides: Partial<DesiredState> = {},
): DesiredState => ({
  incarnation: 'store',
  epoch: 1,
  revision: 1,
  node: NODE,
  validForMs: 10_000,
  allocations,
  ...overrides,
});

export const aPlanInput = (overrides: Partial<PlanInput>): PlanInput => ({
  desired: aState([]),
  mayRaise: true,
  managed: [],
  observed: new Map(),
  ledger: EMPTY_LEDGER,
  bounds: DEFAULT_BOUNDS,
  confirmed: new Map(),
  hostCores: 2,
  weightRule: 'proportional',
  ...overrides,
});
