import { sum } from '../../coordinator/schedule/limits/fit.js';
import { type Memory, NO_MEMORY } from '../../coordinator/schedule/policies/adaptive/memory.js';
import type { Policy, PolicyInput, PolicyOutput } from '../../coordinator/schedule/types.js';
import { type CpuLimit, DEFAULT_PERIOD_US } from '../../shared/command.js';
import { isWorthChanging, learnDemands, rememberMembers } from './demand.js';

/**
 * No quota at all; each container's weight is the CPU that its target takes, as `adaptive` computes
 * it from what it learns. Who is runnable on a full host gets CPU in that proportion, and what one
 * leaves goes to the others. Guarantees are the same, scaled to the node where they exceed it. What
 * people do who read *CPU-Limits kill Performance* (arXiv 2510.10747) and can compute demands.
 */
export const weightsPolicy: Policy<Memory> = {
  name: 'weights',
  start: NO_MEMORY,
  decide: byDemand,
};

function byDemand(input: PolicyInput, memory: Memory): PolicyOutput<Memory> {
  const { demands, members } = learnDemands(input, memory);
  const wantCores = demands.map(({ cores }) => cores);
  const held = demands.map(({ allocation: { limit } }) => limit?.weightCores ?? null);
  const { allocatableCpuCores } = input.node;
  const scale = Math.min(1, allocatableCpuCores / Math.max(1e-9, sum(wantCores)));
  const limits = isWorthChanging(wantCores, held)
    ? demands.map(({ allocation: { id }, cores, reason }) => ({
        allocation: id,
        limit: weighted(cores, cores * scale),
        reason: `${reason}; by weight, ${(cores * scale).toFixed(3)} guaranteed`,
      }))
    : [];
  return { limits, memory: rememberMembers(memory, members, limits) };
}

/** No quota, and the same weight for everybody: what `default` is, but with weights of ours. */
export const weightsEqualPolicy: Policy<null> = {
  name: 'weights-equal',
  start: null,
  decide: ({ node: { allocations, allocatableCpuCores } }, memory) => {
    const cores = allocatableCpuCores / Math.max(1, allocations.length);
    const reason = `${allocatableCpuCores.toFixed(3)} CPU / ${allocations.length}, by weight`;
    const held = allocations.map(({ limit }) => limit?.weightCores ?? null);
    const isSame = held.every((weight) => weight !== null && Math.abs(weight - cores) < 1e-9);
    const limits = isSame
      ? []
      : allocations.map(({ id }) => ({ allocation: id, limit: weighted(cores, cores), reason }));
    return { limits, memory };
  },
};

const weighted = (weightCores: number, guaranteeCores: number): CpuLimit => ({
  cpuCores: null,
  periodUs: DEFAULT_PERIOD_US,
  guaranteeCores,
  weightCores,
});
