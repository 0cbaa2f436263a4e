import type { JobName } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import { assignGpus, describeRequest, fitsRequest, gpuBudgetsOf } from '../gpu/gpu-budget.js';
import type { Decision, SnapshotJob, SnapshotNode } from '../types.js';
import { type MissingContext, whyLost } from './missing-gpus.js';
import { isSteerable } from './node-budget.js';

/** Nodes after the reassignment, and its decisions. */
export interface ReassignedGpus {
  readonly nodes: readonly SnapshotNode[];
  readonly decisions: readonly Decision[];
}

/** What decides who has which GPU. */
export interface ReassignInput extends MissingContext {
  readonly jobs: readonly SnapshotJob[];
  /** Whether any of them asks for a GPU. */
  readonly asksForGpu: boolean;
}

/**
 * Allocations whose job now requests other GPUs than they have: they get them on their node, where
 * the agent restarts them, or are removed and placed elsewhere. Those whose GPU is gone are removed
 * and placed where there is another. Costs nothing where no job requests a GPU and no node has one.
 */
export function reassignGpus(nodes: readonly SnapshotNode[], input: ReassignInput): ReassignedGpus {
  const hasGpus = nodes.some(({ gpus }) => gpus !== undefined);
  if (!hasGpus && !input.asksForGpu) return { nodes, decisions: [] };
  const specs = new Map(input.jobs.map(({ spec }) => [spec.name, spec]));
  const decisions: Decision[] = [];
  const after = nodes.map((node) =>
    isSteerable(node) ? reassignOn(node, { ...input, specs, decisions }) : node,
  );
  return decisions.length === 0 ? { nodes, decisions } : { nodes: after, decisions };
}

interface Reassigning extends MissingContext {
  readonly specs: ReadonlyMap<JobName, JobSpec>;
  readonly decisions: Decision[];
}

function reassignOn(node: SnapshotNode, input: Reassigning): SnapshotNode {
  const { specs, decisions } = input;
  let allocations = node.allocations;
  for (const allocation of node.allocations) {
    const { id, job, origin, limit } = allocation;
    const spec = specs.get(job);
    if (origin !== 'dqoes' || spec === undefined) continue;
    const lost = whyLost(allocation, spec, input);
    const request = spec.resources.gpu;
    if (lost === undefined && (limit === null || fitsRequest(allocation.gpu, request))) continue;
    const others = allocations.filter((each) => each !== allocation);
    const leave = (reason: string): void => {
      if (limit !== null)
        decisions.push({ kind: 'remove', allocation: id, job, node: node.id, reason });
      allocations = others;
    };
    if (lost !== undefined) {
      leave(`${node.id} ${lost}`);
      continue;
    }
    const gpu =
      request === undefined
        ? undefined
        : assignGpus(request, gpuBudgetsOf({ ...node, allocations: others }));
    const what = request === undefined ? 'no GPU' : describeRequest(request);
    if (gpu === null) {
      leave(`now asks for ${what}, which is not free on this node`);
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
