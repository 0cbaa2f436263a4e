import type { CpuLimit, StateVersion } from './command.js';
import type { ContainerGpuReport, GpuReport } from './gpu.js';
import type { AllocationId, ContainerId, JobName, NodeId } from './ids.js';
import type { CpuBounds, LatencySourceSpec } from './job.js';
import type { Target } from './qoe.js';
import { type Summary, statisticOf } from './samples.js';

/** The order of an agent's starts, from a file beside its journal. */
export interface BootOrder {
  /** Made with the file: agents with another one are not the same agent. */
  readonly journal: string;
  /** Starts so far, this one included. */
  readonly count: number;
}

/** Every telemetry message begins with this. */
export interface Envelope {
  readonly schema: 1;
  readonly node: NodeId;
  readonly incarnation: string;
  /** New at every start of the sender. */
  readonly bootId: string;
  /** Absent = an agent from before there was an order, or its disk refuses. */
  readonly boot?: BootOrder;
  /** +1 per message since boot. */
  readonly sequence: number;
  /** Sender's monotonic clock, ms. */
  readonly sentAtMs: number;
  readonly validForMs: number;
}

/** Usage of the whole host; a value that could not be read is null, never 0. */
export interface HostReport {
  readonly capacityCpuCores: number;
  readonly capacityMemoryBytes: number;
  /** Allocatable = capacity − reserved. */
  readonly allocatableCpuCores: number;
  readonly allocatableMemoryBytes: number;
  readonly cpuUtilisationRatio: number | null;
  readonly memoryUsedBytes: number | null;
  readonly cpuPressureRatio: number | null;
  /** Counter of what its processors used since the agent began, J; absent = not measured. */
  readonly energyJoules?: number;
}

/** Whether we may change a container, and if not, why. */
export type ControlMode = 'enforce' | 'observe' | 'none';
/** How the warning of a report ends that does not name all containers, of all releases. */
export const LEFT_OUT = 'containers left out: the report is full';

/** How the reason of a container begins that its agent is to remove and cannot. */
export const NOT_REMOVED = 'cannot be removed: ';
/** How the warning of a node begins that may run what is not wanted there any more. */
export const LEFT_BEHIND = 'not wanted here any more, and may still run: ';

/** How the reason of a container begins that the engine starts again and again. */
export const RESTARTING = 'restarting: ';
/** How the reason of a container begins whose processes are frozen (`docker pause`). */
export const PAUSED = 'paused: ';
export type ContainerState = 'pending' | 'running' | 'exited' | 'failed';

/** CPU of one container over the report's interval, from its cgroup. */
export interface CpuReport {
  /** Cores used, averaged over the interval. */
  readonly usageCores: number;
  /** Counter since the container's start, CPU-seconds. */
  readonly usageTotalSeconds: number;
  /** Periods throttled ÷ periods elapsed, 0..1; 0 when no period elapsed. */
  readonly throttledRatio: number;
  /**
   * Share of the interval in which some task waited for CPU (PSI total), 0..1; null = kernel does
   * not say.
   */
  readonly pressureRatio: number | null;
}
/** Memory of one container, from its cgroup. */
export interface MemoryReport {
  readonly currentBytes: number;
  /** current − inactive file. */
  readonly workingSetBytes: number;
  readonly oomKills: number;
}
/** Response times seen. */
export interface LatencyReport {
  /** Samples that ended within the last window, or the last five where the window has fewer. */
  readonly window: Summary;
  /** Age of the newest sample at send time, ms. */
  readonly newestAgeMs: number;
  /** Of `window`, the samples whose request began after the last change of the limit. */
  readonly sinceChangeCount: number;
  /** Counters since the container was discovered. */
  readonly totalCount: number;
  readonly totalMs: number;
  /** Lines or datagrams that could not be read as a sample. */
  readonly rejectedCount: number;
  /**
   * Of `window`, the share that was answered within the target, exact; absent = not known (the
   * target is no bound of the histogram).
   */
  readonly satisfiedRatio?: number;
}

/** So long the newest answer says how a container does, ms; or for three of its response times. */
const SAYS_MS = 60_000;
const SAYS_TIMES = 3;
/** An agent that probes waits for a hundred of the last response times, which vary. */
const PROBED_TIMES = 150;

/** How the answers of a container are seen, as far as it is known. */
export interface Seeing {
  /** Window of its agent, ms. */
  readonly windowMs: number | undefined;
  readonly source: LatencySourceSpec['source'] | undefined;
}

/** Whether the newest answer says how a container does now, whatever its response time is. */
export const saysOfNow = ({ newestAgeMs }: Pick<LatencyReport, 'newestAgeMs'>): boolean =>
  newestAgeMs <= SAYS_MS;

/**
 * Whether there are answers, and the newest says nothing of now. Where nobody asks, or nothing is
 * answered, a window holds the last answers for ever.
 */
export function isOutdated(
  latency: Pick<LatencyReport, 'newestAgeMs' | 'totalCount'> | null | undefined,
  latencyMs: number | null,
  seeing: () => Seeing,
): boolean {
  if (latency == null || latencyMs === null || saysOfNow(latency)) return false;
  const { windowMs = 0, source } = seeing();
  // Of adopted containers no report names the source, but what is probed counts as no traffic.
  const isProbed = source === undefined ? latency.totalCount === 0 : source === 'probe';
  const times = isProbed ? PROBED_TIMES : SAYS_TIMES;
  return latency.newestAgeMs > Math.max(windowMs, times * latencyMs);
}

/** What says of an allocation whether it still answers: an `AllocationStatus`. */
interface Answering {
  readonly target: Target | null;
  /** As of now; null = not known. */
  readonly latencyMs: number | null;
  readonly container: Pick<ContainerReport, 'state' | 'latency'> | null;
  /** Age of the report, ms. */
  readonly ageMs: number | null;
}

/**
 * How long ago the newest answer was where it says nothing of now, ms; null = it does, there was
 * none, or it does not run.
 */
export function unansweredMs(status: Answering): number | null {
  const { target, latencyMs, container, ageMs } = status;
  if (latencyMs !== null || target === null || container?.state !== 'running') return null;
  const { latency } = container;
  if (latency === null || statisticOf(latency.window, target.statistic) === null) return null;
  return latency.newestAgeMs + (ageMs ?? 0);
}

/** How the fault of a probe that was not answered begins. */
export const PROBE_FAILED = 'the probe failed: ';
/** The same of one that was answered with an error. */
export const PROBE_REFUSED = 'the probe was answered with status ';
/** Whether the reason of a container says that it is probed in vain. */
export const isProbeFailing = (reason: string): boolean =>
  reason.includes(PROBE_FAILED) || reason.includes(PROBE_REFUSED);

/** What of a container's CPU settings others can change. */
export const DRIFT_SETTINGS = ['limit', 'period', 'burst', 'weight'] as const;
export type DriftSetting = (typeof DRIFT_SETTINGS)[number];

/** Settings of one container that were in force and that others changed. */
export interface ContainerDrift {
  /** Changes that the agent found since it started; each counts once. */
  readonly count: number;
  /** What the last of them changed. */
  readonly setting: DriftSetting;
  /** The value that was in force and the one that was found, with units, for people. */
  readonly from: string;
  readonly to: string;
  /** When the agent found it, Unix time by the clock of the host, ms. */
  readonly foundAtMs: number;
  /** When what is desired was in force again, by the same clock, ms; null = it is not yet. */
  readonly rewrittenAtMs: number | null;
}

/** One container as its node sees it; null = not known, never 0. */
export interface ContainerReport {
  /** `null` while the container does not exist (pending, or failed to start). */
  readonly containerId: ContainerId | null;
  /** Container id + StartedAt: counters are only comparable within one life. */
  readonly lifeId: string;
  readonly allocation: AllocationId;
  readonly job: JobName;
  /** `dqoes`: we started it; `label`: adopted. */
  readonly origin: 'dqoes' | 'label';
  readonly name: string;
  readonly image: string;
  readonly state: ContainerState;
  /** Why pending, exited, failed, paused or not controlled; '' when there is nothing to say. */
  readonly reason: string;
  readonly control: ControlMode;
  /** Target and bounds as read from labels (adopted) or spec (ours); null when invalid or none. */
  readonly target: Target | null;
  readonly weight: number;
  readonly cpuBounds: CpuBounds;
  /** What the agent last wrote; null = never touched. */
  readonly applied: CpuLimit | null;
  /** What the kernel says now; null = not readable. */
  readonly observed: CpuLimit | null;
  readonly cpu: CpuReport | null;
  readonly memory: MemoryReport | null;
  readonly latency: LatencyReport | null;
  /** What it has of GPUs; absent = it has none. */
  readonly gpuUse?: ContainerGpuReport;
  /** What others changed of its limit; absent = nothing, as far as the agent knows. */
  readonly drift?: ContainerDrift;
  /** containerPort → hostPort, for our own published ports. */
  readonly ports: Readonly<Record<string, number>>;
}

/**
 * What a person did on a host with the agent's program, beside NATS, as the host noted it: root of
 * that host can note anything.
 */
export interface HostAct {
  /** Orders the acts of one host: a later one has a greater number. */
  readonly number: number;
  /** Number of the act that the host noted before it; 0 = it knows none. */
  readonly after: number;
  /** Unix time by the clock of the host, ms. */
  readonly timeMs: number;
  /** `restore` or `reset-epoch`; a newer agent may know more. */
  readonly verb: string;
  /** User of the operating system. */
  readonly who: string;
  /** What was changed, in words. */
  readonly what: string;
}

/** One telemetry message of one node. */
export interface NodeReport extends Envelope {
  readonly agentVersion: string;
  readonly intervalMs: number;
  /** Window of response times, ms; absent = an agent from before it was said. */
  readonly windowMs?: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Newest desired state this agent obeyed. */
  readonly holds: StateVersion;
  readonly host: HostReport;
  readonly containers: readonly ContainerReport[];
  /** GPUs of the node in index order; absent = it has none, or nobody looked. */
  readonly gpus?: readonly GpuReport[];
  /** Public key of the agent, to which secrets are sealed; absent = it has none. */
  readonly sealingKey?: string;
  /**
   * By allocation: what each desired container of ours was made from (`fixedPartsHashOf`); '' = it
   * is being stopped. Absent = an agent from before it was said, or there is none.
   */
  readonly specHashes?: Readonly<Record<string, string>>;
  /** One of the acts on this host, in turn; absent = there is none, or it is not time for one. */
  readonly act?: HostAct;
  /** Things an operator should know (bad labels, Docker slow, drift); bounded, newest last. */
  readonly warnings: readonly string[];
}
