import { sum } from '../../coordinator/schedule/limits/fit.js';
import { type Memory, NO_MEMORY } from '../../coordinator/schedule/policies/adaptive/memory.js';
import type { Policy, PolicyInput, PolicyOutput } from '../../coordinator/schedule/types.js';
import { type CpuLimit, DEFAULT_PERIOD_US } from '../../shared/command.js';
import { isWorthChanging, learnDemands, rememberMembers } from './demand.js';

/**
 * No quotas. The weight of each container is the CPU that its target takes, as `adaptive` learns
 * it. Runnable containers on a full host share CPU in that proportion, and unused CPU goes to the
 * others. Guarantees are the same amounts, scaled down where they exceed the node. This is the
 * advice of *CPU-Limits kill Performance* (arXiv 2510.10747), for people who can compute demands.
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

/** No quotas and equal weights: the same as `default`, but with weights that dqoes sets. */
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
