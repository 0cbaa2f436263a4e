import type Docker from 'dockerode';
import type { Clock } from '../../shared/clock.js';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { GpuHost } from '../containers/gpu.js';
import type { WeightRule } from '../ports/cgroup.js';
import type {
  ContainerEngine,
  EngineContainer,
  EngineCpuSettings,
  EngineEvent,
  EngineFailure,
  LogSink,
  RunRequest,
} from '../ports/engine.js';
import type { LogStart, LogStream } from '../ports/logs.js';
import { DockerCalls, READ_DEADLINE_MS, statusOf, UPDATE_DEADLINE_MS } from './docker-calls.js';
import {
  type ConnectFailure,
  connectFailure,
  type EngineFacts,
  type EngineFactsInfo,
  factsOf,
} from './docker-facts.js';
import { type EngineGpuInfo, gpuHostOf, probeGpu } from './docker-gpu.js';
import { LogLines } from './docker-lines.js';
import { DockerList } from './docker-list.js';
import { openLog } from './docker-log.js';
import { DockerRun } from './docker-run.js';
import { followEvents, followLogs, type StreamDeps } from './docker-streams.js';
import { type Ask, clientOf, pinAgain, pinOf, versionOf } from './docker-version.js';
import { registryLogins } from './registry-logins.js';

/** Socket of the Docker Engine where the settings name none. */
export const DEFAULT_SOCKET = '/var/run/docker.sock';

/** Which engine to connect, and what its job containers get. */
export interface DockerEngineOptions {
  readonly socketPath: string;
  readonly clock: Clock;
  /** With the dot: `dqoes.`. */
  readonly labelPrefix: string;
  readonly defaultMemoryBytes: number;
  readonly pidsLimit: number;
  readonly weightRule: WeightRule;
  /** Longest wait for a list or a container, ms; absent = 2 s. */
  readonly readDeadlineMs?: number;
  /** Folder of the MPS server's pipes. */
  readonly mpsPipeDirectory?: string;
  /** File of logins to registries, as `docker login` writes it; absent or '' = there is none. */
  readonly registryAuthFile?: string;
}

/** A connected engine, with what only its owner may do. */
export interface DockerEngine extends ContainerEngine {
  /** As `ContainerEngine`, by name too. */
  find(nameOrId: string): Promise<Result<EngineContainer, EngineFailure>>;
  /** Containers that run: all, or those with a label that begins like this. */
  running(labelPrefix?: string): Promise<Result<readonly EngineContainer[], EngineFailure>>;
  /** The Engine's own id, the same until its data is removed; its socket where it tells none. */
  readonly engineId: string;
  /** What the engine says of itself. */
  readonly facts: EngineFacts;
  /** How GPUs get into containers on this engine. */
  readonly gpuInjectionMode: GpuHost['injectionMode'];
  /** Ends every call in flight; the streams end by their own signals. */
  close(): void;
}

const MAX_TAIL = 1000;

/**
 * Asks the engine for its version and pins the API to it. Fails in one sentence with the cure when
 * the engine does not answer.
 */
export async function connectDocker(
  options: DockerEngineOptions,
): Promise<Result<DockerEngine, ConnectFailure>> {
  const calls = new DockerCalls();
  // As long as for a change: there is no earlier answer to go by.
  const asked = await calls.run(UPDATE_DEADLINE_MS, async (abortSignal) => {
    const docker = clientOf(options.socketPath);
    const version = await versionOf(docker, abortSignal);
    return { version, info: await (docker.info as Ask<EngineInfo>).call(docker, { abortSignal }) };
  });
  if (!asked.ok) return err(connectFailure(options.socketPath, asked.error));
  const { version, info } = asked.value;
  const api = pinOf(version.ApiVersion, version.MinAPIVersion);
  const gpu = gpuHostOf(info, options.mpsPipeDirectory ?? DEFAULT_MPS_PIPES);
  const parts = {
    docker: clientOf(options.socketPath, api),
    streams: clientOf(options.socketPath, api),
    calls,
  };
  const engineId = info.ID || options.socketPath;
  const init = (info.InitBinary ?? '') !== '';
  const facts = factsOf(version, info, api);
  const hostCores = info.NCPU ?? 1;
  return ok(new DockerodeEngine(parts, options, { engineId, init, hostCores, gpu, facts }));
}

/** Default folder of the pipes of NVIDIA's MPS server. */
export const DEFAULT_MPS_PIPES = '/tmp/nvidia-mps';

interface EngineInfo extends EngineGpuInfo, EngineFactsInfo {
  readonly ID?: string;
  readonly InitBinary?: string;
  readonly NCPU?: number;
}
interface EngineParts {
  readonly docker: Docker;
  readonly streams: Docker;
  readonly calls: DockerCalls;
}

class DockerodeEngine implements DockerEngine {
  readonly gpuInjectionMode: GpuHost['injectionMode'];
  readonly engineId: string;
  readonly facts: EngineFacts;
  readonly #docker: Docker;
  readonly #calls: DockerCalls;
  // What takes long has places of its own, so that no limit and no list waits for it; and so has
  // what is read for people, who may be many.
  readonly #own = {
    pulls: new DockerCalls(),
    starts: new DockerCalls(),
    stops: new DockerCalls(),
    removals: new DockerCalls(),
    probes: new DockerCalls(),
    logs: new DockerCalls(),
  };
  readonly #list: DockerList;
  readonly #runner: DockerRun;
  readonly #streams: StreamDeps;

  constructor(
    parts: EngineParts,
    options: DockerEngineOptions,
    host: {
      readonly engineId: string;
      readonly init: boolean;
      readonly hostCores: number;
      readonly gpu: GpuHost;
      readonly facts: EngineFacts;
    },
  ) {
    const { clock, labelPrefix } = options;
    this.gpuInjectionMode = host.gpu.injectionMode;
    this.engineId = host.engineId;
    this.facts = host.facts;
    this.#docker = parts.docker;
    this.#calls = parts.calls;
    this.#list = new DockerList(parts.docker, parts.calls, {
      clock,
      labels: [`${labelPrefix}enable`, 'dqoes.allocation'],
      deadlineMs: options.readDeadlineMs ?? READ_DEADLINE_MS,
    });
    const calls = { calls: this.#own.starts, pulls: this.#own.pulls };
    const logins = registryLogins(options.registryAuthFile ?? '');
    this.#runner = new DockerRun(parts.docker, calls, { ...options, ...host, logins });
    const clients = [parts.docker, parts.streams];
    const onReturn = () => pinAgain(clients, options.socketPath, parts.calls);
    this.#streams = { docker: parts.streams, list: this.#list, clock, onReturn };
  }

  list(): Promise<Result<readonly EngineContainer[], EngineFailure>> {
    return this.#list.list();
  }

  running(labelPrefix = ''): Promise<Result<readonly EngineContainer[], EngineFailure>> {
    return this.#list.running(labelPrefix);
  }

  async find(nameOrId: string): Promise<Result<EngineContainer, EngineFailure>> {
    return this.#list.find(nameOrId);
  }

  events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): void {
    this.#list.onLateImage(() => onEvent({ action: 'image-read', containerId: NO_CONTAINER }));
    followEvents(this.#streams, onEvent, signal);
  }

  async updateCpu(
    id: ContainerId,
    settings: EngineCpuSettings,
  ): Promise<Result<readonly string[], EngineFailure>> {
    const { nanoCpus, quotaUs, periodUs, shares } = settings;
    const all = { NanoCpus: nanoCpus, CpuQuota: quotaUs, CpuPeriod: periodUs, CpuShares: shares };
    const set = Object.entries(all).filter(([, value]) => value !== 0);
    const body = set.length === 0 ? { CpuQuota: 0 } : Object.fromEntries(set);
    const bad = Object.entries(body).find(([, value]) => !Number.isSafeInteger(value));
    if (bad !== undefined)
      return err({ kind: 'refused', message: `${bad[0]} ${bad[1]} is not a whole number` });
    const updated = await this.#calls.run(UPDATE_DEADLINE_MS, async (abortSignal) => {
      const answer = (await this.#docker.getContainer(id).update({ ...body, abortSignal })) as {
        Warnings?: string[] | null;
      };
      return answer.Warnings ?? [];
    });
    this.#list.invalidate(id);
    return updated;
  }

  async run(request: RunRequest): Promise<Result<ContainerId, EngineFailure>> {
    const started = await this.#runner.run(request);
    if (started.ok) this.#list.invalidate(started.value);
    return started;
  }

  fetchImage(
    image: string,
    onPull?: (text: string) => void,
    left?: AbortSignal,
  ): Promise<Result<void, EngineFailure>> {
    return this.#runner.fetchImage(image, { onPull, left });
  }

  async stop(
    id: ContainerId,
    graceMs: number,
    onlyIfEnded = false,
  ): Promise<Result<void, EngineFailure>> {
    const container = this.#docker.getContainer(id);
    if (!onlyIfEnded) {
      const t = Math.max(1, Math.ceil(graceMs / 1000));
      const stopped = await this.#own.stops.run(t * 1000 + UPDATE_DEADLINE_MS, (abortSignal) =>
        tolerate([304, 404], container.stop({ t, abortSignal })),
      );
      if (!stopped.ok && stopped.error.kind !== 'timeout') return stopped;
    }
    const force = !onlyIfEnded;
    const removed = await this.#own.removals.run(UPDATE_DEADLINE_MS, (abortSignal) =>
      tolerate(force ? [404, 409] : [404], container.remove({ force, v: true, abortSignal })),
    );
    this.#list.invalidate(id);
    return removed;
  }

  followLogs(id: ContainerId, sink: LogSink, signal: AbortSignal): void {
    followLogs(this.#streams, { id, ...sink }, signal);
  }

  openLog(
    id: ContainerId,
    start: LogStart,
    signal: AbortSignal,
  ): Promise<Result<LogStream, EngineFailure>> {
    return openLog({ ...this.#streams, calls: this.#own.logs }, { id, start }, signal);
  }

  async tailLogs(
    id: ContainerId,
    count: number,
  ): Promise<Result<readonly string[], EngineFailure>> {
    const inspected = await this.#list.inspect(id, this.#own.logs);
    if (!inspected.ok) return inspected;
    const tail = Math.min(MAX_TAIL, Math.max(1, Math.floor(count)));
    return this.#own.logs.run(READ_DEADLINE_MS, async (abortSignal) => {
      const logs: unknown = await this.#docker
        .getContainer(id)
        .logs({ stdout: true, stderr: true, tail, abortSignal });
      const collected: string[] = [];
      const lines = new LogLines((line) => collected.push(line), inspected.value.tty);
      // A terminal's log that happens to be JSON is parsed by the client.
      lines.push(Buffer.isBuffer(logs) ? logs : Buffer.from(JSON.stringify(logs) ?? ''));
      lines.flush();
      return collected.slice(-tail);
    });
  }

  probeGpu(id: ContainerId): Promise<'reached' | 'lost' | 'unknown'> {
    return probeGpu(this.#docker, this.#own.probes, id);
  }

  ping(): Promise<Result<{ readonly version: string }, EngineFailure>> {
    return this.#calls.run(READ_DEADLINE_MS, async (abortSignal) => {
      const { Version } = await versionOf(this.#docker, abortSignal);
      return { version: Version };
    });
  }

  close(): void {
    for (const calls of [this.#calls, ...Object.values(this.#own)]) calls.close();
    this.#list.close();
  }
}

const NO_CONTAINER = '' as ContainerId;

/** Statuses that mean that nothing had to be done. */
async function tolerate(statuses: readonly number[], call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (cause) {
    if (!statuses.includes(statusOf(cause) ?? 0)) throw cause;
  }
}
