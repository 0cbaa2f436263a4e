import type { SnapshotAllocation, SnapshotNode } from '../../coordinator/schedule/types.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import { type ForeignStep, meanForeignRatio } from '../foreign/steps.js';
import type { SpeedStep } from '../host/machine.js';
import { HostNode } from '../host/node.js';
import type { ScenarioNode } from '../types.js';
import type { SimAllocation } from './allocation.js';
import { MIN_CAPACITY_CORES } from './conditions.js';
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
  /** What other programs on it want, over the whole run. */
  readonly foreign: readonly ForeignStep[];
  /** Number of steps that have come. */
  foreignAt: number;
  /** Its speed over the whole run, and the number of steps that have come. */
  readonly speeds: readonly SpeedStep[];
  speedAt: number;
  /** CPU stolen from it now, cores. */
  stolenCores: number;
  /** When its last report arrived, ms. */
  heardAtMs: number;
  /** CPU nobody used over the last report interval, cores; null = no report yet. */
  idleCores: number | null;
  /** The host's idle counter at the last report, core-ms. */
  idleMs: number;
}

/** What the surroundings of a host do to it over a run. */
export interface NodeSurroundings {
  readonly foreign: readonly ForeignStep[];
  readonly speeds: readonly SpeedStep[];
}

/** The nodes of a scenario, idle and empty, in id order. */
export const simulatedNodes = (
  specs: readonly ScenarioNode[],
  surroundingsOf: (node: string) => NodeSurroundings,
): readonly SimNode[] =>
  [...specs]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((spec) => ({
      id: spec.id as NodeId,
      spec,
      host: new HostNode(spec.cpuCores, 0),
      gpus: new NodeGpuSim(spec),
      allocations: new Map(),
      ...surroundingsOf(spec.id),
      foreignAt: 0,
      speedAt: 0,
      stolenCores: 0,
      heardAtMs: 0,
      idleCores: null,
      idleMs: 0,
    }));

/** Runs the host to `toMs`. What other programs want is taken off its capacity. */
export function advanceNode(node: SimNode, toMs: number): void {
  const { host, foreign, speeds } = node;
  for (;;) {
    const load = foreign[node.foreignAt]?.atMs ?? Number.POSITIVE_INFINITY;
    const step = speeds[node.speedAt];
    const nextMs = Math.min(load, step?.atMs ?? Number.POSITIVE_INFINITY);
    if (nextMs > toMs) break;
    host.advance(nextMs);
    if (load === nextMs) {
      node.foreignAt += 1;
      setNodeCapacity(node);
    }
    if (step?.atMs === nextMs) {
      node.speedAt += 1;
      host.setSpeed(step.speed);
    }
  }
  host.advance(toMs);
}

/** Gives the containers of a node what stolen CPU and other programs leave now. */
export function setNodeCapacity(node: SimNode): void {
  const { host, spec, foreign, foreignAt, stolenCores } = node;
  const ratio = foreign[foreignAt - 1]?.loadRatio ?? 0;
  host.setCapacity(Math.max(MIN_CAPACITY_CORES, spec.cpuCores * (1 - ratio) - stolenCores));
}

/** CPU that stolen CPU (as now) and other programs leave on average between two times, cores. */
export function meanCapacityCores(node: SimNode, fromMs: number, untilMs: number): number {
  const { spec, foreign, stolenCores } = node;
  const ratio = meanForeignRatio(foreign, fromMs, untilMs);
  return Math.max(MIN_CAPACITY_CORES, spec.cpuCores * (1 - ratio) - stolenCores);
}

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
