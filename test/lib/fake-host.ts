import { DEFAULT_SHARES } from '../../agent/containers/weight.js';
import type {
  CgroupHandle,
  CgroupReader,
  KernelWeight,
  WeightRule,
} from '../../agent/ports/cgroup.js';
import type { EngineCpuSettings, EngineEvent } from '../../agent/ports/engine.js';
import { DEFAULT_PERIOD_US } from '../../shared/command.js';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import { fakeCgroup } from './fake-cgroup.js';
import { type FakeContainer, type FakeCreate, kernelCoresOf, kernelOf } from './fake-container.js';

/** What the host of a fake engine can do. */
export interface FakeEngineOptions {
  readonly hostCores: number;
  readonly labelPrefix?: string;
  readonly weightRule?: WeightRule;
  /** Linux 5.14 or later; default true. */
  readonly hasBurst?: boolean;
  /**
   * What the kernel makes of shares; default cgroup v1. A container without shares has the kernel's
   * default.
   */
  readonly weightOf?: (shares: number | null) => KernelWeight;
}

const NO_CPU: EngineCpuSettings = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };

/**
 * The containers of a fake host and their cgroups: what people and the kernel do there, past the
 * engine. Throws on a container that no test made.
 */
export class FakeHost implements CgroupReader {
  readonly containers = new Map<ContainerId, FakeContainer>();
  /** cgroup handles that are not closed. */
  readonly openCgroups = new Set<object>();
  /** cgroup files answer with an error. */
  isUnreadable = false;
  /** Calls of engine and cgroups in the order of arrival, for assertions. */
  readonly calls: string[] = [];
  readonly options: FakeEngineOptions;
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  #serial = 0;

  constructor(options: FakeEngineOptions = { hostCores: 2 }) {
    this.options = options;
  }

  /** Adds a container, running unless the request says otherwise, as `docker run` by hand would. */
  create(request: FakeCreate): FakeContainer {
    this.#serial += 1;
    const id = this.#serial.toString(16).padStart(8, '0').repeat(8) as ContainerId;
    const container: FakeContainer = {
      id,
      name: request.name,
      image: request.image ?? 'dqoes/tiny:1',
      labels: request.labels ?? {},
      state: 'created',
      startedAt: '0001-01-01T00:00:00Z',
      pid: 0,
      exitCode: 0,
      cpu: { ...NO_CPU, ...request.cpu },
      kernel: { quotaUs: -1, periodUs: DEFAULT_PERIOD_US },
      kernelShares: DEFAULT_SHARES,
      burstUs: 0,
      ...(request.gpuInjection === undefined ? {} : { gpuInjection: request.gpuInjection }),
      ...(request.pushToken === undefined ? {} : { pushToken: request.pushToken }),
      ...(request.memoryBytes === undefined ? {} : { memoryBytes: request.memoryBytes }),
      log: [],
      rotated: 0,
      followers: new Set(),
      watchers: new Set(),
    };
    this.containers.set(id, container);
    if (request.state !== 'created') this.start(id);
    if (request.state === 'exited') this.end(id, 0);
    return container;
  }

  /** Starts a new life of a container: another pid, the stored limit, no burst. */
  start(id: ContainerId): void {
    const container = this.get(id);
    this.#serial += 1;
    container.state = 'running';
    container.pid = 1000 + this.#serial;
    container.startedAt = `2026-01-01T00:00:00.${String(this.#serial).padStart(9, '0')}Z`;
    container.kernel = kernelOf(container.cpu);
    container.kernelShares = container.cpu.shares || DEFAULT_SHARES;
    container.burstUs = 0;
    this.emit('start', id);
  }

  /** Ends the container's process; its log followers hear no more. */
  end(id: ContainerId, exitCode: number): void {
    const container = this.get(id);
    Object.assign(container, { state: 'exited', pid: 0, exitCode });
    container.followers.clear();
    for (const watcher of [...container.watchers]) watcher();
    this.emit('die', id);
  }

  /** `docker rm --force`. */
  remove(id: ContainerId): void {
    const container = this.get(id);
    container.followers.clear();
    container.state = 'exited';
    for (const watcher of [...container.watchers]) watcher();
    this.containers.delete(id);
    this.emit('destroy', id);
  }

  /** Drops the oldest lines of the log, as Docker does when it rotates the file. */
  rotate(id: ContainerId, count: number): void {
    const container = this.get(id);
    container.log.splice(0, count);
    container.rotated += count;
  }

  /** Adds a line to the container's log. */
  write(id: ContainerId, line: string): void {
    const container = this.get(id);
    container.log.push(line);
    for (const follower of container.followers) follower(line);
    for (const watcher of [...container.watchers]) watcher();
  }

  /** Cores the cgroup of a container allows; null = no limit. */
  kernelCores(id: ContainerId): number | null {
    return kernelCoresOf(this.get(id));
  }

  kernelWeight(id: ContainerId): KernelWeight {
    const { kernelShares, cpu } = this.get(id);
    const weightOf =
      this.options.weightOf ?? ((shares) => ({ version: 1, value: shares ?? DEFAULT_SHARES }));
    return weightOf(cpu.shares === 0 ? null : kernelShares);
  }

  events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): void {
    this.#listeners.add(onEvent);
    signal.addEventListener('abort', () => this.#listeners.delete(onEvent), { once: true });
  }

  async open(pid: number): Promise<Result<CgroupHandle, string>> {
    const container = (): FakeContainer | undefined =>
      [...this.containers.values()].find((one) => one.pid === pid && pid > 0);
    if (container() === undefined) return err(`process ${pid} is gone`);
    const handle = {};
    this.openCgroups.add(handle);
    return ok(
      fakeCgroup({
        pid,
        onClose: () => void this.openCgroups.delete(handle),
        container,
        isUnreadable: () => this.isUnreadable,
        hasBurst: this.options.hasBurst !== false,
        weightOf: (id) => this.kernelWeight(id),
        onBurst: (id) => this.calls.push(`writeBurst ${id}`),
      }),
    );
  }

  /** The container; throws where no test made it. */
  get(id: ContainerId): FakeContainer {
    const container = this.containers.get(id);
    if (container === undefined) throw new Error(`nobody planned container ${id}`);
    return container;
  }

  /** How many listen to the engine's events. */
  get listening(): number {
    return this.#listeners.size;
  }

  /** Tells those who listen to the engine's events. */
  emit(action: string, containerId: ContainerId): void {
    for (const listener of this.#listeners) listener({ action, containerId });
  }
}
