import type { CgroupHandle } from '../../../agent/ports/cgroup.js';
import type { ContainerId } from '../../../shared/ids.js';
import { ok, type Result } from '../../../shared/result.js';
import { FakeEngine } from '../../lib/fake-engine.js';

/** CPU of one request, core-seconds. */
const WORK_SECONDS = 0.1;
/** Cores that a container can use at most. */
const MAX_CORES = 1;

interface Work {
  usageSeconds: number;
  requests: number;
  secondsInAll: number;
}

/** Containers that answer one request after the other, each on what CPU they have. */
export class BusyEngine extends FakeEngine {
  readonly #work = new Map<ContainerId, Work>();

  /** What they do in a second. Nothing of it is kept but sums and the last lines. */
  work(): void {
    this.calls.length = 0;
    for (const [id, container] of this.containers) {
      if (container.state !== 'running') continue;
      const cores = Math.min(MAX_CORES, this.kernelCores(id) ?? MAX_CORES);
      const seconds = WORK_SECONDS / cores;
      const work = this.#workOf(id);
      const requests = Math.max(1, Math.round(1 / seconds));
      work.usageSeconds += cores;
      work.requests += requests;
      work.secondsInAll += requests * seconds;
      for (let n = 0; n < requests; n += 1) this.write(id, `{"ms":${(1000 * seconds).toFixed(3)}}`);
      this.rotate(id, Math.max(0, container.log.length - KEPT_LINES));
    }
  }

  /** The metrics of a container, by its name. */
  pageOf(name: string): string {
    const container = [...this.containers.values()].find((one) => one.name === name);
    if (container === undefined) throw new Error(`nobody planned container ${name}`);
    const { requests, secondsInAll } = this.#workOf(container.id);
    return [
      '# TYPE work_seconds summary',
      `work_seconds_sum ${secondsInAll}`,
      `work_seconds_count ${requests}`,
      '',
    ].join('\n');
  }

  override async open(pid: number): Promise<Result<CgroupHandle, string>> {
    const opened = await super.open(pid);
    if (!opened.ok) return opened;
    const id = [...this.containers.values()].find((one) => one.pid === pid)?.id;
    const { read } = opened.value;
    return ok({
      ...opened.value,
      read: async () => {
        const found = await read();
        if (!found.ok || id === undefined) return found;
        return ok({ ...found.value, cpuUsageSeconds: this.#workOf(id).usageSeconds });
      },
    });
  }

  #workOf(id: ContainerId): Work {
    const known = this.#work.get(id) ?? { usageSeconds: 0, requests: 0, secondsInAll: 0 };
    this.#work.set(id, known);
    return known;
  }
}

const KEPT_LINES = 20;
