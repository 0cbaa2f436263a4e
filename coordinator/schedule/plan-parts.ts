import type { DesiredGpu } from '../../shared/gpu.js';
import type { JobName, NodeId } from '../../shared/ids.js';

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
}
