import { labelsByOrigin } from '../../agent/containers/label-origin.js';
import type { EngineContainer, EngineCpuSettings } from '../../agent/ports/engine.js';
import { DEFAULT_PERIOD_US } from '../../shared/command.js';
import type { GpuInjection } from '../../shared/gpu.js';
import type { ContainerId } from '../../shared/ids.js';

/** One container of the fake world; `kernel` is what its cgroup would say. */
export interface FakeContainer {
  readonly id: ContainerId;
  readonly name: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  state: 'created' | 'running' | 'exited';
  startedAt: string;
  pid: number;
  exitCode: number;
  cpu: EngineCpuSettings;
  kernel: { quotaUs: number; periodUs: number };
  /** CPU weight in the cgroup, as version 1 says it unless `weightOf` is set. */
  kernelShares: number;
  /** Burst in the cgroup, µs; the engine knows nothing of it. */
  burstUs: number;
  readonly gpuInjection?: GpuInjection;
  readonly memoryBytes?: number;
  readonly pushToken?: string;
  readonly log: string[];
  /** Lines that were rotated away; those of `log` come after them. */
  rotated: number;
  readonly followers: Set<(line: string) => void>;
  /** Called when a line was written, or the container has ended. */
  readonly watchers: Set<() => void>;
}

/** A container to create; it runs unless `state` says otherwise. */
export interface FakeCreate {
  readonly name: string;
  readonly image?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly cpu?: Partial<EngineCpuSettings>;
  readonly state?: FakeContainer['state'];
  readonly gpuInjection?: GpuInjection;
  readonly memoryBytes?: number;
  readonly pushToken?: string;
}

/**
 * The container as the engine lists it. The engine merges its labels with those of its image, as
 * if it did not know them apart, and the driver parts them again.
 */
export function listingOf(
  container: FakeContainer,
  ofImage: Readonly<Record<string, string>> = {},
): EngineContainer {
  const { id, name, image, startedAt, pid, cpu, state, exitCode } = container;
  const { labels, imageLabels } = labelsByOrigin({ ...ofImage, ...container.labels }, ofImage);
  const running = state === 'running';
  return {
    id,
    name,
    image,
    labels,
    ...(Object.keys(imageLabels).length === 0 ? {} : { imageLabels }),
    running,
    startedAt,
    pid,
    cpu,
    exitCode: running ? null : exitCode,
    oomKilled: false,
    addresses: running ? ['172.17.0.9'] : [],
    ports: {},
    exposedPorts: [],
    hostNetwork: false,
    ...(container.gpuInjection === undefined ? {} : { gpuInjection: container.gpuInjection }),
    ...(container.pushToken === undefined ? {} : { pushToken: container.pushToken }),
    ...(container.memoryBytes === undefined ? {} : { memoryBytes: container.memoryBytes }),
  };
}

/** The settings after an update; 0 leaves a value as it is, as the engine does. */
export const mergeSettings = (
  stored: EngineCpuSettings,
  asked: EngineCpuSettings,
): EngineCpuSettings => ({
  nanoCpus: asked.nanoCpus || stored.nanoCpus,
  quotaUs: asked.quotaUs || stored.quotaUs,
  periodUs: asked.periodUs || stored.periodUs,
  shares: asked.shares || stored.shares,
});

/** What the kernel makes of an engine's settings; `quotaUs` -1 = no limit. */
export function kernelOf(
  cpu: EngineCpuSettings,
  keptPeriodUs = DEFAULT_PERIOD_US,
): FakeContainer['kernel'] {
  if (cpu.nanoCpus > 0)
    return {
      quotaUs: Math.floor((cpu.nanoCpus * DEFAULT_PERIOD_US) / 1e9),
      periodUs: DEFAULT_PERIOD_US,
    };
  return { quotaUs: cpu.quotaUs > 0 ? cpu.quotaUs : -1, periodUs: cpu.periodUs || keptPeriodUs };
}

/** Cores that the cgroup of a container allows; null = no limit. */
export const kernelCoresOf = ({ kernel: { quotaUs, periodUs } }: FakeContainer): number | null =>
  quotaUs < 0 ? null : quotaUs / periodUs;

/** Why the engine refuses an update, in its own words; undefined = it takes it. */
export function refusalOf(
  stored: EngineCpuSettings,
  { nanoCpus, quotaUs, periodUs, shares }: EngineCpuSettings,
  hostCores: number,
): string | undefined {
  for (const value of [nanoCpus, quotaUs, periodUs, shares])
    if (!Number.isSafeInteger(value)) return `${value} is not a whole number`;
  if (quotaUs > 0 && quotaUs < 1000) return 'CPU cfs quota can not be less than 1ms (i.e. 1000)';
  if (periodUs !== 0 && (periodUs < 1000 || periodUs > 1_000_000))
    return 'CPU cfs period is out of range';
  if (nanoCpus > hostCores * 1e9) return `range of CPUs is from 0.01 to ${hostCores}.00`;
  if (nanoCpus > 0 && (stored.quotaUs > 0 || stored.periodUs > 0))
    return 'Conflicting options: Nano CPUs cannot be updated';
  if (stored.nanoCpus > 0 && (quotaUs > 0 || periodUs > 0))
    return 'Conflicting options: CPU Quota cannot be updated';
  return undefined;
}
