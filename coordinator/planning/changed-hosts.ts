import type { CapacityMiss } from '../../proto/schemas/capacity.js';
import type { AddedHosts } from '../../shared/added-hosts.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { NodeReport } from '../../shared/report.js';
import { isAdmitted } from '../state/admission.js';
import { adoptedName } from '../state/container-names.js';
import { byId, type ClusterState, type JobRecord, type NodeRecord } from '../state/model.js';
import { nodeLossesOf } from '../state/node-losses.js';
import { reduce } from '../state/reduce.js';

/** The state without some nodes, as after `node-removed` of each. */
export function withoutNodes(state: ClusterState, gone: Iterable<NodeId>): ClusterState {
  const nodes = new Map(state.nodes);
  for (const id of gone) nodes.delete(id);
  return { ...state, nodes };
}

/** A cluster whose hosts have stopped. */
export interface Stopped {
  readonly state: ClusterState;
  /** What is not started elsewhere. */
  readonly stays: readonly CapacityMiss[];
  /** What an operator has to know beside it; '' = nothing. */
  readonly note: string;
}

/**
 * The state after these nodes have stopped: they are down, so that the scheduler starts elsewhere
 * what ran there, except for what waits for its node (`onLoss: keep`) or was not started by dqoes.
 * Where too many would be silent for it to start anything, they are removed: see the note.
 */
export function stoppedNodes(state: ClusterState, gone: ReadonlySet<NodeId>): Stopped {
  const stays: CapacityMiss[] = [];
  const waiting = new Map<JobName, number>();
  for (const id of gone)
    for (const { id: allocation, job, spec } of state.nodes.get(id)?.desired?.allocations ?? []) {
      const record = state.jobs.get(job);
      const reason = stayReason(id, spec === undefined, record);
      if (reason === undefined) continue;
      if (spec !== undefined) waiting.set(job, (waiting.get(job) ?? 0) + 1);
      const container = adoptedName(state, id, allocation);
      const named = container === undefined ? {} : { container };
      stays.push({ allocation, job, node: null, reason, ...named });
    }
  const down = withDown(state, gone);
  const { isFrozen, silent, heard } = nodeLossesOf(down);
  if (!isFrozen) return { state: down, stays, note: '' };
  const note =
    `${silent} hosts with jobs would be silent and ${heard} report: nothing is started ` +
    'elsewhere while the silent ones are more. Drain them, or remove them, before they stop';
  return { state: withFewer(withoutNodes(state, gone), waiting), stays, note };
}

function stayReason(
  node: NodeId,
  isAdopted: boolean,
  record: JobRecord | undefined,
): string | undefined {
  if (isAdopted) return `it runs on ${node} only: dqoes did not start it, and starts no other`;
  return record?.spec.onLoss === 'keep'
    ? `it waits for ${node}: its job has onLoss: keep`
    : undefined;
}

function withFewer(state: ClusterState, waiting: ReadonlyMap<JobName, number>): ClusterState {
  if (waiting.size === 0) return state;
  const jobs = new Map(state.jobs);
  for (const [name, count] of waiting) {
    const record = jobs.get(name);
    if (record === undefined) continue;
    const replicas = Math.max(0, record.spec.replicas - count);
    jobs.set(name, { ...record, spec: { ...record.spec, replicas } });
  }
  return { ...state, jobs };
}

function withDown(state: ClusterState, gone: ReadonlySet<NodeId>): ClusterState {
  const nodes = new Map(state.nodes);
  for (const id of gone) {
    const node = nodes.get(id);
    if (node !== undefined) nodes.set(id, { ...node, liveness: 'down' });
  }
  return { ...state, nodes };
}

/** The state with more hosts. */
export interface Enlarged {
  readonly state: ClusterState;
  readonly cpuCores: number;
}

/**
 * The state with empty hosts added. They are like the usual host of the cluster: its labels, its
 * memory in proportion to the CPU, no GPU. Undefined = no host has reported.
 */
export function withAddedHosts(
  state: ClusterState,
  { hosts, cpuCores: asked }: AddedHosts,
  atMs: number,
): Enlarged | undefined {
  const usual = usualReport(state);
  if (usual === undefined) return undefined;
  const cpuCores = asked ?? usual.host.allocatableCpuCores;
  const reports = freshNames(state, hosts).map((node) => ({
    atMs,
    report: emptyLike(usual, node, cpuCores),
  }));
  const heard = reduce(state, { kind: 'reports', atMs, reports });
  if (state.registration === 'open') return { state: heard, cpuCores };
  const nodes = new Map(heard.nodes);
  for (const { report } of reports) {
    const node = nodes.get(report.node);
    if (node !== undefined) nodes.set(node.id, { ...node, isApproved: true });
  }
  return { state: { ...heard, nodes }, cpuCores };
}

/** The report of the host of the size that most have; of two sizes the larger. */
function usualReport(state: ClusterState): NodeReport | undefined {
  const bySize = new Map<number, NodeReport[]>();
  for (const node of byId(state.nodes.values())) {
    const { report, liveness } = node;
    if (report === null || liveness !== 'ready' || !isAdmitted(state, node)) continue;
    const size = report.host.allocatableCpuCores;
    bySize.set(size, [...(bySize.get(size) ?? []), report]);
  }
  const sizes = [...bySize].sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || b - a);
  return sizes[0]?.[1][0];
}

function freshNames(state: ClusterState, count: number): readonly NodeId[] {
  const names: NodeId[] = [];
  for (let i = 1; names.length < count; i += 1) {
    const name = `new-${i}` as NodeId;
    if (!state.nodes.has(name)) names.push(name);
  }
  return names;
}

function emptyLike({ gpus: _, ...usual }: NodeReport, node: NodeId, cores: number): NodeReport {
  const { allocatableMemoryBytes, allocatableCpuCores } = usual.host;
  const memoryBytes = Math.floor((allocatableMemoryBytes * cores) / allocatableCpuCores);
  return {
    ...usual,
    node,
    bootId: node,
    sequence: 1,
    holds: { incarnation: '', epoch: 0, revision: 0 },
    host: {
      capacityCpuCores: cores,
      capacityMemoryBytes: memoryBytes,
      allocatableCpuCores: cores,
      allocatableMemoryBytes: memoryBytes,
      cpuUtilisationRatio: 0,
      memoryUsedBytes: null,
      cpuPressureRatio: null,
    },
    containers: [],
    warnings: [],
  };
}

/**
 * The state without these allocations: the scheduler places them again, where their targets can be
 * met if there is such a place. That is what moves would do.
 */
export function withoutAllocations(
  state: ClusterState,
  ids: ReadonlySet<AllocationId>,
): ClusterState {
  const nodes = new Map<NodeId, NodeRecord>();
  for (const [id, node] of state.nodes) nodes.set(id, withoutOn(state, node, ids));
  return { ...state, nodes };
}

function withoutOn(
  { jobs }: ClusterState,
  node: NodeRecord,
  ids: ReadonlySet<AllocationId>,
): NodeRecord {
  const { desired, report } = node;
  // What dqoes did not start has no spec there.
  const moved = desired?.allocations.filter(
    ({ id, job, spec }) =>
      ids.has(id) && spec !== undefined && jobs.get(job)?.spec.moves !== 'never',
  );
  if (desired === null || moved === undefined || moved.length === 0) return node;
  const gone = new Set(moved.map(({ id }) => id));
  const allocations = desired.allocations.filter(({ id }) => !gone.has(id));
  const containers = report?.containers.filter(({ allocation }) => !gone.has(allocation));
  return {
    ...node,
    desired: { ...desired, allocations },
    report: report === null ? null : { ...report, containers: containers ?? [] },
  };
}
