import type { CpuLimit } from '../../shared/command.js';
import type { ContainerId } from '../../shared/ids.js';
import type { MemoryReport } from '../../shared/report.js';
import type { Result } from '../../shared/result.js';

/** `proportional`: the CPU weight follows the limit. `off`: the weight is never touched. */
export type WeightRule = 'proportional' | 'off';

/**
 * CPU weight of a cgroup: `cpu.shares` (2 to 262144) of version 1, `cpu.weight` (1 to 10000) of
 * version 2.
 */
export interface KernelWeight {
  readonly version: 1 | 2;
  readonly value: number;
}

/** What is set beside the quota; null = the kernel does not offer it, or it is not known. */
export interface KernelKnobs {
  readonly weight: KernelWeight | null;
  /** Unused quota that may be saved, µs. */
  readonly burstUs: number | null;
}

/** Raw counters of one container; null = the kernel does not offer it. */
export interface CgroupCounters extends KernelKnobs {
  readonly cpuUsageSeconds: number;
  readonly periods: number;
  readonly throttledPeriods: number;
  /** PSI some total, µs; null when absent. */
  readonly pressureTotalUs: number | null;
  readonly memory: MemoryReport | null;
  /** What the kernel enforces now. */
  readonly limit: CpuLimit;
}

/** cgroup files. Paths come from `/proc/<pid>/cgroup`, v1, v2 and hybrid. */
export interface CgroupReader {
  /**
   * Resolves once per life; cheap reads afterwards. With `container` given, a process that is not
   * (or no longer) in that container's cgroup is refused: pids are reused.
   */
  open(pid: number, container?: ContainerId): Promise<Result<CgroupHandle, string>>;
}

/** The open cgroup files of one life of a container. No method throws. */
export interface CgroupHandle {
  read(): Promise<Result<CgroupCounters, string>>;
  readLimit(): Promise<Result<CpuLimit, string>>;
  /** null = the kernel does not offer it. */
  readWeight(): Promise<Result<KernelWeight | null, string>>;
  /** Unused quota that may be saved, µs; null = the kernel does not offer it. */
  readBurst(): Promise<Result<number | null, string>>;
  /**
   * Writes the burst, µs; the engine does not know it. The kernel refuses one above the quota in
   * force.
   */
  writeBurst(burstUs: number): Promise<Result<void, string>>;
  close(): Promise<void>;
}

/** The first process of a running container. */
export interface ContainerProcess {
  readonly id: ContainerId;
  /** Host pid; 0 = not running. */
  readonly pid: number;
}

/** The cgroups that hold containers. */
export interface ParentReader {
  /**
   * Least CPU quota on the cgroups that hold all of these containers, or, where there is none now,
   * that held the last ones, cores; null = no quota, or nothing is known of them. Never throws.
   */
  quotaCores(containers: readonly ContainerProcess[]): number | null;
}

/** A cgroup that holds containers and nothing else, as `/docker`. */
export interface ContainerParent {
  /** Its path in the hierarchy of the CPU controller. */
  readonly path: string;
  readonly weight: KernelWeight;
  /** Of all containers in it together, in the unit of `weight`. */
  readonly heldWeight: number;
}

/** CPU weights of the cgroups that hold containers. No method throws. */
export interface ParentWeights {
  /** Boot of the host; '' = not known. */
  readonly boot: string;
  /**
   * The cgroups right above these containers. One that holds a process or any other cgroup is left
   * out: its weight is not about containers alone.
   */
  look(containers: readonly ContainerProcess[]): readonly ContainerParent[];
  /** null = there is no such cgroup. */
  read(path: string): KernelWeight | null;
  /** The error is what the kernel says. */
  write(path: string, value: number): Result<void, string>;
}
