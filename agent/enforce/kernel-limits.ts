import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { KernelCpu } from '../containers/limits.js';
import type { CgroupHandle, CgroupReader } from '../ports/cgroup.js';

/** A container's life and the host pid of its first process. */
export interface Life {
  readonly containerId: ContainerId;
  readonly lifeId: string;
  readonly pid: number;
}

/** Limits as the kernel holds them, read from cgroup files; one open handle per life. */
export class KernelLimits {
  readonly #cgroups: CgroupReader;
  readonly #handles = new Map<string, CgroupHandle>();

  constructor(cgroups: CgroupReader) {
    this.#cgroups = cgroups;
  }

  /** Limit, period, weight and burst; the error says why the limit cannot be known. */
  async read(life: Life): Promise<Result<KernelCpu, string>> {
    if (life.pid <= 0) return err('the container is not running');
    const handle = await this.#handle(life);
    if (!handle.ok) return handle;
    const limit = await handle.value.readLimit();
    if (!limit.ok) {
      await this.#drop(life.lifeId);
      return limit;
    }
    const [weight, burst] = [await handle.value.readWeight(), await handle.value.readBurst()];
    const { cpuCores: cores, periodUs } = limit.value;
    const known = {
      weight: weight.ok ? weight.value : null,
      burstUs: burst.ok ? burst.value : null,
    };
    return ok({ cores, periodUs, ...known });
  }

  /** Writes the burst, µs; the error says why the kernel does not take it. */
  async writeBurst(life: Life, burstUs: number): Promise<Result<void, string>> {
    if (life.pid <= 0) return err('the container is not running');
    const handle = await this.#handle(life);
    return handle.ok ? handle.value.writeBurst(burstUs) : handle;
  }

  async #handle(life: Life): Promise<Result<CgroupHandle, string>> {
    const known = this.#handles.get(life.lifeId);
    if (known !== undefined) return ok(known);
    const opened = await this.#cgroups.open(life.pid, life.containerId);
    if (!opened.ok) return opened;
    await this.#drop(life.lifeId);
    this.#handles.set(life.lifeId, opened.value);
    return opened;
  }

  /** Closes the handles of lives that ended. */
  async retain(lives: ReadonlySet<string>): Promise<void> {
    for (const lifeId of [...this.#handles.keys()])
      if (!lives.has(lifeId)) await this.#drop(lifeId);
  }

  close(): Promise<void> {
    return this.retain(new Set());
  }

  async #drop(lifeId: string): Promise<void> {
    const handle = this.#handles.get(lifeId);
    this.#handles.delete(lifeId);
    await handle?.close();
  }
}
