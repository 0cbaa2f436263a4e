import type { DesiredGpu } from '../../shared/gpu.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';

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
 * agent has not started it instead of the one before; its turn could not be stored, so that no
 * agent knows of it; or, `other`, as the reason says.
 */
export type StallKind = 'silent' | 'refused' | 'fails' | 'not-replaced' | 'not-stored' | 'other';

/** A job as it was stored when this leader began, and since when it is so, ms. */
export interface StoredJob {
  readonly spec: JobSpec;
  readonly sinceMs: number;
}

/**
 * What the store says of the time before this leader, on the clock of its plans, ms: since when
 * each job is as it is, and each node was told nothing else.
 */
export interface StoredTimes {
  readonly jobs: ReadonlyMap<JobName, StoredJob>;
  readonly nodes: ReadonlyMap<NodeId, number>;
}
