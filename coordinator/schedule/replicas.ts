import { type AllocationId, allocationIdOf } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { choose, commandBytesOf, isSteerable, type Needs, roomAfter, roomOf } from './place.js';
import type { Decision, Pending, Snapshot, SnapshotAllocation, SnapshotJob, SnapshotNode } from './types.js';

/** Nodes as they will be after the placements and removals. */
export interface Replicas {
  readonly nodes: readonly SnapshotNode[];
  readonly decisions: readonly Decision[];
  readonly pending: readonly Pending[];
}

/** Ordinals count from 1. */
export const wantedIds = ({ spec }: SnapshotJob): readonly AllocationId[] =>
  Array.from({ length: spec.replicas }, (_, i) => allocationIdOf(spec.name, i + 1));

// The common case, and the one that must be fast: `placed` holds wanted ordinals only, each once.
const isAllPlaced = ({ spec, placed }: SnapshotJob): boolean => placed.length === spec.replicas;

/**
 * Makes what is desired follow the jobs: surplus and ended allocations are removed, adopted containers that left are let go, missing replicas are placed
 * one by one, each seeing those before it. An allocation that already runs somewhere without being desired is kept there. Nothing is moved.
 */
export function matchReplicas(snapshot: Snapshot): Replicas {
  const wanted = wantedBy(snapshot.jobs);
  const removed: Decision[] = [];
  // Each id is kept once: what is taken leaves the set of wanted ones.
  const kept = snapshot.nodes.map((node) => keepWanted(node, wanted, removed));
  const { nodes, decisions, pending } = placeMissing(snapshot.jobs, kept);
  return { nodes, decisions: [...removed, ...keptRunning(kept), ...decisions], pending };
}

function wantedBy(jobs: readonly SnapshotJob[]): Set<AllocationId> {
  const wanted = new Set<AllocationId>();
  for (const job of jobs)
    if (isAllPlaced(job)) for (const { id } of job.placed) wanted.add(id);
    else for (const id of wantedIds(job)) wanted.add(id);
  return wanted;
}

function placeMissing(jobs: readonly SnapshotJob[], nodes: readonly SnapshotNode[]): Replicas {
  const missing: { readonly job: SnapshotJob; readonly ids: readonly AllocationId[] }[] = [];
  for (const job of jobs) {
    if (isAllPlaced(job)) continue;
    const placed = new Set(job.placed.map(({ id }) => id));
    const ids = wantedIds(job).filter((id) => !placed.has(id));
    if (ids.length > 0) missing.push({ job, ids });
  }
  if (missing.length === 0) return { nodes, decisions: [], pending: [] };
  const needsOf = needsFrom(jobs);
  const rooms = nodes.map((node) => roomOf(node, needsOf));
  const decisions: Decision[] = [];
  const pending: Pending[] = [];
  const newcomers = new Map<SnapshotNode, SnapshotAllocation[]>();
  for (const { job, ids } of missing) {
    const wanted = { spec: job.spec, needs: needsOfJob(job.spec) };
    for (const [i, id] of ids.entries()) {
      const choice = choose(wanted, rooms);
      if (choice.room === null) {
        // Nodes only get fuller: what refuses one replica refuses the rest.
        const { refusals } = choice;
        pending.push(...ids.slice(i).map((allocation) => ({ job: job.spec.name, allocation, refusals })));
        break;
      }
      const { room, reason } = choice;
      const { node } = room;
      decisions.push({ kind: 'place', allocation: id, job: job.spec.name, node: node.id, reason });
      newcomers.set(node, [...(newcomers.get(node) ?? []), newcomerOn(node, job.spec, id)]);
      rooms[rooms.indexOf(room)] = roomAfter(room, wanted.needs);
    }
  }
  return { nodes: nodes.map((node) => withNewcomers(node, newcomers.get(node) ?? [])), decisions, pending };
}

function keepWanted(node: SnapshotNode, wanted: Set<AllocationId>, removed: Decision[]): SnapshotNode {
  const remove = (allocation: SnapshotAllocation, reason: string): boolean => {
    if (allocation.limit !== null)
      removed.push({ kind: 'remove', allocation: allocation.id, job: allocation.job, node: node.id, reason });
    return false;
  };
  const keeps = (allocation: SnapshotAllocation): boolean => {
    if (allocation.origin === 'dqoes')
      return wanted.delete(allocation.id) || remove(allocation, 'no job asks for this allocation any more');
    if (allocation.report === null) return remove(allocation, 'the container is gone');
    if (allocation.state !== 'running') return remove(allocation, `the container is ${allocation.state}`);
    if (allocation.control !== 'enforce') return remove(allocation, `control is ${allocation.control}`);
    return true;
  };
  const allocations = node.allocations.filter(keeps);
  return allocations.length === node.allocations.length ? node : { ...node, allocations };
}

function keptRunning(nodes: readonly SnapshotNode[]): readonly Decision[] {
  const decisions: Decision[] = [];
  for (const node of nodes) {
    if (!isSteerable(node)) continue;
    for (const { id, job, origin, limit } of node.allocations)
      if (origin === 'dqoes' && limit === null)
        decisions.push({ kind: 'place', allocation: id, job, node: node.id, reason: 'already runs here' });
  }
  return decisions;
}

const needsOfJob = (spec: JobSpec): Needs => ({
  cpuCores: spec.resources.cpu.minCores,
  memoryBytes: spec.resources.memoryBytes ?? 0,
  commandBytes: commandBytesOf(spec),
});

function needsFrom(jobs: readonly SnapshotJob[]): (allocation: SnapshotAllocation) => Needs {
  const byName = new Map(jobs.map(({ spec }) => [spec.name, needsOfJob(spec)]));
  return ({ job, origin, minCores, report }) => {
    const promised = origin === 'dqoes' ? byName.get(job) : undefined;
    const seenBytes = report?.memory?.workingSetBytes ?? 0;
    return {
      cpuCores: minCores,
      memoryBytes: promised?.memoryBytes || seenBytes,
      commandBytes: promised?.commandBytes ?? 0,
    };
  };
}

function withNewcomers(node: SnapshotNode, newcomers: readonly SnapshotAllocation[]): SnapshotNode {
  if (newcomers.length === 0) return node;
  const allocations = [...node.allocations, ...newcomers].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...node, allocations };
}

function newcomerOn(node: SnapshotNode, spec: JobSpec, id: AllocationId): SnapshotAllocation {
  const { cpu } = spec.resources;
  return {
    id,
    job: spec.name,
    node: node.id,
    origin: 'dqoes',
    containerId: null,
    state: 'pending',
    control: 'enforce',
    target: spec.target,
    weight: spec.weight,
    minCores: cpu.minCores,
    maxCores: Math.min(cpu.maxCores ?? node.allocatableCpuCores, node.allocatableCpuCores),
    limit: null,
    latencyMs: null,
    observedAtMs: 0,
    newestSampleAgeMs: 0,
    report: null,
  };
}
