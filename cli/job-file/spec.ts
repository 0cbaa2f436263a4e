import type { GpuRequest } from '../../shared/gpu.js';
import type { JobSpec } from '../../shared/job.js';
import { sourceOf } from '../../shared/metrics/source.js';
import { defaultMode } from '../../shared/qoe.js';
import { partsOf } from './env.js';
import type { JobDocument } from './schema.js';

/** The document's values as the spec the coordinator takes. */
export function specOf(read: JobDocument): JobSpec {
  const { cpu, memory, gpu } = read.resources;
  const gpus = gpu === undefined ? undefined : gpuOf(gpu);
  return {
    name: read.name,
    image: read.image,
    command: read.command,
    ...partsOf(read.env),
    target: {
      latencyMs: read.target.latency,
      statistic: read.target.statistic,
      toleranceRatio: read.target.tolerance,
      mode: read.target.mode ?? defaultMode(read.target.statistic),
    },
    weight: read.weight,
    replicas: read.replicas,
    resources: {
      cpu: { minCores: cpu.min, ...(cpu.max === undefined ? {} : { maxCores: cpu.max }) },
      ...(memory === undefined ? {} : { memoryBytes: memory }),
      ...(gpus === undefined ? {} : { gpu: gpus }),
    },
    latency: sourceOf(read.latency),
    constraints: read.constraints,
    onLoss: read.onLoss,
    ...(read.moves === 'never' ? { moves: 'never' as const } : {}),
    ...(read.credit === undefined ? {} : { credit: read.credit }),
    ports: read.ports,
  };
}

type GpuDocument = NonNullable<JobDocument['resources']['gpu']>;

/** `count: 0` asks for nothing. */
function gpuOf({ count, share, memory, onLost }: GpuDocument): GpuRequest | undefined {
  if (count === 0) return undefined;
  return {
    ...(share === undefined ? { count: count ?? 1 } : { shareRatio: share }),
    ...(memory === undefined ? {} : { memoryBytes: memory }),
    ...(onLost === 'restart' ? { onLost } : {}),
  };
}
