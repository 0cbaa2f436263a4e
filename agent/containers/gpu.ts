import type { GpuAssignment } from '../../shared/gpu.js';

/** How GPUs get into containers on this host. */
export interface GpuHost {
  /**
   * `cdi`: by CDI device names; `hook`: by a device request that the nvidia runtime serves; `none`:
   * not at all.
   */
  readonly injectionMode: 'cdi' | 'hook' | 'none';
  /** Folder through which clients find the MPS server. */
  readonly mpsPipeDirectory: string;
}

/** What a GPU adds to the engine's request. */
export interface GpuHostConfig {
  readonly DeviceRequests?: DeviceRequest[];
  readonly Binds?: string[];
  readonly IpcMode?: 'host';
}
/** A device request of the Docker API. */
export interface DeviceRequest {
  readonly Driver: 'cdi' | 'nvidia';
  readonly DeviceIDs: string[];
  readonly Capabilities?: string[][];
}
/** The GPU's part of a container: engine request and environment. */
export interface GpuParts {
  readonly hostConfig: GpuHostConfig;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Without a GPU the nvidia runtime must inject none either, though the image may say `all`
 * (NVIDIA's container toolkit, "Environment variables").
 */
const NOTHING: GpuParts = { hostConfig: {}, environment: { NVIDIA_VISIBLE_DEVICES: 'void' } };
const MIB = 1024 ** 2;

/**
 * The request that gives a container these GPUs: CDI names where the engine knows CDI, else the
 * nvidia runtime's device request. MPS enforces a share: its percentage of threads and its memory
 * limit are fixed when the client starts, and it needs the server's folder and the host's shared
 * memory (NVIDIA's MPS manual).
 */
export function gpuPartsOf(gpu: GpuAssignment | undefined, host: GpuHost | undefined): GpuParts {
  if (
    gpu === undefined ||
    gpu.ids.length === 0 ||
    host === undefined ||
    host.injectionMode === 'none'
  )
    return NOTHING;
  const request: DeviceRequest =
    host.injectionMode === 'cdi'
      ? { Driver: 'cdi', DeviceIDs: gpu.ids.map((id) => `nvidia.com/gpu=${id}`) }
      : {
          Driver: 'nvidia',
          DeviceIDs: [...gpu.ids],
          Capabilities: [['gpu', 'compute', 'utility']],
        };
  if (gpu.shareRatio >= 1) return { hostConfig: { DeviceRequests: [request] }, environment: {} };
  const { mpsPipeDirectory: folder } = host;
  const hostConfig = {
    DeviceRequests: [request],
    Binds: [`${folder}:${folder}`],
    IpcMode: 'host' as const,
  };
  return { hostConfig, environment: mpsEnvironment(gpu, folder) };
}

function mpsEnvironment(
  { ids, shareRatio, memoryBytes }: GpuAssignment,
  folder: string,
): Record<string, string> {
  const percent = Math.max(1, Math.round(shareRatio * 100));
  const limits = ids.map((_, ordinal) => `${ordinal}=${Math.floor((memoryBytes ?? 0) / MIB)}M`);
  return {
    CUDA_MPS_PIPE_DIRECTORY: folder,
    CUDA_MPS_ACTIVE_THREAD_PERCENTAGE: String(percent),
    ...(memoryBytes === undefined ? {} : { CUDA_MPS_PINNED_DEVICE_MEM_LIMIT: limits.join(',') }),
  };
}

/** The job's environment with the GPU's on top: no job takes a GPU or widens its share by it. */
export function withGpuEnvironment(
  own: Readonly<Record<string, string>>,
  gpu: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(own).filter(
    ([name]) => !/^(?:CUDA_MPS_|NVIDIA_VISIBLE_DEVICES$)/.test(name),
  );
  return { ...Object.fromEntries(kept), ...gpu };
}
