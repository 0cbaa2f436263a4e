import type { CgroupHandle, CgroupReader, KernelWeight } from '../../agent/ports/cgroup.js';
import type {
  ContainerEngine,
  EngineContainer,
  EngineCpuSettings,
} from '../../agent/ports/engine.js';
import type { CpuLimit } from '../../shared/command.js';
import type { ContainerId } from '../../shared/ids.js';

/** The engine under test, and a way round it: what a person at the same machine can do. */
export interface EngineWorld {
  readonly engine: ContainerEngine;
  /** The cgroup files of its containers. */
  readonly cgroups: CgroupReader;
  readonly hostCores: number;
  /** Unique beginning of names in this world. */
  readonly prefix: string;
  create(options: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly cpu?: Partial<EngineCpuSettings>;
    readonly run?: boolean;
    /** Labels of the image it is made from; absent = none. */
    readonly imageLabels?: Readonly<Record<string, string>>;
  }): Promise<ContainerId>;
  remove(id: ContainerId): Promise<void>;
  /** Ends and starts the same container: a new life. */
  restart(id: ContainerId): Promise<void>;
  /** What the cgroup says. */
  kernelCpu(container: EngineContainer): Promise<KernelCpu>;
  /** Makes the container write a line to its log. */
  write(id: ContainerId, line: string): Promise<void>;
  close(): Promise<void>;
}

/** What the cgroup of a container holds; `weight` is null where the kernel has none. */
export interface KernelCpu {
  readonly limit: CpuLimit;
  readonly weight: KernelWeight | null;
}

/** Reads limit and weight and closes the handle; throws where one cannot be read. */
export async function readKernelCpu(handle: CgroupHandle): Promise<KernelCpu> {
  const [limit, weight] = [await handle.readLimit(), await handle.readWeight()];
  await handle.close();
  if (!limit.ok) throw new Error(limit.error);
  if (!weight.ok) throw new Error(weight.error);
  return { limit: limit.value, weight: weight.value };
}
