import type { SnapshotAllocation, SnapshotNode } from '../../coordinator/schedule/types.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import { HostNode } from '../host/node.js';
import type { ScenarioNode } from '../types.js';
import type { SimAllocation } from './allocation.js';
import { NodeGpuSim } from './gpus.js';

/**
 * A node counts as suspect after this many missed reports, each at least and at most as long as the
 * bounds (coordinator/state/liveness.ts).
 */
const SUSPECT_AFTER_REPORTS = 3;
const LIVENESS_BOUNDS_MS = { min: 2000, max: 60_000 } as const;
/** No node runs out of memory in a simulation. */
const MEMORY_BYTES = 2 ** 50;

/** One simulated node: its host, its GPUs, and the allocations desired on it. */
export interface SimNode {
  readonly id: NodeId;
  readonly spec: ScenarioNode;
  readonly host: HostNode;
  readonly gpus: NodeGpuSim;
  readonly allocations: Map<AllocationId, SimAllocation>;
  /** When its last report arrived, ms. */
  heardAtMs: number;
  /** CPU nobody used over the last report interval, cores; null = no report yet. */
  idleCores: number | null;
  /** The host's idle counter at the last report, core-ms. */
  idleMs: number;
}

/** The nodes of a scenario, idle and empty, in id order. */
export const simulatedNodes = (specs: readonly ScenarioNode[]): readonly SimNode[] =>
  [...specs]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((spec) => ({
      id: spec.id as NodeId,
      spec,
      host: new HostNode(spec.cpuCores, 0),
      gpus: new NodeGpuSim(spec),
      allocations: new Map(),
      heardAtMs: 0,
      idleCores: null,
      idleMs: 0,
    }));

/** Takes the host part of a report that arrives at `nowMs`. */
export function hearHost(node: SimNode, nowMs: number): void {
  const { idleMs } = node.host;
  const elapsedMs = nowMs - node.heardAtMs;
  if (elapsedMs > 0) node.idleCores = Math.max(0, (idleMs - node.idleMs) / elapsedMs);
  node.idleMs = idleMs;
  node.heardAtMs = nowMs;
}

/**
 * The node as the scheduler sees it at `nowMs`: from its last report, suspect when that is too old.
 * `reportIntervalMs` is the time between two reports; `view` gives each allocation.
 */
export function snapshotOfNode(
  node: SimNode,
  at: { readonly nowMs: number; readonly reportIntervalMs: number },
  view: (allocation: SimAllocation) => SnapshotAllocation,
): SnapshotNode {
  const { min, max } = LIVENESS_BOUNDS_MS;
  const counted = Math.min(max, Math.max(min, at.reportIntervalMs));
  const isReady = at.nowMs - node.heardAtMs <= SUSPECT_AFTER_REPORTS * counted;
  return {
    id: node.id,
    schedulable: isReady,
    unschedulableReason: isReady ? '' : 'the node is suspect',
    labels: {},
    allocatableCpuCores: node.spec.cpuCores,
    allocatableMemoryBytes: MEMORY_BYTES,
    idleCpuCores: node.idleCores,
    reportIntervalMs: at.reportIntervalMs,
    ...(node.gpus.isEmpty ? {} : { gpus: node.gpus.view() }),
    allocations: [...node.allocations.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(view),
  };
}
