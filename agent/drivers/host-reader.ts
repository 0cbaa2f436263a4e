import type { HostInfo, HostReader } from '../ports/host.js';
import { KernelFile, ReadBuffer } from './cgroup-file.js';
import { keyOf, numberAfter } from './cgroup-parse.js';
import { parseMounts } from './cgroup-paths.js';
import { quotaIn, textOf } from './cgroup-quota.js';
import { usableCpus } from './host-cpus.js';
import { HostEnergy } from './host-energy.js';
import { busyTicks, type CpuTicks, parseCpuTicks } from './host-stat.js';

/** Where the host is read, for fixtures. */
export interface HostReaderOptions {
  /** Put before `/proc` and mount points; for fixtures. Default ''. */
  readonly root?: string;
  /** CPUs this process may run on; default `usableCpus`. */
  readonly parallelism?: () => number;
  /** Total memory, bytes; default from systeminformation. `undefined` = not known. */
  readonly totalMemory?: () => Promise<number | undefined>;
}

const TOTAL = keyOf('MemTotal:');
const AVAILABLE = keyOf('MemAvailable:');
const AVG10 = keyOf('some avg10=');

/**
 * The host's capacity and usage. Inside a container (or a machine that is one) the limits of the
 * outermost visible cgroup bound the capacity. A value that cannot be read is null.
 */
export function createHostReader(options: HostReaderOptions = {}): HostReader {
  const { root = '', totalMemory = inventoryMemory } = options;
  const { parallelism = () => usableCpus(root) } = options;
  const files = new HostFiles(root);
  const energy = new HostEnergy(root);
  let last: CpuTicks | null = null;
  return {
    info: async (): Promise<HostInfo> => {
      last ??= files.ticks();
      const bound = outermostLimits(root);
      const memory = files.totalMemory() ?? (await totalMemory()) ?? 0;
      return {
        cpuCores: Math.min(parallelism(), bound.cpuCores),
        memoryBytes: Math.min(memory, bound.memoryBytes),
      };
    },
    usage: () => {
      const before = last;
      last = files.ticks() ?? before;
      const energyJoules = energy.joules();
      return Promise.resolve({
        cpuUtilisationRatio: before === null || last === null ? null : busyTicks(before, last),
        memoryUsedBytes: files.usedMemory(),
        cpuPressureRatio: files.pressure(),
        ...(energyJoules === undefined ? {} : { energyJoules }),
      });
    },
  };
}

/** `/proc` files kept open; each method is null when its file cannot be read. */
class HostFiles {
  readonly #root: string;
  readonly #buffer = new ReadBuffer();
  readonly #open = new Map<string, KernelFile>();
  constructor(root: string) {
    this.#root = root;
  }

  ticks(): CpuTicks | null {
    return this.#attempt('/proc/stat', (file) => parseCpuTicks(file.read()));
  }

  totalMemory(): number | null {
    return this.#attempt('/proc/meminfo', (file) => kibibytes(numberAfter(file.read(), TOTAL)));
  }

  usedMemory(): number | null {
    return this.#attempt('/proc/meminfo', (file) => {
      const bytes = file.read();
      return kibibytes(numberAfter(bytes, TOTAL) - numberAfter(bytes, AVAILABLE));
    });
  }

  pressure(): number | null {
    return this.#attempt('/proc/pressure/cpu', (file) =>
      finite(numberAfter(file.read(), AVG10) / 100),
    );
  }

  #attempt<T>(path: string, read: (file: KernelFile) => T | null): T | null {
    try {
      const file = this.#open.get(path) ?? new KernelFile(this.#root + path, this.#buffer);
      this.#open.set(path, file);
      return read(file);
    } catch {
      return null;
    }
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
const kibibytes = (value: number): number | null => finite(value * 1024);

/** Never `graphics()`: it runs nvidia-smi synchronously and stops the event loop. */
async function inventoryMemory(): Promise<number | undefined> {
  try {
    // Loaded where /proc cannot be read: on a usual host it is never needed.
    const { default: systeminformation } = await import('systeminformation');
    return (await systeminformation.mem()).total;
  } catch {
    return undefined;
  }
}

interface Limits {
  readonly cpuCores: number;
  readonly memoryBytes: number;
}

/**
 * Limits on the root of the mounted hierarchies: none on a real host, the machine's size inside a
 * container.
 */
function outermostLimits(root: string): Limits {
  let [cpuCores, memoryBytes] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const mount of parseMounts(textOf(`${root}/proc/self/mountinfo`) ?? '')) {
    const folder = root + mount.mountPoint;
    cpuCores = Math.min(cpuCores, quotaIn(folder, mount.version));
    const bytes = Number(
      textOf(`${folder}/${mount.version === 2 ? 'memory.max' : 'memory.limit_in_bytes'}`),
    );
    if (bytes > 0) memoryBytes = Math.min(memoryBytes, bytes);
  }
  return { cpuCores, memoryBytes };
}
