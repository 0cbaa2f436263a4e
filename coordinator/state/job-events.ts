import { type AllocationId, allocationIdOf } from '../../shared/ids.js';
import type { Unreachable } from '../schedule/types.js';
import { nobodyReason } from './allocation-status.js';
import { deepEqual } from './deep-equal.js';
import type { EventDraft } from './event-draft.js';
import { reasonsForEvent } from './event-reasons.js';
import type { ClusterState, JobRecord } from './model.js';
import type { NodesOfEvents } from './nodes-of-events.js';
import { targetNow } from './unreachable.js';

/** Events for jobs that were submitted, changed or stopped. */
export function jobEvents(before: ClusterState, after: ClusterState): EventDraft[] {
  const submitted = [...after.jobs.values()].flatMap((job) =>
    submittedEvents(before.jobs.get(job.spec.name), job),
  );
  const stopped = [...before.jobs.values()].flatMap(({ spec, revision }): EventDraft[] => {
    if (after.jobs.has(spec.name)) return [];
    const id = `job-stopped.${spec.name}.${revision}`;
    return [
      { type: 'dqoes.job.stopped', id, data: { job: spec.name, reason: 'stopped by request' } },
    ];
  });
  return [...submitted, ...stopped];
}

function submittedEvents(old: JobRecord | undefined, { spec, revision }: JobRecord): EventDraft[] {
  // One that the store had lost and holds again has a lower revision.
  if (old !== undefined && old.revision >= revision) return [];
  const change = old === undefined ? 'created' : 'updated';
  const { name, replicas, target } = spec;
  const isNewTarget = old !== undefined && !deepEqual(old.spec.target, target);
  const previous = isNewTarget ? { previousTarget: old.spec.target } : {};
  const data = { job: name, change, replicas, target, ...previous } as const;
  return [{ type: 'dqoes.job.submitted', id: `job-submitted.${spec.name}.${revision}`, data }];
}

/** Events for allocations that no node can take since this plan. */
export function infeasibleEvents(
  before: ClusterState,
  after: ClusterState,
  nodes: NodesOfEvents,
): EventDraft[] {
  if (!hasNew(after.pending, before.pending)) return [];
  const waiting = nodes.waiting();
  const owners = new Map(
    [...after.jobs.values()].map((job) => [ownerPart(allocationIdOf(job.spec.name, 1)), job]),
  );
  return [...after.pending].flatMap(([allocation, refusals]): EventDraft[] => {
    const owner = owners.get(ownerPart(allocation));
    if (owner === undefined || before.pending.has(allocation)) return [];
    const told = refusals.map(({ message }) => message);
    const reasons = reasonsForEvent(told.length === 0 ? [nobodyReason(waiting)] : told);
    // A job may be kept out again and again, and each time is a fact of its own.
    const stamp = `${after.epoch}.${owner.revision}.at-${nodes.reports}`;
    const id = `job-infeasible.${allocation}.${stamp}`;
    return [
      { type: 'dqoes.job.infeasible', id, data: { job: owner.spec.name, allocation, reasons } },
    ];
  });
}

// Asked in every pass while anything waits: then no job needs to be looked at for it.
function hasNew(now: ClusterState['pending'], before: ClusterState['pending']): boolean {
  for (const allocation of now.keys()) if (!before.has(allocation)) return true;
  return false;
}

/**
 * Events for targets that became unreachable, or reachable again. One event per target, since the
 * figures change with every report; none where the allocation ended or the policy changed.
 */
export function reachabilityEvents(before: ClusterState, after: ClusterState): EventDraft[] {
  const out = [...after.unreachable.values()].filter(
    (one) => !isSameTarget(before.unreachable.get(one.allocation), one),
  );
  const lost = out.map((one): EventDraft => {
    const { allocation, job, node, targetMs, reachableMs, neededCores, reason } = one;
    const data = { job, allocation, node, targetMs, reachableMs, neededCores, reason };
    return {
      type: 'dqoes.job.unreachable',
      id: `job-unreachable.${reachabilityStamp(after, one)}`,
      data,
    };
  });
  const back = [...before.unreachable.values()].flatMap((one): EventDraft[] => {
    if (after.unreachable.has(one.allocation) || before.policy !== after.policy) return [];
    const target = targetNow(after, one);
    if (target === null) return [];
    const { allocation, job, node } = one;
    const data = { job, allocation, node, targetMs: target.latencyMs };
    return [
      { type: 'dqoes.job.reachable', id: `job-reachable.${reachabilityStamp(after, one)}`, data },
    ];
  });
  return [...lost, ...back];
}

const isSameTarget = (a: Unreachable | undefined, b: Unreachable): boolean =>
  a?.node === b.node && a.targetMs === b.targetMs;

function reachabilityStamp(
  state: ClusterState,
  { allocation, node, targetMs }: Unreachable,
): string {
  const report = state.nodes.get(node)?.report;
  return `${allocation}.${node}.${report?.bootId ?? ''}.${report?.sequence ?? 0}.${targetMs}`;
}

const ownerPart = (allocation: AllocationId): string =>
  allocation.slice(0, allocation.lastIndexOf('-'));

/** Events for allocations that were removed to make room for a heavier job. */
export const preemptedEvents = (
  { preempted, epoch }: ClusterState,
  { revisionOf }: NodesOfEvents,
): EventDraft[] =>
  preempted.map(({ allocation, job, node, reason }): EventDraft => {
    const id = `job-preempted.${allocation}.${node}.${epoch}.${revisionOf(node)}`;
    return { type: 'dqoes.job.preempted', id, data: { job, allocation, node, reason } };
  });
