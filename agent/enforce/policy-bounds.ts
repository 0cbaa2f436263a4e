import type { CpuLimit } from '../../shared/command.js';
import type { JobSpec } from '../../shared/job.js';
import { err, ok, type Result } from '../../shared/result.js';
import { formatBytes } from '../../shared/units.js';
import { DEFAULT_GPU_BOUNDS, type GpuBounds } from './gpu/bounds.js';

/** The host's own bounds (`policy.yaml`), which no coordinator can exceed. */
export interface PolicyBounds {
  /** Smallest and largest CPU limit of one container, cores. */
  readonly minCpuCores: number;
  readonly maxCpuCores: number;
  /**
   * Image references that may run; `*` stands for any text without `/`, `**` for any text. Absent =
   * every image.
   */
  readonly images?: readonly string[];
  /** Largest memory limit of one container, and the limit of a job that names none, bytes. */
  readonly maxMemoryBytes: number;
  readonly defaultMemoryBytes: number;
  /** Host ports a job may ask for, inclusive. They are published on loopback only. */
  readonly hostPorts: { readonly from: number; readonly to: number };
  /** Processes and threads of one container. */
  readonly pidsLimit: number;
  /** Settings of GPUs. */
  readonly gpu: GpuBounds;
}

/** In force where there is no `policy.yaml`. */
export const DEFAULT_BOUNDS: PolicyBounds = {
  minCpuCores: 0.01,
  maxCpuCores: 4096,
  maxMemoryBytes: 2 ** 50,
  defaultMemoryBytes: 2 * 1024 ** 3,
  hostPorts: { from: 1024, to: 65_535 },
  pidsLimit: 1024,
  gpu: DEFAULT_GPU_BOUNDS,
};

/**
 * A limit within the host's bounds. Without a quota it stays without one unless the host caps
 * containers: then it gets that quota, and keeps of its guarantee and weight what fits below.
 */
export function boundLimit(limit: CpuLimit, bounds: PolicyBounds): CpuLimit {
  const { maxCpuCores, minCpuCores } = bounds;
  const guarantee = guaranteeWithin(limit, maxCpuCores);
  if (limit.cpuCores !== null) {
    const cpuCores = Math.min(maxCpuCores, Math.max(minCpuCores, limit.cpuCores));
    return { ...limit, ...guarantee, cpuCores };
  }
  if (maxCpuCores >= DEFAULT_BOUNDS.maxCpuCores) return limit;
  return { ...limit, ...guarantee, cpuCores: maxCpuCores };
}

/**
 * A quota is a guarantee unless another is named, so one that only caps a weight has to name it.
 */
function guaranteeWithin(
  { cpuCores, guaranteeCores, weightCores }: CpuLimit,
  maxCores: number,
): Partial<CpuLimit> {
  const isNamed = guaranteeCores !== undefined || (cpuCores === null && weightCores !== undefined);
  return isNamed ? { guaranteeCores: Math.min(guaranteeCores ?? 0, maxCores) } : {};
}

/** Whether this host lets the job run; the error names the field, the value and the bound. */
export function admitSpec(spec: JobSpec, bounds: PolicyBounds): Result<void, string> {
  if (
    bounds.images !== undefined &&
    !bounds.images.some((pattern) => matchesImage(pattern, spec.image))
  )
    return err(`image ${JSON.stringify(spec.image)} is not in the list of images this host allows`);
  const memoryBytes = spec.resources.memoryBytes ?? 0;
  if (memoryBytes > bounds.maxMemoryBytes)
    return err(
      `memory ${formatBytes(memoryBytes)} is above the ` +
        `${formatBytes(bounds.maxMemoryBytes)} this host allows`,
    );
  for (const { hostPort = 0 } of spec.ports)
    if (hostPort !== 0 && (hostPort < bounds.hostPorts.from || hostPort > bounds.hostPorts.to))
      return err(
        `host port ${hostPort} is outside ${bounds.hostPorts.from}–${bounds.hostPorts.to}, ` +
          'which this host allows',
      );
  return ok(undefined);
}

/** An image without a tag means `:latest`, as Docker reads it. */
function matchesImage(pattern: string, image: string): boolean {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) =>
      part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  const expression = new RegExp(`^${source}$`);
  return expression.test(image) || (!/:[^/]*$/.test(image) && expression.test(`${image}:latest`));
}
