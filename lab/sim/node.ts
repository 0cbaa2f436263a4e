import { sum, UNLIMITED } from '../../coordinator/schedule/limits/fit.js';
import type { SnapshotAllocation, SnapshotNode } from '../../coordinator/schedule/types.js';
import { sameLimit } from '../../shared/command.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { Random } from '../../shared/random.js';
import { DEFAULT_GROUP_SHARES, groupSharesOf } from '../host/competition.js';
import type { LoadFactors } from '../host/container.js';
import { type AgentDelay, meanDelayMs } from '../host/delay.js';
import { exponential } from '../host/draws.js';
import type { MachineModel, SpeedStep } from '../host/machine.js';
import { HostNode } from '../host/node.js';
import type { ScenarioNode } from '../types.js';
import type { SimAllocation } from './allocation.js';
import { MIN_CAPACITY_CORES } from './conditions.js';
import { NodeGpuSim } from './gpus.js';
import { type OtherLoad, OtherPrograms } from './others.js';

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
  /** CPU of the machine, of which `spec.cpuCores` is allocatable, cores. */
  readonly hostCores: number;
  readonly machine: MachineModel;
  readonly others: OtherPrograms;
  /** Chance in what its reports take. */
  readonly reports: Random;
  /** What the report that was sent at this time took, ms. */
  delayedAtMs: number;
  delayMs: number;
  /** When the weight of the cgroup of containers was looked at last, ms. */
  weighedAtMs: number;
  /** Counters of the host at the end of the last interval. */
  seen: Pick<HostNode, 'offeredMs' | 'othersUsedMs'>;
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
  readonly machine: MachineModel;
  readonly load: OtherLoad;
  readonly speeds: readonly SpeedStep[];
  /** Chance in what its reports take. */
  readonly reports: Random;
}

/** The nodes of a scenario, idle and empty, in id order. */
export const simulatedNodes = (
  specs: readonly ScenarioNode[],
  surroundingsOf: (node: string) => NodeSurroundings,
): readonly SimNode[] =>
  [...specs]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((spec) => simulatedNode(spec, surroundingsOf(spec.id)));

function simulatedNode(
  spec: ScenarioNode,
  { machine, load, speeds, reports }: NodeSurroundings,
): SimNode {
  const hostCores = spec.cpuCores / (1 - machine.keptRatio);
  return {
    id: spec.id as NodeId,
    spec,
    hostCores,
    machine,
    host: new HostNode(hostCores, 0),
    gpus: new NodeGpuSim(spec),
    allocations: new Map(),
    others: new OtherPrograms(load, hostCores),
    reports,
    delayedAtMs: Number.NEGATIVE_INFINITY,
    delayMs: 0,
    weighedAtMs: Number.NEGATIVE_INFINITY,
    seen: { offeredMs: 0, othersUsedMs: 0 },
    speeds,
    speedAt: 0,
    stolenCores: 0,
    heardAtMs: 0,
    idleCores: null,
    idleMs: 0,
  };
}

/** Runs the host to `toMs`, beside other programs. */
export function advanceNode(node: SimNode, toMs: number): void {
  const { host, others, speeds } = node;
  for (;;) {
    const otherMs = others.nextMs;
    const step = speeds[node.speedAt];
    const nextMs = Math.min(otherMs, step?.atMs ?? Number.POSITIVE_INFINITY);
    if (nextMs > toMs) break;
    host.advance(nextMs);
    if (otherMs === nextMs) {
      others.step(nextMs);
      setNodeCapacity(node);
    }
    if (step?.atMs === nextMs) {
      node.speedAt += 1;
      host.setSpeed(step.speed);
    }
  }
  host.advance(toMs);
}

/** Leaves the host what is not stolen now, and tells it of the other programs that want CPU. */
export function setNodeCapacity(node: SimNode): void {
  const { host, hostCores, others, stolenCores, machine } = node;
  const takenCores = hostCores * others.stealRatio + stolenCores + machine.ownCores;
  host.setCapacity(Math.max(MIN_CAPACITY_CORES, hostCores - takenCores));
  host.setOtherThreads(others.threads, others.fresh);
}

/**
 * Brings what is desired on a node to it: containers start, limits are written, and the weight of
 * their cgroup is kept. `loadOf` gives what the scenario does to a job.
 */
export function enforceOnNode(
  node: SimNode,
  nowMs: number,
  loadOf: (job: string) => LoadFactors,
): void {
  const { host, gpus, allocations, others, machine } = node;
  gpus.enforce(host, nowMs);
  for (const allocation of allocations.values()) {
    if (allocation.container !== null) {
      allocation.enforce(host, nowMs);
      continue;
    }
    const { job, gpu } = allocation.options;
    allocation.start(host, nowMs, loadOf(job.id));
    others.start(nowMs, machine.engineStartMs);
    if (allocation.container !== null) gpus.add(allocation.container, gpu);
  }
  settleEnforced(node, nowMs);
}

/**
 * What follows on a host once containers were started and limits were written: the engine's work
 * for the starts competes at once, and the weight of the cgroup of containers is kept.
 */
export function settleEnforced(node: SimNode, nowMs: number): void {
  const { host, others } = node;
  host.setOtherThreads(others.threads, others.fresh);
  weighContainers(node, nowMs);
}

/** Time between two looks of the agent at the weight of the cgroup of containers, ms. */
const WEIGH_MS = 5000;
/** Smaller changes of that weight are not written, as a ratio. */
const SAME_RATIO = 0.1;

/**
 * Keeps the weight of the cgroup of containers as the agent does (agent/enforce/parent-weight.ts):
 * at what its containers hold, while one of them has a limit of dqoes.
 */
function weighContainers(node: SimNode, nowMs: number): void {
  const { host, spec, hostCores, machine } = node;
  if (!machine.isGroupWeighed || nowMs - node.weighedAtMs < WEIGH_MS) return;
  node.weighedAtMs = nowMs;
  const { containers, groupShares } = host;
  const isLimited = containers.some(({ limit }) => !sameLimit(limit, UNLIMITED));
  const heldShares = sum(containers.map(({ weight }) => weight));
  const shares = isLimited
    ? groupSharesOf(heldShares, { hostCores, allocatableCores: spec.cpuCores })
    : DEFAULT_GROUP_SHARES;
  if (!isLimited || Math.abs(shares - groupShares) > SAME_RATIO * groupShares)
    host.setGroupShares(shares);
}

/** What an interval left and what it gave to others, means, cores. */
export interface IntervalUse {
  /** Neither stolen nor used by other programs, at most what is allocatable. */
  readonly leftCores: number;
  /** Used by other programs. */
  readonly foreignCores: number;
}

/** Since the last call, which was `forMs` ago. */
export function takeUse(node: SimNode, forMs: number): IntervalUse {
  const { host, spec, seen } = node;
  const { offeredMs, othersUsedMs } = host;
  node.seen = { offeredMs, othersUsedMs };
  const foreignCores = (othersUsedMs - seen.othersUsedMs) / forMs;
  const leftCores = (offeredMs - seen.offeredMs) / forMs - foreignCores;
  // Rounding errors would make each interval another case for the judge.
  const rounded = Math.round(leftCores * 1e6) / 1e6;
  return {
    leftCores: Math.max(MIN_CAPACITY_CORES, Math.min(spec.cpuCores, rounded)),
    foreignCores,
  };
}

/** Mean delay of its agent as CPU is wanted on it now, ms. */
export function meanDelayOn(node: SimNode, delay: AgentDelay): number {
  const { host, hostCores, others, stolenCores } = node;
  return meanDelayMs(delay, {
    hostCores,
    containerCores: host.wantedCores,
    otherCores: others.wantedCores + stolenCores,
  });
}

/** What its report that is sent at `nowMs` took to be made, ms. Times must not fall. */
export function reportDelayMs(node: SimNode, nowMs: number): number {
  if (node.delayedAtMs !== nowMs) {
    node.delayedAtMs = nowMs;
    node.delayMs = exponential(node.reports) * meanDelayOn(node, node.machine.reportDelay);
  }
  return node.delayMs;
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
