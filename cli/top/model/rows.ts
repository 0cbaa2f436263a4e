import type { AllocationStatus, NodeStatus } from '../../../proto/schemas/status.js';
import type { JobName } from '../../../shared/ids.js';
import { isSatisfied } from '../../../shared/qoe.js';
import { unansweredMs } from '../../../shared/report.js';
import { allocationName } from '../../output/format.js';

/** One line of the list: an allocation, on a node or waiting for one. */
export interface JobRow {
  readonly status: AllocationStatus;
  /** The job's name; of a job with several allocations, that of the allocation. */
  readonly name: string;
  /** Its node does not report: the values are the last known ones. */
  readonly isStale: boolean;
}

/** What the whole cluster comes to. Nodes that are down, or not approved, count for nothing. */
export interface Totals {
  /** Jobs with a target of which anything is known now. */
  readonly jobs: number;
  /** Jobs with a target whose newest answers say nothing of now. */
  readonly unanswered: number;
  /** Of `jobs`, the ones all of whose allocations have what their target asks, as is known now. */
  readonly atTarget: number;
  /** Of `jobs`, the ones all of whose allocations have answered, and none slower than asked. */
  readonly notSlower: number;
  /** Sum of the CPU limits in force, cores. */
  readonly allocatedCores: number;
  /** What the containers under control use, cores. */
  readonly usedCores: number;
  readonly allocatableCores: number;
}

/** What is known of the cluster at one moment. */
export interface ClusterData {
  readonly rows: readonly JobRow[];
  readonly nodes: readonly NodeStatus[];
  readonly totals: Totals;
  /** Step of the newest moment of sparklines (`history.ts`). */
  readonly step: number;
}

/** A node and its allocations, as they were published. */
export interface ViewedNode {
  readonly status: NodeStatus;
  readonly allocations: readonly AllocationStatus[];
}

/** The data of a cluster: `waiting` are allocations that are on no node. */
export function clusterData(
  nodes: readonly ViewedNode[],
  waiting: readonly AllocationStatus[],
  step: number,
): ClusterData {
  const stale = new Set(
    nodes.filter(({ status }) => status.liveness !== 'ready').map(({ status }) => status.id),
  );
  const placed = nodes.flatMap(({ allocations }) => allocations);
  const known = new Set(placed.map(({ id }) => id));
  const all = [...placed, ...waiting.filter(({ id }) => !known.has(id))];
  const byJob = groupedByJob(all);
  const rows = all.map((status) => ({
    status,
    name: (byJob.get(status.job)?.length ?? 0) > 1 ? allocationName(status) : status.job,
    isStale: status.node !== null && stale.has(status.node),
  }));
  const statuses = nodes.map(({ status }) => status);
  return { rows, nodes: statuses, totals: totalsOf(nodes, byJob, stale), step };
}

type ByJob = ReadonlyMap<JobName, readonly AllocationStatus[]>;

function groupedByJob(all: readonly AllocationStatus[]): ByJob {
  const groups = new Map<JobName, AllocationStatus[]>();
  for (const each of all) {
    const group = groups.get(each.job);
    if (group === undefined) groups.set(each.job, [each]);
    else group.push(each);
  }
  return groups;
}

function totalsOf(
  nodes: readonly ViewedNode[],
  byJob: ByJob,
  silent: ReadonlySet<AllocationStatus['node']>,
): Totals {
  const knownTo =
    (holds: (each: AllocationStatus) => boolean) => (group: readonly AllocationStatus[]) =>
      group.every((each) => !silent.has(each.node) && holds(each));
  const groups = [...byJob.values()]
    .map(countedOf)
    .filter((group) => group.some(({ target }) => target !== null));
  // As in metrics: an allocation that nobody has asked for long says nothing of its job.
  const heard = groups
    .map((group) => group.filter((each) => unansweredMs(each) === null))
    .filter((group) => group.length > 0);
  const there = nodes.filter(
    ({ status }) => status.liveness !== 'down' && status.isWaiting !== true,
  );
  const used = there
    .flatMap(({ allocations }) => allocations)
    .map(({ container }) => container?.cpu?.usageCores ?? 0);
  return {
    jobs: heard.length,
    unanswered: groups.length - heard.length,
    atTarget: heard.filter(knownTo(isAtTarget)).length,
    notSlower: heard.filter(knownTo(isNotSlower)).length,
    allocatedCores: sum(there.map(({ status }) => status.limitedCpuCores)),
    usedCores: sum(used),
    allocatableCores: sum(there.map(({ status }) => status.host.allocatableCpuCores)),
  };
}

/**
 * As in `job ls`: what was adopted under the name of a submitted job is no part of it, nor is what
 * its host is to remove.
 */
function countedOf(group: readonly AllocationStatus[]): readonly AllocationStatus[] {
  const kept = group.filter(({ isStopping }) => isStopping !== true);
  const own = kept.filter(({ container }) => container?.origin !== 'label');
  return own.length > 0 ? own : kept;
}

// A successor that has not answered yet does not undo what the one that it replaces achieves.
const isAtTarget = ({ target, qoeClass, replaces }: AllocationStatus): boolean =>
  replaces !== undefined || (target !== null && qoeClass !== null && isSatisfied(target, qoeClass));

const isNotSlower = ({ qoeClass, replaces }: AllocationStatus): boolean =>
  replaces !== undefined || (qoeClass !== null && qoeClass !== 'slower');

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);
