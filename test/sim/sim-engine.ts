import type { CgroupHandle, CgroupReader } from '../../agent/ports/cgroup.js';
import type {
  ContainerEngine,
  EngineContainer,
  EngineCpuSettings,
  EngineEvent,
  EngineFailure,
  LogSink,
  RunRequest,
} from '../../agent/ports/engine.js';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { Host } from './host.js';
import { never, type Process } from './process.js';

type Answer<T> = Promise<Result<T, EngineFailure>>;

/** As the driver sets them, ms. */
const READ_DEADLINE_MS = 2000;
const UPDATE_DEADLINE_MS = 10_000;

/** What is seen of the changes an agent asks for. */
export interface EngineWatcher {
  onUpdate(host: Host, process: Process, id: ContainerId, settings: EngineCpuSettings): void;
  onRun(host: Host, process: Process, request: RunRequest): void;
  onStop(host: Host, process: Process, id: ContainerId): void;
}

interface Call<T> {
  readonly deadlineMs: number;
  readonly workMs: number;
  /** Changes of one container go one after the other. */
  readonly on?: ContainerId;
  readonly warns?: () => Result<T, EngineFailure>;
  readonly run: () => Answer<T>;
}

/**
 * Docker as one life of an agent reaches it: slow, failing, warning, silent. What it was asked for
 * it may do after the agent has died.
 */
export class SimEngine implements ContainerEngine {
  readonly #host: Host;
  readonly #process: Process;
  readonly #watcher: EngineWatcher;

  constructor(host: Host, process: Process, watcher: EngineWatcher) {
    this.#host = host;
    this.#process = process;
    this.#watcher = watcher;
  }

  list(): Answer<readonly EngineContainer[]> {
    const { world } = this.#process;
    return this.#call({
      deadlineMs: READ_DEADLINE_MS,
      workMs: world.between(3, 15),
      run: () => this.#host.engine.list(),
    });
  }

  find(id: ContainerId): Answer<EngineContainer> {
    return this.#call({
      deadlineMs: READ_DEADLINE_MS,
      workMs: 3,
      run: () => this.#host.engine.find(id),
    });
  }

  async probeGpu(): Promise<'unknown'> {
    return 'unknown';
  }

  events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): void {
    const { world } = this.#process;
    const tell = (event: EngineEvent): void => {
      if (!world.faults.strikes('docker event lost'))
        world.timeline.after(2, () => this.#process.deliver(() => onEvent(event)));
    };
    this.#host.engine.events(tell, signal);
  }

  updateCpu(id: ContainerId, settings: EngineCpuSettings): Answer<readonly string[]> {
    const { world } = this.#process;
    if (this.#process.isAlive) this.#watcher.onUpdate(this.#host, this.#process, id, settings);
    return this.#call({
      deadlineMs: UPDATE_DEADLINE_MS,
      workMs: world.between(10, 18),
      on: id,
      warns: () => ok(['Your kernel does not support CPU cfs quota. Quota discarded.']),
      run: () => this.#host.engine.updateCpu(id, settings),
    });
  }

  /**
   * Two calls, as the driver makes them: an agent that dies between them leaves a container
   * that is not started.
   */
  async run(request: RunRequest): Answer<ContainerId> {
    const { world } = this.#process;
    const { engine } = this.#host;
    if (this.#process.isAlive) this.#watcher.onRun(this.#host, this.#process, request);
    const deadlineMs = UPDATE_DEADLINE_MS;
    const created = await this.#call({
      deadlineMs,
      workMs: world.between(40, 200),
      run: async () => engine.prepare(request),
    });
    if (!created.ok) return created;
    const id = created.value;
    const started = await this.#call({
      deadlineMs,
      on: id,
      workMs: world.between(60, 400),
      run: async () => {
        if (!engine.containers.has(id)) return err({ kind: 'gone', message: 'no such container' });
        engine.startPrepared(id);
        return ok(undefined);
      },
    });
    return started.ok ? created : started;
  }

  fetchImage(image: string): Answer<void> {
    return this.#call({
      deadlineMs: READ_DEADLINE_MS,
      workMs: this.#process.world.between(2, 10),
      run: () => this.#host.engine.fetchImage(image),
    });
  }

  stop(id: ContainerId, graceMs: number, onlyIfEnded = false): Answer<void> {
    // One that runs by then is left as it is.
    if (this.#process.isAlive && !onlyIfEnded) this.#watcher.onStop(this.#host, this.#process, id);
    const workMs = this.#process.world.between(20, 300);
    return this.#call({
      deadlineMs: graceMs + 2 * UPDATE_DEADLINE_MS,
      workMs,
      on: id,
      run: () => this.#host.engine.stop(id, graceMs, onlyIfEnded),
    });
  }

  followLogs(id: ContainerId, { onLine, onSkip }: LogSink, signal: AbortSignal): void {
    const onLater = (line: string): void => this.#process.deliver(() => onLine(line));
    this.#host.engine.followLogs(id, { onLine: onLater, onSkip }, signal);
  }

  openLog(
    ...asked: Parameters<ContainerEngine['openLog']>
  ): ReturnType<ContainerEngine['openLog']> {
    return this.#host.engine.openLog(...asked);
  }

  tailLogs(id: ContainerId, count: number): Answer<readonly string[]> {
    return this.#call({
      deadlineMs: READ_DEADLINE_MS,
      workMs: 5,
      run: () => this.#host.engine.tailLogs(id, count),
    });
  }

  ping(): Answer<{ readonly version: string }> {
    return this.#call({
      deadlineMs: READ_DEADLINE_MS,
      workMs: 2,
      run: () => this.#host.engine.ping(),
    });
  }

  async #call<T>(call: Call<T>): Answer<T> {
    const [process, host] = [this.#process, this.#host];
    if (process.dies('crash at engine')) return never();
    const result = await this.#befall(call, host);
    return process.dies('crash at engine') ? never() : result;
  }

  async #befall<T>({ deadlineMs, workMs, on, warns, run }: Call<T>, host: Host): Answer<T> {
    const process = this.#process;
    const { world } = process;
    const { faults, timeline } = world;
    if (host.isEngineDown) return process.later(1, () => err(UNREACHABLE));
    if (faults.strikes('docker refuses'))
      return process.later(5, () => err({ kind: 'refused', message: 'server error' }));
    if (warns !== undefined && faults.strikes('docker warns')) return process.later(12, warns);
    const silence = (): Answer<T> =>
      process.later(deadlineMs, () =>
        err({ kind: 'timeout', message: `no answer within ${deadlineMs / 1000} s` }),
      );
    if (faults.strikes('docker never')) return silence();
    const isCut = faults.strikes('docker fails after');
    const slowMs = faults.strikes('docker slow') ? world.between(1000, 14_000) : 0;
    const atMs =
      on === undefined ? timeline.nowMs + workMs + slowMs : host.turnOf(on, workMs + slowMs);
    const answer = new Promise<Result<T, EngineFailure>>((resolve) => {
      timeline.at(atMs, () => {
        host.settle();
        void run().then((result) =>
          process.deliver(() => resolve(isCut ? err(UNREACHABLE) : result)),
        );
      });
    });
    return Promise.race([answer, silence()]);
  }
}

const UNREACHABLE: EngineFailure = {
  kind: 'unavailable',
  message: 'connect ECONNREFUSED /var/run/docker.sock',
};

/** cgroup files of a host as one life of an agent reads them. */
export class SimCgroups implements CgroupReader {
  /** Containers whose counters could not be read the last time. */
  readonly unread = new Set<ContainerId>();
  readonly #host: Host;
  readonly #process: Process;

  constructor(host: Host, process: Process) {
    this.#host = host;
    this.#process = process;
  }

  async open(pid: number, id?: ContainerId): Promise<Result<CgroupHandle, string>> {
    const container = [...this.#host.engine.containers.values()].find(
      (one) => one.pid === pid && pid > 0,
    );
    if (container === undefined) return err(`process ${pid} is gone`);
    if (id !== undefined && container.id !== id)
      return err(`process ${pid} is in another container`);
    const opened = await this.#host.engine.open(pid);
    if (!opened.ok) return opened;
    return this.#read(async () => ok(this.#handle(opened.value, container.id)));
  }

  #handle(handle: CgroupHandle, id: ContainerId): CgroupHandle {
    return {
      read: async () => {
        const read = await this.#read(async () => {
          const counters = await handle.read();
          const container = this.#host.engine.containers.get(id);
          if (!counters.ok || container === undefined) return counters;
          const cpuUsageSeconds = this.#host.usageOf(container);
          const periods = Math.floor(10 * cpuUsageSeconds);
          const weight = this.#host.engine.kernelWeight(id);
          return ok({
            ...counters.value,
            cpuUsageSeconds,
            periods,
            throttledPeriods: periods,
            weight,
          });
        });
        if (read.ok) this.unread.delete(id);
        else this.unread.add(id);
        return read;
      },
      readLimit: () => this.#read(() => handle.readLimit()),
      readWeight: () => this.#read(() => handle.readWeight()),
      readBurst: () => this.#read(() => handle.readBurst()),
      writeBurst: (burstUs) => this.#read(() => handle.writeBurst(burstUs)),
      close: async () => undefined,
    };
  }

  async #read<T>(read: () => Promise<Result<T, string>>): Promise<Result<T, string>> {
    if (this.#process.dies('crash at cgroup')) return never();
    const isFailing = this.#process.world.faults.strikes('cgroup unreadable');
    return isFailing ? err('Input/output error') : read();
  }
}
