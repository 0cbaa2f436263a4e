import { existsSync } from 'node:fs';
import { type CpuLimit, DEFAULT_PERIOD_US } from '../../shared/command.js';
import type { MemoryReport } from '../../shared/report.js';
import type { CgroupCounters, KernelWeight } from '../ports/cgroup.js';
import { KernelFile, openOptional, type ReadBuffer } from './cgroup-file.js';
import { KNOBS, writeKnob } from './cgroup-knobs.js';
import {
  keyOf,
  lineKey,
  numberAfter,
  numberAt,
  numberOfLine,
  secondField,
} from './cgroup-parse.js';
import type { CgroupFolders } from './cgroup-paths.js';

/** The open files of one container, of one cgroup version. Methods throw what the OS throws. */
export interface CgroupFiles {
  counters(): CgroupCounters;
  limit(): CpuLimit;
  weight(): KernelWeight | null;
  burst(): number | null;
  writeBurst(burstUs: number): void;
  close(): void;
}

const PERIODS = lineKey('nr_periods');
const THROTTLED = lineKey('nr_throttled');
const USAGE_USEC = lineKey('usage_usec');
const OOM_KILL = lineKey('oom_kill');
const TOTAL_INACTIVE_FILE = lineKey('total_inactive_file');
const INACTIVE_FILE = lineKey('inactive_file');
/** First letter of `max 100000`. */
const LETTER_M = 0x6d;
const TOTAL = keyOf('total=');

/** Closes all of them again when one that must be there is not. */
class FileSet {
  readonly #buffer: ReadBuffer;
  readonly #files: KernelFile[] = [];
  constructor(buffer: ReadBuffer) {
    this.#buffer = buffer;
  }

  must(folder: string | null, name: string): KernelFile {
    if (folder === null) throw new Error(`ENOENT: no folder for ${name}`);
    return this.#keep(new KernelFile(`${folder}/${name}`, this.#buffer));
  }

  may(folder: string | null, name: string): KernelFile | null {
    if (folder === null) return null;
    const file = openOptional(`${folder}/${name}`, this.#buffer);
    if (file !== null) return this.#keep(file);
    // A cgroup that goes away meanwhile has no limit file either, which does not mean no limit.
    if (!existsSync(folder)) throw new Error(`ENOENT: ${folder} is gone`);
    return null;
  }

  close(): void {
    for (const file of this.#files.splice(0)) file.close();
  }

  #keep(file: KernelFile): KernelFile {
    this.#files.push(file);
    return file;
  }
}

/**
 * Opens what the version has. Throws when the usage cannot be opened, or anything cannot that is
 * there; what the kernel does not offer is left out.
 */
export function openFiles(folders: CgroupFolders, buffer: ReadBuffer): CgroupFiles {
  const set = new FileSet(buffer);
  try {
    return folders.version === 1 ? openV1(folders, set) : openV2(folders, set);
  } catch (cause) {
    set.close();
    throw cause;
  }
}

/**
 * https://docs.kernel.org/admin-guide/cgroup-v1/ (cpuacct, memory), scheduler/sched-bwc; PSI from
 * the unified tree. Without CONFIG_CFS_BANDWIDTH, as some kernels for small boards, there is no
 * quota: then the kernel enforces nothing here.
 */
function openV1({ cpu, cpuacct, memory, unified }: CgroupFolders, set: FileSet): CgroupFiles {
  const usage = set.must(cpuacct, 'cpuacct.usage');
  const stat = set.may(cpu, 'cpu.stat');
  const quota = set.may(cpu, 'cpu.cfs_quota_us');
  const period = set.may(cpu, 'cpu.cfs_period_us');
  const shares = set.may(cpu, 'cpu.shares');
  const burst = burstIn(cpu, KNOBS.burst.v1, set);
  const memoryFiles = {
    current: set.may(memory, 'memory.usage_in_bytes'),
    stat: set.may(memory, 'memory.stat'),
    oom: set.may(memory, 'memory.oom_control'),
    inactive: TOTAL_INACTIVE_FILE,
  };
  const pressure = set.may(unified, 'cpu.pressure');
  const limit = (): CpuLimit => {
    if (quota === null || period === null) return limitOf(null, DEFAULT_PERIOD_US);
    const quotaUs = numberAt(quota.read(), 0);
    return limitOf(quotaUs < 0 ? null : quotaUs, numberAt(period.read(), 0));
  };
  const weight = (): KernelWeight | null => weightOf(1, shares);
  const knobs = () => ({ limit: limit(), weight: weight(), burstUs: burst.burst() });
  return {
    counters: () => {
      const cpuUsageSeconds = numberAt(usage.read(), 0) / 1e9;
      const throttling = throttlingOf(stat);
      return { cpuUsageSeconds, ...throttling, ...rest(pressure, memoryFiles), ...knobs() };
    },
    limit,
    weight,
    ...burst,
    close: () => set.close(),
  };
}

/**
 * https://docs.kernel.org/admin-guide/cgroup-v2.html. Without the cpu controller the kernel
 * enforces nothing here.
 */
function openV2({ unified }: CgroupFolders, set: FileSet): CgroupFiles {
  const stat = set.must(unified, 'cpu.stat');
  const max = set.may(unified, 'cpu.max');
  const weightFile = set.may(unified, 'cpu.weight');
  const burst = burstIn(unified, KNOBS.burst.v2, set);
  const memoryFiles = {
    current: set.may(unified, 'memory.current'),
    stat: set.may(unified, 'memory.stat'),
    oom: set.may(unified, 'memory.events'),
    inactive: INACTIVE_FILE,
  };
  const pressure = set.may(unified, 'cpu.pressure');
  const limit = (): CpuLimit => {
    if (max === null) return limitOf(null, DEFAULT_PERIOD_US);
    const file = max.read();
    const quotaUs = numberAt(file, 0);
    const unlimited = file.bytes[0] === LETTER_M && file.length > 0;
    return limitOf(unlimited ? null : quotaUs, numberAt(file, secondField(file)));
  };
  const weight = (): KernelWeight | null => weightOf(2, weightFile);
  const knobs = () => ({ limit: limit(), weight: weight(), burstUs: burst.burst() });
  return {
    counters: () => {
      const file = stat.read();
      const cpuUsageSeconds = numberOfLine(file, USAGE_USEC) / 1e6;
      const periods = orZero(numberOfLine(file, PERIODS));
      const throttledPeriods = orZero(numberOfLine(file, THROTTLED));
      const throttling = { periods, throttledPeriods };
      return { cpuUsageSeconds, ...throttling, ...rest(pressure, memoryFiles), ...knobs() };
    },
    limit,
    weight,
    ...burst,
    close: () => set.close(),
  };
}

// The lines are absent where no quota can be set: then no period ever elapsed.
const orZero = (value: number): number => (Number.isNaN(value) ? 0 : value);

const limitOf = (quotaUs: number | null, periodUs: number): CpuLimit => {
  if (!(periodUs > 0) || Number.isNaN(quotaUs))
    throw new Error('the CPU quota or period could not be read');
  return { cpuCores: quotaUs === null ? null : quotaUs / periodUs, periodUs };
};

/** Absent before Linux 5.14, and where a cgroup takes no quota. */
function burstIn(
  folder: string | null,
  name: string,
  set: FileSet,
): Pick<CgroupFiles, 'burst' | 'writeBurst'> {
  const file = set.may(folder, name);
  return {
    burst: () => {
      const value = tryNumber(() => (file === null ? Number.NaN : numberAt(file.read(), 0)));
      return Number.isNaN(value) ? null : value;
    },
    writeBurst: (burstUs) => {
      if (file === null) throw new Error(`this kernel has no ${name}`);
      writeKnob(`${folder}/${name}`, burstUs);
    },
  };
}

function weightOf(version: 1 | 2, file: KernelFile | null): KernelWeight | null {
  const value = tryNumber(() => (file === null ? Number.NaN : numberAt(file.read(), 0)));
  return value > 0 ? { version, value } : null;
}

function throttlingOf(
  stat: KernelFile | null,
): Pick<CgroupCounters, 'periods' | 'throttledPeriods'> {
  if (stat === null) return { periods: 0, throttledPeriods: 0 };
  const file = stat.read();
  return {
    periods: orZero(numberOfLine(file, PERIODS)),
    throttledPeriods: orZero(numberOfLine(file, THROTTLED)),
  };
}

interface MemoryFiles {
  readonly current: KernelFile | null;
  readonly stat: KernelFile | null;
  readonly oom: KernelFile | null;
  readonly inactive: ReturnType<typeof lineKey>;
}

/**
 * What a kernel may lack: a file that is absent or unreadable is null, and never stops the CPU
 * counters.
 */
function rest(
  pressure: KernelFile | null,
  files: MemoryFiles,
): Pick<CgroupCounters, 'pressureTotalUs' | 'memory'> {
  const total = tryNumber(() =>
    pressure === null ? Number.NaN : numberAfter(pressure.read(), TOTAL),
  );
  return { pressureTotalUs: Number.isNaN(total) ? null : total, memory: memoryOf(files) };
}

function memoryOf({ current, stat, oom, inactive }: MemoryFiles): MemoryReport | null {
  const currentBytes = tryNumber(() =>
    current === null ? Number.NaN : numberAt(current.read(), 0),
  );
  const inactiveBytes = tryNumber(() =>
    stat === null ? Number.NaN : numberOfLine(stat.read(), inactive),
  );
  const oomKills = tryNumber(() =>
    oom === null ? Number.NaN : numberOfLine(oom.read(), OOM_KILL),
  );
  if (Number.isNaN(currentBytes) || Number.isNaN(inactiveBytes) || Number.isNaN(oomKills))
    return null;
  return { currentBytes, workingSetBytes: Math.max(0, currentBytes - inactiveBytes), oomKills };
}

function tryNumber(read: () => number): number {
  try {
    return read();
  } catch {
    // PSI answers EOPNOTSUPP where it is compiled in but switched off.
    return Number.NaN;
  }
}
