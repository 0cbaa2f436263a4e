import type { GpuInjection } from '../../shared/gpu.js';
import type { AllocationId, ContainerId, JobName } from '../../shared/ids.js';
import type { ControlMode } from '../../shared/report.js';
import type { EngineCpuSettings } from '../ports/engine.js';

/**
 * A container this agent may act on, as enforcement needs it. Made from a discovered container by
 * the composition root.
 */
export interface Managed {
  readonly allocation: AllocationId;
  readonly job: JobName;
  readonly containerId: ContainerId;
  /** Absent = not known. */
  readonly name?: string;
  /** Container id + StartedAt. */
  readonly lifeId: string;
  /** `dqoes`: this agent started it; `label`: adopted. */
  readonly origin: 'dqoes' | 'label';
  /** Anything but `enforce` is never changed. */
  readonly control: ControlMode;
  /** `created`: exists, but its first process was never started. */
  readonly state: 'created' | 'running' | 'exited';
  /** 0 when not running. */
  readonly pid: number;
  readonly exitCode: number | null;
  /** What the engine stores now. */
  readonly cpu: EngineCpuSettings;
  /** Memory limit, bytes; absent = none. */
  readonly memoryBytes?: number;
  /** The label `dqoes.spec-hash` of our own containers. */
  readonly specHash: string | null;
  /** How it was given a GPU; absent = `none`. */
  readonly gpuInjection?: GpuInjection;
}
