import { fitClaims, limitOf } from '../../coordinator/schedule/limits/fit.js';
import { type Memory, NO_MEMORY } from '../../coordinator/schedule/policies/adaptive/memory.js';
import type { Policy, PolicyInput, PolicyOutput } from '../../coordinator/schedule/types.js';
import type { CpuLimit } from '../../shared/command.js';
import { isWorthChanging, learnDemands, rememberMembers } from './demand.js';

/** Short, so that a request that waits for the next period waits only briefly. */
const PERIOD_US = 20_000;

/**
 * A quota for every container: the CPU that its target takes, scaled by one factor where the node
 * has less. Unused quota may be used later (`cpu.max.burst`, Linux 5.14), up to one extra quota per
 * period.
 */
export const burstPolicy: Policy<Memory> = { name: 'burst', start: NO_MEMORY, decide };

function decide(input: PolicyInput, memory: Memory): PolicyOutput<Memory> {
  const { demands, members } = learnDemands(input, memory);
  const claims = demands.map(({ allocation, cores }) => ({
    wantCores: cores,
    floorCores: Math.min(allocation.minCores, cores),
  }));
  const granted = fitClaims(claims, input.node.allocatableCpuCores);
  const held = demands.map(({ allocation: { limit } }) => limit?.cpuCores ?? null);
  const limits = isWorthChanging(granted, held)
    ? demands.map(({ allocation: { id }, reason }, i) => ({
        allocation: id,
        limit: bursting(granted[i] ?? 0),
        reason: `${reason}; ${(granted[i] ?? 0).toFixed(3)} given, unused quota is kept`,
      }))
    : [];
  return { limits, memory: rememberMembers(memory, members, limits) };
}

function bursting(cores: number): CpuLimit {
  const limit = limitOf(cores, PERIOD_US);
  return { ...limit, burstUs: Math.round((limit.cpuCores ?? 0) * limit.periodUs) };
}
