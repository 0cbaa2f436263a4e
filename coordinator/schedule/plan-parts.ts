import type { DesiredGpu } from '../../shared/gpu.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';

/** Desired GPU settings of one node. */
export interface NodeGpuPlan {
  readonly node: NodeId;
  /** GPUs that are not named stay as found. */
  readonly gpus: readonly DesiredGpu[];
}

/** How far the newest version of a job has come, and what it waits for, for people. */
export interface Rollout {
  readonly job: JobName;
  readonly reason: string;
  /** It has come no further for `STALL_MS` (`placement/stalls.ts`). Absent = it has. */
  readonly stall?: Stall;
}

/** Where a change of a job stands still. */
export interface Stall {
  readonly allocation: AllocationId;
  readonly node: NodeId;
  readonly kind: StallKind;
}

/**
 * Why: its node is not heard, or refuses the job; the new container does not run or answer, or its
 * agent has not started it instead of the one before; or, `other`, as the reason says.
 */
export type StallKind = 'silent' | 'refused' | 'fails' | 'not-replaced' | 'other';
