import type { JobName } from '../../../shared/ids.js';
import type { SnapshotJob } from '../types.js';

// A list of jobs never changes once it is made, and stays the same from plan to plan.
const known = new WeakMap<readonly SnapshotJob[], ReadonlyMap<JobName, SnapshotJob>>();

/** The jobs by their names; made once for a list. */
export function jobsByName(jobs: readonly SnapshotJob[]): ReadonlyMap<JobName, SnapshotJob> {
  const its = known.get(jobs);
  if (its !== undefined) return its;
  const byName = new Map<JobName, SnapshotJob>();
  for (const job of jobs) byName.set(job.spec.name, job);
  known.set(jobs, byName);
  return byName;
}
