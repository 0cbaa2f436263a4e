import {
  createRequestOf,
  foreignLabel,
  OWN_CONTAINER_LABELS,
} from '../../agent/containers/host-config.js';
import { pushTokenIn } from '../../agent/containers/push-token.js';
import type {
  ContainerEngine,
  EngineContainer,
  EngineCpuSettings,
  EngineFailure,
  LogSink,
  RunRequest,
} from '../../agent/ports/engine.js';
import type { LogStart, LogStream } from '../../agent/ports/logs.js';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import {
  type FakeContainer,
  kernelOf,
  listingOf,
  mergeSettings,
  refusalOf,
} from './fake-container.js';
import { FakeHost } from './fake-host.js';
import { fakeLog } from './fake-log.js';

const LEFT: EngineFailure = { kind: 'refused', message: 'it is not wanted any more' };
/** Never resolves without a signal. */
const whenAborted = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });

type Answer<T> = Promise<Result<T, EngineFailure>>;

/** A call of the engine that `failNext` can make fail. */
export type FakeCall =
  | 'list'
  | 'find'
  | 'updateCpu'
  | 'run'
  | 'stop'
  | 'openLog'
  | 'tailLogs'
  | 'ping';

/**
 * A Docker Engine in memory with the answers measured on the real one; passes
 * `test/contract/docker-contract`. Throws on a container or a grace that no test made. Also the
 * cgroup reader of its containers.
 */
export class FakeEngine extends FakeHost implements ContainerEngine {
  /** Images on the host; no other can be pulled. */
  readonly images = new Set(['dqoes/tiny:1']);
  /** Labels of images, by name; absent = none. */
  readonly imageLabels = new Map<string, Readonly<Record<string, string>>>();
  /** Updates are confirmed, and change nothing. */
  isLying = false;
  /** What containers say when they are asked for their GPU. */
  gpuProbe: 'reached' | 'lost' | 'unknown' = 'unknown';
  readonly #failures: {
    readonly call: FakeCall;
    readonly id?: ContainerId;
    readonly failure: EngineFailure;
  }[] = [];
  readonly #lost = new Set<ContainerId>();
  readonly #warnings = new Map<ContainerId, string>();
  #beforeRun: ((request: RunRequest) => void | Promise<void>) | undefined;
  #beforeFetch: ((image: string) => void | Promise<void>) | undefined;
  #beforeUpdate: ((id: ContainerId) => void | Promise<void>) | undefined;

  /** The next update of this container takes effect, but the answer does not come in time. */
  loseAnswer(id: ContainerId): void {
    this.#lost.add(id);
  }

  /** The next update of this container is answered with a warning and changes nothing. */
  warnNext(id: ContainerId, warning: string): void {
    this.#warnings.set(id, warning);
  }

  /** The next matching call, of any container or of this one, fails with this. */
  failNext(call: FakeCall, failure: EngineFailure, id?: ContainerId): void {
    this.#failures.push({ call, failure, ...(id === undefined ? {} : { id }) });
  }

  /** Runs before a container is created, as while its image is pulled. */
  onRun(hook: (request: RunRequest) => void | Promise<void>): void {
    this.#beforeRun = hook;
  }

  /** Runs before an update takes effect, to change the world in between. */
  onUpdate(hook: (id: ContainerId) => void | Promise<void>): void {
    this.#beforeUpdate = hook;
  }

  async list(): Answer<readonly EngineContainer[]> {
    const failure = this.#called('list');
    if (failure !== undefined) return err(failure);
    const enable = `${this.options.labelPrefix ?? 'dqoes.'}enable`;
    const ours = [...this.containers.values()].filter((one) => {
      const merged = { ...this.#imageLabelsOf(one), ...one.labels };
      return enable in merged || OWN_CONTAINER_LABELS.allocation in merged;
    });
    return ok(ours.map((one) => listingOf(one, this.#imageLabelsOf(one))));
  }

  #imageLabelsOf({ image }: FakeContainer): Readonly<Record<string, string>> {
    return this.imageLabels.get(image) ?? {};
  }

  async find(id: ContainerId): Answer<EngineContainer> {
    const failure = this.#called('find', id);
    if (failure !== undefined) return err(failure);
    const container = this.containers.get(id);
    return container === undefined
      ? err({ kind: 'gone', message: `No such container: ${id}` })
      : ok(listingOf(container, this.#imageLabelsOf(container)));
  }

  async updateCpu(id: ContainerId, settings: EngineCpuSettings): Answer<readonly string[]> {
    await this.#beforeUpdate?.(id);
    const failure = this.#called('updateCpu', id);
    if (failure !== undefined) return err(failure);
    const container = this.containers.get(id);
    if (container === undefined) return err({ kind: 'gone', message: `No such container: ${id}` });
    const refusal = refusalOf(container.cpu, settings, this.options.hostCores);
    if (refusal !== undefined) return err({ kind: 'refused', message: refusal });
    if (this.isLying) return ok([]);
    const warning = this.#warnings.get(id);
    if (this.#warnings.delete(id)) return ok([warning ?? '']);
    const next = kernelOf(mergeSettings(container.cpu, settings), container.kernel.periodUs);
    if (container.state === 'running' && next.quotaUs >= 0 && next.quotaUs < container.burstUs)
      return err({
        kind: 'refused',
        message: `failed to write "${next.quotaUs}": invalid argument`,
      });
    container.cpu = mergeSettings(container.cpu, settings);
    if (container.state === 'running') {
      container.kernel = kernelOf(container.cpu, container.kernel.periodUs);
      if (settings.shares > 0) container.kernelShares = settings.shares;
    }
    this.emit('update', id);
    return this.#lost.delete(id) ? err({ kind: 'timeout', message: 'no answer in time' }) : ok([]);
  }

  async run(request: RunRequest): Answer<ContainerId> {
    if (this.#beforeRun !== undefined) request.onPulling?.();
    await Promise.race([this.#beforeRun?.(request), whenAborted(request.left)]);
    if (request.left?.aborted === true) return err(LEFT);
    const failure = this.#called('run', request.name);
    if (failure !== undefined) return err(failure);
    const prepared = this.prepare(request);
    if (prepared.ok) this.startPrepared(prepared.value);
    return prepared;
  }

  async fetchImage(
    image: string,
    onPull?: (text: string) => void,
    left?: AbortSignal,
  ): Answer<void> {
    await Promise.resolve();
    if (!this.images.has(image)) onPull?.('');
    await Promise.race([this.#beforeFetch?.(image), whenAborted(left)]);
    if (left?.aborted === true) return err(LEFT);
    if (this.images.has(image)) return ok(undefined);
    const message = `image ${image} is not on this host and could not be pulled`;
    return err({ kind: 'no-image', message });
  }

  /** Runs before an image is fetched for a container that is replaced. */
  onFetch(hook: (image: string) => void | Promise<void>): void {
    this.#beforeFetch = hook;
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
    if (request.isWanted?.() === false) return err(LEFT);
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
        ...this.#limitsOf(request),
        state: 'created',
      }).id,
    );
  }

  #limitsOf(request: RunRequest): {
    readonly cpu: EngineCpuSettings;
    readonly memoryBytes: number;
    readonly pushToken?: string;
  } {
    const { hostCores } = this.options;
    const weightRule = this.options.weightRule ?? 'proportional';
    const options = {
      defaultMemoryBytes: 2 ** 30,
      pidsLimit: 100,
      init: true,
      hostCores,
      weightRule,
    };
    const token = `token-of-${request.name}-in-memory`;
    const limit = request.limitNow?.() ?? request.limit;
    const { Env, HostConfig } = createRequestOf({ ...request, limit, pushToken: token }, options);
    const { CpuQuota, CpuPeriod, CpuShares, Memory } = HostConfig;
    const cpu = { nanoCpus: 0, quotaUs: CpuQuota, periodUs: CpuPeriod, shares: CpuShares };
    const pushToken = pushTokenIn(Env);
    return { cpu, memoryBytes: Memory, ...(pushToken === undefined ? {} : { pushToken }) };
  }

  async stop(id: ContainerId, graceMs: number, onlyIfEnded = false): Answer<void> {
    if (!(graceMs >= 0)) throw new Error(`nobody planned a grace of ${graceMs} ms`);
    const failure = this.#called('stop', id);
    if (failure !== undefined) return err(failure);
    if (onlyIfEnded && this.containers.get(id)?.state === 'running')
      return err({ kind: 'refused', message: `cannot remove container ${id}: it is running` });
    if (this.containers.has(id)) this.remove(id);
    return ok(undefined);
  }

  followLogs(id: ContainerId, { onLine }: LogSink, signal: AbortSignal): void {
    const container = this.containers.get(id);
    if (container?.state !== 'running') return;
    container.followers.add(onLine);
    signal.addEventListener('abort', () => container.followers.delete(onLine), { once: true });
  }

  async openLog(id: ContainerId, start: LogStart, signal: AbortSignal): Answer<LogStream> {
    const failure = this.#called('openLog', id);
    if (failure !== undefined) return err(failure);
    const container = this.containers.get(id);
    return container === undefined
      ? err({ kind: 'gone', message: `No such container: ${id}` })
      : ok(fakeLog(container, start, signal));
  }

  async tailLogs(id: ContainerId, count: number): Answer<readonly string[]> {
    const failure = this.#called('tailLogs', id);
    if (failure !== undefined) return err(failure);
    const container = this.containers.get(id);
    return container === undefined
      ? err({ kind: 'gone', message: `No such container: ${id}` })
      : ok(container.log.slice(-count));
  }

  async probeGpu(id: ContainerId): Promise<'reached' | 'lost' | 'unknown'> {
    this.calls.push(`probeGpu ${id}`);
    return this.gpuProbe;
  }

  async ping(): Answer<{ readonly version: string }> {
    const failure = this.#called('ping');
    return failure === undefined ? ok({ version: 'fake' }) : err(failure);
  }

  #adopt(taken: FakeContainer, request: RunRequest): Result<ContainerId, EngineFailure> {
    if (foreignLabel(taken.labels, request) !== undefined)
      return err({
        kind: 'refused',
        message: `the name ${request.name} is taken by a container that is not ours`,
      });
    if (taken.state !== 'running')
      taken.cpu = mergeSettings(taken.cpu, this.#limitsOf(request).cpu);
    return ok(taken.id);
  }

  #called(call: FakeCall, what = ''): EngineFailure | undefined {
    this.calls.push(what === '' ? call : `${call} ${what}`);
    const at = this.#failures.findIndex(
      (failure) => failure.call === call && (failure.id === undefined || failure.id === what),
    );
    return at === -1 ? undefined : this.#failures.splice(at, 1)[0]?.failure;
  }
}
