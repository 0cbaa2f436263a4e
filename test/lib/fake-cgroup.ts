import type { CgroupHandle, KernelWeight } from '../../agent/ports/cgroup.js';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import { type FakeContainer, kernelCoresOf } from './fake-container.js';

/** What the cgroup of a process needs to know of the fake engine. */
export interface FakeCgroupSource {
  readonly pid: number;
  /** The container of the process; undefined once the process ended. */
  container(): FakeContainer | undefined;
  isUnreadable(): boolean;
  readonly hasBurst: boolean;
  weightOf(id: ContainerId): KernelWeight;
  /** Called when the handle is closed. */
  onClose(): void;
  /** Called before a burst is written. */
  onBurst(id: ContainerId): void;
}

/** The cgroup files of one process of the fake engine, as a driver reads and writes them. */
export function fakeCgroup(source: FakeCgroupSource): CgroupHandle {
  const gone = err(`process ${source.pid} is gone`);
  const readLimit: CgroupHandle['readLimit'] = async () => {
    const container = source.container();
    if (container === undefined) return gone;
    if (source.isUnreadable()) return err('Input/output error');
    return ok({ cpuCores: kernelCoresOf(container), periodUs: container.kernel.periodUs });
  };
  const readBurst: CgroupHandle['readBurst'] = async () => {
    const container = source.container();
    if (container === undefined) return gone;
    return ok(source.hasBurst ? container.burstUs : null);
  };
  return {
    read: async () => {
      const limit = await readLimit();
      if (!limit.ok) return limit;
      const burst = await readBurst();
      return ok({
        ...NO_USE,
        limit: limit.value,
        weight: null,
        burstUs: burst.ok ? burst.value : null,
      });
    },
    readLimit,
    readWeight: async () => {
      const container = source.container();
      return container === undefined ? gone : ok(source.weightOf(container.id));
    },
    readBurst,
    writeBurst: async (burstUs) => {
      const container = source.container();
      return container === undefined ? gone : writeBurst(source, container, burstUs);
    },
    close: async () => source.onClose(),
  };
}

const NO_USE = {
  cpuUsageSeconds: 0,
  periods: 0,
  throttledPeriods: 0,
  pressureTotalUs: null,
  memory: null,
} as const;

function writeBurst(
  source: FakeCgroupSource,
  container: FakeContainer,
  burstUs: number,
): Result<void, string> {
  const { quotaUs } = container.kernel;
  if (!source.hasBurst) return err('this kernel has no cpu.cfs_burst_us');
  if (!Number.isSafeInteger(burstUs) || burstUs < 0)
    return err(`${burstUs} is no value of cpu.max.burst`);
  if (quotaUs >= 0 && burstUs > quotaUs) return err('EINVAL: invalid argument, write');
  source.onBurst(container.id);
  container.burstUs = burstUs;
  return ok(undefined);
}
