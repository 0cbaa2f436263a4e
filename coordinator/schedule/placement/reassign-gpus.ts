import type { GpuRequest } from '../../../shared/gpu.js';
import type { JobName } from '../../../shared/ids.js';
import { assignGpus, describeRequest, fitsRequest, gpuBudgetsOf } from '../gpu/gpu-budget.js';
import type { Decision, SnapshotAllocation, SnapshotJob, SnapshotNode } from '../types.js';
import { isSteerable } from './node-budget.js';

/** Nodes after the reassignment, and its decisions. */
export interface ReassignedGpus {
  readonly nodes: readonly SnapshotNode[];
  readonly decisions: readonly Decision[];
}

/**
 * Allocations whose job now requests other GPUs than they have: they get them on their node, where
 * the agent restarts them, or are removed and placed elsewhere. Costs nothing where no job requests
 * a GPU (`asksForGpu`) and no node has one.
 */
export function reassignGpus(
  nodes: readonly SnapshotNode[],
  jobs: readonly SnapshotJob[],
  asksForGpu: boolean,
): ReassignedGpus {
  const hasGpus = nodes.some(({ gpus }) => gpus !== undefined);
  if (!hasGpus && !asksForGpu) return { nodes, decisions: [] };
  const requests = new Map(jobs.map(({ spec }) => [spec.name, spec.resources.gpu]));
  const decisions: Decision[] = [];
  const after = nodes.map((node) =>
    isSteerable(node) ? reassignOn(node, requests, decisions) : node,
  );
  return decisions.length === 0 ? { nodes, decisions } : { nodes: after, decisions };
}

function reassignOn(
  node: SnapshotNode,
  requests: ReadonlyMap<JobName, GpuRequest | undefined>,
  decisions: Decision[],
): SnapshotNode {
  let allocations = node.allocations;
  for (const allocation of node.allocations) {
    const { id, job, limit } = allocation;
    const request = requests.get(job);
    if (!isMismatched(allocation, requests)) continue;
    const others = allocations.filter((each) => each !== allocation);
    const gpu =
      request === undefined
        ? undefined
        : assignGpus(request, gpuBudgetsOf({ ...node, allocations: others }));
    const what = request === undefined ? 'no GPU' : describeRequest(request);
    if (gpu === null) {
      if (limit !== null)
        decisions.push({
          kind: 'remove',
          allocation: id,
          job,
          node: node.id,
          reason: `now asks for ${what}, which is not free on this node`,
        });
      allocations = others;
      continue;
    }
    const { gpu: _, ...bare } = allocation;
    const given = gpu === undefined ? {} : { gpu };
    decisions.push({
      kind: 'place',
      allocation: id,
      job,
      node: node.id,
      reason: `now asks for ${what}`,
      ...given,
    });
    allocations = allocations.map((each) => (each === allocation ? { ...bare, ...given } : each));
  }
  return allocations === node.allocations ? node : { ...node, allocations };
}

// A container that was not desired yet shows only the GPUs it has, if any.
const isMismatched = (
  { origin, job, limit, gpu }: SnapshotAllocation,
  requests: ReadonlyMap<JobName, GpuRequest | undefined>,
): boolean =>
  origin === 'dqoes' && limit !== null && requests.has(job) && !fitsRequest(gpu, requests.get(job));
