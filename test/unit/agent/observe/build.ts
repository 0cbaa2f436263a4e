import type { EngineContainer } from '../../../../agent/ports/engine.js';
import type { DesiredAllocation } from '../../../../shared/command.js';
import type { AllocationId, ContainerId, JobName } from '../../../../shared/ids.js';
import type { JobSpec } from '../../../../shared/job.js';

/** A container id of 64 hex characters that begins with `seed`. */
export const containerId = (seed: string): ContainerId => seed.padEnd(64, '0') as ContainerId;

export function container(over: Partial<EngineContainer> = {}): EngineContainer {
  const allocation = over.labels?.['dqoes.allocation'];
  return {
    id: containerId('a1'),
    name: allocation === undefined ? 'web' : `dqoes-${allocation}`,
    image: 'web:1',
    labels: {},
    running: true,
    exitCode: null,
    oomKilled: false,
    startedAt: '2026-01-02T03:04:05.678901234Z',
    pid: 4242,
    addresses: ['172.17.0.2'],
    cpu: { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 },
    ports: {},
    exposedPorts: [],
    hostNetwork: false,
    ...over,
  };
}

export function jobSpec(over: Partial<JobSpec> = {}): JobSpec {
  return {
    name: 'face' as JobName,
    image: 'face:1',
    command: [],
    env: {},
    target: { latencyMs: 300, statistic: 'p95', toleranceRatio: 0.1, mode: 'band' },
    weight: 2,
    replicas: 1,
    resources: { cpu: { minCores: 0.05, maxCores: 2 } },
    latency: { source: 'log', pattern: '"ms":(?<value>[0-9.]+)', unit: 'ms' },
    constraints: { labels: {} },
    onLoss: 'reschedule',
    ports: [],
    ...over,
  };
}

export function desired(id: string, spec: JobSpec = jobSpec()): DesiredAllocation {
  return {
    id: id as AllocationId,
    job: spec.name,
    spec,
    limit: { cpuCores: 1, periodUs: 100_000 },
    reason: 'test',
  };
}

export const ownLabels = (id: string, job = 'face') => ({
  'dqoes.allocation': id,
  'dqoes.job': job,
});
