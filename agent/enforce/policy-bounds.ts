import { type CpuLimit, guaranteedCores } from '../../shared/command.js';
import { DEFAULT_MEMORY_BYTES, MAX_WEIGHT } from '../../shared/job.js';
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
  /** Whether containers that opt in by labels are adopted, or none is. */
  readonly adopt: 'labels' | 'never';
  /** Largest weight of a job, and of an adopted container. */
  readonly maxWeight: number;
  /** Most CPU that one container is guaranteed, cores. */
  readonly maxGuaranteedCores: number;
  /** Why no job runs here, whatever it asks for; '' = jobs run. */
  readonly jobsRefused: string;
  /** Most containers of jobs at a time. */
  readonly maxContainers: number;
  /** Most memory of all containers of jobs together, bytes. */
  readonly maxTotalMemoryBytes: number;
  /** Registries that images of jobs may come from, as `docker.io`; absent = all. */
  readonly registries?: readonly string[];
  /** Whether a job may have a share of a GPU, which takes the host's IPC namespace. */
  readonly gpuShare: 'allow' | 'refuse';
}

/** In force where there is no `policy.yaml`. */
export const DEFAULT_BOUNDS: PolicyBounds = {
  minCpuCores: 0.01,
  maxCpuCores: 4096,
  maxMemoryBytes: 2 ** 50,
  defaultMemoryBytes: DEFAULT_MEMORY_BYTES,
  hostPorts: { from: 1024, to: 65_535 },
  pidsLimit: 1024,
  gpu: DEFAULT_GPU_BOUNDS,
  adopt: 'labels',
  maxWeight: MAX_WEIGHT,
  maxGuaranteedCores: 4096,
  jobsRefused: '',
  maxContainers: 10_000_000,
  maxTotalMemoryBytes: 2 ** 50,
  gpuShare: 'refuse',
};

/** Why a host runs no jobs whose policy says so. */
export const JOBS_OFF =
  'this host runs no jobs (jobs: false in its policy.yaml): run it on another host, or remove ' +
  'that line';

/** Why an agent that only observes runs no jobs. */
export const OBSERVES_ONLY =
  'this agent only observes, so it starts no jobs: run it on another host, or set ' +
  'control: enforce in its agent.yaml';

/**
 * A limit within the host's bounds. Without a quota it stays without one unless the host caps
 * containers: then it gets that quota, and keeps of its guarantee and weight what fits below.
 * `ownCores`: the quota that the container came with, which is in force without one of ours and may
 * be cap enough; null = none.
 */
export function boundLimit(
  limit: CpuLimit,
  bounds: PolicyBounds,
  ownCores: number | null = null,
): CpuLimit {
  return withGuaranteeUpTo(boundQuota(limit, bounds, ownCores), bounds.maxGuaranteedCores);
}

/**
 * A guarantee above what the host allows is lowered to that, and with it the weight that makes it
 * good; a quota stays, as the most it may use.
 */
function withGuaranteeUpTo(limit: CpuLimit, maxCores: number): CpuLimit {
  const { weightCores } = limit;
  const isWeightOver = weightCores !== undefined && weightCores > maxCores;
  if (guaranteedCores(limit) <= maxCores && !isWeightOver) return limit;
  const guaranteeCores = Math.min(guaranteedCores(limit), maxCores);
  return { ...limit, guaranteeCores, ...(isWeightOver ? { weightCores: maxCores } : {}) };
}

function boundQuota(limit: CpuLimit, bounds: PolicyBounds, ownCores: number | null): CpuLimit {
  const { maxCpuCores, minCpuCores } = bounds;
  const guarantee = guaranteeWithin(limit, maxCpuCores);
  if (limit.cpuCores !== null) {
    const cpuCores = Math.min(maxCpuCores, Math.max(minCpuCores, limit.cpuCores));
    return { ...limit, ...guarantee, cpuCores };
  }
  const isCapped = ownCores !== null && ownCores <= maxCpuCores;
  if (isCapped || maxCpuCores >= DEFAULT_BOUNDS.maxCpuCores) return limit;
  return { ...limit, ...guarantee, cpuCores: maxCpuCores };
}

/**
 * A quota is a guarantee unless another is named, so one that only caps has to name it: the cap of
 * a host promises nothing.
 */
function guaranteeWithin(
  { cpuCores, guaranteeCores }: CpuLimit,
  maxCores: number,
): Partial<CpuLimit> {
  const isNamed = guaranteeCores !== undefined || cpuCores === null;
  return isNamed ? { guaranteeCores: Math.min(guaranteeCores ?? 0, maxCores) } : {};
}
