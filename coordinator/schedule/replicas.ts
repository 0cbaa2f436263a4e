import { type AllocationId, allocationIdOf } from '../../shared/ids.js';
import { choose, commandBytesOf, isSteerable, type NeedsOf } from './place.js';
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

/**
 * Makes what is desired follow the jobs: surplus and ended allocations are removed, adopted containers that left are let go, missing replicas are placed
 * one by one, each seeing those before it. An allocation that already runs somewhere without being desired is kept there. Nothing is moved.
 */
export function matchReplicas(snapshot: Snapshot): Replicas {
  const wanted = new Set(snapshot.jobs.flatMap(wantedIds));
  const removed: Decision[] = [];
  // Each id is kept once: what is taken leaves the set of wanted ones.
  const nodes = snapshot.nodes.map((node) => keepWanted(node, wanted, removed));
  const kept = keptRunning(nodes);
  const needsOf = needsFrom(snapshot.jobs);
  const parts = snapshot.jobs.map((job) => placeMissing(job, nodes, needsOf));
  return {
    nodes,
    decisions: [...removed, ...kept, ...parts.flatMap(({ decisions }) => decisions)],
    pending: parts.flatMap(({ pending }) => pending),
  };
}

// Replaces the chosen node in `nodes`, so that whoever is placed next sees it fuller.
function placeMissing(job: SnapshotJob, nodes: SnapshotNode[], needsOf: NeedsOf): Omit<Replicas, 'nodes'> {
  const placed = new Set(job.placed.map(({ id }) => id));
  const missing = wantedIds(job).filter((id) => !placed.has(id));
  const decisions: Decision[] = [];
  for (const [i, id] of missing.entries()) {
    const choice = choose(job.spec, nodes, needsOf);
    if (choice.node === null) {
      // Nodes only get fuller: what refuses one replica refuses the rest.
      const { refusals } = choice;
      const pending = missing.slice(i).map((allocation) => ({ job: job.spec.name, allocation, refusals }));
      return { decisions, pending };
    }
    const { node, reason } = choice;
    decisions.push({ kind: 'place', allocation: id, job: job.spec.name, node: node.id, reason });
    nodes[nodes.indexOf(node)] = withNewcomer(node, job, id);
  }
  return { decisions, pending: [] };
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
  return { ...node, allocations: node.allocations.filter(keeps) };
}

const keptRunning = (nodes: readonly SnapshotNode[]): readonly Decision[] =>
  nodes
    .filter(isSteerable)
    .flatMap((node) =>
      node.allocations.flatMap(({ id, job, origin, limit }) =>
        origin === 'dqoes' && limit === null
          ? [{ kind: 'place' as const, allocation: id, job, node: node.id, reason: 'already runs here' }]
          : [],
      ),
    );

function needsFrom(jobs: readonly SnapshotJob[]): NeedsOf {
  const byName = new Map(
    jobs.map(({ spec }) => [
      spec.name,
      { memoryBytes: spec.resources.memoryBytes, commandBytes: commandBytesOf(spec) },
    ]),
  );
  return ({ job, origin, report }) => {
    const promised = origin === 'dqoes' ? byName.get(job) : undefined;
    const memoryBytes = promised?.memoryBytes ?? report?.memory?.workingSetBytes ?? 0;
    return { memoryBytes, commandBytes: promised?.commandBytes ?? 0 };
  };
}

function withNewcomer(node: SnapshotNode, { spec }: SnapshotJob, id: AllocationId): SnapshotNode {
  const { cpu } = spec.resources;
  const newcomer: SnapshotAllocation = {
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
  const allocations = [...node.allocations, newcomer].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...node, allocations };
}
