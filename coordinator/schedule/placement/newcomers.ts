import type { GpuAssignment } from '../../../shared/gpu.js';
import type { AllocationId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import type { AllocationSummary, NodeSummary } from '../node-summary.js';

/** Allocations that are placed in this plan, by node. */
export class Newcomers {
  readonly #byNode = new Map<NodeSummary['id'], AllocationSummary[]>();

  add(node: NodeSummary, spec: JobSpec, id: AllocationId, gpu: GpuAssignment | undefined): void {
    const newcomer = { ...newcomerOn(node, spec, id), ...(gpu === undefined ? {} : { gpu }) };
    const others = this.#byNode.get(node.id);
    if (others === undefined) this.#byNode.set(node.id, [newcomer]);
    else others.push(newcomer);
  }

  /** The nodes with them, and without those that are removed. */
  on(
    nodes: readonly NodeSummary[],
    gone: ReadonlySet<AllocationId> = new Set(),
  ): readonly NodeSummary[] {
    if (this.#byNode.size === 0 && gone.size === 0) return nodes;
    return nodes.map((node) => {
      const newcomers = this.#byNode.get(node.id) ?? [];
      const stays =
        gone.size === 0 ? node.allocations : node.allocations.filter(({ id }) => !gone.has(id));
      if (newcomers.length === 0 && stays.length === node.allocations.length) return node;
      return {
        ...node,
        allocations: [...stays, ...newcomers].sort((a, b) => (a.id < b.id ? -1 : 1)),
      };
    });
  }
}

function newcomerOn(node: NodeSummary, spec: JobSpec, id: AllocationId): AllocationSummary {
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
    report: null,
  };
}
