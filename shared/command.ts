import type { DesiredGpu, GpuAssignment } from './gpu.js';
import type { AllocationId, ContainerId, JobName, NodeId, SecretName } from './ids.js';
import type { JobSpec } from './job.js';

/** Order of desired states: the later epoch (leader) wins, within one the later revision. */
export interface StateVersion {
  /** Identity of the durable store; another incarnation means the store was made again. */
  readonly incarnation: string;
  readonly epoch: number;
  readonly revision: number;
}

/** No epoch and no revision is ever greater, so that a later one always exists. */
export const MAX_VERSION = 2 ** 52;
/**
 * The longest step from a known epoch or revision to a later one. Leaders step by one, after a loss
 * by up to two million; what steps further was damaged or forged.
 */
export const MAX_VERSION_STEP = 2 ** 32;

/** Whether an epoch or revision may come after a known one: no further than both bounds allow. */
export const isWithinReach = (later: number, known: number): boolean =>
  later <= MAX_VERSION && later - known <= MAX_VERSION_STEP;

/** Whether later epochs and revisions are left: what has neither was damaged or forged. */
export const leavesRoom = ({ epoch, revision }: StateVersion): boolean =>
  epoch <= MAX_VERSION - MAX_VERSION_STEP && revision <= MAX_VERSION - MAX_VERSION_STEP;

/**
 * < 0 when `a` is older than `b`, 0 when the same, > 0 when newer. Only meaningful within one
 * incarnation.
 */
export const compareVersions = (a: StateVersion, b: StateVersion): number =>
  a.epoch - b.epoch || a.revision - b.revision;

/**
 * What one container may use of its host's CPU and what it is guaranteed. A quota bounds it; a
 * weight guarantees it a part while others want the CPU too, and bounds nothing. With neither a
 * quota nor a guarantee the container is as plain Docker runs it.
 */
export interface CpuLimit {
  /** The most it may use (CFS quota), cores; null = no quota of ours. */
  readonly cpuCores: number | null;
  /** CFS period in µs, 1000–1000000. */
  readonly periodUs: number;
  /**
   * CPU promised to it while the host is full, cores; absent = its quota, or nothing without one.
   */
  readonly guaranteeCores?: number;
  /** What its weight is proportional to, cores; absent = what it is guaranteed. */
  readonly weightCores?: number;
  /** Unused quota it may save and use later (`cpu.max.burst`), µs; absent = none. */
  readonly burstUs?: number;
}
export const DEFAULT_PERIOD_US = 100_000;

/** CPU promised to a container, cores: what counts in the sum that never exceeds the node's. */
export const guaranteedCores = ({ guaranteeCores, cpuCores }: CpuLimit): number =>
  guaranteeCores ?? cpuCores ?? 0;

/** What its weight is proportional to, cores; 0 = its weight is its own. */
export const weightedCores = (limit: CpuLimit): number =>
  limit.weightCores ?? guaranteedCores(limit);

/** True when both ask the same of the kernel; an absent burst is 0. */
export const sameLimit = (a: CpuLimit | null, b: CpuLimit | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.cpuCores === b.cpuCores &&
    a.periodUs === b.periodUs &&
    a.guaranteeCores === b.guaranteeCores &&
    a.weightCores === b.weightCores &&
    (a.burstUs ?? 0) === (b.burstUs ?? 0));

/** One secret of an allocation, which only the agent of its node can open. */
export interface SealedSecret {
  readonly name: SecretName;
  /** Of the stored secret: another one is another value. */
  readonly version: string;
  /** The public key of the node that it is sealed to. */
  readonly key: string;
  /** Of `proto/sealing`, base64url. */
  readonly box: string;
}

/**
 * One allocation as the coordinator wants it. Exactly one of `spec` (ours) and `containerId`
 * (adopted) is set.
 */
export interface DesiredAllocation {
  readonly id: AllocationId;
  readonly job: JobName;
  readonly spec?: JobSpec;
  readonly containerId?: ContainerId;
  readonly limit: CpuLimit;
  /** Why this limit, in numbers, for events and `explain`. */
  readonly reason: string;
  /**
   * It moves here: it takes the place of this allocation on another node as soon as it answers. Of
   * no concern to the agent.
   */
  readonly replaces?: AllocationId;
  /** GPUs it was given, for own allocations that ask for some. */
  readonly gpu?: GpuAssignment;
  /** The secrets that the specification names, in the order of their names; absent = none. */
  readonly secrets?: readonly SealedSecret[];
  /** Who asked last for what `spec` says, for the log of the host; absent = not known. */
  readonly requestedBy?: string;
}

/** An own allocation that was taken out of the desired state of a node, for the log of the host. */
export interface EndedAllocation {
  readonly id: AllocationId;
  /** Who had its job stopped or the node emptied; absent = nobody, or it is not known. */
  readonly requestedBy?: string;
  readonly reason: string;
}
/** As many, the newest, are in a desired state. */
export const MAX_ENDED = 16;

/**
 * Complete desired state of one node. An own allocation that is absent is stopped and removed;
 * an adopted container that is absent gets its original limits back.
 */
export interface DesiredState extends StateVersion {
  readonly node: NodeId;
  readonly validForMs: number;
  readonly allocations: readonly DesiredAllocation[];
  /** GPUs that shall not be as found; absent = none. */
  readonly gpus?: readonly DesiredGpu[];
  /** The newest that were taken out of `allocations`, oldest first; absent = none. */
  readonly ended?: readonly EndedAllocation[];
}

export type AckOutcome = 'applied' | 'already' | 'stale' | 'refused' | 'partial';

/** How the reason begins why what runs is not started again as the newest version of its job. */
export const RUNS_ON = 'runs on as it was: ';

/** Whether a reason of a job says that what runs is not its newest version, and why. */
export const saysRunsOn = (reason: string): boolean => reason.includes(RUNS_ON);

/** The outcome for one allocation of a desired state. */
export interface AllocationAck {
  readonly id: AllocationId;
  readonly ok: boolean;
  /** CPU limit read back from the kernel, cores; null = unlimited; absent = not known. */
  readonly observedCpuCores?: number | null;
  readonly reason: string;
  /**
   * The host's own rules forbid it, whatever else runs there, so trying again is of no use before
   * the job or the rules change. Absent = no.
   */
  readonly refused?: boolean;
}

/** The agent's answer to a desired state. `holds` is the newest version it obeyed. */
export interface Ack {
  readonly node: NodeId;
  readonly bootId: string;
  readonly outcome: AckOutcome;
  readonly asked: StateVersion;
  readonly holds: StateVersion;
  readonly allocations: readonly AllocationAck[];
  readonly reason: string;
}
