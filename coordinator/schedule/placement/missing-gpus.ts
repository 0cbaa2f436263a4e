import { type MissingGpu, missingGpuOf } from '../../../shared/gpu.js';
import type { AllocationId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import type { AllocationSummary, NodeSummary } from '../node-summary.js';
import { isSteerable } from './node-budget.js';

/** Allocations on healthy nodes that miss a GPU they were given, and since when, ms. */
export type MissingGpus = ReadonlyMap<AllocationId, MissingGpu & { readonly sinceMs: number }>;
/** Nothing is missing. */
export const NO_MISSING_GPUS: MissingGpus = new Map();

/**
 * A tool that hangs, a driver that is exchanged and an agent that has just begun report no GPU for
 * a while: what is missing for this time, ms, does not come back by itself.
 */
export const MISSING_GRACE_MS = 120_000;

/** What is missing now; `before`: what was in the last plan. */
export function missingGpus(
  nodes: readonly NodeSummary[],
  before: MissingGpus,
  nowMs: number,
): MissingGpus {
  const missing = new Map<AllocationId, MissingGpu & { readonly sinceMs: number }>();
  for (const node of nodes) {
    if (!isSteerable(node)) continue;
    for (const allocation of node.allocations) {
      const found = missingOn(node, allocation);
      if (found === undefined) continue;
      const sinceMs = before.get(allocation.id)?.sinceMs ?? nowMs;
      missing.set(allocation.id, { ...found, sinceMs });
    }
  }
  return missing.size === 0 ? NO_MISSING_GPUS : missing;
}

/** What the allocation misses on its node; undefined = nothing. */
export const missingOn = (node: NodeSummary, { gpu }: AllocationSummary): MissingGpu | undefined =>
  gpu === undefined
    ? undefined
    : missingGpuOf(
        gpu,
        node.gpus?.map(({ report }) => report),
      );

/** What missing GPUs are judged by. */
export interface MissingContext {
  readonly missing: MissingGpus;
  readonly nowMs: number;
}

/**
 * Why an allocation of a job is taken from its node as from one that is lost: its GPU is gone, or
 * has been missing for long and the container does not run. undefined = it is not. One that runs
 * may serve: it leaves as from a node that refuses it (`planMoves`).
 */
export function whyLost(
  { id, state }: AllocationSummary,
  { onLoss }: Pick<JobSpec, 'onLoss'>,
  context: MissingContext,
): string | undefined {
  const found = context.missing.get(id);
  if (found === undefined || onLoss === 'keep') return undefined;
  const isDead = state !== 'running' && isLong(found, context.nowMs);
  return found.isGone || isDead ? found.reason : undefined;
}

/** Whether it has been missing too long to come back by itself. */
export const isLong = ({ sinceMs }: { readonly sinceMs: number }, nowMs: number): boolean =>
  nowMs - sinceMs >= MISSING_GRACE_MS;
