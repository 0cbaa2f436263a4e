import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import type { HostReport } from '../../shared/report.js';
import type { ContainerProcess, ParentReader } from '../ports/cgroup.js';
import type { HostInfo, HostReader } from '../ports/host.js';

/** Shortest time between two readings of the host, ms. */
const LOOK_MS = 5000;

/** What of the host is not given to containers. */
export interface Reserve {
  /** Shares kept back for the engine, the agent and the host itself, 0..1. */
  readonly cpuRatio: number;
  readonly memoryRatio: number;
}

/** Where capacity is read, and the host as it was when the agent started. */
export interface CapacityOptions {
  readonly host: HostReader;
  readonly parents: ParentReader;
  readonly clock: Clock;
  readonly log: Log;
  readonly reserve: Reserve;
  readonly start: HostInfo;
}

/** What the host has, and the part of it that is allocatable. */
export type HostCapacity = Pick<
  HostReport,
  'capacityCpuCores' | 'capacityMemoryBytes' | 'allocatableCpuCores' | 'allocatableMemoryBytes'
>;

/**
 * What the host has and what of it is allocatable. Both change while the agent runs: CPUs go on and
 * off line, and others set cpusets and quotas.
 */
export class Capacity {
  readonly #options: CapacityOptions;
  #current: HostCapacity;
  #lookedAtMs: number | null = null;

  constructor(options: CapacityOptions) {
    this.#options = options;
    this.#current = capacityOf(options.start, options.reserve, options.parents.quotaCores([]));
  }

  get current(): HostCapacity {
    return this.#current;
  }

  /**
   * Reads the host again when five seconds have passed since the last time. `containers` tells in
   * which cgroups the engine puts them. Never rejects: what cannot be read stays as it was.
   */
  async refresh(containers: readonly ContainerProcess[]): Promise<HostCapacity> {
    const { host, parents, clock, log, reserve } = this.#options;
    if (this.#lookedAtMs !== null && clock.now() - this.#lookedAtMs < LOOK_MS) return this.#current;
    this.#lookedAtMs = clock.now();
    try {
      const before = this.#current;
      this.#current = capacityOf(await host.info(), reserve, parents.quotaCores(containers));
      const [from, to] = [before.allocatableCpuCores, this.#current.allocatableCpuCores];
      if (from !== to)
        log.info('the allocatable CPU has changed', { fromCores: from, toCores: to });
    } catch (cause) {
      log.warn('the capacity of the host cannot be read', { cause: messageOf(cause) });
    }
    return this.#current;
  }
}

/**
 * Allocatable = capacity − reserved, and of CPU at most what the cgroups that hold the containers
 * get (`quotaCores`, null = no bound): what others have kept from containers is already kept back.
 */
export function capacityOf(
  info: HostInfo,
  reserve: Reserve,
  quotaCores: number | null,
): HostCapacity {
  return {
    capacityCpuCores: info.cpuCores,
    capacityMemoryBytes: info.memoryBytes,
    allocatableCpuCores: Math.min(
      info.cpuCores * (1 - reserve.cpuRatio),
      quotaCores ?? Number.POSITIVE_INFINITY,
    ),
    allocatableMemoryBytes: Math.max(
      0,
      info.memoryBytes - Math.round(info.memoryBytes * reserve.memoryRatio),
    ),
  };
}
