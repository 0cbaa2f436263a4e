import type { CpuLimit, SealedSecret } from '../../shared/command.js';
import type { GpuAssignment } from '../../shared/gpu.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { CpuWrite, KernelCpu } from '../containers/limits.js';
import type { EngineCpuSettings } from '../ports/engine.js';

interface StepBase {
  readonly allocation: AllocationId;
  /** In numbers, for the ack and the log. */
  readonly reason: string;
}
/** Stops and removes a container of our own. */
export interface StopStep extends StepBase {
  readonly kind: 'stop';
  readonly containerId: ContainerId;
  /** It is replaced because it has ended: one that somebody has started again goes on. */
  readonly onlyIfEnded?: true;
  /** What takes its place: its image is fetched first, while this one runs. Absent = nothing. */
  readonly successor?: Pick<StartStep, 'spec' | 'specHash' | 'limit'>;
}
/** Creates and starts a container for a job. */
export interface StartStep extends StepBase {
  readonly kind: 'start';
  readonly spec: JobSpec;
  readonly specHash: string;
  readonly limit: CpuLimit;
  readonly gpu?: GpuAssignment;
  /** Still sealed: they are opened when the container is created. */
  readonly secrets?: readonly SealedSecret[];
}
/**
 * Writes a CPU limit with its period and weight and reads them back. The kinds compare what is
 * promised, not quotas. `lower`: to a smaller limit, or the same with another period or weight.
 * `lift`: removes our limit. `cap`: a first limit on a container that had none, or none of ours.
 * `raise`: to a larger limit.
 */
export interface LimitStep extends StepBase, CpuWrite {
  readonly kind: 'lower' | 'lift' | 'cap' | 'raise';
  readonly containerId: ContainerId;
  readonly lifeId: string;
  readonly pid: number;
  /** What the ledger remembers as applied; null = the container's original settings. */
  readonly applied: CpuLimit | null;
  /** What it counts in the sum once it is in force, cores; null = nothing. */
  readonly promiseCores: number | null;
  /** Burst found now, before our first write of it, µs; absent = it is known, or not touched. */
  readonly originalBurstUs?: number;
  /**
   * The container is not, or not yet, what is wanted of its job: what is said of that stands,
   * whatever becomes of this. Absent = it is.
   */
  readonly isBeside?: true;
}
/** Puts an adopted container's original settings back and forgets it. */
export interface RestoreStep extends StepBase {
  readonly kind: 'restore';
  readonly containerId: ContainerId;
  readonly settings: EngineCpuSettings;
  /** '' and 0 when it does not run. */
  readonly lifeId: string;
  readonly pid: number;
  /** Burst to put back, µs; null = it was never touched. */
  readonly burstUs: number | null;
}
/** One change on this node. */
export type Step = StopStep | StartStep | LimitStep | RestoreStep;
/** Names of the changes. */
export type StepKind = Step['kind'];

/** The result of one step; a step never throws. */
export interface StepResult {
  readonly ok: boolean;
  readonly reason: string;
  /** Read back from the kernel, cores; null = no limit; absent = not known. */
  readonly observedCores?: number | null;
  /** All that was read back; with `observedCores`. */
  readonly seen?: KernelCpu;
  /** Why the burst could not be written, as the system says it. */
  readonly burstFault?: string;
  /** The container that a start made, or found. */
  readonly started?: ContainerId;
  /** The host's own rules forbid it, whatever else runs here. */
  readonly refused?: boolean;
  /** The container no longer exists. */
  readonly gone?: boolean;
  /** It was left because it is wanted otherwise by now: no failure. Absent = it was not. */
  readonly isLeft?: true;
  /** The engine certainly changed nothing. Absent or false after a time-out. */
  readonly untouched?: boolean;
}
