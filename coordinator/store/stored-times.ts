import type { JobName, NodeId } from '../../shared/ids.js';
import type { StoredJob, StoredTimes } from '../schedule/plan-parts.js';
import type { ClusterState } from '../state/model.js';
import type { Listed } from './listed.js';

/** What was read of the buckets once they were marked as ours, and when, coordinator clock, ms. */
export interface ListedBuckets {
  readonly jobs: Listed;
  readonly desired: Listed;
  readonly atMs: number;
}

/**
 * Since when jobs and desired states are stored as they are, on the clock of the coordinator. Ages
 * are differences on the clock of the server, between a value and the mark that was written just
 * before: clocks of hosts are not compared. Never longer ago than it is; where the server does not
 * say, or the mark could not be written since the bucket is full, it is now or not known.
 */
export function storedTimes(
  { jobs: records, nodes: known }: Pick<ClusterState, 'jobs' | 'nodes'>,
  { jobs, desired, atMs }: ListedBuckets,
): StoredTimes {
  const [jobsSince, desiredSince] = [sinceIn(jobs, atMs), sinceIn(desired, atMs)];
  const stored = new Map<JobName, StoredJob>();
  for (const { spec } of records.values()) {
    const sinceMs = jobsSince.get(spec.name);
    if (sinceMs !== undefined) stored.set(spec.name, { spec, sinceMs });
  }
  const nodes = new Map<NodeId, number>();
  for (const id of known.keys()) {
    const sinceMs = desiredSince.get(id);
    if (sinceMs !== undefined) nodes.set(id, sinceMs);
  }
  return { jobs: stored, nodes };
}

function sinceIn({ values, markedAtMs }: Listed, atMs: number): ReadonlyMap<string, number> {
  const since = new Map<string, number>();
  if (markedAtMs === undefined) return since;
  for (const { key, storedAtMs } of values)
    if (storedAtMs !== undefined) since.set(key, atMs - Math.max(0, markedAtMs - storedAtMs));
  return since;
}
