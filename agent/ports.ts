import type { CpuLimit } from '../shared/command.js';
import type { GpuAssignment, GpuInjection } from '../shared/gpu.js';
import type { ContainerId } from '../shared/ids.js';
import type { JobSpec } from '../shared/job.js';
import type { MemoryReport } from '../shared/report.js';
import type { Result } from '../shared/result.js';

/**
 * What the agent needs of the OS. Only `drivers/` implements these and only the composition root
 * knows `drivers/`.
 */

/**
 * `gone`: there is no such container; `no-image`: the image is not on the host and cannot be
 * pulled. Their codes are `docker.KIND`.
 */
export type EngineFailureKind = 'gone' | 'no-image' | 'refused' | 'timeout' | 'unavailable';
export interface EngineFailure {
  readonly kind: EngineFailureKind;
  readonly message: string;
}

/** A container as the engine lists it; our own types, no SDK type leaves the driver. */
export interface EngineContainer {
  readonly id: ContainerId;
  readonly name: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly running: boolean;
  /** Exit code when not running; null while running or unknown. */
  readonly exitCode: number | null;
  readonly oomKilled: boolean;
  /** RFC 3339; together with the id the identity of a life. */
  readonly startedAt: string;
  /** Host pid of the container's first process, 0 when not running. */
  readonly pid: number;
  /** Addresses on the container's networks, for push attribution. */
  readonly addresses: readonly string[];
  /** The CPU settings the engine stores; used to keep the container's own style and to restore. */
  readonly cpu: EngineCpuSettings;
  /** containerPort → hostPort. */
  readonly ports: Readonly<Record<string, number>>;
  /** TCP ports that the image or its start declares, rising; published or not. */
  readonly exposedPorts: readonly number[];
  /** It shares the host's network: its ports are on loopback. */
  readonly hostNetwork: boolean;
  /** How it was given a GPU; absent = `none`. */
  readonly gpuInjection?: GpuInjection;
}
/** 0 = not set, as the engine says it. */
export interface EngineCpuSettings {
  readonly nanoCpus: number;
  readonly quotaUs: number;
  readonly periodUs: number;
  readonly shares: number;
}

export interface EngineEvent {
  readonly action: string;
  readonly containerId: ContainerId;
}

/** Docker. Every call has a deadline and returns a value, never throws; at most four in flight. */
export interface ContainerEngine {
  /**
   * Containers with any of our labels (`dqoes.enable`, `dqoes.allocation`), running or not, fully
   * inspected.
   */
  list(): Promise<Result<readonly EngineContainer[], EngineFailure>>;
  /** Any container by id, with our labels or without, as it is now. */
  find(id: ContainerId): Promise<Result<EngineContainer, EngineFailure>>;
  /** Hints that something changed; re-subscribes by itself until aborted. */
  events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): void;
  /** Writes a CPU limit in the container's own style; `warnings` in a 200 are returned. */
  updateCpu(
    id: ContainerId,
    settings: EngineCpuSettings,
  ): Promise<Result<readonly string[], EngineFailure>>;
  /** Creates and starts; idempotent: a name that exists with our allocation label is adopted. */
  run(request: RunRequest): Promise<Result<ContainerId, EngineFailure>>;
  /**
   * Stops (SIGTERM, then SIGKILL after `graceMs`) and removes; a container that is gone is a
   * success.
   */
  stop(id: ContainerId, graceMs: number): Promise<Result<void, EngineFailure>>;
  /**
   * Lines of stdout and stderr as they appear, from now on; re-attaches until aborted or the
   * container ends. Bounded lines.
   */
  followLogs(id: ContainerId, onLine: (line: string) => void, signal: AbortSignal): void;
  /** The last `count` lines. */
  tailLogs(id: ContainerId, count: number): Promise<Result<readonly string[], EngineFailure>>;
  /**
   * Whether processes of the container still reach its NVIDIA GPU; `unknown` = nothing in it can
   * tell.
   */
  probeGpu(id: ContainerId): Promise<'reached' | 'lost' | 'unknown'>;
  ping(): Promise<Result<{ readonly version: string }, EngineFailure>>;
}
export interface RunRequest {
  /** `dqoes-<allocation>`. */
  readonly name: string;
  readonly spec: JobSpec;
  readonly labels: Readonly<Record<string, string>>;
  readonly limit: CpuLimit;
  /** GPUs it is given; absent = none. */
  readonly gpu?: GpuAssignment;
}

/** `proportional`: the CPU weight follows the limit. `off`: the weight is never touched. */
export type WeightRule = 'proportional' | 'off';

/**
 * CPU weight of a cgroup: `cpu.shares` (2 to 262144) of version 1, `cpu.weight` (1 to 10000) of
 * version 2.
 */
export interface KernelWeight {
  readonly version: 1 | 2;
  readonly value: number;
}

/** What is set beside the quota; null = the kernel does not offer it, or it is not known. */
export interface KernelKnobs {
  readonly weight: KernelWeight | null;
  /** Unused quota that may be saved, µs. */
  readonly burstUs: number | null;
}

/** Raw counters of one container; null = the kernel does not offer it. */
export interface CgroupCounters extends KernelKnobs {
  readonly cpuUsageSeconds: number;
  readonly periods: number;
  readonly throttledPeriods: number;
  /** PSI some total, µs; null when absent. */
  readonly pressureTotalUs: number | null;
  readonly memory: MemoryReport | null;
  /** What the kernel enforces now. */
  readonly limit: CpuLimit;
}
/** cgroup files. Paths come from `/proc/<pid>/cgroup`, v1, v2 and hybrid. */
export interface CgroupReader {
  /**
   * Resolves once per life; cheap reads afterwards. With `container` given, a process that is not
   * (or no longer) in that container's cgroup is refused: pids are reused.
   */
  open(pid: number, container?: ContainerId): Promise<Result<CgroupHandle, string>>;
}
export interface CgroupHandle {
  read(): Promise<Result<CgroupCounters, string>>;
  readLimit(): Promise<Result<CpuLimit, string>>;
  /** null = the kernel does not offer it. */
  readWeight(): Promise<Result<KernelWeight | null, string>>;
  /** Unused quota that may be saved, µs; null = the kernel does not offer it. */
  readBurst(): Promise<Result<number | null, string>>;
  /** The engine does not know bursts. Refused by the kernel above the quota in force. */
  writeBurst(burstUs: number): Promise<Result<void, string>>;
  close(): Promise<void>;
}

export interface HostInfo {
  readonly cpuCores: number;
  readonly memoryBytes: number;
}
export interface HostReader {
  /** As it is now: CPUs may go on and off line. */
  info(): Promise<HostInfo>;
  /** Utilisation since the last call; null = unknown. */
  usage(): Promise<{
    readonly cpuUtilisationRatio: number | null;
    readonly memoryUsedBytes: number | null;
    readonly cpuPressureRatio: number | null;
  }>;
}

/** The first process of a running container. */
export interface ContainerProcess {
  readonly id: ContainerId;
  /** Host pid; 0 = not running. */
  readonly pid: number;
}
/** The cgroups that hold containers. */
export interface ParentReader {
  /**
   * Least CPU quota on the cgroups that hold all of these containers, or, where there is none now,
   * that held the last ones, cores; null = no quota, or nothing is known of them. Never throws.
   */
  quotaCores(containers: readonly ContainerProcess[]): number | null;
}

/** Small durable files: temp file + fsync + rename. */
export interface FileStore {
  /** null when the file does not exist. */
  read(name: string): Promise<string | null>;
  writeDurable(name: string, text: string): Promise<void>;
  /** Moves a torn file aside and returns the new name. */
  setAside(name: string): Promise<string>;
}

/** A folder of small durable files of which each may be made by any agent of this host. */
export interface FolderStore extends FileStore {
  /** Durable before it resolves; false = the file exists already and is left as it is. */
  create(name: string, text: string): Promise<boolean>;
  /** Names of all files; none when the folder does not exist. */
  list(): Promise<readonly string[]>;
  /** Durable before it resolves; a file that does not exist is a success. */
  remove(name: string): Promise<void>;
}

/** The agent that holds an Engine. */
export interface EngineHolder {
  readonly pid: number;
  readonly stateDir: string;
  /** Wall clock, ms since 1970. */
  readonly sinceMs: number;
  readonly cluster: string;
  readonly node: string;
}

/** A request to a container's own server. */
export interface HttpRequest {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  /** Sent as JSON. */
  readonly body?: string;
  readonly accept?: string;
  /** From the start to the end of the answer. */
  readonly deadlineMs: number;
  /** A longer answer is refused, bytes. */
  readonly maxBytes: number;
}
export interface HttpAnswer {
  readonly status: number;
  /** From the start to the end of the answer. */
  readonly elapsedMs: number;
  readonly bytes: number;
}
/**
 * One connection to one container, kept between requests. Follows no redirects. Never throws; the
 * error is a sentence.
 */
export interface HttpClient {
  /** `onText` gets the body of a 200 as it comes. */
  ask(request: HttpRequest, onText: (chunk: string) => void): Promise<Result<HttpAnswer, string>>;
  close(): void;
}

/** Anything that yields response times of containers. */
export interface LatencyObservation {
  readonly latencyMs: number;
  readonly weight: number;
}
/** A histogram of response times of one label set, as OpenTelemetry pushes it. */
export interface PushedHistogram {
  readonly metric: string;
  /** Tells label sets and processes of one sender apart. */
  readonly key: string;
  /** Since the last push, or since the process began. */
  readonly isDelta: boolean;
  /** When counting began, in the sender's own words; 0 = not said. */
  readonly startedAt: number;
  /** How long it counts already, ms; null = not said. */
  readonly coveredMs: number | null;
  readonly count: number;
  /** null = not said. */
  readonly sumMs: number | null;
  /** Cumulative, bounds rising, the last +Infinity. */
  readonly buckets: readonly { readonly boundMs: number; readonly count: number }[];
}

/** UDP StatsD and HTTP receivers; who sent it is known by source address or token. */
export interface PushReceiver {
  /** Starts listening; `onObservation` gets the sender's address and optional allocation token. */
  start(
    onObservation: (
      from: { readonly address: string; readonly token?: string },
      observations: readonly LatencyObservation[],
      histograms: readonly PushedHistogram[],
    ) => void,
  ): Promise<{ readonly httpPort: number; readonly udpPort: number }>;
  readonly rejected: number;
  close(): Promise<void>;
}
