import type { CpuLimit } from '../../shared/command.js';
import type { GpuAssignment, GpuInjection } from '../../shared/gpu.js';
import type { ContainerId, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Result } from '../../shared/result.js';
import type { LogStart, LogStream } from './logs.js';

/**
 * What the agent needs of a container engine. Only `drivers/` implements it, and only the
 * composition root knows `drivers/`.
 */

/**
 * `gone`: there is no such container; `no-image`: the image is not on the host and cannot be
 * pulled. Their codes are `docker.KIND`.
 */
export type EngineFailureKind = 'gone' | 'no-image' | 'refused' | 'timeout' | 'unavailable';

/** Why an engine call failed, with the engine's own words. */
export interface EngineFailure {
  readonly kind: EngineFailureKind;
  readonly message: string;
}

/** A container as the engine lists it; our own types, no SDK type leaves the driver. */
export interface EngineContainer {
  readonly id: ContainerId;
  readonly name: string;
  readonly image: string;
  /** Set by the person who started it; those of its image are not among them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels that its image has too, with the same value; absent = none. */
  readonly imageLabels?: Readonly<Record<string, string>>;
  /** Why its image could not be read: all labels then count as the image's. Absent = it was. */
  readonly imageUnread?: string;
  readonly running: boolean;
  /** Exit code when not running; null while running or unknown. */
  readonly exitCode: number | null;
  readonly oomKilled: boolean;
  /** How often the engine started it again by itself; absent = never. */
  readonly restartCount?: number;
  /** It has ended, and the engine is about to start it again; absent = no. */
  readonly isRestarting?: boolean;
  /** Its processes are frozen (`docker pause`); absent = no. */
  readonly isPaused?: boolean;
  /** RFC 3339; together with the id the identity of a life. */
  readonly startedAt: string;
  /** Host pid of the container's first process, 0 when not running. */
  readonly pid: number;
  /** Addresses on the container's networks, for push attribution. */
  readonly addresses: readonly string[];
  /**
   * What a sender with another address shows to push for it: a secret, never reported or logged.
   * Absent = nobody else can.
   */
  readonly pushToken?: string;
  /** The CPU settings the engine stores; used to keep the container's own style and to restore. */
  readonly cpu: EngineCpuSettings;
  /** Memory limit that the engine stores, bytes; absent = none. */
  readonly memoryBytes?: number;
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

/** Action of the hint that comes when events are heard again: the engine was away. */
export const RESUBSCRIBED = 'resubscribed';

/** A hint that a container changed. */
export interface EngineEvent {
  readonly action: string;
  readonly containerId: ContainerId;
}

/**
 * Docker. Every call has a deadline and returns a value, never throws. At most four are in flight,
 * beside as many pulls and as many stops, which take long.
 */
export interface ContainerEngine {
  /**
   * Containers with any of our labels (`dqoes.enable`, `dqoes.allocation`), running or not, fully
   * inspected.
   */
  list(): Promise<Result<readonly EngineContainer[], EngineFailure>>;
  /** Any container by id, with our labels or without, as it is now. */
  find(id: ContainerId): Promise<Result<EngineContainer, EngineFailure>>;
  /** Calls `onEvent` when something may have changed; subscribes again by itself until aborted. */
  events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): void;
  /** Writes a CPU limit in the container's own style; `warnings` in a 200 are returned. */
  updateCpu(
    id: ContainerId,
    settings: EngineCpuSettings,
  ): Promise<Result<readonly string[], EngineFailure>>;
  /** Creates and starts; idempotent: a name that exists with our allocation label is adopted. */
  run(request: RunRequest): Promise<Result<ContainerId, EngineFailure>>;
  /**
   * Has the image on the host: pulls it where it is not. `onPull` hears how far that is, in words;
   * when `left` is aborted, the pull is left, and gives its place to another.
   */
  fetchImage(
    image: string,
    onPull?: (text: string) => void,
    left?: AbortSignal,
  ): Promise<Result<void, EngineFailure>>;
  /**
   * Stops (SIGTERM, then SIGKILL after `graceMs`) and removes; a container that is gone is a
   * success. `onlyIfEnded`: one that runs by then goes on, and is a failure.
   */
  stop(
    id: ContainerId,
    graceMs: number,
    onlyIfEnded?: boolean,
  ): Promise<Result<void, EngineFailure>>;
  /**
   * Lines of stdout and stderr as they appear, from now on; re-attaches until aborted or the
   * container ends. Bounded lines, and bounded bytes a second: of a log that floods the rest of the
   * second is skipped.
   */
  followLogs(id: ContainerId, sink: LogSink, signal: AbortSignal): void;
  /** The log from a place on, also of a container that has ended. */
  openLog(
    id: ContainerId,
    start: LogStart,
    signal: AbortSignal,
  ): Promise<Result<LogStream, EngineFailure>>;
  /** The last `count` lines. */
  tailLogs(id: ContainerId, count: number): Promise<Result<readonly string[], EngineFailure>>;
  /**
   * Whether processes of the container still reach its NVIDIA GPU; `unknown` = nothing in it can
   * tell.
   */
  probeGpu(id: ContainerId): Promise<'reached' | 'lost' | 'unknown'>;
  ping(): Promise<Result<{ readonly version: string }, EngineFailure>>;
}

/** Gets the log of a container. */
export interface LogSink {
  /** `isCut`: the line was longer than is read of one, and lost its end. */
  readonly onLine: (line: string, isCut?: boolean) => void;
  /** More was written in this second than is read; lines were skipped. */
  readonly onSkip: () => void;
  /** Why the engine does not give the log, which is asked for again; '' = it does. */
  readonly onFault?: (why: string) => void;
}

/** A job container to create and start. */
export interface RunRequest {
  /** `dqoes-<allocation>`. */
  readonly name: string;
  readonly spec: JobSpec;
  readonly labels: Readonly<Record<string, string>>;
  /** Names that the node had before: a container of theirs is adopted, too. Absent = none. */
  readonly formerNodes?: readonly NodeId[];
  readonly limit: CpuLimit;
  /** GPUs it is given; absent = none. */
  readonly gpu?: GpuAssignment;
  /** Values of its secrets by variable, in clear: never to be logged or kept. Absent = none. */
  readonly secretEnv?: Readonly<Record<string, string>>;
  /**
   * Asked before the container is made, and again before it is started: false = neither is done any
   * more, because the job was stopped or changed, or the agent stops. Absent = both are.
   */
  readonly isWanted?: () => boolean;
  /** Asked for the limit each time that the container is to be made. Absent = `limit`. */
  readonly limitNow?: () => CpuLimit;
  /** Hears that its image is pulled now: it is not made before `limitNow` is asked again. */
  readonly onPulling?: () => void;
  /** Hears how far the pull of its image is, in words; absent = nobody asks. */
  readonly onPull?: (text: string) => void;
  /** Aborted when its image need not be pulled any further; absent = it is pulled to the end. */
  readonly left?: AbortSignal;
}

/** The agent that manages an Engine. */
export interface EngineHolder {
  readonly pid: number;
  readonly stateDir: string;
  /** Wall clock, ms since 1970. */
  readonly sinceMs: number;
  readonly cluster: string;
  readonly node: string;
}
