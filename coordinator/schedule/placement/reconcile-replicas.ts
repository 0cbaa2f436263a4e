import type { JobName } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import type { Steps } from '../../../shared/steps.js';
import type { NodeOutlook } from '../forecast.js';
import type {
  Decision,
  Pending,
  PlacementRule,
  Preempted,
  Snapshot,
  SnapshotAllocation,
  SnapshotJob,
  SnapshotNode,
} from '../types.js';
import { type Before, type Keepers, keepersOf, type Settled } from './replica-diff.js';
import { type Placed, Placing } from './replica-placer.js';
import { regrant } from './reassign-gpus.js';
import {
  isSteerable,
  type Need,
  type Needs,
  needsOfJob,
  OTHER_STORE,
  type Room,
  roomOf,
} from './node-budget.js';

/** Nodes as they will be after the placements and removals. */
export interface Replicas {
  readonly nodes: readonly SnapshotNode[];
  readonly decisions: readonly Decision[];
  readonly pending: readonly Pending[];
  readonly preempted: readonly Preempted[];
  readonly movingSinceMs: Keepers['movingSinceMs'];
  readonly settled: Settled;
}

/** What is known of what jobs would take, and of what nodes can give. */
export interface Surroundings extends Before {
  readonly outlookOf: (node: SnapshotNode) => NodeOutlook | undefined;
  readonly needOf: (job: SnapshotJob) => (node: SnapshotNode['id']) => Need | null;
  /** The policy's own; undefined = by need. */
  readonly rule: PlacementRule | undefined;
}

/**
 * Makes what is desired follow the jobs: surplus and ended allocations are removed, adopted
 * containers that left are let go, missing replicas are placed one by one, heavier jobs first, each
 * seeing those before it. An allocation that already runs somewhere without being desired is kept
 * there. A job that fits nowhere may take the place of lighter ones.
 */
export function* matchReplicas(snapshot: Snapshot, around: Surroundings): Steps<Replicas> {
  const keepers = keepersOf(snapshot, around);
  yield;
  const removed = unseenLosses(snapshot, keepers);
  const wanted = snapshot.nodes.map((node) => keepWanted(node, { keepers, removed }));
  const { nodes: kept, decisions: regranted } = regrant(wanted, snapshot.jobs);
  yield;
  const placed = yield* placeMissing(snapshot, { kept, missing: keepers.missing, around });
  return {
    nodes: placed.nodes,
    decisions: [
      ...removed,
      ...regranted,
      ...placed.removed,
      ...keptRunning(kept),
      ...placed.decisions,
    ],
    pending: placed.pending,
    preempted: placed.preempted,
    movingSinceMs: keepers.movingSinceMs,
    settled: keepers.settled,
  };
}

// What is lost on nodes that have not reported since the coordinator started.
function unseenLosses({ nodes }: Snapshot, { lost, dropped }: Keepers): Decision[] {
  if (lost.length === 0) return [];
  const seen = new Set(nodes.map(({ id }) => id));
  return lost
    .filter(({ node }) => !seen.has(node))
    .map(({ id, job, node }) => ({
      kind: 'remove',
      allocation: id,
      job,
      node,
      reason: dropped.get(id) ?? '',
    }));
}

interface Keeping {
  readonly keepers: Keepers;
  readonly removed: Decision[];
}

function keepWanted(node: SnapshotNode, { keepers, removed }: Keeping): SnapshotNode {
  const { keep, settled } = keepers;
  const remove = (allocation: SnapshotAllocation, reason: string): boolean => {
    if (allocation.limit !== null)
      removed.push({
        kind: 'remove',
        allocation: allocation.id,
        job: allocation.job,
        node: node.id,
        reason,
      });
    return false;
  };
  const keeps = (allocation: SnapshotAllocation): boolean => {
    const { id, origin } = allocation;
    if (origin === 'dqoes') {
      if (settled.homes.get(id) === node.id || keep.get(id) === node.id) return true;
      return remove(
        allocation,
        keepers.dropped.get(id) ?? 'no job asks for this allocation any more',
      );
    }
    if (allocation.report === null) return remove(allocation, 'the container is gone');
    if (allocation.state !== 'running')
      return remove(allocation, `the container is ${allocation.state}`);
    if (allocation.control !== 'enforce')
      return remove(allocation, `control is ${allocation.control}`);
    return true;
  };
  const allocations = node.allocations.filter(keeps);
  return allocations.length === node.allocations.length ? node : { ...node, allocations };
}

function keptRunning(nodes: readonly SnapshotNode[]): readonly Decision[] {
  const decisions: Decision[] = [];
  for (const node of nodes) {
    if (!isSteerable(node) && node.unschedulableReason !== OTHER_STORE) continue;
    for (const { id, job, origin, limit, gpu } of node.allocations) {
      if (origin !== 'dqoes' || limit !== null) continue;
      const given = gpu === undefined ? {} : { gpu };
      decisions.push({
        kind: 'place',
        allocation: id,
        job,
        node: node.id,
        reason: 'already runs here',
        ...given,
      });
    }
  }
  return decisions;
}

interface Missing {
  readonly kept: readonly SnapshotNode[];
  readonly missing: Keepers['missing'];
  readonly around: Surroundings;
}

function* placeMissing(snapshot: Snapshot, { kept, missing, around }: Missing): Steps<Placed> {
  if (missing.length === 0)
    return { nodes: kept, decisions: [], pending: [], preempted: [], removed: [] };
  const placing = new Placing(yield* roomsOf(snapshot, kept, around), around);
  const heaviestFirst = [...missing].sort((a, b) => b.job.spec.weight - a.job.spec.weight);
  for (const { job, ids } of heaviestFirst) {
    yield;
    yield* placing.placeAll(job, ids);
  }
  yield;
  return placing.result(kept);
}

/** Nodes with what is promised and asked for on each. */
export function* roomsOf(
  snapshot: Snapshot,
  nodes: readonly SnapshotNode[],
  around: Surroundings,
): Steps<Room[]> {
  const needsOf = needsFrom(snapshot);
  const rooms: Room[] = [];
  for (const node of nodes) {
    yield;
    rooms.push(roomOf(node, needsOf, around.outlookOf(node)));
  }
  return rooms;
}

function needsFrom({ jobs }: Snapshot): (allocation: SnapshotAllocation) => Needs {
  const specs = new Map(jobs.map(({ spec }) => [spec.name, spec]));
  const known = new Map<JobName, Needs>();
  const needsOf = (spec: JobSpec): Needs => {
    const needs = known.get(spec.name) ?? needsOfJob(spec);
    known.set(spec.name, needs);
    return needs;
  };
  return ({ job, origin, minCores, report }) => {
    const spec = origin === 'dqoes' ? specs.get(job) : undefined;
    const promised = spec === undefined ? undefined : needsOf(spec);
    const seenBytes = report?.memory?.workingSetBytes ?? 0;
    return {
      cpuCores: minCores,
      memoryBytes: promised?.memoryBytes || seenBytes,
      commandBytes: promised?.commandBytes ?? 0,
    };
  };
}
