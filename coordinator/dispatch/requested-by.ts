import { type DesiredAllocation, type EndedAllocation, MAX_ENDED } from '../../shared/command.js';
import type { AllocationId, JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { cutText } from '../../shared/text.js';
import type { Decision } from '../schedule/types.js';
import { deepEqual } from '../state/deep-equal.js';
import type { ClusterState, NodeRecord } from '../state/model.js';

const MAX_REASON = 200;

/** Who asked last for what is wanted of a job, as part of an allocation. */
export function requesterIn(
  { requesters }: Pick<ClusterState, 'requesters'>,
  job: JobName,
): Pick<DesiredAllocation, 'requestedBy'> {
  const requestedBy = requesters.jobs.get(job);
  return requestedBy === undefined ? {} : { requestedBy };
}

/** The allocation with another specification, and who asked for that; an equal one is no other. */
export function withSpec(
  state: Pick<ClusterState, 'requesters'>,
  allocation: DesiredAllocation,
  spec: JobSpec,
): DesiredAllocation {
  if (deepEqual(allocation.spec, spec)) return { ...allocation, spec };
  const { requestedBy: _, ...rest } = allocation;
  return { ...rest, spec, ...requesterIn(state, rest.job) };
}

/** What a desired state says of allocations that were taken out of it, with those taken out now. */
export function endedAfter(
  state: Pick<ClusterState, 'requesters' | 'jobs'>,
  node: Pick<NodeRecord, 'id' | 'desired' | 'scheduling'>,
  change: {
    readonly after: readonly DesiredAllocation[];
    readonly decisions: readonly Decision[];
  },
): readonly EndedAllocation[] {
  const there = new Set(change.after.map(({ id }) => id));
  const reasons = new Map<AllocationId, string>();
  for (const { kind, allocation, reason } of change.decisions)
    if (kind === 'remove') reasons.set(allocation, reason);
  const { allocations = [], ended = [] } = node.desired ?? {};
  const now = allocations.flatMap(({ id, job, spec }): readonly EndedAllocation[] => {
    if (spec === undefined || there.has(id)) return [];
    const requestedBy = whoEnded(state, node, job);
    const reason = cutText(reasons.get(id) ?? '', MAX_REASON);
    return [{ id, ...(requestedBy === undefined ? {} : { requestedBy }), reason }];
  });
  const isOver = new Set([...there, ...now.map(({ id }) => id)]);
  return [...ended.filter(({ id }) => !isOver.has(id)), ...now].slice(-MAX_ENDED);
}

/** A job that is still wanted leaves a node as that is emptied, or for reasons of the scheduler. */
function whoEnded(
  { requesters, jobs }: Pick<ClusterState, 'requesters' | 'jobs'>,
  { id, scheduling }: Pick<NodeRecord, 'id' | 'scheduling'>,
  job: JobName,
): string | undefined {
  if (!jobs.has(job)) return requesters.jobs.get(job);
  return scheduling === 'draining' ? requesters.nodes.get(id) : undefined;
}
