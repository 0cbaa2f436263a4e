import type { GpuAssignment } from '../../../shared/gpu.js';
import type { NodeId } from '../../../shared/ids.js';
import { DEFAULT_MEMORY_BYTES, hostPortsOf, type JobSpec } from '../../../shared/job.js';
import type { DemandBySpeed, NodeForecast } from '../forecast.js';
import { assignGpus, type GpuBudget, gpuBudgetsOf, takeGpus } from '../gpu/gpu-budget.js';
import { sum } from '../limits/fit.js';
import type { AllocationSummary, NodeSummary } from '../node-summary.js';
import type { SnapshotJob } from '../types.js';

/** Resources that an allocation is counted with. */
export interface ResourceRequest {
  readonly cpuCores: number;
  readonly memoryBytes: number;
  /** Its part of the node's desired state on the wire. */
  readonly commandBytes: number;
  /** Ports of the node that it has; absent = none. */
  readonly hostPorts?: readonly number[];
}
/** A desired state is at most 128 KiB and 400 allocations (docs/wire.md); the rest is margin. */
export const COMMAND_CAPACITY_BYTES = 120 * 1024;
/** Minimum share of one allocation, so that 400 of them fill the capacity. */
export const MIN_COMMAND_BYTES = COMMAND_CAPACITY_BYTES / 400;

/** What one allocation of a job requests. `secretBytes`: of its sealed secrets. */
export const requestOfJob = (spec: JobSpec, secretBytes = 0): ResourceRequest => ({
  cpuCores: spec.resources.cpu.minCores,
  memoryBytes: spec.resources.memoryBytes ?? DEFAULT_MEMORY_BYTES,
  commandBytes: commandBytesOf(spec) + secretBytes,
  ...(spec.ports.length === 0 ? {} : { hostPorts: hostPortsOf(spec) }),
});

/** What `commandBytesOf` has said. A specification never changes, and all are asked about often. */
const commandBytes = new WeakMap<JobSpec, number>();

/** An upper estimate of a job's bytes in a desired state: its JSON is longer than its protobuf. */
export function commandBytesOf(spec: JobSpec): number {
  const known = commandBytes.get(spec);
  if (known !== undefined) return known;
  const jsonBytes = new TextEncoder().encode(JSON.stringify(spec)).length;
  const bytes = Math.max(MIN_COMMAND_BYTES, jsonBytes);
  commandBytes.set(spec, bytes);
  return bytes;
}

/**
 * `unschedulableReason` of a healthy node that its operator has cordoned. Any other reason means
 * that the node is silent or obeys another store.
 */
export const CORDONED = 'cordoned';
/** The same where it has been silent for so long that it has failed. */
export const NODE_DOWN = 'the node is down';
/** The same of a node whose agent obeys another store: it may only be told what to keep. */
export const OTHER_STORE = 'the agent still obeys another store (incarnation)';
/** Whether limits may be set there: the node is healthy and obeys this store. */
export const isSteerable = (node: NodeSummary): boolean =>
  node.schedulable || node.unschedulableReason === CORDONED;
/** Whether it has failed, and not only missed reports. */
export const isDown = ({ unschedulableReason }: NodeSummary): boolean =>
  unschedulableReason === NODE_DOWN;
/** Whether what runs there is to move off it now. */
export const movesOff = (node: NodeSummary): boolean =>
  node.isDraining === true && isSteerable(node);
/** Whether containers of the job may be moved as it is now. */
export const mayMove = ({ spec, waitsFor }: Pick<SnapshotJob, 'spec' | 'waitsFor'>): boolean =>
  spec.moves !== 'never' && waitsFor === undefined;
/** Whether it is not heard: what it reported last may be over. */
export const isSilent = (node: NodeSummary): boolean =>
  !isSteerable(node) && node.unschedulableReason !== OTHER_STORE;

/** Share of the capacity that stays free when CPU is planned: demands are never known exactly. */
const CPU_HEADROOM = 0.03;

/**
 * What a node has, what is promised and what is demanded there, kept as sums, because thousands of
 * allocations may be placed in one plan.
 */
export interface NodeBudget {
  readonly node: NodeSummary;
  /** Allocations under control. */
  readonly count: number;
  /** Summed up when it is asked for: who needs CPU asks only nodes that have some. */
  readonly promised: ResourceRequest;
  /** CPU that the node can really deliver, cores. */
  readonly capacityCores: number;
  /**
   * CPU that the targets of all its allocations take, cores; one that has shown nothing yet counts
   * with an equal share.
   */
  readonly demandedCores: number;
  /** As the policy saw the node last; undefined = it forecasts nothing. */
  readonly forecast: NodeForecast | undefined;
  /** What is left of its GPUs. */
  readonly gpus: readonly GpuBudget[];
  /** Its ports that are taken; found when they are asked for, too. */
  readonly hostPorts: ReadonlySet<number>;
  readonly requestOf: (allocation: AllocationSummary) => ResourceRequest;
}

/**
 * What a node can deliver, cores. On a host that was slower lately, as much less: the policy admits
 * no new job that needs more.
 */
export const lastingCores = ({ capacityCores, forecast }: Lasting): number =>
  capacityCores / (forecast?.slowerRatio ?? 1);

type Lasting = Pick<NodeBudget, 'capacityCores' | 'forecast'>;

/** CPU for the demands of a node together, cores: that less the headroom. */
export const roomOf = (budget: Lasting): number => lastingCores(budget) * (1 - CPU_HEADROOM);

/** The budget of a node as it is now. */
export function nodeBudgetOf(
  node: NodeSummary,
  requestOf: (allocation: AllocationSummary) => ResourceRequest,
  forecast?: NodeForecast,
): NodeBudget {
  const steered = node.allocations.filter(isEnforced);
  const capacityCores = forecast === undefined ? node.allocatableCpuCores : forecast.capacityCores;
  const demandedCores = sum(demandsOf(steered, capacityCores, forecast));
  const gpus = gpuBudgetsOf(node);
  let known: Taken | undefined;
  const taken = (): Taken => {
    known ??= takenOn(node, requestOf);
    return known;
  };
  return {
    node,
    count: steered.length,
    get promised() {
      return taken().promised;
    },
    capacityCores,
    demandedCores,
    forecast,
    gpus,
    get hostPorts() {
      return taken().hostPorts;
    },
    requestOf,
  };
}

const isEnforced = ({ control }: AllocationSummary): boolean => control === 'enforce';

/** What the allocations of a node take beside the CPU of their targets. */
type Taken = Pick<NodeBudget, 'promised' | 'hostPorts'>;

function takenOn({ allocations }: NodeSummary, requestOf: NodeBudget['requestOf']): Taken {
  const promised = { cpuCores: 0, memoryBytes: 0, commandBytes: 0 };
  let hostPorts = NO_PORTS;
  for (const allocation of allocations) {
    const request = requestOf(allocation);
    hostPorts = withPorts(hostPorts, request);
    promised.memoryBytes += request.memoryBytes;
    promised.commandBytes += request.commandBytes;
    if (isEnforced(allocation)) promised.cpuCores += request.cpuCores;
  }
  return { promised, hostPorts };
}

const NO_PORTS: ReadonlySet<number> = new Set();

const withPorts = (
  taken: ReadonlySet<number>,
  { hostPorts = [] }: ResourceRequest,
): ReadonlySet<number> => (hostPorts.length === 0 ? taken : new Set([...taken, ...hostPorts]));

const NO_DEMANDS: NodeForecast['demands'] = [];

function demandsOf(
  steered: readonly AllocationSummary[],
  capacityCores: number,
  forecast: NodeForecast | undefined,
): readonly number[] {
  const demands = forecast?.demands ?? NO_DEMANDS;
  let next = 0;
  return steered.map(({ id, minCores, maxCores }) => {
    // Nearly always the next one: both are in id order.
    const isNext = demands[next]?.allocation === id;
    const at = isNext ? next : demands.findIndex(({ allocation }) => allocation === id);
    if (at >= 0) next = at + 1;
    const aimCores = demands[at]?.aimCores ?? null;
    if (aimCores === null) return capacityCores / steered.length;
    return Number.isFinite(aimCores) ? Math.min(maxCores, Math.max(minCores, aimCores)) : minCores;
  });
}

/**
 * GPUs that a new allocation would get there; undefined = it requests none. Only where it is
 * feasible.
 */
export function gpuFor(spec: JobSpec, { gpus }: NodeBudget): GpuAssignment | undefined {
  const request = spec.resources.gpu;
  return request === undefined ? undefined : (assignGpus(request, gpus) ?? undefined);
}

/** The budget after one more allocation is placed. */
export const budgetAfter = (
  budget: NodeBudget,
  resources: ResourceRequest,
  plannedCores: number,
  gpu?: GpuAssignment,
): NodeBudget => ({
  ...budget,
  gpus: takeGpus(budget.gpus, gpu),
  hostPorts: withPorts(budget.hostPorts, resources),
  count: budget.count + 1,
  demandedCores: budget.demandedCores + plannedCores,
  promised: {
    cpuCores: budget.promised.cpuCores + resources.cpuCores,
    memoryBytes: budget.promised.memoryBytes + resources.memoryBytes,
    commandBytes: budget.promised.commandBytes + resources.commandBytes,
  },
});

/** An allocation that needs a node. */
export interface PlacementRequest {
  readonly spec: JobSpec;
  readonly resources: ResourceRequest;
  /** Nodes whose own rules forbid it, with their reasons; undefined = none is known. */
  readonly refusedBy?: ReadonlyMap<NodeId, string> | undefined;
  /** CPU its target would take; null = nothing is known of its workload. */
  readonly demand: DemandBySpeed | null;
}

/** What of it a node is asked to be able to take it. */
export type RequestOfNode = Omit<PlacementRequest, 'demand'>;
