import { fixedPartsHashOf, ownLabels } from '../../agent/containers/host-config.js';
import type { RunRequest } from '../../agent/ports/engine.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { EngineWorld } from './engine-world.js';

/** A small job with a target of 100 ms that the agent gets by push. */
export function specOf(name: string, overrides: Partial<JobSpec> = {}): JobSpec {
  return {
    name: name as JobName,
    image: 'dqoes/tiny:1',
    command: [],
    env: {},
    target: { latencyMs: 100, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
    weight: 1,
    replicas: 1,
    resources: { cpu: { minCores: 0.05 }, memoryBytes: 64 * 1024 ** 2 },
    latency: { source: 'push' },
    constraints: { labels: {} },
    onLoss: 'keep',
    ports: [],
    ...overrides,
  };
}

/**
 * The request an agent of this world makes for allocation 0 of a job; `cpuCores` null = no limit.
 */
export function runRequestOf(
  world: EngineWorld,
  spec: JobSpec,
  cpuCores: number | null,
): RunRequest {
  const allocation = `${world.prefix}-${spec.name}-0` as AllocationId;
  const owner = { node: 'here' as NodeId, cluster: world.prefix };
  const labels = ownLabels(owner, { allocation, spec, specHash: fixedPartsHashOf(spec) });
  return { name: `dqoes-${allocation}`, spec, labels, limit: { cpuCores, periodUs: 100_000 } };
}
