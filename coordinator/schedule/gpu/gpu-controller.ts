import { guaranteedCores } from '../../../shared/command.js';
import { sum } from '../limits/fit.js';
import { IDLE_CORES, IDLE_KEPT_RATIO } from '../limits/idle.js';
import type { NodeGpuPlan } from '../plan-parts.js';
import type {
  LimitDecision,
  PolicyParams,
  SnapshotAllocation,
  SnapshotNode,
  Unreachable,
} from '../types.js';
import { cpuForGpuJob } from './cpu-for-gpu-job.js';
import { type GpuMemory, heldByGpu, steerGpus } from './gpu-control.js';

export type { GpuMemory };

/** What is left of a node for the policy, and what was decided beside it. */
export interface NodeRemainder {
  readonly rest: SnapshotNode;
  readonly limits: readonly LimitDecision[];
  readonly unreachable: readonly Unreachable[];
}

/** What all nodes have in common in one plan. */
export interface GpuControllerOptions {
  readonly nowMs: number;
  readonly params: PolicyParams;
  /** False = clocks stay as found, and GPU jobs belong to the policy like all others. */
  readonly isOn: boolean;
}

/** Controls the GPUs of node after node; a node without any passes as it is. */
export class GpuController {
  readonly #options: GpuControllerOptions;
  readonly #before: ReadonlyMap<string, GpuMemory>;
  readonly #after = new Map<string, GpuMemory>();
  readonly #plans: NodeGpuPlan[] = [];

  constructor(options: GpuControllerOptions, before: ReadonlyMap<string, GpuMemory>) {
    this.#options = options;
    this.#before = before;
  }

  get memory(): ReadonlyMap<string, GpuMemory> {
    return this.#after;
  }

  /** Absent = no node has a GPU. */
  get planned(): { readonly gpus?: readonly NodeGpuPlan[] } {
    return this.#plans.length === 0 ? {} : { gpus: this.#plans };
  }

  /** The node cannot be steered now: what is remembered of its GPUs stays. */
  keep({ gpus = [] }: SnapshotNode): void {
    if (!this.#options.isOn) return;
    for (const { report } of gpus) {
      const held = this.#before.get(report.id);
      if (held !== undefined) this.#after.set(report.id, held);
    }
  }

  /** Allocations whose target the clock holds get their CPU here and do not reach the policy. */
  steer(node: SnapshotNode): NodeRemainder {
    const { nowMs, params, isOn } = this.#options;
    if (node.gpus === undefined || node.gpus.length === 0)
      return { rest: node, limits: NO_LIMITS, unreachable: NO_UNREACHABLE };
    if (!isOn) {
      this.#plans.push({ node: node.id, gpus: [] });
      return { rest: node, limits: NO_LIMITS, unreachable: NO_UNREACHABLE };
    }
    const held = heldByGpu(node);
    const { gpus, unreachable, memory } = steerGpus({ node, nowMs, params }, this.#before);
    for (const [id, each] of memory) this.#after.set(id, each);
    this.#plans.push({ node: node.id, gpus });
    if (held.size === 0) return { rest: node, limits: NO_LIMITS, unreachable };
    return { ...reserveCpu(node, held), unreachable };
  }
}

const NO_LIMITS: readonly LimitDecision[] = [];
const NO_UNREACHABLE: readonly Unreachable[] = [];

/** Share of a node's CPU that is promised where others may lack some. */
const FULL_NODE = 0.95;

const promisedTo = ({ limit }: SnapshotAllocation): number =>
  limit === null ? 0 : guaranteedCores(limit);

// An initial limit may be all that was free, and the policy shrinks those where less is left: they
// must not keep CPU that nobody uses from one that works.
function keptBy(allocation: SnapshotAllocation, shareCores: number): number {
  const { control, latencyMs, minCores, report } = allocation;
  const isIdle =
    control === 'enforce' &&
    latencyMs === null &&
    (report?.cpu?.usageCores ?? Number.POSITIVE_INFINITY) < IDLE_CORES;
  const most = isIdle ? Math.max(minCores, IDLE_KEPT_RATIO * shareCores) : Number.POSITIVE_INFINITY;
  return Math.min(promisedTo(allocation), most);
}

function reserveCpu(
  node: SnapshotNode,
  held: ReadonlySet<SnapshotAllocation['id']>,
): Pick<NodeRemainder, 'rest' | 'limits'> {
  const gpuAllocations = node.allocations.filter(
    ({ id, control }) => held.has(id) && control === 'enforce',
  );
  const shareCores = node.allocatableCpuCores / Math.max(1, node.allocations.length);
  const promisedCores = sum(node.allocations.map(promisedTo));
  const isFull = promisedCores >= FULL_NODE * node.allocatableCpuCores;
  let keptCores = sum(
    node.allocations.map((each) =>
      held.has(each.id) ? promisedTo(each) : keptBy(each, shareCores),
    ),
  );
  const limits: LimitDecision[] = [];
  for (const each of gpuAllocations) {
    const freeCores = node.allocatableCpuCores - (keptCores - promisedTo(each));
    const decided = cpuForGpuJob(each, { shareCores, freeCores, isFull });
    if (decided === null) continue;
    keptCores += guaranteedCores(decided.limit) - promisedTo(each);
    limits.push(decided);
  }
  const given = new Map(limits.map(({ allocation, limit }) => [allocation, limit]));
  const reservedCores = sum(
    gpuAllocations.map(({ id, limit }) => (given.get(id) ?? limit)?.cpuCores ?? 0),
  );
  const rest = {
    ...node,
    allocatableCpuCores: Math.max(0, node.allocatableCpuCores - reservedCores),
    allocations: node.allocations.filter((allocation) => !gpuAllocations.includes(allocation)),
  };
  return { rest, limits };
}
