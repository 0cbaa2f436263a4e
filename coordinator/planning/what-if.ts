import type { CapacityMiss } from '../../proto/schemas/capacity.js';
import type { AllocationId, JobName } from '../../shared/ids.js';
import type { Steps } from '../../shared/steps.js';
import { cutText } from '../../shared/text.js';
import { type NodeCpu, nodeCpuSteps } from '../schedule/node-cpu.js';
import { adoptedName } from '../state/container-names.js';
import type { ClusterState } from '../state/model.js';
import { snapshotSteps } from '../state/snapshot.js';
import { isMetOnGpu, type SettledState, type SettleInput, settledSteps } from './settle.js';

/** A state, and what the scheduler decides with. */
export interface WhatIfInput extends SettleInput {
  readonly state: ClusterState;
}

/** Allocations whose target is not met, and those that no node takes. */
export type Misses = ReadonlyMap<AllocationId, CapacityMiss>;

/** What the scheduler makes of a state: others are compared with it. */
export interface Base {
  readonly input: WhatIfInput;
  readonly settled: SettledState;
  readonly misses: Misses;
}

/** A state after some rounds of the scheduler. What was learnt there holds for all others. */
export function* baseSteps(input: WhatIfInput): Steps<Base> {
  const settled = yield* settledSteps(input, input.state);
  const { knowledge, learntAtMs } = settled.memory;
  return {
    input: { ...input, memory: { ...input.memory, knowledge, learntAtMs }, seen: settled.seen },
    settled,
    misses: missesOf(input, settled),
  };
}

/** The same of another state of the cluster. */
export const elsewhereSteps = (base: Base, state: ClusterState): Steps<Base> =>
  baseSteps({ ...base.input, state });

/** Who misses of those that the other does not name. */
export const missedBeyond = (misses: Misses, others: Misses): readonly CapacityMiss[] =>
  [...misses.values()].filter(({ allocation }) => !others.has(allocation));

/**
 * The same where allocations may have got other names: of each job as many as miss more than there.
 */
export function missedInsteadOf(misses: Misses, others: Misses): readonly CapacityMiss[] {
  const matched = new Map<JobName, number>();
  for (const { job } of missedBeyond(others, misses)) matched.set(job, (matched.get(job) ?? 0) + 1);
  return missedBeyond(misses, others).filter(({ job }) => {
    const left = matched.get(job) ?? 0;
    matched.set(job, left - 1);
    return left <= 0;
  });
}

/** The CPU of the nodes of a state that has settled. */
export function* cpuSteps({ input, settled }: Base): Steps<readonly NodeCpu[]> {
  const { snapshot } = yield* snapshotSteps(settled.seen, settled.state);
  const { nowMs, policy } = input;
  return yield* nodeCpuSteps({ snapshot, nowMs, policy }, settled.memory);
}

/** The sum; null = it is not known of one. */
export const freeCoresOf = (nodes: readonly NodeCpu[]): number | null =>
  nodes.reduce<number | null>(
    (sum, { freeCores }) => (sum === null || freeCores === null ? null : sum + freeCores),
    0,
  );

/** What nobody reads further: characters, and reasons of nodes. */
const MAX_REASON = 500;
const MAX_REFUSALS = 5;

/** Who misses in a state that has settled. */
export function missesOf(
  { policy }: WhatIfInput,
  { state, pending, unreachable, onGpus }: SettledState,
): Misses {
  const found = new Map<AllocationId, CapacityMiss>();
  const add = (miss: CapacityMiss): void => {
    const { node, allocation } = miss;
    const container = node === null ? undefined : adoptedName(state, node, allocation);
    const reason = cutText(miss.reason, MAX_REASON);
    found.set(allocation, { ...miss, reason, ...(container === undefined ? {} : { container }) });
  };
  for (const { allocation, job, refusals } of pending) {
    const first = refusals.slice(0, MAX_REFUSALS).map(({ message }) => message);
    const reason = first.join('; ') || 'no node has reported yet';
    add({ allocation, job, node: null, reason });
  }
  const gpus = policy.steersGpus === true ? onGpus : new Map();
  for (const { allocation, job, node, reason } of unreachable.values())
    if (!gpus.has(allocation)) add({ allocation, job, node, reason });
  for (const outlook of gpus.values()) {
    const { id: allocation, job, node } = outlook.allocation;
    if (outlook.expectedClass !== null && !isMetOnGpu(outlook))
      add({ allocation, job, node, reason: outlook.reason });
  }
  return found;
}
