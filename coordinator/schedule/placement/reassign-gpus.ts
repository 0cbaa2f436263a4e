import type { GpuAssignment } from '../../../shared/gpu.js';
import type { JobName } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import { assignGpus, describeRequest, fitsRequest, gpuBudgetsOf } from '../gpu/gpu-budget.js';
import type { AllocationSummary, NodeSummary } from '../node-summary.js';
import type { Decision, SnapshotJob } from '../types.js';
import { type MissingContext, whyLost } from './missing-gpus.js';
import { isSteerable } from './node-budget.js';

/** Nodes after the reassignment, and its decisions. */
export interface ReassignedGpus {
  readonly nodes: readonly NodeSummary[];
  readonly decisions: readonly Decision[];
}

/** What decides who has which GPU. */
export interface ReassignInput extends MissingContext {
  readonly jobs: readonly SnapshotJob[];
  /** Whether any of them asks for a GPU. */
  readonly asksForGpu: boolean;
  /** Whether an allocation keeps what it has for now, though its job asks for other GPUs. */
  readonly waits: (allocation: AllocationSummary, job: SnapshotJob) => boolean;
}

/**
 * Allocations whose job now requests other GPUs than they have: they get them on their node, where
 * the agent restarts them, or are removed and placed elsewhere. Those whose GPU is gone are removed
 * and placed where there is another, and do not wait. Costs nothing where no job requests a GPU and
 * no node has one.
 */
export function reassignGpus(nodes: readonly NodeSummary[], input: ReassignInput): ReassignedGpus {
  const hasGpus = nodes.some(({ gpus }) => gpus !== undefined);
  if (!hasGpus && !input.asksForGpu) return { nodes, decisions: [] };
  const byName = new Map(input.jobs.map((job) => [job.spec.name, job]));
  const decisions: Decision[] = [];
  const after = nodes.map((node) =>
    isSteerable(node) ? reassignOn(node, { ...input, byName, decisions }) : node,
  );
  return decisions.length === 0 ? { nodes, decisions } : { nodes: after, decisions };
}

/**
 * What the allocation gets on its node for what its job asks for now, beside the others there:
 * undefined = no GPU is asked for, null = not enough are free. What its own program holds, or one
 * that has just left, is no reason to leave; nor is what others hold, where no other GPU is free.
 */
export function otherGpusFor(
  { id }: Pick<AllocationSummary, 'id'>,
  { resources }: Pick<JobSpec, 'resources'>,
  node: NodeSummary,
): GpuAssignment | null | undefined {
  if (resources.gpu === undefined) return undefined;
  const allocations = node.allocations.filter((each) => each.id !== id);
  const budgets = gpuBudgetsOf({ ...node, allocations });
  const asFree = budgets.map(({ foreignBytes: _, ...budget }) => budget);
  return assignGpus(resources.gpu, budgets) ?? assignGpus(resources.gpu, asFree);
}

interface Reassigning extends Pick<ReassignInput, 'waits'>, MissingContext {
  readonly byName: ReadonlyMap<JobName, SnapshotJob>;
  readonly decisions: Decision[];
}

function reassignOn(node: NodeSummary, input: Reassigning): NodeSummary {
  const { byName, decisions } = input;
  let allocations = node.allocations;
  for (const allocation of node.allocations) {
    const { id, job, origin, limit } = allocation;
    const owner = byName.get(job);
    if (origin !== 'dqoes' || owner === undefined) continue;
    const { spec } = owner;
    const lost = whyLost(allocation, spec, input);
    const request = spec.resources.gpu;
    if (lost === undefined && (limit === null || fitsRequest(allocation.gpu, request))) continue;
    if (lost === undefined && input.waits(allocation, owner)) continue;
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
    const gpu = otherGpusFor(allocation, spec, { ...node, allocations });
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
