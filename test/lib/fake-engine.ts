import { createRequestOf, OWN_CONTAINER_LABELS } from '../../agent/containers/host-config.js';
import { DEFAULT_SHARES } from '../../agent/containers/weight.js';
import type {
  CgroupHandle,
  CgroupReader,
  KernelWeight,
  WeightRule,
} from '../../agent/ports/cgroup.js';
import type {
  ContainerEngine,
  EngineContainer,
  EngineCpuSettings,
  EngineEvent,
  EngineFailure,
  RunRequest,
} from '../../agent/ports/engine.js';
import { DEFAULT_PERIOD_US } from '../../shared/command.js';
import type { GpuInjection } from '../../shared/gpu.js';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';

type Answer<T> = Promise<Result<T, EngineFailure>>;

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
  readonly log: string[];
  readonly followers: Set<(line: string) => void>;
}
export interface FakeCreate {
  readonly name: string;
  readonly image?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly cpu?: Partial<EngineCpuSettings>;
  readonly state?: FakeContainer['state'];
  readonly gpuInjection?: GpuInjection;
}

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
/** Any call of the engine that can be told to fail. */
export type FakeCall = 'list' | 'find' | 'updateCpu' | 'run' | 'stop' | 'tailLogs' | 'ping';

/**
 * A Docker Engine in memory with the answers measured on the real one; passes
 * `test/contract/docker-contract`. Throws on what nobody planned. Also the cgroup reader of its
 * containers.
 */
export class FakeEngine implements ContainerEngine, CgroupReader {
  readonly containers = new Map<ContainerId, FakeContainer>();
  /** cgroup files answer with an error. */
  isUnreadable = false;
  readonly images = new Set(['dqoes/tiny:1']);
  /** In the order of arrival, for assertions. */
  readonly calls: string[] = [];
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #failures: {
    readonly call: FakeCall;
    readonly id?: ContainerId;
    readonly failure: EngineFailure;
  }[] = [];
  readonly #lost = new Set<ContainerId>();
  readonly #warnings = new Map<ContainerId, string>();
  #serial = 0;
  #beforeUpdate: ((id: ContainerId) => void | Promise<void>) | undefined;
  readonly #options: FakeEngineOptions;

  constructor(options: FakeEngineOptions = { hostCores: 2 }) {
    this.#options = options;
  }

  /** A container that exists before anybody looks. */
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
      log: [],
      followers: new Set(),
    };
    this.containers.set(id, container);
    if (request.state !== 'created') this.start(id);
    if (request.state === 'exited') this.end(id, 0);
    return container;
  }

  start(id: ContainerId): void {
    const container = this.#planned(id);
    this.#serial += 1;
    container.state = 'running';
    container.pid = 1000 + this.#serial;
    container.startedAt = `2026-01-01T00:00:00.${String(this.#serial).padStart(9, '0')}Z`;
    container.kernel = kernelOf(container.cpu);
    container.kernelShares = container.cpu.shares || DEFAULT_SHARES;
    container.burstUs = 0;
    this.#tell('start', id);
  }

  /** The container's process ends. */
  end(id: ContainerId, exitCode: number): void {
    const container = this.#planned(id);
    Object.assign(container, { state: 'exited', pid: 0, exitCode });
    container.followers.clear();
    this.#tell('die', id);
  }

  /** `docker rm --force`. */
  remove(id: ContainerId): void {
    this.#planned(id).followers.clear();
    this.containers.delete(id);
    this.#tell('destroy', id);
  }

  write(id: ContainerId, line: string): void {
    const container = this.#planned(id);
    container.log.push(line);
    for (const follower of container.followers) follower(line);
  }

  /** The next update of this container takes effect, but the answer does not come in time. */
  loseAnswer(id: ContainerId): void {
    this.#lost.add(id);
  }

  /** The next update of this container is answered with a warning and changes nothing. */
  warnNext(id: ContainerId, warning: string): void {
    this.#warnings.set(id, warning);
  }

  /** The next matching call fails so. */
  failNext(call: FakeCall, failure: EngineFailure, id?: ContainerId): void {
    this.#failures.push({ call, failure, ...(id === undefined ? {} : { id }) });
  }

  /** Runs before an update takes effect, to change the world in between. */
  onUpdate(hook: (id: ContainerId) => void | Promise<void>): void {
    this.#beforeUpdate = hook;
  }

  /** Cores the cgroup of a container allows; null = no limit. */
  kernelCores(id: ContainerId): number | null {
    const { quotaUs, periodUs } = this.#planned(id).kernel;
    return quotaUs < 0 ? null : quotaUs / periodUs;
  }

  kernelWeight(id: ContainerId): KernelWeight {
    const { kernelShares, cpu } = this.#planned(id);
    const weightOf =
      this.#options.weightOf ?? ((shares) => ({ version: 1, value: shares ?? DEFAULT_SHARES }));
    return weightOf(cpu.shares === 0 ? null : kernelShares);
  }

  async list(): Answer<readonly EngineContainer[]> {
    const failure = this.#called('list');
    if (failure !== undefined) return err(failure);
    const enable = `${this.#options.labelPrefix ?? 'dqoes.'}enable`;
    const ours = [...this.containers.values()].filter(
      ({ labels }) =>
        labels[enable] !== undefined || labels[OWN_CONTAINER_LABELS.allocation] !== undefined,
    );
    return ok(ours.map(describe));
  }

  async find(id: ContainerId): Answer<EngineContainer> {
    const failure = this.#called('find', id);
    if (failure !== undefined) return err(failure);
    const container = this.containers.get(id);
    return container === undefined
      ? err({ kind: 'gone', message: `No such container: ${id}` })
      : ok(describe(container));
  }

  events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): void {
    this.#listeners.add(onEvent);
    signal.addEventListener('abort', () => this.#listeners.delete(onEvent), { once: true });
  }

  async updateCpu(id: ContainerId, settings: EngineCpuSettings): Answer<readonly string[]> {
    await this.#beforeUpdate?.(id);
    const failure = this.#called('updateCpu', id);
    if (failure !== undefined) return err(failure);
    const container = this.containers.get(id);
    if (container === undefined) return err({ kind: 'gone', message: `No such container: ${id}` });
    const refusal = this.#refusal(container.cpu, settings);
    if (refusal !== undefined) return err({ kind: 'refused', message: refusal });
    const warning = this.#warnings.get(id);
    if (this.#warnings.delete(id)) return ok([warning ?? '']);
    const next = kernelOf(merge(container.cpu, settings), container.kernel.periodUs);
    if (container.state === 'running' && next.quotaUs >= 0 && next.quotaUs < container.burstUs)
      return err({
        kind: 'refused',
        message: `failed to write "${next.quotaUs}": invalid argument`,
      });
    container.cpu = merge(container.cpu, settings);
    if (container.state === 'running') {
      container.kernel = kernelOf(container.cpu, container.kernel.periodUs);
      if (settings.shares > 0) container.kernelShares = settings.shares;
    }
    this.#tell('update', id);
    return this.#lost.delete(id) ? err({ kind: 'timeout', message: 'no answer in time' }) : ok([]);
  }

  async run(request: RunRequest): Answer<ContainerId> {
    const failure = this.#called('run', request.name);
    if (failure !== undefined) return err(failure);
    const prepared = this.prepare(request);
    if (prepared.ok) this.startPrepared(prepared.value);
    return prepared;
  }

  /** The second half of `run`: what runs already is left alone. */
  startPrepared(id: ContainerId): void {
    if (this.containers.get(id)?.state !== 'running') this.start(id);
  }

  /**
   * The first half of `run`, as the driver does it: the container exists afterwards, but was not
   * started by this.
   */
  prepare(request: RunRequest): Result<ContainerId, EngineFailure> {
    const taken = [...this.containers.values()].find(
      (container) => container.name === request.name,
    );
    if (taken !== undefined) return this.#adopt(taken, request);
    if (!this.images.has(request.spec.image))
      return err({
        kind: 'no-image',
        message: `image ${request.spec.image} is not on this host and could not be pulled`,
      });
    const { name, labels } = request;
    return ok(
      this.create({
        name,
        image: request.spec.image,
        labels,
        cpu: this.#cpuOf(request),
        state: 'created',
      }).id,
    );
  }

  #cpuOf(request: RunRequest): EngineCpuSettings {
    const { hostCores } = this.#options;
    const weightRule = this.#options.weightRule ?? 'proportional';
    const options = {
      defaultMemoryBytes: 2 ** 30,
      pidsLimit: 100,
      init: true,
      hostCores,
      weightRule,
    };
    const { CpuQuota, CpuPeriod, CpuShares } = createRequestOf(request, options).HostConfig;
    return { nanoCpus: 0, quotaUs: CpuQuota, periodUs: CpuPeriod, shares: CpuShares };
  }

  async stop(id: ContainerId, graceMs: number): Answer<void> {
    if (!(graceMs >= 0)) throw new Error(`nobody planned a grace of ${graceMs} ms`);
    const failure = this.#called('stop', id);
    if (failure !== undefined) return err(failure);
    if (this.containers.has(id)) this.remove(id);
    return ok(undefined);
  }

  followLogs(id: ContainerId, onLine: (line: string) => void, signal: AbortSignal): void {
    const container = this.containers.get(id);
    if (container?.state !== 'running') return;
    container.followers.add(onLine);
    signal.addEventListener('abort', () => container.followers.delete(onLine), { once: true });
  }

  async tailLogs(id: ContainerId, count: number): Answer<readonly string[]> {
    const failure = this.#called('tailLogs', id);
    if (failure !== undefined) return err(failure);
    const container = this.containers.get(id);
    return container === undefined
      ? err({ kind: 'gone', message: `No such container: ${id}` })
      : ok(container.log.slice(-count));
  }

  /** What containers say when they are asked for their GPU. */
  gpuProbe: 'reached' | 'lost' | 'unknown' = 'unknown';

  async probeGpu(id: ContainerId): Promise<'reached' | 'lost' | 'unknown'> {
    this.calls.push(`probeGpu ${id}`);
    return this.gpuProbe;
  }

  async ping(): Answer<{ readonly version: string }> {
    const failure = this.#called('ping');
    return failure === undefined ? ok({ version: 'fake' }) : err(failure);
  }

  async open(pid: number): Promise<Result<CgroupHandle, string>> {
    const found = (): FakeContainer | undefined =>
      [...this.containers.values()].find((one) => one.pid === pid && pid > 0);
    const readLimit: CgroupHandle['readLimit'] = async () => {
      const container = found();
      if (container === undefined) return err(`process ${pid} is gone`);
      if (this.isUnreadable) return err('Input/output error');
      return ok({ cpuCores: this.kernelCores(container.id), periodUs: container.kernel.periodUs });
    };
    const read: CgroupHandle['read'] = async () => {
      const limit = await readLimit();
      if (!limit.ok) return limit;
      const zero = {
        cpuUsageSeconds: 0,
        periods: 0,
        throttledPeriods: 0,
        pressureTotalUs: null,
        memory: null,
      };
      const burst = await readBurst();
      return ok({
        ...zero,
        limit: limit.value,
        weight: null,
        burstUs: burst.ok ? burst.value : null,
      });
    };
    const readWeight: CgroupHandle['readWeight'] = async () => {
      const container = found();
      return container === undefined
        ? err(`process ${pid} is gone`)
        : ok(this.kernelWeight(container.id));
    };
    const readBurst: CgroupHandle['readBurst'] = async () => {
      const container = found();
      if (container === undefined) return err(`process ${pid} is gone`);
      return ok(this.#options.hasBurst === false ? null : container.burstUs);
    };
    const writeBurst: CgroupHandle['writeBurst'] = async (burstUs) => {
      const container = found();
      return container === undefined
        ? err(`process ${pid} is gone`)
        : this.#writeBurst(container, burstUs);
    };
    if (found() === undefined) return err(`process ${pid} is gone`);
    return ok({ read, readLimit, readWeight, readBurst, writeBurst, close: async () => undefined });
  }

  #writeBurst(container: FakeContainer, burstUs: number): Result<void, string> {
    const { quotaUs } = container.kernel;
    if (this.#options.hasBurst === false) return err('this kernel has no cpu.cfs_burst_us');
    if (!Number.isSafeInteger(burstUs) || burstUs < 0)
      return err(`${burstUs} is no value of cpu.max.burst`);
    if (quotaUs >= 0 && burstUs > quotaUs) return err('EINVAL: invalid argument, write');
    this.calls.push(`writeBurst ${container.id}`);
    container.burstUs = burstUs;
    return ok(undefined);
  }

  #adopt(taken: FakeContainer, request: RunRequest): Result<ContainerId, EngineFailure> {
    const isSame = Object.values(OWN_CONTAINER_LABELS).every(
      (label) => taken.labels[label] === request.labels[label],
    );
    if (!isSame)
      return err({
        kind: 'refused',
        message: `the name ${request.name} is taken by a container that is not ours`,
      });
    if (taken.state !== 'running') taken.cpu = merge(taken.cpu, this.#cpuOf(request));
    return ok(taken.id);
  }

  #refusal(
    stored: EngineCpuSettings,
    { nanoCpus, quotaUs, periodUs, shares }: EngineCpuSettings,
  ): string | undefined {
    for (const value of [nanoCpus, quotaUs, periodUs, shares])
      if (!Number.isSafeInteger(value)) return `${value} is not a whole number`;
    if (quotaUs > 0 && quotaUs < 1000) return 'CPU cfs quota can not be less than 1ms (i.e. 1000)';
    if (periodUs !== 0 && (periodUs < 1000 || periodUs > 1_000_000))
      return 'CPU cfs period is out of range';
    if (nanoCpus > this.#options.hostCores * 1e9)
      return `range of CPUs is from 0.01 to ${this.#options.hostCores}.00`;
    if (nanoCpus > 0 && (stored.quotaUs > 0 || stored.periodUs > 0))
      return 'Conflicting options: Nano CPUs cannot be updated';
    if (stored.nanoCpus > 0 && (quotaUs > 0 || periodUs > 0))
      return 'Conflicting options: CPU Quota cannot be updated';
    return undefined;
  }

  #called(call: FakeCall, what = ''): EngineFailure | undefined {
    this.calls.push(what === '' ? call : `${call} ${what}`);
    const at = this.#failures.findIndex(
      (failure) => failure.call === call && (failure.id === undefined || failure.id === what),
    );
    return at === -1 ? undefined : this.#failures.splice(at, 1)[0]?.failure;
  }

  #tell(action: string, containerId: ContainerId): void {
    for (const listener of this.#listeners) listener({ action, containerId });
  }

  #planned(id: ContainerId): FakeContainer {
    const container = this.containers.get(id);
    if (container === undefined) throw new Error(`nobody planned container ${id}`);
    return container;
  }
}

function describe(container: FakeContainer): EngineContainer {
  const { id, name, image, labels, startedAt, pid, cpu, state, exitCode } = container;
  const running = state === 'running';
  return {
    id,
    name,
    image,
    labels,
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
  };
}

/** 0 leaves a value as it is, as the engine does. */
const merge = (stored: EngineCpuSettings, asked: EngineCpuSettings): EngineCpuSettings => ({
  nanoCpus: asked.nanoCpus || stored.nanoCpus,
  quotaUs: asked.quotaUs || stored.quotaUs,
  periodUs: asked.periodUs || stored.periodUs,
  shares: asked.shares || stored.shares,
});

function kernelOf(
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
