import { type CpuLimit, weightedCores } from '../../../../shared/command.js';
import type { SnapshotNode } from '../../types.js';

/** Whether no limit of dqoes has been in force: no quota, no weight. */
export const isUncontrolled = ({ allocations }: SnapshotNode): boolean =>
  allocations.every(
    ({ report, limit }) =>
      isNone(limit) &&
      report !== null &&
      (report.observed?.cpuCores ?? null) === null &&
      isNone(report.applied),
  );

// A weight in force is a limit as well.
const isNone = (limit: CpuLimit | null): boolean =>
  limit === null || (limit.cpuCores === null && weightedCores(limit) === 0);

/**
 * Whether the host goes on holding a quota of ours that it was asked to drop, as its agent reports:
 * Docker does not answer there, or the agent is not heard. How its jobs fare then says nothing of
 * the fall-back.
 */
export const isHeldStill = ({ allocations }: SnapshotNode): boolean =>
  allocations.some(
    ({ report, limit }) =>
      limit?.cpuCores === null &&
      report !== null &&
      report.applied?.cpuCores != null &&
      report.observed?.cpuCores != null,
  );
